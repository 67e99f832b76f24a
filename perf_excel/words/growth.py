"""Growth (增减额、增减率): an amount, what it was before, the difference between them and its rate."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, percent, plain
from perf_excel.words.figures import Figure
from perf_excel.words.intervals import Interval, rounded
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told, going_on

HUNDRED = Decimal(100)
_LAST_DIGITS = Decimal("1.5")
"""A rate that is off by so many of its last digits was cut off or bent, and is no contradiction."""


def growth_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about changes and rates."""
    for one in told.sayings:
        if one.role == "change" and one.money and not one.unchanged:
            yield from _change(told, one)
        elif one.role == "rate":
            yield from _rate(told, one)
        elif one.unchanged:
            yield from _unchanged(told, one)


def change_before(told: Told, rate: Saying) -> Saying | None:
    """Return the change that a rate goes with: 减少2万元，下降0.46%."""
    if not rate.at:
        return None
    before = told.sayings[rate.at - 1]
    fits = before.role == "change" and before.money and not before.unchanged and going_on(before, rate)
    return before if fits and rate.core in (*GENERIC, before.core) else None


def former_of(told: Told, host: Saying, saying: Saying) -> Saying | None:
    """Return the amount of the year before that stands between an amount and what is said of its change."""
    between = told.sayings[host.at + 1 : saying.at]
    found = [one for one in between if one.role == "former" and one.money]
    return found[-1] if len(found) == 1 and found[0].sentence == saying.sentence else None


def _formers(told: Told, saying: Saying, core: str, year: int | None) -> list[Saying]:
    """Return the amounts of the year before with the same label, said anywhere."""
    year = saying.year or year
    return [
        one for one in told.by_core.get(core, ()) if one.money and year and one.year and one.year == year - 1
    ]


def _change(told: Told, change: Saying) -> Iterator[Claim]:
    host, sure = told.host(change)
    if host is None or change.respective or change.figure.about:
        return
    former = former_of(told, host, change)
    formers = [former] if former else _formers(told, host, host.core, host.year)
    if not formers:
        return
    signed = change.figure.value * (change.sign or 1)
    printed = rounded(signed, change.figure.step)
    current = [host, *told.nearby(change)]
    pairs = [(one, other) for one in current for other in formers]
    slack = max(one.figure.step for one in (host, formers[0], change))
    for one, other in pairs:
        if _difference(one.figure, other.figure).wider(change.figure.step / 2).meets(printed):
            yield _agrees("增减额", change, f"“{one.text}”与“{other.text}”", f"{_less(one, other)}")
            return
    if change.sign == 0 or not ((former and sure) or _only(told, host, formers)):
        return
    former = former or formers[0]
    due = host.figure.value - former.figure.value
    off = abs(due - signed)
    sign = "增加" if due > 0 else "减少" if due < 0 else "没有增减"
    yield Claim(
        "R2", "增减额", change, "differs", f"“{host.text}”与“{former.text}”",
        f"{_less(host, former)}，即{sign}{change.figure.spelled(abs(due))}",
        change.figure.spelled(abs(due)), "info" if off <= slack * _LAST_DIGITS else "warning",
        cause(signed, due, change.figure.step, money=True), host.start,
    )  # fmt: skip


def _only(told: Told, host: Saying, formers: list[Saying]) -> bool:
    """Whether an amount and that of the year before are each said but once, each with its year."""
    same = [one for one in told.by_core.get(host.core, ()) if one.money and one.year == host.year]
    values = ({one.figure.value for one in same}, {one.figure.value for one in formers})
    return host.core not in GENERIC and host.year is not None and all(len(each) == 1 for each in values)


def _less(one: Saying, other: Saying) -> str:
    scale = one.figure.scale
    first, second = one.figure.value / scale, other.figure.value / scale
    return f"{plain(first)} − {plain(second)} = {plain(first - second)}{one.figure.unit}"


def _difference(one: Figure, other: Figure) -> Interval:
    return one.interval.minus(other.interval)


def _agrees(what: str, saying: Saying, against: str, arithmetic: str) -> Claim:
    return Claim("R2", what, saying, "agrees", against, arithmetic)


def _rate(told: Told, rate: Saying) -> Iterator[Claim]:
    change = change_before(told, rate)
    host, sure = told.host(change or rate)
    if host is None or rate.respective or rate.figure.about or (change and change.figure.about):
        return
    printed = rounded(rate.figure.value, rate.figure.step).wider(rate.figure.step)
    nearby = [host, *told.nearby(rate), *told.by_core.get(host.core, [])]
    former = former_of(told, host, change or rate)
    if change:
        for one in nearby:
            if _fits(printed, one, change, former, own=one is host):
                yield _agrees("增减率", rate, f"“{one.text}”与“{change.text}”", _workings(one, change)[1])
                return
    found = former or next(iter(_formers(told, host, host.core, host.year)), None)
    if found and found.figure.value:
        due = _difference(host.figure, found.figure).over(found.figure.interval)
        sizes = [printed, Interval(-printed.high, -printed.low)] if rate.sign == 0 or change else [
            printed if rate.sign > 0 else Interval(-printed.high, -printed.low)
        ]  # fmt: skip
        if due and any(Interval(due.low * HUNDRED, due.high * HUNDRED).meets(size) for size in sizes):
            yield _agrees("增减率", rate, f"“{host.text}”与“{found.text}”", _less(host, found))
            return
    if not sure or (change is None and former is None):
        return
    yield from _wrong(rate, host, change, former)


def _wrong(rate: Saying, host: Saying, change: Saying | None, former: Saying | None) -> Iterator[Claim]:
    if change:
        ratio, workings = _workings(host, change, former)
    elif former and former.figure.value > 0:
        due = host.figure.value - former.figure.value
        ratio, workings = due / former.figure.value, f"{_less(host, former)}，除以 {former.figure.text}"
    else:
        return
    if ratio is None:
        return
    off = abs(abs(ratio) * HUNDRED - rate.figure.value)
    reason = cause(rate.figure.value, abs(ratio) * HUNDRED, rate.figure.step, money=False)
    if change and host.figure.value and not reason:
        over_this = change.figure.value / host.figure.value * HUNDRED
        if abs(over_this - rate.figure.value) <= rate.figure.step:
            reason = "疑以本年数作了基数"
    yield Claim(
        "R2", "增减率", rate, "differs", f"“{host.text}”与“{(change or former or rate).text}”",
        f"{workings} = {percent(ratio)}", percent(abs(ratio)),
        "info" if off <= rate.figure.step * _LAST_DIGITS else "warning", reason,
        (change or rate).start,
    )  # fmt: skip


def _fits(printed: Interval, host: Saying, change: Saying, former: Saying | None, *, own: bool) -> bool:
    """Whether a rate goes with a change of an amount."""
    changed = change.figure.interval
    bases = [former.figure.interval] if former else []
    bases += [host.figure.interval.minus(changed)] if change.sign >= 0 else []
    bases += [host.figure.interval.plus(changed)] if change.sign <= 0 else []
    for base in bases:
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


def _unchanged(told: Told, saying: Saying) -> Iterator[Claim]:
    """Hold 持平 against the two amounts where both are said in the sentence."""
    host, sure = told.host(saying)
    former = former_of(told, host, saying) if host else None
    if not (host and sure and former):
        return
    if _difference(host.figure, former.figure).low <= 0 <= _difference(host.figure, former.figure).high:
        yield _agrees("持平", saying, f"“{host.text}”与“{former.text}”", _less(host, former))
        return
    yield Claim(
        "R2", "持平", saying, "differs",
        f"“{host.text}”与“{former.text}”", _less(host, former), "", "warning", "", host.start,
    )  # fmt: skip
