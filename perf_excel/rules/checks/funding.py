"""Checks of the budget block (预算执行情况): W4 rates, W5 overspending, W6 points, W7 cuts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perf_excel.forms.measure import Measure
from perf_excel.forms.model import Form, Funding
from perf_excel.forms.spot import Spot
from perf_excel.rules.checks.not_read import budget_unread
from perf_excel.rules.checks.reasons import is_reason
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.arithmetic import Share, percent, shown
from perf_excel.rules.scoring.form_score import execution, sources_count
from perf_excel.rules.scoring.printed import agrees_with_percent

_HALF_CENT = Decimal("0.005")
"""万元: what an amount with two decimals may be off."""


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
        if any(agrees_with_percent(row.rate, 100 * rate.part / rate.whole) for rate in rates):
            continue
        rate = rates[0]
        expected = percent(rate.part / rate.whole)
        message = f"执行率填{row.rate.text}，{shown(rate.part)} ÷ {shown(rate.whole)} = {expected}，请更正"
        unsure = _of_rounded_amounts(row.rate, rate) or budget_unread(case.form)
        spot = Spot("funding", index, "rate")
        yield Problem(spot, row.item, message, expected, row.rate.text, "warning" if unsure else None)


def _of_rounded_amounts(rate: Measure, share: Share) -> bool:
    """Whether a rate may follow from the amounts as they were before they were rounded to 0.01万元."""
    if share.whole <= _HALF_CENT or not any(amount.as_tuple().exponent == -2 for amount in share):
        return False
    most = 100 * (share.part + _HALF_CENT) / (share.whole - _HALF_CENT)
    least = 100 * (share.part - _HALF_CENT) / (share.whole + _HALF_CENT)
    printed = rate.number or Decimal(0)
    nearest = (min(max(number, least), most) for number in (printed, 100 * printed))
    return any(agrees_with_percent(rate, exact) for exact in nearest)


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
    if sources_count(case.form, case.rules):
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
