"""Where things stand in a sheet part (位置): the data of its rows, and what an address says."""

from __future__ import annotations

import re
from functools import cache

from perf_excel.books.xlsx.markup import tag
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN, LAST_ROW, column_number
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Place

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def sheet_data(data: bytes, prefix: bytes) -> tuple[int, int, int] | None:
    """Return where <sheetData> begins and where its content begins and ends; None if there is none."""
    start = elements_start(prefix).search(data)
    if start is None:
        return None
    if start[1].endswith(b"/"):
        return start.start(), start.end(), start.end()
    return start.start(), start.end(), data.index(b"</" + prefix + b"sheetData", start.end())


def closed_at_once(data: bytes, content: int, end: int) -> bool:
    """Whether the rows, whose content stands from ``content`` to ``end``, are an element without any."""
    return content == end and data.startswith(b"/>", content - 2)  # <sheetData/>


@cache
def elements_start(prefix: bytes) -> re.Pattern[bytes]:
    """Return the pattern of <sheetData>."""
    return re.compile(tag(prefix, b"sheetData"))


def place_of(written: str, label: str) -> Place:
    """Return row and column of an A1 address.

    Raises:
        UserError: it is none; ``label`` names file and sheet.

    """
    match = _ADDRESS.fullmatch(written)
    if match is None or not 0 < int(match[2]) <= LAST_ROW or column_number(match[1]) > LAST_COLUMN:
        raise UserError(
            f"{label}：单元格地址“{written[:20]}”无效，文件已损坏，请用 Excel 或 WPS 修复并另存后重试。"
        )
    return int(match[2]), column_number(match[1])
