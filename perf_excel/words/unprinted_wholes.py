"""Wholes that are not printed (没有写出的总数): what the shares of them and their parts say they are."""

from __future__ import annotations

from decimal import Decimal

from perf_excel.words.claims import plain
from perf_excel.words.intervals import Interval, rounded
from perf_excel.words.sayings import Saying

_FEWEST = 2
Pair = tuple[Saying, Saying]
"""A share and the part it is said of."""


def unprinted_whole(run: list[Pair]) -> tuple[Interval, str] | None:
    """Return the whole that shares are of by their own account, and in words how it is known.

    That is the sum of their parts, where it bears one of them out, or the amount that more than half of
    three or more shares agree on.
    """
    return _sum_of_parts(run) or _most_say(run)


def meets(share: Saying, part: Saying, whole: Interval) -> bool:
    """Whether a share may be that of a part in a whole, as far as the printed decimals say."""
    printed = share.figure.leeway
    ratio = part.figure.interval.over(whole)
    if ratio is None:
        return part.figure.value == 0
    return ratio.in_percent().meets(printed)


def _sum_of_parts(run: list[Pair]) -> tuple[Interval, str] | None:
    parts = {part.label: part for _, part in run}
    total = sum((part.figure.value for part in parts.values()), Decimal(0))
    room = sum((part.figure.step for part in parts.values()), Decimal(0)) / 2
    whole = Interval(total - room, total + room)
    if len(parts) < len(run) or total <= 0 or not any(meets(share, part, whole) for share, part in run):
        return None
    terms = " + ".join(plain(part.figure.value / part.figure.scale) for part in parts.values())
    return whole, f"各部分之和 {terms}"


def _most_say(run: list[Pair]) -> tuple[Interval, str] | None:
    """Return the whole that most shares imply, from the share that says it most closely."""
    implied = [one for share, part in run if (one := _implied(share, part))]
    for one in sorted(implied, key=lambda each: each.high - each.low):
        agreeing = [other for other in implied if one.meets(other)]
        if len(agreeing) > len(run) / 2 and len(run) > _FEWEST:
            whole = Interval(max(each.low for each in agreeing), min(each.high for each in agreeing))
            return (whole if whole.low <= whole.high else one), f"其余 {len(agreeing)} 项占比推出的总数"
    return None


def _implied(share: Saying, part: Saying) -> Interval | None:
    """Return the whole that a share and its part imply."""
    printed = rounded(share.figure.value, share.figure.step)
    whole = part.figure.interval.over(printed) if part.figure.value > 0 else None
    return whole.in_percent() if whole else None
