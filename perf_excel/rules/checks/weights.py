"""Checks of weights (分值): W1 sums, V11 unusual ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.checks.not_read import may_be_unread
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.rulesets.severities import Severity
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.form_score import BUDGET_LEVEL
from perf_excel.rules.scoring.weighing import bare_level, level_of, weights_of

_OF_EXECUTION = re.compile("(?:预算)?执行率?(?:的)?(?:权重|分值)")


@check("W1")
def weights_add_up(case: Case) -> Iterator[Problem]:
    """Hold all weights, the budget row's included, against the form's points, and each first level's sum."""
    if all(weight is None for weight in _weights(case)):
        yield from _no_weights(case)
        return
    for term in dict.fromkeys(row.term for row in case.form.indicators):
        yield from _table(case, term)


def _table(case: Case, term: str) -> Iterator[Problem]:
    """Hold the sum of one table (长期, 年度) against the form's points."""
    weights = [weight for _, row, weight in _rows(case) if row.term == term and weight is not None]
    if not weights:
        return
    indicators, points = sum(weights, Decimal(0)), case.rules.total.points
    own = _of_budget(case, points - indicators)
    total = indicators + own
    if abs(total - points) > case.rules.total.tolerance:
        parts = f"指标{shown(indicators)}分，预算执行率{shown(own)}分"
        message = f"{term}各项分值合计{shown(total)}分（{parts}），应为{shown(points)}分，请调整分值"
        yield Problem(*_at_fault(case, own), message, points, total, _severity(case, points - total))
    printed = case.form.total_weight
    if not term and printed is not None and abs(printed - total) > case.rules.total.tolerance:
        message = f"总分行的分值填{shown(printed)}分，各行分值合计{shown(total)}分，请核对"
        unsure = case.form.partial or may_be_unread(case.form, printed - total)
        severity = "warning" if unsure else None
        yield Problem(Spot("total", 0, "weight"), "总分", message, total, printed, severity)
    yield from _levels(case, term)


def _severity(case: Case, lacking: Decimal) -> Severity | None:
    """Points that lack may be those of the execution, or in cells that were not read: no plain error."""
    if case.form.partial or may_be_unread(case.form, lacking):
        return "warning"
    of_money = case.rules.total.budget_inside and lacking == case.rules.budget.weight
    return "warning" if of_money and not case.form.funding else None


def _rows(case: Case) -> list[tuple[int, Indicator, Decimal | None]]:
    pairs = zip(case.form.indicators, _weights(case), strict=True)
    return [(index, row, weight) for index, (row, weight) in enumerate(pairs)]


def _weights(case: Case) -> list[Decimal | None]:
    """The weights as printed; where a group's points are shared out among its rows, these too."""
    if case.rules.weights.source == "group":
        return weights_of(case.form, case.rules)
    return [row.weight for row in case.form.indicators]


def _of_budget(case: Case, left: Decimal) -> Decimal:
    """The points of the budget rows: as printed, else the rule set's, where those are what is left."""
    rows = [(case.form.funding[row.at].weight, row.weight or Decimal(0)) for row in case.scores.budget]
    printed = [weight for weight, _ in rows if weight]
    if printed:
        return sum(printed, Decimal(0))
    if (stated := _stated(case.form)) is not None:
        return stated
    if not case.form.columns & {"actual", "score"} and not rows and case.rules.total.budget_inside:
        rows = [(None, case.rules.budget.weight)]  # a declaration leaves out what is only known at the end
    ruled = sum((weight for _, weight in rows), Decimal(0))
    return ruled if abs(ruled - left) <= case.rules.total.tolerance else Decimal(0)


def _stated(form: Form) -> Decimal | None:
    """The points that the head of a declaration states for the execution of the budget (预算执行率权重)."""
    stated = (parse(one.text).number for one in form.details if _OF_EXECUTION.fullmatch(one.label))
    return next((number for number in stated if number is not None), None)


def _at_fault(case: Case, own: Decimal) -> tuple[Spot, str]:
    """Where a sum goes wrong: at the budget row whose weight alone is the form's points, else at the sum."""
    row = case.form.budget
    if row and row.weight and own >= case.rules.total.points:
        return Spot("funding", 0, "weight"), row.item
    return Spot("total", 0, "weight"), "总分"


def _no_weights(case: Case) -> Iterator[Problem]:
    """Find a form with a column for weights that was filled in without them."""
    filled = any(row.actual.kind != "empty" or row.score is not None for row in case.form.indicators)
    if filled and "weight" in case.form.columns and case.rules.weights.source == "column":
        message = f"各指标的分值都没有填写，合计应为{shown(case.rules.total.points)}分，请补填"
        yield Problem(Spot("indicator", 0, "weight"), "分值", message, case.rules.total.points)
    if case.rules.weights.source == "score":
        yield from _implied(case)


def _implied(case: Case) -> Iterator[Problem]:
    """Hold the weights that the scores tell against the form's points, where every row tells its own."""
    rows, points = case.scores.rows, case.rules.total.points
    weights = [row.weight for row in rows if row.weight is not None and row.printed is not None]
    if not weights or len(weights) < len(rows) - len(case.form.shared):
        return
    total = sum(weights, Decimal(0))
    # Each weight was worked out from a score of two decimals.
    if abs(total - points) > case.rules.total.tolerance * (1 + 5 * len(weights)):
        message = (
            f"没有分值栏，按得分倒推各项分值合计{shown(total)}分（含预算执行率），应为{shown(points)}分，"
            "请核对未达标的指标是否按比例得分"
        )
        yield Problem(Spot("total", 0, "score"), "总分", message, points, total, "warning")


def _levels(case: Case, term: str) -> Iterator[Problem]:
    sums: dict[str, Decimal] = {}
    first: dict[str, int] = {}
    for index, row, weight in _rows(case):
        if row.term != term:
            continue
        name = level_of(row)
        sums[name] = sums.get(name, Decimal(0)) + (weight or Decimal(0))
        first.setdefault(name, index)
    severity = "error" if case.rules.total.levels_official else "warning"
    for level in case.rules.total.levels:
        name = bare_level(level.name)
        if name not in sums or level.name == BUDGET_LEVEL:
            continue
        if abs(sums[name] - level.weight) > case.rules.total.tolerance:
            have, want = shown(sums[name]), shown(level.weight)
            message = f"一级指标“{level.name}”分值合计{have}分，规则集为{want}分，请核对或说明调整依据"
            spot = Spot("indicator", first[name], "weight")
            yield Problem(spot, level.name, message, level.weight, sums[name], severity)


@check("V11")
def weights_are_usual(case: Case) -> Iterator[Problem]:
    """Point out one indicator with very many points, and satisfaction with other than its usual weight."""
    large, usual = case.rules.weights.large, case.rules.weights.satisfaction
    for index, row in enumerate(case.form.indicators):
        if row.weight is not None and row.weight >= large:
            message = f"单个指标{shown(row.weight)}分（不少于{shown(large)}分），偏重，建议拆分指标或说明理由"
            yield Problem(Spot("indicator", index, "weight"), row.name, message, None, row.weight)
    satisfied = [
        (index, row.weight)
        for index, row in enumerate(case.form.indicators)
        if row.weight is not None and not row.term and "满意度" in plain(row.level1 + row.level2 + row.level3)
    ]
    total = sum((weight for _, weight in satisfied), Decimal(0))
    if usual is not None and satisfied and abs(total - usual) > case.rules.total.tolerance:
        message = f"满意度指标合计{shown(total)}分，通常为{shown(usual)}分，请核对"
        yield Problem(Spot("indicator", satisfied[0][0], "weight"), "满意度", message, usual, total)
