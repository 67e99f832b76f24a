"""Growth (增减额): an amount, what it was before, and the difference between them."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.words.bases import Base, bases
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, is_slight, plain
from perf_excel.words.intervals import Interval, rounded
from perf_excel.words.net_changes import is_net
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_TURNED = "疑增减方向写反"


def growth_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about changes."""
    for one in told.sayings:
        if is_net(one):
            continue
        if one.role == "change" and not one.unchanged and one.figure.kind in ("money", "count"):
            yield from _change(told, one)


def _change(told: Told, change: Saying) -> Iterator[Claim]:
    if change.respective or change.figure.about:
        return
    found = list(bases(told, change))
    if not found:
        yield from _more_than_all(told, change)
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
        "R2", "增减额", change, "differs", two(base),
        f"{less(base)}，即{sign}{change.figure.spelled(abs(due))}",
        change.figure.spelled(abs(due)), "info" if is_slight(off, slack) else "warning",
        cause(signed, due, change.figure.step, money=change.money), base.current.start,
    )  # fmt: skip


def _more_than_all(told: Told, change: Saying) -> Iterator[Claim]:
    """Say that an amount cannot have grown by more than it is: 收入100万元，比上年增加120万元."""
    host, sure = told.host(change)
    here = host is not None and host.sentence == change.sentence and host.role == "amount"
    if not host or not here or not sure or change.sign <= 0 or host.figure.kind != change.figure.kind:
        return
    if change.figure.value > host.figure.value + host.figure.step and host.at == change.at - 1:
        yield Claim(
            "R2", "增减额", change, "differs", f"“{host.text}”",
            f"增加额 {change.figure.text} 大于现有的 {host.figure.text}", start=host.start,
        )  # fmt: skip


def less(base: Base) -> str:
    """Return the difference between an amount and what it is compared with, worked out."""
    scale, unit = base.current.figure.scale, base.current.figure.unit
    first, second = base.current.figure.value / scale, base.former.figure.value / scale
    return f"{plain(first)} − {plain(second)} = {plain(first - second)}{unit}"


def two(base: Base) -> str:
    """Return an amount and what it is compared with, as they are said."""
    return f"“{base.current.text}”与“{base.former.text}”"


def _difference(base: Base) -> Interval:
    return base.current.figure.interval.minus(base.former.figure.interval)


def _agrees(what: str, saying: Saying, base: Base) -> Claim:
    basis = (base.current, base.former)
    return Claim("R2", what, saying, "agrees", two(base), less(base), basis=basis)
