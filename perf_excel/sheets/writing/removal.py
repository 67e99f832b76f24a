"""Where a form loses rows (删行): what their levels said goes on to the rows that said it through them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from perf_excel.forms.text import plain
from perf_excel.sheets.grid import EMPTY, Cell, Edit
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.moved_rows import Moves
from perf_excel.sheets.writing.numbering import numbered
from perf_excel.sheets.writing.planning import Plan, rows_with_levels

_LEVELS = ("level1", "level2")


def plan_removal(reading: Reading, rows: Collection[int]) -> Plan:
    """Plan to take indicator rows out.

    A level that is said once, in the first of its rows and without a merged area, is said in the next one
    where that row goes. What a merged area says stays in it by itself.
    """
    moves = Moves(removed=frozenset(rows))
    return Plan(moves, (*_said_on(reading, moves), *numbered(reading, moves)))


def _said_on(reading: Reading, moves: Moves) -> Iterator[Edit]:
    grid, columns = reading.grid, reading.layout.indicators.columns
    levels = {row: both for row, *both in rows_with_levels(reading)}
    for index, role in enumerate(_LEVELS):
        if role not in columns or role == _names_rows(reading):
            continue
        left = columns[role][0]
        for row in sorted(moves.removed & levels.keys()):
            area, value = grid.area(row, left), grid.cells.get((row, left), EMPTY).value
            after = next((one for one in sorted(levels) if one > area.bottom and not moves.gone(one)), None)
            if value is None or area.top != row or after is None or not moves.swallows(area.top, area.bottom):
                continue
            between = [grid.at(one, left) for one in range(area.bottom + 1, after + 1)]
            same = plain(levels[row][index]) == plain(levels[after][index])
            if same and not any(map(_says, between)):
                yield Edit(moves.row(after), left, value)


def _says(cell: Cell) -> bool:
    return cell.value is not None or cell.formula is not None


def _names_rows(reading: Reading) -> str:
    """The level that names the indicators themselves."""
    return "" if "level3" in reading.layout.indicators.columns else "level2"
