"""What the cells of a range hold (单元格内容), read from and written to LibreOffice in one go each."""

from __future__ import annotations

from perf_excel.live.libreoffice.conversion import (
    CellValue,
    Rows,
    cell_error,
    data_row,
    formula_row,
    from_serial,
    needs_formulas,
)
from perf_excel.live.libreoffice.shape import area_of
from perf_excel.live.libreoffice.uno_types import UnoRange, UnoRanges
from perf_excel.sheets.grid import Area

_DATETIME = 2
_ERROR = 4
_WORDS = {"'TRUE", "'FALSE", "TRUE", "FALSE"}


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
    """Write values. Text stays text, unless it begins with an equals sign: then it is a formula.

    LibreOffice gives a cell whose text looks like a number the format of text (@), and what is typed into it
    later would be text too; its format is put back, as Excel leaves it.
    """
    looks = _looks(cells) if any(_looks_otherwise(value) for row in rows for value in row) else ()
    if needs_formulas(rows):
        cells.setFormulaArray(tuple(map(formula_row, rows)))
    else:
        cells.setDataArray(tuple(map(data_row, rows)))
    for ranges, key in looks:
        ranges.NumberFormat = key


def _looks_otherwise(value: object) -> bool:
    return isinstance(value, str) and (
        any(map(str.isdigit, value)) or value.startswith("'=") or value.upper() in _WORDS
    )


def _looks(cells: UnoRange) -> list[tuple[UnoRanges, int]]:
    """The cells of a range by number format."""
    groups = cells.getUniqueCellFormatRanges()
    found: list[UnoRanges] = [groups.getByIndex(number) for number in range(groups.getCount())]
    return [(ranges, ranges.NumberFormat) for ranges in found]


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
