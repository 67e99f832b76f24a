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
_ERROR = 4


def read(cells: UnoRange, area: Area) -> Rows:
    """Return a range's values: None where empty, typed dates as datetime, errors as CellError.

    A truth value, and a date that a formula gives, come as numbers: LibreOffice does not tell them apart.
    Errors side by side in a row are taken to be the first one's.
    """
    data = cells.getDataArray()
    rows: list[list[CellValue]] = [[None if value == "" else value for value in row] for row in data]
    if any(value is None for row in data for value in row):
        # An error, but also a formula that gives an empty text.
        for found in cells.queryFormulaCells(_ERROR).getRangeAddresses():
            _make_errors(rows, cells, area_of(found), area)
    if any(isinstance(value, float) for row in data for value in row):
        for found in cells.queryContentCells(_DATETIME).getRangeAddresses():
            _make_dates(rows, area_of(found), area)
    return tuple(map(tuple, rows))


def write(cells: UnoRange, rows: tuple[tuple[object, ...], ...]) -> None:
    """Write values. Text stays text, unless it begins with an equals sign: then it is a formula."""
    if needs_formulas(rows):
        cells.setFormulaArray(tuple(map(formula_row, rows)))
    else:
        cells.setDataArray(tuple(map(data_row, rows)))


def _make_errors(rows: list[list[CellValue]], cells: UnoRange, errors: Area, whole: Area) -> None:
    # Alike where they stand together: a row of errors is asked for once, or a broken sheet takes minutes.
    for row in range(errors.top - whole.top, errors.bottom - whole.top + 1):
        left = errors.left - whole.left
        error = cell_error(cells.getCellByPosition(left, row).getError())
        for column in range(left, errors.right - whole.left + 1):
            rows[row][column] = error


def _make_dates(rows: list[list[CellValue]], dates: Area, whole: Area) -> None:
    for row in rows[dates.top - whole.top : dates.bottom - whole.top + 1]:
        for column in range(dates.left - whole.left, dates.right - whole.left + 1):
            value = row[column]
            if isinstance(value, float):
                row[column] = from_serial(value)
