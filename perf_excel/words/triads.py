"""What was paid, its rate and the rest (支付、执行率、结余): two of them bear out the third's plan.

Where 支出 and 结余 together make an amount said shortly before, the rate is of it; where 支出 has just that
rate of one, so is the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, percent, plain
from perf_excel.words.intervals import HUNDRED
from perf_excel.words.plans import REST
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import counts

_SPENT = re.compile(r"支出|支付|执行|使用|拨付|发放|兑付|实[支付拨用]")
_RATE = re.compile(r"(?:执行|支付|支出|使用|拨付|完成)(?:率|进度|比例)")
_OWN = re.compile(r"年初|追加|其中|专项")
_FAR = 4
"""How many sentences back the plan may stand."""
_LEAST = Decimal("0.5")
"""By how much a rate or rest is off at least to be wrong, in percent and hundredths."""


def triad_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about rates and rests of what was paid, of a plan that the others bear out."""
    for rate in told.sayings:
        if rate.role != "done" or rate.of is not None or not _RATE.search(rate.label) or _loose(rate):
            continue
        here = [one for one in told.amounts(rate.sentence.at) if not one.depth and not _loose(one)]
        spent = [one for one in here if one.at < rate.at and _SPENT.search(one.label) and counts(one)]
        rests = [one for one in here if REST.search(one.label) and abs(one.at - rate.at) == 1]
        if len(spent) == 1 and len(rests) == 1 and rests[0] is not spent[0] and not _OWN.search(rate.label):
            yield from _held(told, spent[0], rate, rests[0])


def _loose(one: Saying) -> bool:
    return one.figure.about or bool(one.figure.bound) or one.respective


def _held(told: Told, spent: Saying, rate: Saying, rest: Saying) -> Iterator[Claim]:
    plans = [
        one for at in range(max(0, spent.sentence.at - _FAR), spent.sentence.at + 1)
        for one in told.amounts(at)
        if one.at < spent.at and one.figure.value >= spent.figure.value and not one.depth and counts(one)
    ]  # fmt: skip
    by_rest = [one for one in plans if _is_rest(one, spent, rest)]
    by_rate = [one for one in plans if _is_rate(one, spent, rate)]
    if by_rest and not by_rate:
        yield _rate_claim(by_rest[-1], spent, rate)
    elif by_rate and not by_rest and len({one.figure.value for one in by_rate}) == 1:
        yield _rest_claim(by_rate[-1], spent, rest)


def _is_rest(plan: Saying, spent: Saying, rest: Saying) -> bool:
    room = plan.figure.step + spent.figure.step + rest.figure.step
    return abs(plan.figure.value - spent.figure.value - rest.figure.value) <= room


def _is_rate(plan: Saying, spent: Saying, rate: Saying) -> bool:
    if not plan.figure.value:
        return False
    ratio = spent.figure.value / plan.figure.value * HUNDRED
    return abs(ratio - rate.figure.value) <= rate.figure.step * 2


def _rate_claim(plan: Saying, spent: Saying, rate: Saying) -> Claim:
    ratio, scale = spent.figure.value / plan.figure.value, spent.figure.scale
    off = abs(ratio * HUNDRED - rate.figure.value)
    return Claim(
        "R2", "完成率", rate, "differs", f"“{plan.text}”与“{spent.text}”",
        f"{plain(spent.figure.value / scale)} ÷ {plain(plan.figure.value / scale)} = {percent(ratio)}",
        percent(ratio), "info" if off <= _LEAST else "warning",
        cause(rate.figure.value, ratio * HUNDRED, rate.figure.step, money=False), rate.start,
    )  # fmt: skip


def _rest_claim(plan: Saying, spent: Saying, rest: Saying) -> Claim:
    due, scale = plan.figure.value - spent.figure.value, rest.figure.scale
    small = abs(due - rest.figure.value) <= plan.figure.value * _LEAST / HUNDRED / HUNDRED
    return Claim(
        "R2", "结余", rest, "differs", f"“{plan.text}”与“{spent.text}”",
        f"{plain(plan.figure.value / scale)} − {plain(spent.figure.value / scale)} = {plain(due / scale)}",
        rest.figure.spelled(due), "info" if small else "warning",
        cause(rest.figure.value, due, rest.figure.step, money=True), rest.start,
    )  # fmt: skip
