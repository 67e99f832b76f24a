"""What a workbook holds after rows of a sheet moved: its parts, its rows, what stands around them."""

from __future__ import annotations

import re

from workbooks import members

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.writing.moved_rows import Moves

_SHORT = {"CF": "conditionalFormatting", "DV": "dataValidation", "V": "sheetView"}


def moved_parts(data: bytes, sheet: str, moves: Moves) -> dict[str, str]:
    book = Workbook.from_bytes(data, "甲.xlsx").with_rows(sheet, moves)
    return {part: content[1].decode() for part, content in members(book.fill({})).items()}


def rows_of(sheet: str) -> str:
    return sheet.partition("<sheetData>")[2].partition("</sheetData>")[0]


def around_rows(sheet: str) -> str:
    head, _, rest = sheet.partition("<sheetData>")
    before = head.partition(">\n<worksheet")[2].partition(">")[2]
    return before + rest.partition("</sheetData>")[2].removesuffix("</worksheet>")


def written_out(text: str) -> str:
    """The text with the names of elements that it shortens: CF, DV, V."""
    for short, name in _SHORT.items():
        text = re.sub(rf"(?<=[</:]){short}(?=[ >s])", name, text)
    return text
