"""Checks of a monitoring form (绩效运行监控表): M1 what is foreseen, M2 the money, M3 how likely it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perf_excel.forms.likelihood import LIKELIHOODS, NEVER, SURE, likelihoods
from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.rules.checks.reasons import is_reason
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.arithmetic import percent, shown
from perf_excel.rules.scoring.form_score import band_of, kept_date
from perf_excel.rules.scoring.numeric import attempt

_CENT = Decimal("0.005")
_YEAR = 12
_OF_MONEY = re.compile(
    "[资基]金|经费|预算|拨款|拨付|支[出付]|结算|采购|合同款|尾款|执行|指标下达|调[整减剂]|结余|节约|压减"
)
"""Words by which a reason speaks of money."""
_CHOICE = "、".join(LIKELIHOODS)


def foreseen(row: Indicator, rules: RuleSet) -> bool | None:
    """Return whether what is expected of the year meets the target, None where that cannot be told."""
    result = replace(row, actual=row.expected)
    if "empty" in (row.target.kind, row.expected.kind):
        return None
    if tried := attempt(result, rules):
        return tried.met
    if (kept := kept_date(result)) is not None:
        return kept
    if row.target.kind == "number" or row.expected.kind != "words":
        return None
    if row.expected.words == row.target.words:
        return True
    band = band_of(result, rules)
    return band is rules.text.bands[0] if band in rules.text.bands else None


@check("M1")
def shortfalls_are_explained(case: Case) -> Iterator[Problem]:
    """Find targets that are not going to be met, and no word on why."""
    if not case.form.monitors:
        return
    if "expected" not in case.form.columns:
        message = "没有读到“全年预计完成情况”一栏，无法判断预计能否达到目标，请核对栏名"
        yield Problem(Spot("head", 0, "unit"), "全年预计完成情况", message, severity="info")
    for index, row in enumerate(case.form.indicators):
        met = foreseen(row, case.rules)
        if met is None and row.target.kind == "number" and row.expected.kind != "empty":
            yield _incomparable(index, row)
        if is_reason(row.reason) or is_reason(row.remark):
            continue
        spot = Spot("indicator", index, "reason")
        short = met is False
        why = f"全年预计{row.expected.text}达不到目标{row.target.text}"
        if not short and likelihoods(row.likelihood) == (NEVER,):
            short, why = True, f"完成目标的可能性为“{NEVER}”"
        if short and row.causes:
            kinds = "、".join(row.causes)
            message = f"{why}，只勾选了{kinds}，请在原因说明中写明原因和拟采取的措施"
            yield Problem(spot, row.name, message, "原因说明", None, "warning")
        elif short:
            message = f"{why}，却没有分析偏差原因，请勾选原因并说明"
            yield Problem(spot, row.name, message, "偏差原因", row.reason or None)


def _incomparable(index: int, row: Indicator) -> Problem:
    """What is expected is no number of the target's unit, so that nothing follows from it."""
    message = (
        f"全年预计“{row.expected.text}”与目标{row.target.text}无法比较，"
        "请按指标值的计量单位填写预计全年完成的数"
    )
    spot = Spot("indicator", index, "expected")
    return Problem(spot, row.name, message, "与指标值同单位的数", row.expected.text, "warning")


@check("M2")
def money_keeps_step(case: Case) -> Iterator[Problem]:
    """Hold what was spent so far, and what is going to be, against the budget and the calendar."""
    if not case.form.monitors:
        return
    for index, row in enumerate(case.form.funding):
        budget = row.initial if row.annual is None else row.annual
        if row.so_far is None and row.expected is None:
            continue
        yield from _more_than(index, row, budget)
        if index == 0 and budget:
            yield from _behind(case, row, budget)
            yield from _left_over(case.form, row, budget)


def _more_than(index: int, row: Funding, budget: Decimal | None) -> Iterator[Problem]:
    """More spent than there is, or than is foreseen for the whole year."""
    if row.so_far is not None and row.expected is not None and row.so_far > row.expected + _CENT:
        message = f"已执行{shown(row.so_far)}万元，全年预计却只有{shown(row.expected)}万元，请核对"
        yield Problem(Spot("funding", index, "expected"), row.item, message, None, row.expected, "error")
    for field, name, amount in (("so_far", "已执行", row.so_far), ("expected", "全年预计执行", row.expected)):
        if amount is not None and budget is not None and amount > budget + _CENT:
            message = f"{name}{shown(amount)}万元，超过预算数{shown(budget)}万元，请核对，或说明追加的依据"
            yield Problem(Spot("funding", index, field), row.item, message, budget, amount)
            return


def _behind(case: Case, row: Funding, budget: Decimal) -> Iterator[Problem]:
    """Spending far behind the calendar."""
    rule = case.rules.monitoring
    months = case.form.months or rule.months
    due = Decimal(months) / _YEAR
    if row.so_far is None or months >= _YEAR or _explained(case.form, row):
        return
    rate = row.so_far / budget
    if rate < due - rule.behind:
        message = (
            f"前{months}个月执行率{percent(rate)}（{shown(row.so_far)} ÷ {shown(budget)}），"
            f"时间进度为{months}/12即{percent(due)}，落后超过{percent(rule.behind)}，请说明原因和下一步安排"
        )
        yield Problem(Spot("funding", 0, "so_far"), row.item, message, None, row.so_far)


def _left_over(form: Form, row: Funding, budget: Decimal) -> Iterator[Problem]:
    """Money that is not going to be spent."""
    if row.expected is None or row.expected >= budget - _CENT or _explained(form, row):
        return
    message = (
        f"全年预计执行{shown(row.expected)}万元，比预算数{shown(budget)}万元少"
        f"{shown(budget - row.expected)}万元，没有说明原因，请说明"
    )
    yield Problem(Spot("funding", 0, "expected"), row.item, message, budget, row.expected)


def _explained(form: Form, row: Funding) -> bool:
    """Whether the form says why its money is late: beside it, or in a reason that speaks of money."""
    texts = (text for one in form.indicators for text in (one.reason, one.remark))
    return is_reason(row.reason) or any(is_reason(text) and _OF_MONEY.search(text) for text in texts)


@check("M3")
def likelihoods_fit_the_numbers(case: Case) -> Iterator[Problem]:
    """Find rows of which no likelihood is given, or several, or one that the numbers contradict."""
    if not case.form.monitors or "likelihood" not in case.form.columns:
        return
    for index, row in enumerate(case.form.indicators):
        spot, said = Spot("indicator", index, "likelihood"), likelihoods(row.likelihood)
        aims, met = f"目标{row.target.text}，全年预计{row.expected.text}", foreseen(row, case.rules)
        if len(said) > 1:
            message = f"完成目标的可能性选了{len(said)}项（{'、'.join(said)}），只能选一项"
            yield Problem(spot, row.name, message, "只选一项", row.likelihood)
        elif not said and row.likelihood:
            message = f"完成目标的可能性填“{row.likelihood}”，请改为{_CHOICE}中的一项"
            yield Problem(spot, row.name, message, _CHOICE, row.likelihood, "warning")
        elif not said and row.level3:
            message = f"完成目标的可能性没有选，请在{_CHOICE}中选一项"
            yield Problem(spot, row.name, message, _CHOICE, None, "warning")
        elif said == (SURE,) and met is False:
            message = f"{aims}，达不到目标，却判断“{SURE}”完成，请核对预计数或可能性"
            yield Problem(spot, row.name, message, None, row.likelihood)
        elif said == (NEVER,) and met is True:
            message = f"{aims}，能达到目标，却判断“{NEVER}”，请核对预计数或可能性"
            yield Problem(spot, row.name, message, None, row.likelihood)
