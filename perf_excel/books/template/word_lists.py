"""The lists in which formulas look words up (词表): hidden cells at the end of the first row of the form.

Said in every formula ({"≥","≤"}) they would make it long, and rows could not share it: Excel shares no
formula with a list of its own or with another sheet, and LibreOffice spoils one when a row is deleted.
"""

from __future__ import annotations

import re
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.canvas import Content, Formula, write_at
from perf_excel.books.template.frame import TITLE
from perf_excel.sheets.grid import column_letters

_ARRAY = re.compile(r'"[^"]*"|\{((?:[^"{}]|"[^"{]*")*+)\}')
"""A text, or an array of constants; a doubled quote within a text ends one text and begins the next."""
_ITEM = re.compile(r'"((?:[^"]|"")*)"|([^,]+)')


class WordLists:
    """The lists met so far, one behind the other."""

    def __init__(self, sheet: Worksheet, first: int) -> None:
        """Take the form's sheet and the first free column."""
        self._sheet = sheet
        self.end = first
        self._found: dict[str, str] = {}

    def in_cells(self, formula: str) -> Formula:
        """Return a formula that asks cells for its lists."""
        return Formula(_ARRAY.sub(self._reference, formula))

    def _reference(self, match: re.Match[str]) -> str:
        written = match[1]
        if written is None:
            return match[0]
        if written not in self._found:
            self._found[written] = self._write(written)
        return self._found[written]

    def _write(self, written: str) -> str:
        first = self.end
        for item in _ITEM.finditer(written):
            write_at(self._sheet, TITLE, self.end, _content(item))
            self.end += 1
        return f"${column_letters(first)}${TITLE}:${column_letters(self.end - 1)}${TITLE}"


def _content(item: re.Match[str]) -> Content:
    if item[1] is None:
        return Decimal(item[2])
    # A blank cell would be looked up as 0.
    return item[1].replace('""', '"') or Formula('""')
