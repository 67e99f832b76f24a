"""An empty list of units as a workbook (单位名单): heads, blank rows, and how to fill them in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, NamedTuple

SHEET, ADVICE = "单位名单", "怎样填"
_ROWS = 300
"""Blank rows with borders; more may be typed below them."""
_HEIGHT = 24.0
_BORDER, _GROUND, _SOFT = "FFBFBFBF", "FFDDEBF7", "FF5F6B7A"


class Head(NamedTuple):
    """A column: its head, its width in characters, and what goes in."""

    name: str
    width: float
    advice: str


def units_book(heads: Sequence[Head]) -> bytes:
    """Return a workbook with a list to fill in, and a sheet that says how.

    Every cell is text, so that codes keep the zeros in front of them.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active  # the library's types do not know what its sheets are
    sheet.title = SHEET
    side = Side(style="thin", color=_BORDER)
    border = Border(side, side, side, side)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    plain, left = Font(name="宋体", size=11), Alignment(vertical="center", wrap_text=True)
    ground, bold = PatternFill("solid", _GROUND), Font(name="宋体", size=11, bold=True)
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = head.width
        cell = sheet.cell(1, number, head.name)
        cell.font, cell.fill, cell.border, cell.alignment = bold, ground, border, middle
        for row in range(2, _ROWS + 2):
            below = sheet.cell(row, number)
            below.font, below.border, below.alignment, below.number_format = plain, border, left, "@"
    sheet.row_dimensions[1].height = _HEIGHT
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    advice: Any = book.create_sheet(ADVICE)
    advice.column_dimensions["A"].width = 90
    soft = Font(name="宋体", size=11, color=_SOFT)
    for row, line in enumerate(_lines(heads), 1):
        cell = advice.cell(row, 1, line)
        cell.font, cell.alignment = soft, left
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(heads: Sequence[Head]) -> list[str]:
    """How to fill in the list; no line is a head itself, by which the list is known."""
    return [
        "在“单位名单”表里一行填一个单位，填好后保存，在“下发”一页选用这个文件。",
        *(f"“{head.name}”：{head.advice}。" for head in heads),
        "表上还有别的格要预填的，在右边加一列，表头用表上的叫法，如“培训人次：指标值”。",
    ]
