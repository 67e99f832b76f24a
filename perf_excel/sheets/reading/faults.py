"""Cells of a form whose values cannot be taken as they stand (单元格问题): errors, old results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from perf_excel.forms.error_value import is_error_value
from perf_excel.forms.model import CellFault
from perf_excel.forms.spot import Spot
from perf_excel.sheets.calculating.calculation import Calculation
from perf_excel.sheets.calculating.recalculated import same_result
from perf_excel.sheets.grid import EMPTY, Grid, Place, address, is_picture
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.shown_text import printed


def cell_faults(notes: Notes) -> Iterator[CellFault]:
    """Yield what is wrong with the cells of a form that was read, each cell once."""
    spots: dict[Place, Spot] = {}
    for spot, place in notes.places.items():
        spots.setdefault(place, spot)
    yield from _with_results(notes.grid, spots)
    for place, text in notes.grid.struck.items():
        if place in spots:
            yield CellFault(spots[place], _name(notes.grid, place), "struck", text)
    yield from _covered(notes.grid, spots)
    yield from _unsure(notes.grid, spots)


def _unsure(grid: Grid, spots: Mapping[Place, Spot]) -> Iterator[CellFault]:
    """What could not be read for certain of a document, labels too: a form hangs by them."""
    if not spots or not grid.unsure:
        return
    rows: dict[int, Spot] = {}
    for (row, _), spot in spots.items():
        rows.setdefault(row, spot)
    for place, why in sorted(grid.unsure.items()):
        spot = spots.get(place) or rows.get(place[0]) or rows[min(rows)]
        yield CellFault(spot, _name(grid, place), "unsure", why)


def _covered(grid: Grid, spots: Mapping[Place, Spot]) -> Iterator[CellFault]:
    """Numbers that no one sees, and formulas reckon with all the same."""
    hidden = grid.covered_numbers
    if not hidden:
        return
    rows: dict[int, Spot] = {}
    for (row, _), spot in spots.items():
        rows.setdefault(row, spot)
    for place in hidden:
        if place[0] in rows:
            area = grid.area(*place)
            spot = spots.get((area.top, area.left), rows[place[0]])
            yield CellFault(spot, _name(grid, place), "covered", printed(grid.cells[place]))


def _with_results(grid: Grid, spots: Mapping[Place, Spot]) -> Iterator[CellFault]:
    """Errors, and formulas whose results are missing or old."""
    work = Calculation(grid)
    for place, spot in spots.items():
        cell = grid.cells.get(place, EMPTY)
        if isinstance(cell.value, str) and is_error_value(cell.value):
            yield CellFault(spot, _name(grid, place), "error", cell.value.strip().upper())
        elif cell.formula is None or is_picture(cell.formula):
            continue
        elif cell.value is None:
            yield CellFault(spot, _name(grid, place), "uncalculated")
        elif isinstance(cell.value, Decimal):
            result = work.result(place)
            if not isinstance(result, Decimal) or same_result(result, cell.value):
                continue  # not known, or as it is shown
            due, shown = printed(cell._replace(value=result)), printed(cell)
            if due != shown:
                yield CellFault(spot, _name(grid, place), "stale", shown, due)


def _name(grid: Grid, place: Place) -> str:
    sheet, row, column = grid.locate(*place)
    return f"{sheet}!{address(row, column)}" if len(grid.sheets) > 1 else address(row, column)
