"""Checks of the total row (总分): W2."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.checks.not_read import may_be_unread
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.form_score import grade_of

_GRADES = frozenset({"优", "优秀", "良", "良好", "中", "中等", "一般", "合格", "差", "较差", "不合格"})


@check("W2")
def total_and_grade_agree(case: Case) -> Iterator[Problem]:
    """Hold the printed total against the sum of the printed scores, and the grade against the total."""
    total, rules = case.form.total, case.rules
    other = {index for index, row in enumerate(case.form.indicators) if row.term}  # tables of other years
    rows = [row for row in case.scores.rows if row.kind == "budget" or row.at not in other]
    added = sum((row.printed for row in rows if row.printed is not None), Decimal(0))
    if total is not None and _all_printed(case) and abs(added - total) > rules.total.tolerance:
        message = f"总分填{shown(total)}分，各行得分合计{shown(added)}分，请核对"
        more = total - added
        unsure = case.form.partial or _may_be_of_money(case, more) or may_be_unread(case.form, more)
        severity = "warning" if unsure else None
        yield Problem(Spot("total", 0, "score"), "总分", message, added, total, severity)
    if total is None and "total" in case.form.columns and case.form.calculated and _all_printed(case):
        message = f"总分未填或不是数字，各行得分合计{shown(added)}分，请补填"
        yield Problem(Spot("total", 0, "score"), "总分", message, added)
    if total is not None and total > rules.total.points:
        message = f"总分{shown(total)}分超过满分{shown(rules.total.points)}分，请核对各行分值和得分"
        yield Problem(Spot("total", 0, "score"), "总分", message, rules.total.points, total)
    yield from _said_twice(case)
    grade = case.form.grade.strip()
    lacking = [row for row in case.scores.rows if row.points is None and row.printed is None]
    scored = any(row.printed is not None for row in case.scores.indicators)
    if grade and total is None and lacking and scored:
        message = f"等级填“{grade}”，但还有{len(lacking)}行没有得分，也没有总分，等级无从评定，请先补填得分"
        yield Problem(Spot("total", 0, "grade"), "等级", message, None, grade, "warning")
        return
    reached = total if total is not None else case.scores.total
    if not grade or reached is None or not rules.grades:
        return
    expected = grade_of(reached, rules)
    if not plain(grade).startswith(plain(expected)):
        message = f"等级填“{grade}”，总分{shown(reached)}分对应“{expected}”，请核对"
        yield Problem(Spot("total", 0, "grade"), "等级", message, expected, grade)


def _said_twice(case: Case) -> Iterator[Problem]:
    """Hold the total and the grade below the table against those that the form says above it."""
    form = case.form
    below, above = form.total, form.total_above
    if below is not None and above is not None and abs(below - above) > case.rules.total.tolerance:
        message = f"表格上方的总分填{shown(above)}分，表格下方填{shown(below)}分，两处不一致，请更正"
        yield Problem(Spot("total", 1, "score"), "总分", message, below, above)
    grades = [plain(one) for one in (form.grade, form.grade_above)]
    if (
        all(one in _GRADES for one in grades)
        and not grades[0].startswith(grades[1])
        and not grades[1].startswith(grades[0])
    ):
        message = f"表格上方的等级填“{form.grade_above}”，表格下方填“{form.grade}”，两处不一致，请更正"
        yield Problem(Spot("total", 1, "grade"), "等级", message, form.grade, form.grade_above)


def _may_be_of_money(case: Case, missing: Decimal) -> bool:
    """Whether what a total has beyond its rows may be points of the money, of which the form says nothing."""
    rules, weights = case.rules, (row.weight or Decimal(0) for row in case.scores.rows)
    lacking = rules.total.points - sum(weights, Decimal(0))
    silent = rules.total.budget_inside and not case.form.funding
    return silent and lacking == rules.budget.weight and 0 < missing <= lacking


def _all_printed(case: Case) -> bool:
    """Whether every row that carries weight has a score, so that their sum is the form's."""
    weighted = [row for row in case.scores.rows if row.weight]
    return bool(weighted) and all(row.printed is not None for row in weighted)
