"""Execution rates of the wrong budget (预算执行率): the outcome over 年初预算 where 全年预算 is said, too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.words.claims import Claim, percent, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told

_RATE = re.compile(
    r"(?:预算|资金|支出|经费|项目|全年|整体|总体)*(?:执行率|支出率|执行进度|支出进度)(?:为|达到?|是|约)*"
)
_FULL = re.compile(r"全年预算|调整后|调整预算|年度预算|最终预算|可用(?:数|资金|预算)")
_INITIAL = re.compile(r"年初|批复|原预算")
_SPENT = re.compile(r"支出|执行|支付|实支|实付|使用|拨付|用款|付款|兑付")
_PLANNED = re.compile(r"预算|计划|批复|到位|下达")
_NEAR = 2
"""Sentences between the budget and the rate at most."""
_CAUSE = "疑以年初预算数作了分母，执行率应按全年（调整后）预算数计算"


def initial_budget_claims(told: Told) -> Iterator[Claim]:
    """Yield the rates that are right of the year's first budget, and not of the adjusted one."""
    for rate in told.sayings:
        if rate.role != "done" or rate.of is not None or rate.respective or rate.figure.about or rate.depth:
            continue
        if _RATE.fullmatch(rate.label) and "年初" not in rate.lead:
            yield from _held(told, rate)


def _held(told: Told, rate: Saying) -> Iterator[Claim]:
    first = max(0, rate.sentence.at - _NEAR)
    before = [
        one for at in range(first, rate.sentence.at + 1) for one in told.amounts(at)
        if one.at < rate.at and not one.depth and not one.figure.about and not one.respective
        and one.sentence.section == rate.sentence.section
    ]  # fmt: skip
    spent = next(
        (one for one in reversed(before)
         if _SPENT.search(one.label) and not _PLANNED.search(one.label) and one.core in GENERIC),
        None,
    )  # fmt: skip
    if spent is None:
        return
    full = _last(before, spent, _FULL)
    initial = _last(before, spent, _INITIAL)
    if full is None or initial is None or full is initial or full.figure.value == initial.figure.value:
        return
    if _is_rate(rate, spent, full) or not _is_rate(rate, spent, initial):
        return
    ratio = spent.figure.value / full.figure.value
    scale = spent.figure.scale
    yield Claim(
        "R2", "执行率的分母", rate, "differs", f"“{full.text}”与“{spent.text}”",
        f"{plain(spent.figure.value / scale)} ÷ {plain(full.figure.value / scale)} = {percent(ratio)}",
        percent(ratio), "warning", _CAUSE, spent.start if spent.sentence == rate.sentence else None,
    )  # fmt: skip


def _last(before: list[Saying], spent: Saying, named: re.Pattern[str]) -> Saying | None:
    """Return the last budget of a name in front of an outcome, which speaks of all of it."""
    found = [
        one for one in before
        if one.at < spent.at and named.search(one.lead) and not _SPENT.search(one.label.replace("支出", ""))
    ]  # fmt: skip
    return found[-1] if found else None


def _is_rate(rate: Saying, spent: Saying, planned: Saying) -> bool:
    ratio = spent.figure.interval.over(planned.figure.interval)
    return ratio is not None and ratio.in_percent().meets(rate.figure.leeway)
