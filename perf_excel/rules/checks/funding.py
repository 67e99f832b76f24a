"""Checks of the budget block (预算执行情况): W3 sums, W4 rates, W5 overspending, W6 points, W7 cuts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from perf_excel.forms.model import Form, Funding
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.checks.scores import is_reason
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.arithmetic import percent, shown
from perf_excel.rules.scoring.form_score import execution
from perf_excel.rules.scoring.printed import agrees_with_percent

_CENT = Decimal("0.01")
_NAMES = {
    "initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数", "so_far": "已执行数",
    "expected": "全年预计执行数",
}  # fmt: skip


def _amount(row: Funding, field: str) -> Decimal | None:
    return getattr(row, field)


_NUMBERED = tuple(
    re.compile(words)
    for words in (
        "[一二三四五六七八九十]{1,3}[、.．]",
        "[(（][一二三四五六七八九十]{1,3}[)）]",
        r"\d{1,3}[、.．](?!\d)",
        r"[(（]?\d{1,3}[)）]|[①-⑩]",
    )
)
"""What a row is numbered by, from the highest kind down."""
_STRUCTURE = re.compile("基本支出|项目支出|(?:资金|支出)结构")
"""What money is for, rather than where it comes from: a second way to break down the same total."""


@check("W3")
def breakdowns_add_up(case: Case) -> Iterator[Problem]:
    """Hold the total of the budget block against each of its breakdowns: 财政+其他, 基本支出+项目支出."""
    total, below = case.form.budget, case.form.sources
    if total is None or not case.form.totalled:
        return
    structure = tuple(row for row in below if _STRUCTURE.search(plain(row.item)))
    sources = tuple(row for row in below if row not in structure)
    above = next((one for one, row in pairwise(below) if row in structure and one not in structure), None)
    for field, name in _NAMES.items():
        have = _amount(total, field)
        if structure and sources and _adds_up(have, below, field):
            continue  # each row is a part of its own
        for rows, what in ((sources, "各资金来源"), (structure, "基本支出和项目支出")):
            amounts = [amount for row in rows if (amount := _amount(row, field)) is not None]
            if not amounts or _adds_up(have, rows, field) or _is_one_part(have, rows, field):
                continue
            if rows is structure and above and _adds_up(_amount(above, field), rows, field):
                continue  # 基本支出 and 项目支出 are those of the source above them
            added = sum(amounts, Decimal(0))
            stands = "未填" if have is None else f"为{shown(have)}万元"
            message = f"{name}合计{stands}，{what}相加为{shown(added)}万元，请核对"
            yield Problem(Spot("funding", 0, field), total.item, message, added, have)


def _is_one_part(total: Decimal | None, rows: tuple[Funding, ...], field: str) -> bool:
    """Whether the only row below a total names a part of it (其中：当年市级财政资金), not all of it."""
    amount = _amount(rows[0], field) if len(rows) == 1 else None
    return total is not None and amount is not None and amount <= total and rows[0].item.startswith("其中")


def _adds_up(total: Decimal | None, rows: tuple[Funding, ...], field: str) -> bool:
    """Whether amounts add up to a total.

    A second 其中 row is part of the one above, and may count or not; so may what is numbered below another
    row ((一) 1、 2、), and a 小计 is the sum of others.
    """
    if total is None:
        return False
    slack = _CENT * max(1, sum(_amount(row, field) is not None for row in rows))
    ways = (rows, _outer(rows), _highest(rows), [row for row in rows if "小计" not in row.item])
    sums = (sum((_amount(row, field) or Decimal(0) for row in way), Decimal(0)) for way in ways)
    return any(abs(total - one) <= slack for one in sums)


def _outer(rows: tuple[Funding, ...]) -> list[Funding]:
    return [row for index, row in enumerate(rows) if index == 0 or not row.item.strip().startswith("其中")]


def _highest(rows: tuple[Funding, ...]) -> list[Funding]:
    """The rows of the highest kind of numbering among them: 一、 before （一）, 1、 and （1）."""
    kinds = [next((kind for kind, one in enumerate(_NUMBERED) if one.match(row.item)), None) for row in rows]
    highest = min((kind for kind in kinds if kind is not None), default=None)
    return [row for row, kind in zip(rows, kinds, strict=True) if kind == highest]


@check("W4")
def rates_agree(case: Case) -> Iterator[Problem]:
    """Hold every printed rate against executed ÷ budget, on sub-rows too, at the precision printed."""
    for index, row in enumerate(case.form.funding):
        rates = [rate for one in _spent(row, case.form) if (rate := execution(one, case.rules))]
        if not rates or row.rate.number is None:
            continue
        if index == 0 and case.form.budget:  # beside sources without a total, its cell may be that of all
            rates += [
                rate for one in _spent(case.form.budget, case.form) if (rate := execution(one, case.rules))
            ]
        if not any(agrees_with_percent(row.rate, 100 * rate.part / rate.whole) for rate in rates):
            rate = rates[0]
            expected = percent(rate.part / rate.whole)
            message = (
                f"执行率填{row.rate.text}，{shown(rate.part)} ÷ {shown(rate.whole)} = {expected}，请更正"
            )
            yield Problem(Spot("funding", index, "rate"), row.item, message, expected, row.rate.text)


def _spent(row: Funding, form: Form) -> list[Funding]:
    """A row as its rate may be reckoned: on a monitoring form by what was spent so far, of either budget."""
    if not form.monitors:
        return [row] if row.executed is not None else []
    budgets = [one for one in (row.annual, row.initial) if one is not None and row.so_far is not None]
    return [replace(row, executed=row.so_far, annual=one, initial=one) for one in budgets]


@check("W5")
def execution_is_within_budget(case: Case) -> Iterator[Problem]:
    """Find more spent than budgeted, and a budget row left without its score."""
    for index, row in enumerate(case.form.funding):
        if row.annual is not None and row.executed is not None and row.executed > row.annual:
            message = (
                f"全年执行数{shown(row.executed)}万元大于全年预算数{shown(row.annual)}万元，请核对两个数"
            )
            yield Problem(Spot("funding", index, "executed"), row.item, message, row.annual, row.executed)
    others = any(row.printed is not None for row in case.scores.indicators)
    expected = "score" in case.form.columns and case.form.budget_points and case.form.calculated
    for row in case.scores.budget:
        if others and expected and row.printed is None and row.points is not None:
            message = f"预算执行率得分未填，应为{shown(row.points)}分（{row.why}）"
            yield Problem(row.spot("score"), row.label, message, row.points)


@check("W6")
def sub_rows_carry_no_points(case: Case) -> Iterator[Problem]:
    """Find weight or score repeated on the rows of the sources, where only the total row carries points."""
    if case.rules.budget.sub_rows_score:
        return
    for index, row in enumerate(case.form.funding[1:], 1):
        for field, name, points in (("weight", "分值", row.weight), ("score", "得分", row.score)):
            if points:
                message = f"资金来源行又填了{name}{shown(points)}分，只应填在合计行，请删去以免重复计分"
                yield Problem(Spot("funding", index, field), row.item, message, None, points)


@check("W7")
def budgets_are_not_cut_to_execution(case: Case) -> Iterator[Problem]:
    """Find an annual budget that is exactly what was spent, far below the initial one, without a word."""
    row = case.form.budget
    if row is None or not row.annual or row.annual != row.executed or row.initial is None:
        return
    lost = row.initial - row.annual
    if lost <= 0 or lost < case.rules.budget.cut * row.initial or is_reason(row.reason):
        return
    share = percent(lost / row.initial)
    message = (
        f"年初预算数{shown(row.initial)}万元，全年预算数{shown(row.annual)}万元，调减{share}，恰与全年执行数相等，"
        "请核对调整的依据并说明原因"
    )
    yield Problem(Spot("funding", 0, "annual"), row.item, message, None, row.annual)
