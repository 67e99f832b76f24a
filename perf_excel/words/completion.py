"""Completion (完成率、执行率、结余): what was planned, what became of it, the rate and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, percent, plain
from perf_excel.words.intervals import Interval, rounded
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC, core_of
from perf_excel.words.told import Told

HUNDRED = Decimal(100)
_LAST_DIGITS = Decimal("1.5")
_PLANNED = re.compile(r"预算|计划|下达|到位|安排|指标|收到|拨入|可用")
_PLANNED_TOO = re.compile(rf"{_PLANNED.pattern}|资金|投资")
_SPENT = re.compile(r"决算|支出|执行|支付|完成|使用|实际|拨付")
_REST = re.compile(
    r"^(?:资金|经费|预算|项目|年末|尚有|还有|仅)?(?:结余|剩余|节余|结转结余|未支出|未支付|尚未支付|余额|未使用|未执行)"
)
_RATE = re.compile(r"(?:预算|资金|项目|经费|支出|整体|总体|年初|年度|全年|实际|平均|总|达到?|为|约|的)*")
_PLAIN_RATE = re.compile(r"(?:执行|完成|支付|支出|使用)(?:率|进度|比例)?|执行进度率")


def completion_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about completion rates, and about what is left over."""
    for one in told.sayings:
        if one.role == "done" and not one.respective and not one.figure.about:
            yield from _rate(told, one)
        elif one.role == "amount" and one.money and _REST.search(one.label) and "年初" not in one.lead:
            yield from _rest(told, one)


def pair_of(told: Told, saying: Saying) -> tuple[Saying, Saying] | None:
    """Return budget and outcome where they stand right before a saying and are certain to be its own."""
    here = [
        one for one in told.by_sentence[saying.sentence.at]
        if one.at < saying.at and one.money and one.role in ("amount", "former")
    ]  # fmt: skip
    two = here[-2:]
    if len(two) < len("AB") or any(one.respective or one.figure.about or one.figure.bound for one in two):
        return None
    planned, spent = two
    same = (
        spent.core in (*GENERIC, planned.core, f"{planned.core}支出")
        and planned.depth == spent.depth == saying.depth
    )
    if planned.role == "former" or spent.role == "former" or not same:
        return None
    fits = (
        _PLANNED_TOO.search(planned.lead)
        and _SPENT.search(spent.lead)
        and not _PLANNED.search(spent.label.replace("预算支出", ""))
    )
    return (planned, spent) if fits else None


def _rate(told: Told, done: Saying) -> Iterator[Claim]:
    printed = rounded(done.figure.value, done.figure.step).wider(done.figure.step)
    near = [one for one in told.nearby(done) if one.at < done.at]
    for planned in near:
        for spent in near:
            if planned is not spent and _meets(printed, planned, spent):
                yield Claim(
                    "R2",
                    "完成率",
                    done,
                    "agrees",
                    f"“{planned.text}”与“{spent.text}”",
                    _workings(planned, spent),
                )
                return
    pair = pair_of(told, done)
    if not pair or not _is_of_all(done):
        return
    planned, spent = pair
    if planned.figure.value <= 0:
        return
    ratio = spent.figure.value / planned.figure.value
    off = abs(ratio * HUNDRED - done.figure.value)
    yield Claim(
        "R2", "完成率", done, "differs", f"“{planned.text}”与“{spent.text}”",
        f"{_workings(planned, spent)} = {percent(ratio)}", percent(ratio),
        "info" if off <= done.figure.step * _LAST_DIGITS else "warning",
        cause(done.figure.value, ratio * HUNDRED, done.figure.step, money=False),
        done.start,
    )  # fmt: skip


def _is_of_all(done: Saying) -> bool:
    """Whether a rate is that of the amounts before it, and not of something it names itself."""
    name = core_of(done.label)
    return not name or _PLAIN_RATE.sub("", _RATE.sub("", name)) == ""


def _meets(printed: Interval, planned: Saying, spent: Saying) -> bool:
    ratio = spent.figure.interval.over(planned.figure.interval)
    if ratio is None:
        return spent.figure.value == 0
    return Interval(ratio.low * HUNDRED, ratio.high * HUNDRED).meets(printed)


def _workings(planned: Saying, spent: Saying) -> str:
    scale = spent.figure.scale
    return f"{plain(spent.figure.value / scale)} ÷ {plain(planned.figure.value / scale)}"


def _rest(told: Told, rest: Saying) -> Iterator[Claim]:
    pair = pair_of(told, rest)
    if not pair or rest.figure.about:
        return
    planned, spent = pair
    due = planned.figure.value - spent.figure.value
    room = planned.figure.interval.minus(spent.figure.interval).wider(rest.figure.step / 2)
    scale, against = rest.figure.scale, f"“{planned.text}”与“{spent.text}”"
    workings = (
        f"{plain(planned.figure.value / scale)} − {plain(spent.figure.value / scale)} = {plain(due / scale)}"
    )
    if room.low <= rest.figure.value <= room.high:
        yield Claim("R2", "结余", rest, "agrees", against, workings)
    elif due >= 0:
        steps = planned.figure.step + spent.figure.step + rest.figure.step
        yield Claim(
            "R2", "结余", rest, "differs", against, workings, rest.figure.spelled(due),
            "info" if abs(due - rest.figure.value) <= steps else "warning",
            cause(rest.figure.value, due, rest.figure.step, money=True), planned.start,
        )  # fmt: skip
