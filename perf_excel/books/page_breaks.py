"""Where pages of a form begin (分页): no group of rows is torn for the sake of one or two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

_APART = 3
"""So many rows of a group are to stand on either side of a break."""
_LEAST_FULL = 0.3
"""A page is not left emptier than this for the sake of a group."""

Rows = tuple[int, int]


def page_breaks(
    heights: Sequence[float], groups: Iterable[Rows], first: float, others: float, more: float = 0.0
) -> list[int]:
    """Return the rows, counted from 1, that pages are to begin with: every page but the first.

    Where a page ends by itself differs from program to program and from printer to printer.

    Args:
        heights: of the rows.
        groups: first and last row of what belongs together.
        first: the height of the first page.
        others: that of the others, without the rows that they repeat.
        more: how much lower a page may turn out to be, as a share of it.
    """
    up_to = [0.0, *accumulate(heights)]
    together = [group for group in groups if group[0] < group[1]]
    found: list[int] = []
    start, room = 1, first
    while up_to[-1] - up_to[start - 1] > room * (1 - more):
        full = up_to[start - 1] + room * (1 - more)
        natural = next(row for row in range(start + 1, len(up_to) + 1) if _beyond(up_to, row, full))
        least = up_to[start - 1] + room * _LEAST_FULL
        good = (
            row
            for row in range(natural, start, -1)
            if up_to[row - 1] >= least and not any(_tears(row, group) for group in together)
        )
        start, room = next(good, natural), others
        if start < len(up_to):
            found.append(start)
    return found


def _beyond(up_to: Sequence[float], row: int, full: float) -> bool:
    return row == len(up_to) or up_to[row] > full


def _tears(row: int, group: Rows) -> bool:
    """Whether a page that begins with a row leaves too few rows of a group on one of its sides."""
    return group[0] < row <= group[1] and (row - group[0] < _APART or group[1] - row + 1 < _APART)
