"""Rows put into a sheet or taken out (插入行、删除行): where each row goes, and what becomes of merges."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from perf_excel.sheets.grid import Area, Place


class Insertion(NamedTuple):
    """New rows behind a row, which is their pattern: its styles, height and formulas are repeated.

    Several insertions may stand behind one row; they follow each other as given.
    """

    after: int
    """The row, counted from 1, as the sheet is before anything is inserted."""
    rows: int
    since: int = 0
    """A range that ends with the row ``after`` takes in the new rows if it begins at this row or above: the
    sum of a group grows with the group, the sum of its last part does not. 0 lets no range grow."""


@dataclass(frozen=True)
class Moves:
    """The rows put into a sheet or taken out of it, and the merged areas in which new ones join others.

    One is made for putting in or for taking out: a row that goes is no pattern for new ones.
    """

    insertions: tuple[Insertion, ...] = ()
    joined: tuple[Area, ...] = ()
    """Areas as they are to be merged in the end; each replaces those that it would overlap."""
    looks: Mapping[Place, Place] = field(default_factory=dict[Place, Place])
    """Cells of new rows that do not look as the pattern does, and the old ones that they look like."""
    removed: frozenset[int] = frozenset()
    """The rows that go, as the sheet is before."""

    @cached_property
    def _sorted(self) -> list[Insertion]:
        return sorted(self.insertions, key=lambda one: one.after)

    @cached_property
    def _afters(self) -> list[int]:
        return [one.after for one in self._sorted]

    @cached_property
    def _sums(self) -> list[int]:
        return [0, *accumulate(one.rows for one in self._sorted)]

    @cached_property
    def _gone(self) -> list[int]:
        return sorted(self.removed)

    @cached_property
    def first(self) -> int:
        """The first row behind which anything changes: up to it all stay where they are."""
        return min([*self._afters[:1], *(row - 1 for row in self._gone[:1])], default=0)

    @property
    def total(self) -> int:
        """How many rows are inserted."""
        return self._sums[-1]

    def gone(self, old: int) -> bool:
        """Tell whether a row is taken out."""
        return old in self.removed

    def row(self, old: int) -> int:
        """Return where a row stands afterwards; of one that is gone, where the next row that stays stands."""
        return old + self._sums[bisect_left(self._afters, old)] - bisect_left(self._gone, old)

    def end(self, old: int) -> int:
        """Return where a row stands afterwards; of one that is gone, where the last row before it stands."""
        return self.row(old) - self.gone(old)

    def bottom(self, top: int, bottom: int) -> int:
        """Return where the last row of a range stands afterwards, the new rows that it takes in included."""
        return self.end(bottom) + self._extension(top, bottom)

    def behind(self, old: int) -> int:
        """Return how many rows are inserted directly behind a row."""
        return sum(one.rows for one in self._sorted if one.after == old)

    def new_rows(self, after: int) -> range:
        """Return the rows inserted behind a row, as they are afterwards."""
        first = self.row(after) + 1
        return range(first, first + self.behind(after))

    def _extension(self, top: int, bottom: int) -> int:
        extension = 0
        for one in self._sorted[bisect_left(self._afters, bottom) :]:
            if one.after != bottom or top > one.since:
                break
            extension += one.rows
        return extension

    def splits(self, top: int, bottom: int) -> bool:
        """Tell whether rows are inserted between the rows of a range, or only some of them taken out."""
        kept = self.end(bottom) - self.row(top) + 1
        return kept not in (0, bottom - top + 1)

    def swallows(self, top: int, bottom: int) -> bool:
        """Tell whether all rows of a range are taken out."""
        return self.end(bottom) < self.row(top)


def moved_merge(area: Area, moves: Moves) -> Area | None:
    """Return a merged area as it is afterwards; None where another takes its place, or it is one no more.

    Rows that come in between belong to it.
    """
    moved = area._replace(top=moves.row(area.top), bottom=moves.end(area.bottom))
    if moves.swallows(area.top, area.bottom) or (moved != area and moved[:2] == moved[2:]):
        return None
    if moved in moves.joined:
        return moved
    return None if any(overlap(moved, joined) for joined in moves.joined) else moved


def repeated_merges(area: Area, moves: Moves) -> Iterator[Area]:
    """Yield what a merged area is in the new rows behind its last row: as wide, each row for itself."""
    if area.left == area.right:
        return
    for row in moves.new_rows(area.bottom):
        again = area._replace(top=row, bottom=row)
        if not any(overlap(again, joined) for joined in moves.joined):
            yield again


def overlap(one: Area, other: Area) -> bool:
    """Tell whether two areas have a place in common."""
    return (
        one.top <= other.bottom
        and other.top <= one.bottom
        and one.left <= other.right
        and other.left <= one.right
    )


def in_words(rows: Iterable[int]) -> str:
    """Say which rows: 第 5 行、第 8–10 行."""
    spans: list[list[int]] = []
    for row in sorted(rows):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    return "、".join(f"第 {first} 行" if first == last else f"第 {first}–{last} 行" for first, last in spans)
