"""Tables by their ruling lines (表线): which lines make a table, and which cells are merged between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from perf_excel.books.documents.marks import Rule
from perf_excel.sheets.grid import Area, Place

NEAR = 3.0
"""Lines so near are one: double lines, and the two sides of a thin rectangle."""
_SHORT = 5.0
_WALL = 0.6
"""A line along more than this part of a cell's side is its wall."""
_DOUBT = 0.2
"""One along less than this is none; what lies between is doubtful."""
_MOST = 40_000
"""Places of a table."""


@dataclass
class Ruled:
    """A table: the heights and distances of its lines, and the area of cells at each place."""

    ys: list[float]
    xs: list[float]
    area: dict[Place, Area]
    doubtful: set[Area]
    """Areas whose walls are not whole."""

    @property
    def top(self) -> float:
        """The height of the first line."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """The height of the last line."""
        return self.ys[-1]

    def place(self, x: float, y: float) -> Place | None:
        """Return the row and column of a point, None outside of the table."""
        row, column = bisect_right(self.ys, y), bisect_right(self.xs, x)
        return (row, column) if 0 < row < len(self.ys) and 0 < column < len(self.xs) else None

    def bounds(self, area: Area) -> tuple[float, float]:
        """Return where an area begins and ends from left to right."""
        return self.xs[area.left - 1], self.xs[area.right]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within the table's lines, or on them."""
        return self.xs[0] - NEAR < x < self.xs[-1] + NEAR and self.ys[0] - NEAR < y < self.ys[-1] + NEAR


class _Groups:
    """Things that are put together two by two (并查集)."""

    def __init__(self, members: Iterable[Place]) -> None:
        self._parent = {member: member for member in members}

    def __contains__(self, member: Place) -> bool:
        return member in self._parent

    def join(self, one: Place, other: Place) -> None:
        """Put the groups of two members together."""
        self._parent[self._root(other)] = self._root(one)

    def all(self) -> Iterable[list[Place]]:
        """Return every group."""
        groups: dict[Place, list[Place]] = {}
        for member in self._parent:
            groups.setdefault(self._root(member), []).append(member)
        return groups.values()

    def _root(self, member: Place) -> Place:
        parent = self._parent
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member


def ruled_tables(across: Iterable[Rule], down: Iterable[Rule]) -> list[Ruled]:
    """Return the tables of a page, from top to bottom: lines that touch each other, two and more each way."""
    level, upright = joined(across), joined(down)
    found: list[Ruled] = []
    for heights, sides in _touching(level, upright):
        xs = _edges([rule.at for rule in sides], heights)
        ys = _edges([rule.at for rule in heights], sides)
        if len(xs) > 1 and len(ys) > 1 and len(xs) * len(ys) <= _MOST:
            found.append(_ruled(ys, xs, heights, sides))
    return sorted(found, key=lambda table: (table.top, table.xs[0]))


def joined(rules: Iterable[Rule]) -> list[Rule]:
    """Join pieces of lines that lie in line with each other, and leave out what is too short for one."""
    lines: list[Rule] = []
    groups: list[list[Rule]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][0].at <= NEAR / 2:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    for group in groups:
        at = sum(rule.at for rule in group) / len(group)
        start, end = None, 0.0
        for rule in sorted(group, key=lambda one: one.start):
            if start is None or rule.start > end + NEAR:
                if start is not None:
                    lines.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        lines.append(Rule(at, start or 0.0, end))
    return [line for line in lines if line.end - line.start >= _SHORT]


def _touching(level: list[Rule], upright: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the lines that hang together by crossing or meeting."""
    groups = _Groups(
        (turn, number) for turn, some in enumerate((level, upright)) for number in range(len(some))
    )
    for number, rule in enumerate(level):
        for other, side in enumerate(upright):
            across = rule.start - NEAR <= side.at <= rule.end + NEAR
            if across and side.start - NEAR <= rule.at <= side.end + NEAR:
                groups.join((0, number), (1, other))
    for group in groups.all():
        across = [level[number] for turn, number in group if turn == 0]
        down = [upright[number] for turn, number in group if turn == 1]
        if len(across) > 1 and down:
            yield across, down


def _edges(at: Iterable[float], crossing: Sequence[Rule]) -> list[float]:
    """The places of lines, each once, and where the lines across end beyond them: a side may be open."""
    ends = [min(rule.start for rule in crossing), max(rule.end for rule in crossing)]
    places: list[list[float]] = []
    for place in sorted([*at, *ends]):
        if places and place - places[-1][0] <= NEAR:
            places[-1].append(place)
        else:
            places.append([place])
    return [sum(group) / len(group) for group in places]


def _ruled(ys: list[float], xs: list[float], heights: list[Rule], sides: list[Rule]) -> Ruled:
    """Find the areas between walls: places without a wall between them belong together."""
    groups, torn = _open_to_each_other(ys, xs, heights, sides)
    area: dict[Place, Area] = {}
    doubtful = set[Area]()
    for group in groups:
        whole = Area(*map(min, zip(*group, strict=True)), *map(max, zip(*group, strict=True)))
        size = (whole.bottom - whole.top + 1) * (whole.right - whole.left + 1)
        for place in group:
            # Places that make no rectangle stay as they are: no sheet can merge them.
            area[place] = own = whole if size == len(group) else Area(*place, *place)
            if size != len(group) or place in torn:
                doubtful.add(own)
    return Ruled(ys, xs, area, doubtful)


def _open_to_each_other(
    ys: list[float], xs: list[float], heights: list[Rule], sides: list[Rule]
) -> tuple[Iterable[list[Place]], set[Place]]:
    """Return the groups of places without a wall between them, and the places whose walls are not whole."""
    places = [(row, column) for row in range(1, len(ys)) for column in range(1, len(xs))]
    groups = _Groups(places)
    torn = set[Place]()
    to_right, to_below = _walls(sides, xs, ys), _walls(heights, ys, xs)
    for row, column in places:
        for share, other in (
            (to_right.get((column, row), 0.0), (row, column + 1)),
            (to_below.get((row, column), 0.0), (row + 1, column)),
        ):
            if other not in groups:
                continue
            if share < _WALL:
                groups.join((row, column), other)
            if _DOUBT < share < 1 - _DOUBT:
                torn |= {(row, column), other}
    return groups.all(), torn


def _walls(rules: list[Rule], at: list[float], along: list[float]) -> dict[Place, float]:
    """Return by (number of the line, number of the stretch) how much of the stretch lines cover, 0 to 1."""
    found: dict[Place, float] = {}
    for rule in rules:
        line = min(range(len(at)), key=lambda index: abs(at[index] - rule.at))
        for stretch, (start, end) in enumerate(pairwise(along), 1):
            covered = min(end, rule.end + 1) - max(start, rule.start - 1)
            if covered > 0:
                share = min(covered / (end - start), 1.0)
                found[line, stretch] = min(found.get((line, stretch), 0.0) + share, 1.0)
    return found
