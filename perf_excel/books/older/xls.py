"""Read an .xls (旧版 Excel 97–2003): values and merges by calamine, number formats and errors by xlrd.

calamine gives no formulas, and turns errors (#DIV/0! …) into nothing.
"""

from __future__ import annotations

import math
import os
from decimal import Decimal
from pathlib import Path
from typing import cast

import xlrd
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from perf_excel.books.older.legacysheet import Budget, Sheet, damaged, locked
from perf_excel.books.older.serials import serial
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, Cell
from perf_excel.sheets.shown_text import counted_from_1900

_NUMBERS = frozenset({xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE})


def read_xls(path: Path) -> list[Sheet]:
    """Read every worksheet of an .xls.

    Raises:
        UserError: it has a password, is damaged or too large for the limits, or keeps its formats to itself.
    """
    budget = Budget(path.name)
    sheets: list[Sheet] = []
    try:
        with path.open("rb") as stream, CalamineWorkbook.from_filelike(stream) as book:
            for index, about in enumerate(book.sheets_metadata):
                if about.typ is not SheetTypeEnum.WorkSheet:
                    continue
                sheet = Sheet(about.name, budget, hidden=about.visible is not SheetVisibleEnum.Visible)
                sheets.append(sheet)
                source = book.get_sheet_by_index(index)
                for (top, left), (bottom, right) in source.merged_cell_ranges or ():
                    sheet.merge(Area(top + 1, left + 1, bottom + 1, right + 1))
                # The range starts at the first used cell, not at A1.
                first_row, first_column = source.start or (0, 0)
                for row, values in enumerate(source.to_python(), first_row + 1):
                    for column, value in enumerate(values, first_column + 1):
                        # A number that is none, as a damaged file may hold, is nothing a cell can show.
                        if value != "" and not (isinstance(value, float) and not math.isfinite(value)):
                            sheet.add(row, column, *serial(value))
    except (CalamineError, OSError, ValueError):
        raise locked(path.name) if _has_password(path) else damaged(path.name, "xls") from None
    try:
        _add_formats(path, sheets)
    except UserError:
        raise
    except Exception:  # noqa: BLE001  (xlrd fails in any way on a damaged file)
        raise UserError(
            f"{path.name}：读不出数字格式（99% 会读成 0.99），请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"
        ) from None
    return sheets


def _has_password(path: Path) -> bool:
    """Say whether an unreadable workbook is encrypted: calamine knows that only by the file's suffix."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as log:
            xlrd.open_workbook(file_contents=data, logfile=log, on_demand=True)
    except Exception as error:  # noqa: BLE001  (xlrd fails in any way on a damaged file)
        return "encrypted" in str(error)
    return False


def _add_formats(path: Path, sheets: list[Sheet]) -> None:
    """Give the cells their number formats, and add the errors that calamine leaves out.

    Raises:
        Exception: any, for a workbook that xlrd cannot read, or reads differently.
    """
    errors = cast("dict[object, str]", xlrd.error_text_from_code)
    with Path(os.devnull).open("w", encoding="utf-8") as log:
        book = xlrd.open_workbook(
            file_contents=path.read_bytes(), logfile=log, formatting_info=True, ragged_rows=True
        )
    formats = [book.format_map[xf.format_key].format_str for xf in book.xf_list]
    for sheet in sheets:
        source = book.sheet_by_name(sheet.name)
        for index, (row, column, kind, text, _, formula) in enumerate(sheet.cells):
            format_ = formats[source.cell_xf_index(row - 1, column - 1)]
            if kind == "n" and source.cell_type(row - 1, column - 1) in _NUMBERS:
                # calamine guesses by the format what is a date, and may guess otherwise than we do.
                cell = Cell(Decimal(f"{source.cell_value(row - 1, column - 1):.15g}"), format_)
                shown = counted_from_1900(cell) if book.datemode else cell
                sheet.cells[index] = (row, column, kind, f"{shown.value}", format_, formula)
            else:
                sheet.cells[index] = (row, column, kind, text, format_, formula)
        for row in range(source.nrows):
            for column, of in enumerate(source.row_types(row)):
                if of == xlrd.XL_CELL_ERROR:
                    error = errors.get(source.cell_value(row, column), "#N/A")
                    sheet.add(row + 1, column + 1, error, "General")
