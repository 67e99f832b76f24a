"""How wide the columns are, and which of them a block takes for each of its own columns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from perf_excel.books.template.columns import Columns
from perf_excel.books.template.heights import DIGIT

WIDTHS = {
    "block": 6.5, "level1": 12.5, "level2": 15.0, "level3": 21.0, "direction": 7.0, "sign": 7.0,
    "target": 12.5, "unit": 9.0, "actual": 12.5, "reached": 8.5, "raw": 8.5, "weight": 6.5, "score": 8.0,
    "share": 9.0, "deviation": 8.5, "reason": 21.0, "progress": 11.0, "expected": 11.0, "remark": 14.0,
}  # fmt: skip
"""Widths in characters by what a column holds."""

_BOUND = 7.5
_TICK = 4.4
"""Two characters beside each other, so that 经费保障 takes two lines."""
_BESIDE = (9.0, 9.0, 9.0)
"""Widths of the columns behind the hints that are not printed."""
_HINT = (12.0, 40.0)
"""Width of the hints: at least, and at most."""
_SCREEN = 1306.0
"""Pixels of a screen 1366 wide, without the row numbers and the scroll bar."""

UPRIGHT, ACROSS = 82.0, 118.0
"""What fills the width of an A4 page, upright and turned, without making the type smaller than it is read."""
TURNED_FROM = 10
"""With so many columns the page is turned (横向)."""
_NARROW = 20.0
"""How many times less it costs to be too wide than to be too narrow."""

_UNREADABLE = 1e5
"""What it costs where a label or an amount takes more than a line or two."""

Span = tuple[int, int]
"""First and last column."""


def widths_of(columns: Columns) -> list[float]:
    """Return the widths of the printed columns."""
    ticked = (*columns.causes, *columns.likely)
    widths = [
        _BOUND
        if role in columns.bounds
        else _TICK
        if role in ticked
        else WIDTHS[role] / columns.roles.count(role)
        for role in columns.roles
    ]
    # A side column that also holds labels of the head grows with the others.
    side = WIDTHS["block"] if "block" in columns and len(set(columns.roles)) == len(columns.roles) else 0.0
    factor = ((ACROSS if is_turned(columns) else UPRIGHT) - side) / (sum(widths) - side)
    return [
        width if role == "block" and side else round(width * factor, 1)
        for role, width in zip(columns.roles, widths, strict=True)
    ]


def margin_of(widths: list[float]) -> tuple[float, ...]:
    """Return the widths of the columns beside the form: hints and own points are on the screen with it."""
    room = _SCREEN - DIGIT * (sum(widths) + _BESIDE[0])
    return max(_HINT[0], min(_HINT[1], room // DIGIT)), *_BESIDE


def is_turned(columns: Columns) -> bool:
    """Whether the form is printed on a turned page."""
    return len(set(columns.roles)) >= TURNED_FROM


def divide(
    widths: Sequence[float], first: int, needs: Sequence[float], least: Sequence[float] = ()
) -> list[Span]:
    """Divide columns, from one to the last, into neighbouring spans that come nearest to the wanted widths.

    Args:
        widths: of all columns.
        first: the first column to divide, counted from 1.
        needs: wanted widths, at most as many as there are columns.
        least: widths below which what stands there is hard to read; none where it is left out.
    """
    last = len(widths)

    def cost(place: int, width: float) -> float:
        too_narrow = bool(least) and width < least[place]
        return _cost(width - needs[place]) + too_narrow * _UNREADABLE

    @cache
    def best(column: int, place: int) -> tuple[float, tuple[int, ...]]:
        """The least cost of the spans from one on, and their last columns."""
        if place == len(needs) - 1:
            return cost(place, sum(widths[column - 1 :])), (last,)
        options: list[tuple[float, tuple[int, ...]]] = []
        for end in range(column, last - (len(needs) - place) + 2):
            others, ends = best(end + 1, place + 1)
            options.append((others + cost(place, sum(widths[column - 1 : end])), (end, *ends)))
        return min(options)

    ends = best(first, 0)[1]
    return list(zip((first, *(end + 1 for end in ends[:-1])), ends, strict=True))


def _cost(excess: float) -> float:
    return excess * excess * (1 if excess > 0 else _NARROW)


def shares(
    widths: Sequence[float], first: int, parts: Sequence[float], least: Sequence[float] = ()
) -> list[Span]:
    """Divide columns in proportion to ``parts``."""
    room = sum(widths[first - 1 :])
    return divide(widths, first, [room * part / sum(parts) for part in parts], least)
