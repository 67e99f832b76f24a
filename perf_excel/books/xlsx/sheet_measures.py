"""How wide and high a sheet part shows its cells (列宽、行高), and which style each of them has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from perf_excel.books.xlsx.cell_looks import Looks
from perf_excel.books.xlsx.markup import ATTRIBUTES, Markup, attributes, integer, tags, text
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN
from perf_excel.books.xlsx.sheet_places import place_of
from perf_excel.sheets.grid import Area

_SIZE = re.compile(rb"[0-9]{1,4}(?:\.[0-9]{1,20})?")
_STYLE = re.compile(rb"""\ss\s*=\s*(?:"[0-9]*"|'[0-9]*')""")
_ADDRESS = re.compile(rb"""\sr\s*=\s*(?:"[^"]*"|'[^']*')""")
_USUAL_HEIGHT = 15.0
_USUAL_DIGITS = 8

Span = tuple[int, int]
"""Where something is written in the part."""


class MeasuredRow(NamedTuple):
    """A row's start tag: where it begins and its attributes stand, and what they say of its height."""

    start: int
    attributes: Span
    height: float | None
    custom: bool
    hidden: bool


@cache
def _row_tag(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%brow(?=[\s/>])(%b)>" % (re.escape(prefix), ATTRIBUTES))


class SheetMeasures:
    """A sheet part whose rows and columns are measured: points down, pixels across."""

    def __init__(self, markup: Markup, place: tuple[int, int, int], looks: Looks, label: str) -> None:
        """Measure the sheet whose rows stand at ``place``; ``label`` names file and sheet for messages."""
        self.data, self.prefix, self._label = markup.mask(), markup.prefix, label
        self._start, self.content, self.end = place
        self.rows = dict(self._read_rows())
        head = tags(markup.prefix, b"sheetFormatPr").search(self.data, 0, self._start)
        defaults = attributes(head[1]) if head else {}
        self._usual = _size(defaults.get(b"defaultRowHeight")) or _USUAL_HEIGHT
        digits = integer(defaults.get(b"baseColWidth")) or _USUAL_DIGITS
        width = _size(defaults.get(b"defaultColWidth"))
        # Without a width of its own a column has eight digits and its edges, up to the next eight pixels.
        self._column = width * looks.digit if width else -(-(digits * looks.digit + 5) // 8) * 8.0
        self._columns = list(self._read_columns(looks.digit))

    def _read_columns(self, digit: int) -> Iterator[tuple[int, int, float]]:
        for raw in tags(self.prefix, b"col").findall(self.data, 0, self._start):
            values = attributes(raw)
            first, last = integer(values.get(b"min")) or 1, integer(values.get(b"max")) or 0
            hidden = values.get(b"hidden") in (b"1", b"true")
            width = _size(values.get(b"width"))
            pixels = self._column if width is None else width * digit
            yield first, min(last, LAST_COLUMN), 0.0 if hidden else pixels

    def _read_rows(self) -> Iterator[tuple[int, MeasuredRow]]:
        number = 0
        for match in _row_tag(self.prefix).finditer(self.data, self.content, self.end):
            values = attributes(match[1])
            number = integer(values.get(b"r")) or number + 1
            yield (
                number,
                MeasuredRow(
                    match.start(),
                    match.span(1),
                    _size(values.get(b"ht")),
                    values.get(b"customHeight") in (b"1", b"true"),
                    values.get(b"hidden") in (b"1", b"true"),
                ),
            )

    def width(self, area: Area) -> float:
        """Return the pixels across an area."""
        found = 0.0
        for column in range(area.left, min(area.right, area.left + 200) + 1):
            entry = next((one for one in self._columns if one[0] <= column <= one[1]), None)
            found += entry[2] if entry else self._column
        return found

    def styles(self, row: int) -> dict[int, tuple[int, Span]]:
        """Return the style of each cell of a row by its column, and where in the part it is written."""
        found: dict[int, tuple[int, Span]] = {}
        there = self.rows.get(row)
        if there is None or self.data[there.attributes[1] - 1 : there.attributes[1]] == b"/":
            return found
        begin = there.attributes[1] + 1
        end = self.data.index(b"</" + self.prefix + b"row", begin)
        column = 0
        for match in tags(self.prefix, b"c").finditer(self.data, begin, end):
            values = attributes(match[1])
            written = values.get(b"r")
            column = place_of(text(written), self._label)[1] if written else column + 1
            named = _STYLE.search(self.data, *match.span(1))
            after = match.start(1) if written is None else _behind_address(self.data, match.span(1))
            found[column] = (integer(values.get(b"s")) or 0, named.span() if named else (after, after))
        return found

    def height(self, area: Area) -> float:
        """Return the points from the top of an area to its bottom, as far as it is shown."""
        rows = range(area.top, area.bottom + 1)
        return sum(self.row_height(row) for row in rows if not self.is_hidden(row))

    def row_height(self, row: int) -> float:
        """Return the points of a row, whether it is shown or not."""
        found = self.rows.get(row)
        return self._usual if found is None or found.height is None else found.height

    def is_hidden(self, row: int) -> bool:
        """Whether a row is not shown."""
        found = self.rows.get(row)
        return found is not None and (found.hidden or found.height == 0)


def _behind_address(data: bytes, span: tuple[int, int]) -> int:
    found = _ADDRESS.search(data, *span)
    return found.end() if found else span[0]


def _size(raw: bytes | None) -> float | None:
    return float(raw) if raw and _SIZE.fullmatch(raw) else None
