"""The lists in which formulas look words up (词表): cells of a hidden sheet, not said in every formula.

It makes the formulas short, and lets rows share them: LibreOffice spoils a shared formula with a list of its
own ({"≥","≤"}) when a row is deleted.
"""

from __future__ import annotations

import re
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.canvas import Content, Formula, write_at
from perf_excel.sheets.grid import column_letters

SHEET = "词表"
_ARRAY = re.compile(r'"(?:[^"]|"")*"|\{((?:[^"}]|"(?:[^"]|"")*")*)\}')
_ITEM = re.compile(r'"((?:[^"]|"")*)"|([^,]+)')


class WordLists:
    """The lists met so far, a column each."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        sheet.sheet_state = "hidden"
        self._found: dict[str, str] = {}

    def in_cells(self, formula: str) -> Formula:
        """Return a formula that asks the sheet for its lists."""
        return Formula(_ARRAY.sub(self._reference, formula))

    def _reference(self, match: re.Match[str]) -> str:
        written = match[1]
        if written is None:
            return match[0]
        if written not in self._found:
            self._found[written] = self._write(written)
        return self._found[written]

    def _write(self, written: str) -> str:
        column, row = len(self._found) + 1, 0
        for row, item in enumerate(_ITEM.finditer(written), 1):
            write_at(self._sheet, row, column, _content(item))
        letters = column_letters(column)
        return f"{SHEET}!${letters}$1:${letters}${row}"


def _content(item: re.Match[str]) -> Content:
    if item[1] is None:
        return Decimal(item[2])
    # A blank cell would be looked up as 0.
    return item[1].replace('""', '"') or Formula('""')
