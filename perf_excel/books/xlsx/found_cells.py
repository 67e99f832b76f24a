"""Rows and cells of a sheet part by their numbers (找单元格): where they stand, or would stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from perf_excel.books.xlsx.markup import ATTRIBUTES, Markup, attributes, element, integer, text
from perf_excel.books.xlsx.sheet_places import place_of, sheet_data
from perf_excel.errors import UserError
from perf_excel.sheets.grid import address


@cache
def _patterns(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return the pattern of the start of a row, and that of a cell."""
    row = rb'<%brow(?: r="([0-9]+)"|(?=[\s/>]))(%b)>' % (re.escape(prefix), ATTRIBUTES)
    return re.compile(row), re.compile(element(prefix, b"c"), re.DOTALL)


class FoundRow(NamedTuple):
    """A row of a sheet part: where its start tag and its content stand, and its attributes."""

    tag_start: int
    tag_end: int
    content_end: int
    attributes: bytes


class CellFinder:
    """A sheet part whose rows and cells are looked up: ``start`` to ``end`` are its rows, ``content`` on."""

    def __init__(self, markup: Markup, label: str) -> None:
        """Find the rows; ``label`` names file and sheet for messages.

        Raises:
            UserError: the part is no worksheet.
        """
        self.data, self.prefix = markup.mask(), markup.prefix
        place = sheet_data(self.data, markup.prefix)
        if place is None or markup.root != b"worksheet":
            raise UserError(f"{label}：不是普通工作表，无法填写。")
        self.start, self.content, self.end = place
        self._row, self._cell = _patterns(markup.prefix)
        self._label = label

    def rows(self, wanted: Mapping[int, object]) -> tuple[dict[int, FoundRow], dict[int, int]]:
        """Return the wanted rows that exist, and where the first row behind each wanted one begins."""
        data = self.data
        rows: dict[int, FoundRow] = {}
        following: dict[int, int] = {}
        pending = sorted(wanted, reverse=True)
        closing = b"</" + self.prefix + b"row"
        number = 0
        for match in self._row.finditer(data, self.content, self.end):
            digits, rest = match.groups()
            if digits is None:
                digits = attributes(rest).get(b"r")
            number = integer(digits) or number + 1
            while pending and pending[-1] < number:
                following[pending.pop()] = match.start()
            if number in wanted:
                end = match.end() if rest.endswith(b"/") else data.index(closing, match.end())
                rows[number] = FoundRow(match.start(), match.end(), end, rest)
        return rows, following

    def cells(
        self, number: int, row: FoundRow, wanted: Mapping[int, object]
    ) -> tuple[dict[int, re.Match[bytes]], dict[int, int]]:
        """Return the wanted cells that exist, and for the others where the first cell behind them begins."""
        cells: dict[int, re.Match[bytes]] = {}
        for column in wanted:
            # As nearly every program writes it; the last of two with one address counts, as in reading.
            usual = b'<%bc r="%b"' % (self.prefix, address(number, column).encode())
            start = self.data.rfind(usual, row.tag_end, row.content_end)
            match = self._cell.match(self.data, start, row.content_end) if start >= 0 else None
            if match:
                cells[column] = match
        following: dict[int, int] = {}
        pending = sorted(wanted.keys() - cells.keys(), reverse=True)
        if not pending:
            return cells, following
        column = 0
        for match in self._cell.finditer(self.data, row.tag_end, row.content_end):
            found = attributes(match[1]).get(b"r")
            column = place_of(text(found), self._label)[1] if found else column + 1
            while pending and pending[-1] < column:
                following[pending.pop()] = match.start()
            if column in wanted:
                cells[column] = match
        return cells, following
