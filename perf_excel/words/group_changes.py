"""The change of a whole and those of its parts (增减额合计): 合计增3万元，其中收入增5万元、支出减2万元."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import Group, adds_up

_FAR = 3
"""How many sentences behind an amount its change may be said."""


def group_changes(told: Told, group: Group) -> Iterator[Claim]:
    """Yield what the change of a whole is against the changes of its parts, where every part says its own."""
    whole = _change_of(told, group.total)
    parts = next((parts for parts in group.readings if adds_up(group.total, parts)), None)
    if whole is None or whole.unchanged or parts is None or len(parts) <= 1 or not whole.sign:
        return
    changes = [_change_of(told, one) for one in parts]
    known = [one for one in changes if one is not None]
    if len(known) != len(parts) or any(not one.sign and not one.unchanged for one in known):
        return
    scale = whole.figure.scale
    signed = [one.figure.value * one.sign for one in known]
    added, printed = sum(signed, Decimal(0)), whole.figure.value * whole.sign
    room = (whole.figure.step + sum(one.figure.step for one in known)) / 2
    terms = " ".join(f"{'−' if one < 0 else '+'} {plain(abs(one) / scale)}" for one in signed).removeprefix(
        "+ "
    )
    against = f"各部分增减之和（{len(known)} 项）"
    if abs(added - printed) <= room:
        workings = f"{terms} = {plain(added / scale)}"
        yield Claim("R2", "增减额合计", whole, "agrees", against, workings, basis=tuple(known))
        return
    off = abs(added - printed)
    yield Claim(
        "R2", "增减额合计", whole, "differs", against,
        f"{terms} = {plain(added / scale)}，与 {plain(printed / scale)} 相差 {plain(off / scale)}",
        whole.figure.spelled(abs(added)), "info" if off <= room * 2 else "warning",
        cause(printed, added, whole.figure.step, money=True), group.total.start
        if group.total.sentence == whole.sentence else None, basis=tuple(known),
    )  # fmt: skip


def _change_of(told: Told, amount: Saying) -> Saying | None:
    """Return what is said of an amount's change, by the change's own label or right behind the amount."""
    for one in told.sayings[amount.at + 1 :]:
        if one.sentence.at > amount.sentence.at + _FAR or one.sentence.section != amount.sentence.section:
            return None
        if one.role == "change" and (one.unchanged or one.money) and told.host(one)[0] is amount:
            return one
    return None
