"""Completion (完成率、执行率、结余): what was planned, what became of it, the rate and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from perf_excel.rules.rulesets.severities import Severity
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, is_slight, percent, plain
from perf_excel.words.intervals import HUNDRED, Interval
from perf_excel.words.plans import REST, Pair, pairs_before
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_WORDS = re.compile(
    r"(?:预算|资金|项目|经费|支出|收入|整体|总体|年初|年度|全年|实际|平均|总|累计|当年|本年|任务|计划|投资|工程"
    r"|达到?|为|约|的|控制|到位|完成|执行|支付|使用|拨付|兑现|实现|达成|率|进度|比例)*"
)
"""A rate that names nothing of its own is that of the amounts before it."""
_NAME = re.compile(r"(?:(?P<name>[\u4e00-\u9fff]{2,4})(?:率|比例)|(?P<felt>满意)度)(?:为|达到?|约|是)*$")
_SENT = re.compile(r"发放|发出")
"""Who is content is counted among the papers that came back, not those that went out."""
_BEFORE = re.compile(r"年初|上年|去年|历年|以前年度|期初")
_WISHED = re.compile(r"[应拟](.)")
_LEFT = re.compile(r"结余|结转|剩余|节约")


def completion_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about completion rates, and about what is left over."""
    for one in told.sayings:
        if one.figure.about or one.respective:
            continue
        if one.role == "done" or (one.role == "other" and one.figure.kind == "percent"):
            yield from _rate(told, one)
        elif one.role == "amount" and one.money and not _BEFORE.search(one.lead) and REST.search(one.label):
            yield from _rest(told, one)


def _rate(told: Told, done: Saying) -> Iterator[Claim]:
    """Hold a rate against every two amounts it may be of; only of two certain ones can it be wrong."""
    if _LEFT.search(done.label):
        yield from _rate_left(told, done)
        return
    found = _NAME.search(done.label)
    name = (found["name"] or found["felt"]) if found else ""
    if done.figure.bound or (done.role == "other" and not name):
        return
    printed = done.figure.leeway
    certain = list(pairs_before(told, done, name))
    likely = _likely_pairs(told, done, certain)
    if met := next((pair for pair in likely if pair[0] is not pair[1] and _meets(printed, *pair)), None):
        yield _agreeing(done, met)
    elif certain and _is_of(done, certain[0], name) and not _of_both_years(told, *certain[0], printed):
        yield from _differing(done, certain[0])


def _likely_pairs(told: Told, done: Saying, certain: list[Pair]) -> Iterator[Pair]:
    """Yield every plan and outcome that a rate may speak of, the certain ones first."""
    yield from certain
    for _, spent in certain:
        if not spent.money:
            yield from _counted_before(told, done, spent)
    if done.of is not None:
        yield from _before_target(told, done, told.sayings[done.of])
    if done.role != "other":
        near = [one for one in told.nearby(done) if one.at < done.at]
        if certain and certain[0][0].sentence == certain[0][1].sentence == done.sentence:
            near = [one for one in near if one.sentence == done.sentence]
        yield from product(near, near)


def _counted_before(told: Told, done: Saying, spent: Saying) -> Iterator[Pair]:
    """Yield a count of things with those counted before it in the sentence of the rate."""
    for one in told.amounts(done.sentence.at, spent.figure.kind):
        asked = _SENT.search(one.lead) and "满意" in spent.lead
        if one.at < spent.at and one.figure.unit == spent.figure.unit and not asked:
            yield one, spent


def _before_target(told: Told, done: Saying, target: Saying) -> Iterator[Pair]:
    """Yield the target that a rate names with the amounts before it: 改造55公里，完成目标60公里的91.67%."""
    for one in told.amounts(done.sentence.at, target.figure.kind):
        if one.at < target.at and (one.money or one.figure.unit == target.figure.unit):
            yield target, one


def _agreeing(done: Saying, pair: Pair) -> Claim:
    planned, spent = pair
    against = f"“{planned.text}”与“{spent.text}”"
    return Claim("R2", "完成率", done, "agrees", against, _workings(planned, spent), basis=pair)


def _differing(done: Saying, pair: Pair) -> Iterator[Claim]:
    """Yield what the rate should be, if there can be any other: who has more than all has all (100%)."""
    planned, spent = pair
    capped = not spent.money and spent.figure.value > planned.figure.value and done.figure.value == HUNDRED
    if planned.figure.value <= 0 or capped:
        return
    ratio = spent.figure.value / planned.figure.value
    yield Claim(
        "R2", "完成率", done, "differs", f"“{planned.text}”与“{spent.text}”",
        f"{_workings(planned, spent)} = {percent(ratio)}", percent(ratio), _severity(done, ratio),
        cause(done.figure.value, ratio * HUNDRED, done.figure.step, money=False),
        done.start,
    )  # fmt: skip


def _rate_left(told: Told, done: Saying) -> Iterator[Claim]:
    """Hold 结余率 against what was left right before it, and what there was."""
    left = told.sayings[done.at - 1] if done.at else None
    if left is None or left.sentence != done.sentence or not left.money or not REST.search(left.label):
        return
    pair = next(pairs_before(told, left), None)
    if pair is None or pair[0].figure.value <= 0 or done.figure.bound:
        return
    planned, ratio = pair[0], left.figure.value / pair[0].figure.value
    agrees = _meets(done.figure.leeway, planned, left)
    yield Claim(
        "R2", "结余率", done, "agrees" if agrees else "differs", f"“{planned.text}”与“{left.text}”",
        f"{_workings(planned, left)} = {percent(ratio)}", percent(ratio),
        _severity(done, ratio), basis=(planned, left),
    )  # fmt: skip


def _severity(done: Saying, ratio: Decimal) -> Severity:
    """Return how much it matters that a rate is not this one: little where only the last digit is off."""
    off = abs(ratio * HUNDRED - done.figure.value)
    return "info" if is_slight(off, done.figure.step) else "warning"


def _is_of(done: Saying, pair: Pair, name: str) -> bool:
    """Whether a rate is that of the amounts before it, and not of something it names itself."""
    if done.of is not None:
        return True
    wished = _WISHED.search(pair[0].lead)
    if wished and f"实{wished[1]}" in pair[1].lead and wished[1] in name:
        return True  # 应收180万元，实收171万元，收缴率95%
    return _WORDS.fullmatch(done.label) is not None or (
        len(name) > 1 and set(name) <= set(pair[1].lead) and name in done.label
    )


def _meets(printed: Interval, planned: Saying, spent: Saying) -> bool:
    whole = planned.figure.interval
    if (
        planned.figure.kind == "count"
        and "目标" in planned.lead
        and not planned.figure.value % planned.figure.scale
    ):
        whole = Interval(planned.figure.value, planned.figure.value)  # 目标4万亩 is set, and not rounded
    return _meets_with(printed, whole, spent)


def _opening(told: Told, planned: Saying, spent: Saying) -> Saying | None:
    """Return what was left of the year before, said beside a budget that does not have it."""
    before = [
        one for at in {planned.sentence.at, spent.sentence.at} for one in told.amounts(at)
        if one.money and one.at < spent.at and _BEFORE.search(one.lead) and "结" in one.lead
    ]  # fmt: skip
    return before[0] if len(before) == 1 and planned.money and before[0] is not planned else None


def _of_both_years(told: Told, planned: Saying, spent: Saying, printed: Interval) -> bool:
    """Whether a rate is of a budget and the rest: 年初结转2万元，预算30万元，支出29万元，执行率90.63%."""
    opened = _opening(told, planned, spent)
    return opened is not None and _meets_with(
        printed, planned.figure.interval.plus(opened.figure.interval), spent
    )


def _meets_with(printed: Interval, whole: Interval, spent: Saying) -> bool:
    ratio = spent.figure.interval.over(whole)
    if ratio is None:
        return spent.figure.value == 0
    return ratio.in_percent().meets(printed)


def _workings(planned: Saying, spent: Saying) -> str:
    scale = spent.figure.scale
    return f"{plain(spent.figure.value / scale)} ÷ {plain(planned.figure.value / scale)}"


def _rest(told: Told, rest: Saying) -> Iterator[Claim]:
    pair = next(pairs_before(told, rest), None)
    if not pair or rest.figure.about:
        return
    planned, spent = pair
    if (opened := _opening(told, planned, spent)) and abs(
        planned.figure.value + opened.figure.value - spent.figure.value - rest.figure.value
    ) <= rest.figure.step + spent.figure.step + planned.figure.step:
        return
    due = planned.figure.value - spent.figure.value
    room = planned.figure.interval.minus(spent.figure.interval).wider(rest.figure.step / 2)
    scale, against = rest.figure.scale, f"“{planned.text}”与“{spent.text}”"
    workings = (
        f"{plain(planned.figure.value / scale)} − {plain(spent.figure.value / scale)} = {plain(due / scale)}"
    )
    if room.low <= rest.figure.value <= room.high:
        yield Claim("R2", "结余", rest, "agrees", against, workings, basis=pair)
    elif due >= 0:
        steps = planned.figure.step + spent.figure.step + rest.figure.step
        yield Claim(
            "R2", "结余", rest, "differs", against, workings, rest.figure.spelled(due),
            "info" if abs(due - rest.figure.value) <= steps else "warning",
            cause(rest.figure.value, due, rest.figure.step, money=True), planned.start,
        )  # fmt: skip
