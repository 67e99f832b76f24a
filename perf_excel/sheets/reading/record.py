"""What is noted while a form is read: the place of each field, and what else the sheet gave away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from perf_excel.forms.placeholder import is_no_value
from perf_excel.forms.spot import Spot
from perf_excel.sheets.finding.lines import value_place
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import EMPTY, Cell, Grid, Place
from perf_excel.sheets.shown_text import printed

_COUNTED = frozenset({"weight", "score", "judged"})
"""Points merged down over several rows count once, in the first."""


@dataclass
class Notes:
    """The notes of one reading; every part of the form adds to them."""

    grid: Grid
    places: dict[Spot, Place] = field(default_factory=dict[Spot, Place])
    free: dict[int, tuple[str, str]] = field(default_factory=dict[int, tuple[str, str]])
    """Indicator rows still blank, with the first and second level they belong to."""
    shared: set[int] = field(default_factory=set[int])
    """Indicators whose score stands in the merged cell of a row above."""
    calculated: bool = True
    frames: dict[Spot, tuple[str, str]] = field(default_factory=dict[Spot, tuple[str, str]])
    """What stands before and behind a spot's text in its own cell (部门名称：某局)."""

    def cell(self, spot: Spot, block: Block, row: int) -> Cell:
        """The cell of a row's field; the place is noted if the row owns it."""
        span = block.columns.get(spot.field)
        return EMPTY if span is None else self.under(span, row, spot)

    def under(self, span: tuple[int, int], row: int, spot: Spot) -> Cell:
        """The cell of a row under a head of so many columns, as ``cell`` gives it."""
        place = value_place(self.grid, row, span)
        if place[0] == row:
            self.places[spot] = place
        elif spot.field in _COUNTED:
            if spot.part == "indicator" and spot.field == "score":
                self.shared.add(spot.row)
            return EMPTY
        cell = self.grid.cells.get(place, EMPTY)
        # A NaN is no reason and no result: named (no_values.py), and read as nothing.
        return EMPTY if isinstance(cell.value, str) and is_no_value(cell.value) else cell

    def at(self, spot: Spot) -> Cell:
        """The cell of a spot whose place was noted; empty for any other."""
        return self.grid.cells.get(self.places[spot], EMPTY) if spot in self.places else EMPTY

    def own(self, spot: Spot) -> Cell:
        """The cell of a spot, or what of its text is the spot's where more stands in one cell."""
        cell = self.at(spot)
        if spot not in self.frames:
            return cell
        before, behind = self.frames[spot]
        text = printed(
            cell
        ).strip()  # as labels are read, whose frames these are: cells are indented by blanks
        return Cell(text[len(before) : len(text) - len(behind)])

    def forget(self, spots: Iterable[Spot]) -> None:
        """Take back what was noted of a row that turned out to be blank."""
        for spot in spots:
            self.places.pop(spot, None)
            self.shared.discard(spot.row)

    def forget_outside(self) -> None:
        """Take back places of the total right of all that stands on the sheet: the form has none there."""
        right = max(self.grid.right, *(area.right for area in self.grid.merges), 0)
        for spot in [spot for spot in self.places if spot.part == "total"]:
            if self.places[spot][1] > right:
                del self.places[spot]

    def expect(self, result: Cell) -> None:
        """Remember a result whose formula was never calculated."""
        if result.formula is not None and result.value is None:
            self.calculated = False
