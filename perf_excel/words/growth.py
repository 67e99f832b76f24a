"""Growth (增减额、增减率): an amount, what it was before, the difference between them and its rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.bases import Base, bases
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, percent, plain
from perf_excel.words.intervals import Interval, rounded
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told, going_on

HUNDRED = Decimal(100)
_LAST_DIGITS = Decimal("1.5")
"""A rate that is off by so many of its last digits was cut off or bent, and is no contradiction."""
_TURNED = "疑增减方向写反"


def growth_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about changes and rates."""
    for one in told.sayings:
        if one.role == "change" and not one.unchanged and one.figure.kind in ("money", "count"):
            yield from _change(told, one)
        elif one.role == "rate":
            yield from _rate(told, one)


def change_before(told: Told, rate: Saying) -> Saying | None:
    """Return the change that a rate goes with: 减少2万元，下降0.46%, or the other way round."""
    for at in (rate.at - 1, rate.at + 1):
        if not 0 <= at < len(told.sayings):
            continue
        other = told.sayings[at]
        fits = other.role == "change" and other.figure.kind != "percent" and not other.unchanged
        pair = (other, rate) if at < rate.at else (rate, other)
        if fits and going_on(*pair) and rate.core in (*GENERIC, other.core) and rate.sign * other.sign >= 0:
            if at > rate.at and told.sayings[at + 1 : at + 2] and _has_own(told, other):
                continue
            return other
    return None


def _has_own(told: Told, change: Saying) -> bool:
    """Whether a change has a rate of its own behind it."""
    after = told.sayings[change.at + 1]
    return after.role == "rate" and going_on(change, after)


def _change(told: Told, change: Saying) -> Iterator[Claim]:
    if change.respective or change.figure.about:
        return
    found = list(bases(told, change))
    if not found:
        return
    signed = change.figure.value * (change.sign or 1)
    printed = rounded(signed, change.figure.step)
    near = [one for one in told.nearby(change) if one.figure.kind == change.figure.kind]
    pairs = [Base(one, base.former, base.sure) for base in found for one in (base.current, *near)]
    for base in pairs:
        if _difference(base).wider(change.figure.step / 2).meets(printed):
            yield _agrees("增减额", change, base)
            return
    base = next((one for one in found if one.sure), None)
    if change.sign == 0 or base is None:
        return
    due = base.current.figure.value - base.former.figure.value
    off = abs(due - signed)
    slack = max(one.figure.step for one in (base.current, base.former, change))
    sign = "增加" if due > 0 else "减少" if due < 0 else "没有增减"
    yield Claim(
        "R2", "增减额", change, "differs", _two(base),
        f"{less(base)}，即{sign}{change.figure.spelled(abs(due))}",
        change.figure.spelled(abs(due)), "info" if off <= slack * _LAST_DIGITS else "warning",
        cause(signed, due, change.figure.step, money=change.money), base.current.start,
    )  # fmt: skip


def less(base: Base) -> str:
    """Return the difference between an amount and what it is compared with, worked out."""
    scale, unit = base.current.figure.scale, base.current.figure.unit
    first, second = base.current.figure.value / scale, base.former.figure.value / scale
    return f"{plain(first)} − {plain(second)} = {plain(first - second)}{unit}"


def _two(base: Base) -> str:
    return f"“{base.current.text}”与“{base.former.text}”"


def _difference(base: Base) -> Interval:
    return base.current.figure.interval.minus(base.former.figure.interval)


def _agrees(what: str, saying: Saying, base: Base) -> Claim:
    return Claim("R2", what, saying, "agrees", _two(base), less(base))


def _rate(told: Told, rate: Saying) -> Iterator[Claim]:
    change = change_before(told, rate)
    if rate.respective or rate.figure.about or (change and change.figure.about):
        return
    said = change or rate
    found = list(bases(told, said))
    host, sure = told.host(said)
    if host is None and not found:
        return
    printed = rounded(rate.figure.value, rate.figure.step).wider(rate.figure.step)
    if change:
        named = [host, *told.by_core.get(host.core, [])] if host else []
        near = [*named, *(base.current for base in found), *told.nearby(rate)]
        for one in near:
            if one.figure.kind == change.figure.kind and _fits(printed, one, change, found, own=one is host):
                against = f"“{one.text}”与“{change.text}”"
                yield Claim("R2", "增减率", rate, "agrees", against, _workings(one, change)[1])
                return
    else:
        for base in found:
            if _grown(printed, base, rate):
                yield _agrees("增减率", rate, base)
                return
    certain = next((base for base in found if base.sure), None)
    if certain is None and not (change and host and sure):
        return
    yield from _wrong(rate, certain.current if certain else host, change, certain)


def _grown(printed: Interval, base: Base, rate: Saying) -> bool:
    """Whether an amount has grown by a rate from its base."""
    due = _difference(base).over(base.former.figure.interval)
    if due is None:
        return not base.former.figure.value  # from nought everything grows by 100 %, as units print it
    turned = Interval(-printed.high, -printed.low)
    sizes = [printed, turned] if rate.sign == 0 else [printed if rate.sign > 0 else turned]
    return any(Interval(due.low * HUNDRED, due.high * HUNDRED).meets(size) for size in sizes)


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
    reason = _TURNED if turned and off <= rate.figure.step * _LAST_DIGITS else cause(
        rate.figure.value, abs(ratio) * HUNDRED, rate.figure.step, money=False
    )  # fmt: skip
    if change and host.figure.value and not reason:
        over_this = change.figure.value / host.figure.value * HUNDRED
        if abs(over_this - rate.figure.value) <= rate.figure.step:
            reason = "疑以本年数作了基数"
    yield Claim(
        "R2", "增减率", rate, "differs", f"“{host.text}”与“{other.text}”",
        f"{workings} = {percent(ratio)}", percent(ratio if turned else abs(ratio)),
        "info" if off <= rate.figure.step * _LAST_DIGITS and not turned else "warning", reason,
        other.start if change else min(host.start, other.start),
    )  # fmt: skip


def _fits(printed: Interval, host: Saying, change: Saying, found: list[Base], *, own: bool) -> bool:
    """Whether a rate goes with a change of an amount."""
    changed = change.figure.interval
    formers = [base.former.figure.interval for base in found]
    formers += [host.figure.interval.minus(changed)] if change.sign >= 0 else []
    formers += [host.figure.interval.plus(changed)] if change.sign <= 0 else []
    for base in formers:
        ratio = changed.over(base)
        if ratio is None or base.high <= 0:
            # From nought everything grows by 100 %, as units print it.
            if own and base.low <= 0 <= base.high:
                return True
        elif Interval(ratio.low * HUNDRED, ratio.high * HUNDRED).meets(printed):
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
