"""Completion (完成率、执行率、结余): what was planned, what became of it, the rate and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, percent, plain
from perf_excel.words.intervals import Interval, rounded
from perf_excel.words.plans import REST, Pair, pairs_before
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

HUNDRED = Decimal(100)
_LAST_DIGITS = Decimal("1.5")
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
    found = _NAME.search(done.label)
    name = (found["name"] or found["felt"]) if found else ""
    if _LEFT.search(done.label):
        yield from _rate_left(told, done)
        return
    if done.figure.bound or (done.role == "other" and not name):
        return
    printed = rounded(done.figure.value, done.figure.step).wider(done.figure.step)
    certain = list(pairs_before(told, done, name))
    near = [one for one in told.nearby(done) if one.at < done.at]
    if certain and certain[0][0].sentence == certain[0][1].sentence == done.sentence:
        near = [one for one in near if one.sentence == done.sentence]
    counted = [
        (one, two) for _, two in certain if not two.money
        for one in told.amounts(done.sentence.at, two.figure.kind)
        if one.at < two.at and one.figure.unit == two.figure.unit
        and not (_SENT.search(one.lead) and "满意" in two.lead)
    ]  # fmt: skip
    if done.of is not None:
        target = told.sayings[done.of]
        here = told.amounts(done.sentence.at, target.figure.kind)
        counted += [
            (target, one) for one in here
            if one.at < target.at and (one.money or one.figure.unit == target.figure.unit)
        ]  # fmt: skip
    likely = (
        [*certain, *counted]
        if done.role == "other"
        else [*certain, *counted, *((one, two) for one in near for two in near)]
    )
    for planned, spent in likely:
        if planned is not spent and _meets(printed, planned, spent):
            yield Claim(
                "R2",
                "完成率",
                done,
                "agrees",
                f"“{planned.text}”与“{spent.text}”",
                _workings(planned, spent),
                basis=(planned, spent),
            )
            return
    if not certain or not _is_of(done, certain[0], name) or _of_both_years(told, *certain[0], printed):
        return
    planned, spent = certain[0]
    capped = not spent.money and spent.figure.value > planned.figure.value and done.figure.value == HUNDRED
    if planned.figure.value <= 0 or capped:
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


def _rate_left(told: Told, done: Saying) -> Iterator[Claim]:
    """Hold 结余率 against what was left right before it, and what there was."""
    left = told.sayings[done.at - 1] if done.at else None
    if left is None or left.sentence != done.sentence or not left.money or not REST.search(left.label):
        return
    pair = next(pairs_before(told, left), None)
    if pair is None or pair[0].figure.value <= 0 or done.figure.bound:
        return
    planned, ratio = pair[0], left.figure.value / pair[0].figure.value
    off = abs(ratio * HUNDRED - done.figure.value)
    agrees = _meets(rounded(done.figure.value, done.figure.step).wider(done.figure.step), planned, left)
    yield Claim(
        "R2", "结余率", done, "agrees" if agrees else "differs", f"“{planned.text}”与“{left.text}”",
        f"{_workings(planned, left)} = {percent(ratio)}", percent(ratio),
        "info" if off <= done.figure.step * _LAST_DIGITS else "warning", basis=(planned, left),
    )  # fmt: skip


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
    return Interval(ratio.low * HUNDRED, ratio.high * HUNDRED).meets(printed)


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
