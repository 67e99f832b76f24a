"""What the cells of a range hold (单元格内容), read from and written to LibreOffice in one go each."""

from __future__ import annotations

from perf_excel.live.shape import area_of
from perf_excel.live.uno_types import UnoRange
from perf_excel.live.values import (
    CellValue,
    Rows,
    cell_error,
    data_row,
    formula_row,
    from_serial,
    needs_formulas,
)
from perf_excel.sheets.grid import Area

_DATETIME = 2


def read(cells: UnoRange, area: Area) -> Rows:
    """Return a range's values: None where empty, typed dates as datetime, errors as CellError.

    A truth value, and a date that a formula gives, come as numbers: LibreOffice does not tell them apart.
    """
    data = cells.getDataArray()
    rows: list[list[CellValue]] = [[None if value == "" else value for value in row] for row in data]
    numbers = False
    for index, row in enumerate(data):
        for column, value in enumerate(row):
            if value is None:
                rows[index][column] = cell_error(cells.getCellByPosition(column, index).getError())
            numbers = numbers or isinstance(value, float)
    if numbers:
        for found in cells.queryContentCells(_DATETIME).getRangeAddresses():
            _make_dates(rows, area_of(found), area)
    return tuple(map(tuple, rows))


def write(cells: UnoRange, rows: tuple[tuple[object, ...], ...]) -> None:
    """Write values. Text stays text, unless it begins with an equals sign: then it is a formula."""
    if needs_formulas(rows):
        cells.setFormulaArray(tuple(map(formula_row, rows)))
    else:
        cells.setDataArray(tuple(map(data_row, rows)))


def _make_dates(rows: list[list[CellValue]], dates: Area, whole: Area) -> None:
    for row in rows[dates.top - whole.top : dates.bottom - whole.top + 1]:
        for column in range(dates.left - whole.left, dates.right - whole.left + 1):
            value = row[column]
            if isinstance(value, float):
                row[column] = from_serial(value)
