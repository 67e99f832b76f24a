"""A sheet more in an open workbook (新增工作表), behind those that are seen; the one in front stays there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perf_excel.live.live_book import LiveBook
from perf_excel.live.selecting import bring

if TYPE_CHECKING:
    from perf_excel.live.xl import xw


def added(source: LiveBook, name: str) -> xw.Sheet:
    """Add a sheet of a name that no other has, and return it."""
    sheets = source.book.sheets
    front, last = sheets.active, source.sheets[-1]
    # Before a hidden one: to come behind it, xlwings would move it, which Excel refuses where it is very
    # hidden. Without a name: xlwings would first ask every sheet for its own.
    if last in source.visible:
        sheet = sheets.add(after=source.sheet(last))
    else:
        sheet = sheets.add(before=source.sheet(last))
    sheet.name = name
    bring(front)
    return sheet
