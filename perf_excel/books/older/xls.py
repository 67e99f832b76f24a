"""Read an .xls (旧版 Excel 97–2003) by xlrd: values, errors, formats, merges, what is hidden; no formulas.

Of each row only as much as it holds takes room: a stray cell in the far corner costs nothing.
"""

from __future__ import annotations

import math
import os
from decimal import Decimal
from pathlib import Path
from typing import cast

import xlrd

from perf_excel.books.older.legacysheet import Budget, Sheet, damaged, locked
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, Cell
from perf_excel.sheets.shown_text import counted_from_1900


def read_xls(path: Path) -> list[Sheet]:
    """Read every worksheet of an .xls.

    Raises:
        UserError: it has a password, is damaged or too large for the limits.
    """
    data = path.read_bytes()
    try:
        with Path(os.devnull).open("w", encoding="utf-8") as log:
            book = xlrd.open_workbook(file_contents=data, logfile=log, formatting_info=True, ragged_rows=True)
        return _sheets(book, Budget(path.name))
    except (UserError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  (xlrd fails in any way on a damaged file)
        secret = "encrypted" in str(error) or "EncryptedPackage".encode("utf-16-le") in data
        raise locked(path.name) if secret else damaged(path.name, "xls") from None


def _sheets(book: xlrd.Book, budget: Budget) -> list[Sheet]:
    formats = [book.format_map[xf.format_key].format_str for xf in book.xf_list]
    sheets: list[Sheet] = []
    for source in book.sheets():
        sheet = Sheet(source.name, budget, hidden=source.visibility != 0)
        sheets.append(sheet)
        for top, bottom, left, right in source.merged_cells:
            sheet.merge(Area(top + 1, left + 1, bottom, right))
        sheet.hidden_rows = {row + 1 for row, of in source.rowinfo_map.items() if of.hidden or not of.height}
        sheet.hidden_columns = {
            column + 1 for column, of in source.colinfo_map.items() if of.hidden or not of.width
        }
        for row in range(source.nrows):
            for column, kind in enumerate(source.row_types(row)):
                value = _value(kind, source.cell_value(row, column))
                if value is None:
                    continue
                code = formats[source.cell_xf_index(row, column)]
                if book.datemode and isinstance(value, float):
                    value = counted_from_1900(Cell(Decimal(f"{value:.15g}"), code)).value
                sheet.add(row + 1, column + 1, value, code)
    return sheets


def _value(kind: int, value: object) -> object:
    """Return what a cell holds; None for an empty one, and for a number that is none (of damaged files)."""
    match kind:
        case xlrd.XL_CELL_TEXT:
            return value or None
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            return value if isinstance(value, float) and math.isfinite(value) else None
        case xlrd.XL_CELL_BOOLEAN:
            return bool(value)
        case xlrd.XL_CELL_ERROR:
            return cast("dict[object, str]", xlrd.error_text_from_code).get(value, "#N/A")
        case _:
            return None
