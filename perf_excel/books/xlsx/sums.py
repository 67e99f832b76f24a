"""Formulas that only add up cells (求和): their results, as applications are going to calculate them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.sheets.grid import EMPTY, Area, Edit, Grid, Place, Value

_CELL = r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})"
_TERM = re.compile(r"([+-]?)(?:SUM\(([^()]*)\)|([^()+-]+))")
_RANGE = re.compile(rf"{_CELL}:{_CELL}")
_ONE = re.compile(_CELL)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LONGEST = 2_000
_MOST_CELLS = 200_000
"""Cells that the sums of a sheet read, all together."""
_MOST_WORDS = 1 << 20
"""Characters of formulas that are looked at on a sheet, all together: a second's work."""
_DEEPEST = 20


class _Unknown:
    """What a formula shows that was never calculated."""


_UNKNOWN: Final = _Unknown()


def sum_edits(grid: Grid, *, uncalculated: bool = False) -> Iterator[Edit]:
    """Yield the edits that bring sums of the sheet's own cells up to date; other formulas are left alone.

    ``SUM(E7:E9)``, ``E7+E8-E9`` and ``SUM(H12:H41)+J6`` are sums.

    Args:
        grid: the sheet.
        uncalculated: only of formulas that were never calculated.
    """
    work = _Sums(grid)
    for (row, column), cell in grid.cells.items():
        if cell.formula is not None and not (uncalculated and cell.value is not None):
            result = work.result((row, column))
            if result is not None and result != cell.value:
                yield Edit(row, column, result)


class _Sums:
    """The sums of one sheet, each worked out once."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._results: dict[Place, Decimal | None] = {}
        self._left = _MOST_CELLS
        self._words = _MOST_WORDS

    def result(self, place: Place, depth: int = 0) -> Decimal | None:
        """The result of a sum; None for any other formula, and for one that leads to itself."""
        if place not in self._results:
            self._results[place] = None  # a formula that comes back here goes round in a circle
            formula = self._grid.cells.get(place, EMPTY).formula
            self._words -= len(formula or "")
            if formula and len(formula) <= _LONGEST and depth < _DEEPEST and self._words >= 0:
                self._results[place] = self._added(re.sub(r"\s", "", formula).upper(), depth)
        return self._results[place]

    def _added(self, formula: str, depth: int) -> Decimal | None:
        total, at = Decimal(0), 0
        while at < len(formula):
            term = _TERM.match(formula, at)
            if term is None or (at and not term[1]):
                return None
            amount = self._listed(term[2], depth) if term[2] is not None else self._single(term[3], depth)
            if amount is None:
                return None
            total += -amount if term[1] == "-" else amount
            at = term.end()
        return total

    def _listed(self, arguments: str, depth: int) -> Decimal | None:
        """The sum of a list of cells and ranges, in which texts count nothing."""
        total = Decimal(0)
        for argument in arguments.split(","):
            area = _area(argument)
            if area is None or _size(area) > self._left:
                return None
            self._left -= _size(area)
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    value = self._value((row, column), depth)
                    if value is _UNKNOWN or (isinstance(value, str) and value.startswith("#")):
                        return None
                    total += value if isinstance(value, Decimal) else 0
        return total

    def _single(self, term: str, depth: int) -> Decimal | None:
        """A cell that is added by itself: a text there makes the application's result an error."""
        if _NUMBER.fullmatch(term):
            return Decimal(term)
        found = _ONE.fullmatch(term)
        value = self._value((int(found[2]), column_number(found[1])), depth) if found else ""
        return value if isinstance(value, Decimal) else Decimal(0) if value is None else None

    def _value(self, place: Place, depth: int) -> Value | _Unknown:
        result = self.result(place, depth + 1)
        if result is not None:
            return result
        cell = self._grid.cells.get(place, EMPTY)
        return _UNKNOWN if cell.formula is not None and cell.value is None else cell.value


def _area(argument: str) -> Area | None:
    """The cells that an argument means; none for a name, a number or another sheet's cells."""
    if found := _RANGE.fullmatch(argument):
        area = Area(int(found[2]), column_number(found[1]), int(found[4]), column_number(found[3]))
        return area if _size(area) > 0 else None
    one = _ONE.fullmatch(argument)
    return Area(int(one[2]), column_number(one[1]), int(one[2]), column_number(one[1])) if one else None


def _size(area: Area) -> int:
    return max(area.bottom - area.top + 1, 0) * max(area.right - area.left + 1, 0)
