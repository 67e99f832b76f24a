"""Running numbers beside the indicators (序号): rows that come or go are counted with the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.sheets.grid import EMPTY, Cell, Edit
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.moved_rows import Moves

_NUMBER = "number"
"""What a column is that the clerk said to be 序号."""
_DIGITS = 4


def numbered(reading: Reading, moves: Moves) -> Iterator[Edit]:
    """Yield the numbers that rows get, in the places as they are afterwards, where they are not the old ones.

    A column is of running numbers where every indicator row has a plain one, each by one more than the row
    above; formulas count by themselves.
    """
    rows = reading.layout.indicators.rows
    for column in _free_columns(reading):
        cells = [reading.grid.cells.get((row, column), EMPTY) for row in rows]
        first = _count(cells[0])
        if first is None or [*map(_count, cells)] != [*range(first, first + len(rows))] or len(rows) < 2:
            continue
        for number, (old, row) in enumerate(_afterwards(rows, moves), first):
            if old is None or old != number - first:
                yield Edit(row, column, str(number) if isinstance(cells[0].value, str) else Decimal(number))


def _afterwards(rows: Sequence[int], moves: Moves) -> Iterator[tuple[int | None, int]]:
    """Yield the rows as they are afterwards, each with its old place among them; new ones have none."""
    for index, row in enumerate(rows):
        if not moves.gone(row):
            yield index, moves.row(row)
        yield from ((None, new) for new in moves.new_rows(row))


def _free_columns(reading: Reading) -> list[int]:
    """Return the columns that mean nothing else."""
    first = next(iter(reading.layout.indicators.rows), 0)
    spans = [span for role, span in reading.layout.indicators.columns.items() if role != _NUMBER]
    return [
        column
        for row, column in sorted(reading.grid.cells)
        if row == first and not any(left <= column <= right for left, right in spans)
    ]


def _count(cell: Cell) -> int | None:
    """The whole number that a cell holds, as a number or as a text."""
    if cell.formula is not None:
        return None
    match cell.value:
        case Decimal() as number:
            return int(number) if number == number.to_integral_value() else None
        case str() as text:
            return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None
        case _:
            return None
