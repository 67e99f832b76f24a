"""Rates of growth (增减率): 增长12.23%, held against the change, the amount and what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.bases import Base, ago_behind, bases
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, is_slight, percent, plain
from perf_excel.words.growth import less, two
from perf_excel.words.intervals import HUNDRED, Interval
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told, going_on

_NAMED = re.compile(r"(?:预决?算)?(?:调整|变动|增减|差异|偏离)(?:率|幅度|度)(?:为|达)?")
_TURNED = "疑增减方向写反"


def rate_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about rates of growth."""
    for one in told.sayings:
        if turned := _turned(told, one):
            yield turned
        named = one.role == "other" and _NAMED.fullmatch(one.label) is not None
        if (one.role == "rate" or named) and not one.respective and not one.figure.about:
            change = change_before(told, one)
            if named and change is None:
                continue
            if change is None:
                yield from _alone(told, one)
            elif not change.figure.about:
                yield from _of_change(told, one, change)


def change_before(told: Told, rate: Saying) -> Saying | None:
    """Return the change that a rate goes with: 减少2万元，下降0.46%, or the other way round."""
    if change := _before_its_former(told, rate):
        return change
    for at in (rate.at - 1, rate.at + 1):
        if not 0 <= at < len(told.sayings):
            continue
        other = told.sayings[at]
        fits = other.role == "change" and other.figure.kind != "percent" and not other.unchanged
        pair = (other, rate) if at < rate.at else (rate, other)
        if (
            fits
            and going_on(*pair)
            and (rate.core in (*GENERIC, other.core) or rate.role == "other")
            and rate.sign * other.sign >= 0
        ):
            if at > rate.at and told.sayings[at + 1 : at + 2] and _has_own(told, other):
                continue
            return other
    return None


def _before_its_former(told: Told, rate: Saying) -> Saying | None:
    """Return the change in front of what it is from: 多支6万元（上年30万元），增幅|20%."""
    change = told.sayings[rate.at - 2] if rate.at > 1 else None
    if change is None or change.role != "change" or change.unchanged or rate.label or rate.compared_anew:
        return None
    behind = ago_behind(told, change, told.host(change)[0]) is told.sayings[rate.at - 1]
    clear = "；" not in rate.sentence.paragraph.text[change.figure.end : rate.figure.start]
    return change if behind and clear and rate.sign * change.sign >= 0 else None


def _has_own(told: Told, change: Saying) -> bool:
    """Whether a change has a rate of its own behind it."""
    after = told.sayings[change.at + 1]
    return after.role == "rate" and going_on(change, after)


def _turned(told: Told, rate: Saying) -> Claim | None:
    """Say that a change and its rate go opposite ways: 增加12.5万元，下降5.6%."""
    change = told.sayings[rate.at - 1] if rate.at else None
    if rate.role != "rate" or change is None or change.role != "change" or change.unchanged:
        return None
    at_once = rate.sentence.paragraph.text[change.figure.end : rate.start] in ("，", "、", "")
    if not at_once or rate.label or change.sentence != rate.sentence or rate.sign * change.sign >= 0:
        return None
    return Claim(
        "R2", "措辞", rate, "differs", f"“{change.text}”", f"一处写{change.lead}，一处写{rate.lead}",
        start=change.start, cause=_TURNED,
    )  # fmt: skip


def _alone(told: Told, rate: Saying) -> Iterator[Claim]:
    """Hold a rate against the amount and what it is compared with."""
    found = list(bases(told, rate))
    printed = rate.figure.leeway
    near = [
        Base(one, base.former, sure=False) for base in found for one in told.nearby(rate)
        if one.figure.kind == base.former.figure.kind and one is not base.former and one.at < rate.at
    ]  # fmt: skip
    for base in (*found, *near):
        if _grown(printed, base, rate):
            basis = (base.current, base.former)
            yield Claim("R2", "增减率", rate, "agrees", two(base), less(base), basis=basis)
            return
    if certain := next((base for base in found if base.sure), None):
        yield from _wrong(rate, certain.current, None, certain)


def _of_change(told: Told, rate: Saying, change: Saying) -> Iterator[Claim]:
    """Hold a rate against the change it goes with, and the amount or its former one."""
    found = list(bases(told, change))
    host, sure = told.host(change)
    former = _former_of(told, change) or ago_behind(told, change, host)
    printed = rate.figure.leeway
    if former and _is_rate(printed, change.figure.interval, former.figure.interval):
        against = f"“{former.text}”与“{change.text}”"
        yield Claim("R2", "增减率", rate, "agrees", against, _over(change, former), basis=(former, change))
        return
    named = [host, *told.by_core.get(host.core, [])] if host else []
    for one in (*named, *(base.current for base in found), *told.nearby(rate)):
        if one.figure.kind == change.figure.kind and _fits(printed, one, change, found, own=one is host):
            against = f"“{one.text}”与“{change.text}”"
            workings = _workings(one, change)[1]
            yield Claim("R2", "增减率", rate, "agrees", against, workings, basis=(one, change))
            return
    certain = next((base for base in found if base.sure), None)
    if certain is None and former and former.figure.value > 0:
        certain = Base(host or former, former, sure=True)
    if certain or (host and sure):
        yield from _wrong(rate, certain.current if certain else host, change, certain)


def _former_of(told: Told, change: Saying) -> Saying | None:
    """Return the amount of the year before right in front of a change: 较上年预算140万元|减少15万元."""
    last = told.sayings[change.at - 1] if change.at else None
    fits = last is not None and last.role == "former" and last.sentence == change.sentence
    return last if last and fits and last.figure.kind == change.figure.kind else None


def _is_rate(printed: Interval, changed: Interval, base: Interval) -> bool:
    ratio = changed.over(base)
    return ratio is not None and ratio.in_percent().meets(printed)


def _over(change: Saying, former: Saying) -> str:
    scale = change.figure.scale
    return f"{plain(change.figure.value / scale)} ÷ {plain(former.figure.value / scale)}"


def _grown(printed: Interval, base: Base, rate: Saying) -> bool:
    """Whether an amount has grown by a rate from its base."""
    due = base.current.figure.interval.minus(base.former.figure.interval).over(base.former.figure.interval)
    if due is None:
        return not base.former.figure.value  # from nought everything grows by 100 %, as units print it
    turned = Interval(-printed.high, -printed.low)
    sizes = [printed, turned] if rate.sign == 0 else [printed if rate.sign > 0 else turned]
    return any(due.in_percent().meets(size) for size in sizes)


def _wrong(rate: Saying, host: Saying | None, change: Saying | None, base: Base | None) -> Iterator[Claim]:
    turned = False
    if change and host:
        ratio, workings = _workings(host, change, base.former if base else None)
        other = change
    elif base and base.former.figure.value > 0:
        due = base.current.figure.value - base.former.figure.value
        ratio = due / base.former.figure.value
        workings = f"{less(base)}，除以 {base.former.figure.text}"
        turned = due * rate.sign < 0
        host, other = base.current, base.former
    else:
        return
    if ratio is None:
        return
    off = abs(abs(ratio) * HUNDRED - rate.figure.value)
    reason = _TURNED if turned and is_slight(off, rate.figure.step) else cause(
        rate.figure.value, abs(ratio) * HUNDRED, rate.figure.step, money=False
    )  # fmt: skip
    if change and host.figure.value and not reason:
        over_this = change.figure.value / host.figure.value * HUNDRED
        if abs(over_this - rate.figure.value) <= rate.figure.step:
            reason = "疑以本年数作了基数"
    yield Claim(
        "R2", "增减率", rate, "differs", f"“{host.text}”与“{other.text}”",
        f"{workings} = {percent(ratio)}", percent(ratio if turned else abs(ratio)),
        "info" if is_slight(off, rate.figure.step) and not turned else "warning", reason,
        other.start if change else min(host.start, other.start),
    )  # fmt: skip


def _fits(printed: Interval, host: Saying, change: Saying, found: list[Base], *, own: bool) -> bool:
    """Whether a rate goes with a change of an amount."""
    changed = change.figure.interval
    formers = [base.former.figure.interval for base in found]
    formers += [host.figure.interval.minus(changed)] if change.sign >= 0 else []
    formers += [host.figure.interval.plus(changed)] if change.sign <= 0 else []
    for base in formers:
        # From nought everything grows by 100 %, as units print it.
        if own and base.low <= 0 <= base.high:
            return True
        if base.high > 0 and _is_rate(printed, changed, base):
            return True
    return False


def _workings(host: Saying, change: Saying, former: Saying | None = None) -> tuple[Decimal | None, str]:
    """Return the rate of a change, and how it is worked out; None where the base is nought."""
    scale, changed = host.figure.scale, change.figure.value
    sign = "−" if change.sign >= 0 else "＋"
    base = former.figure.value if former else host.figure.value - changed * (change.sign or 1)
    shown = (
        plain(base / scale)
        if former
        else f"({plain(host.figure.value / scale)} {sign} {plain(changed / scale)})"
    )
    return (changed / base if base > 0 else None), f"{plain(changed / scale)} ÷ {shown}"
