"""Rows raised (行高) so that the texts of their cells show whole; none is lowered, nothing else changes."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from perf_excel.books.text_lines import LARGEST_ROW, PIXELS_PER_POINT, room, text_height, text_width
from perf_excel.books.xlsx.cell_looks import Look, Looks, Wrapping
from perf_excel.books.xlsx.markup import ATTRIBUTES, Markup, attributes, integer, tags, text
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN
from perf_excel.books.xlsx.sheet_places import place_of, sheet_data
from perf_excel.books.xlsx.splicing import Splice, attribute_splices
from perf_excel.sheets.grid import Area, Grid, Place

_SIZE = re.compile(rb"[0-9]{1,4}(?:\.[0-9]{1,20})?")
_USUAL_HEIGHT = 15.0
_USUAL_DIGITS = 8
_SLACK = 0.5
"""Points by which a row may be too low and nobody sees it."""
_MOST_ROWS = 4000
"""A form is never longer; a list of names that is needs no room of its own."""


class Texts(NamedTuple):
    """Which texts are to show whole."""

    rows: Collection[int]
    """Of which rows."""
    written: Collection[Place] | None = None
    """The cells that were written: of the others no style changes, and none of several rows counts; None
    for all."""
    last: int = LAST_COLUMN
    """The last column that is printed."""


class Raised(NamedTuple):
    """What makes the texts show whole, and the areas whose text is too long for any row."""

    splices: list[Splice]
    cut: list[Area]


class _Need(NamedTuple):
    area: Area
    points: float


class _Row(NamedTuple):
    """A row's start tag: where its attributes stand, and where its content ends."""

    start: int
    attributes: tuple[int, int]
    height: float | None
    custom: bool
    hidden: bool


def raised(markup: Markup, grid: Grid, wrapping: Wrapping, texts: Texts, label: str) -> Raised:
    """Return the changes that make rows as high as their texts need; ``label`` names file and sheet.

    A text that is written where no text wraps, and that the cell's own edge or its neighbour would cut, gets
    a style that wraps.
    """
    data = markup.mask()
    place = sheet_data(data, markup.prefix)
    if place is None or not texts.rows or len(texts.rows) > _MOST_ROWS:
        return Raised([], [])
    looks = wrapping.looks
    sheet = _Sheet(markup, data, place, looks, label)
    needs: list[_Need] = []
    splices: list[Splice] = []
    for row in sorted(texts.rows):
        styles = sheet.styles(row)
        for column, cell in grid.row(row):
            value, area = cell.value, grid.area(row, column)
            if not isinstance(value, str) or not value or column > texts.last:
                continue
            written = texts.written is None or (row, column) in texts.written
            style, at = styles.get(column, (0, None))
            look, width = looks[style], sheet.width(area)
            if look.turned or look.shrinks or not width:
                continue
            if not look.wraps and written and at and _is_cut(sheet, grid, area, value, look, texts.last):
                twin = wrapping.twin(style)
                if twin is not None:
                    splices.append((*at, b' s="%d"' % twin))
                    look = look._replace(wraps=True)
            if look.wraps and (written or area.top == area.bottom):
                needs.append(_Need(area, text_height(value, room(width, look.indent), look.size)))
    cut = [one.area for one in needs if one.points > LARGEST_ROW * (one.area.bottom - one.area.top + 1)]
    return Raised([*splices, *sheet.raise_rows(needs)], cut)


class Room(NamedTuple):
    """The room of a cell as it stands: pixels across, the size of its type, points from top to bottom."""

    pixels: float
    size: float
    points: float
    wraps: bool

    def holds(self, text: str) -> bool:
        """Whether a text surely shows whole without any change of row or style."""
        if self.wraps:
            return text_height(text, self.pixels, self.size) <= self.points + _SLACK
        # No sign is wider than high.
        return "\n" not in text and len(text) * self.size * PIXELS_PER_POINT <= self.pixels


def rooms(
    markup: Markup, grid: Grid, looks: Looks, places: Collection[Place], label: str
) -> dict[Place, Room]:
    """Return the room of cells of a sheet; ``label`` names file and sheet for messages."""
    data = markup.mask()
    found: dict[Place, Room] = {}
    if (place := sheet_data(data, markup.prefix)) is None:
        return found
    sheet = _Sheet(markup, data, place, looks, label)
    for row, column in places:
        area = grid.area(row, column)
        look = looks[sheet.styles(row).get(column, (0, None))[0]]
        width = sheet.width(area)
        if look.turned or look.shrinks or not width:
            found[row, column] = Room(math.inf, look.size, math.inf, wraps=False)
            continue
        points = sheet.height(area)
        found[row, column] = Room(room(width, look.indent), look.size, points, look.wraps)
    return found


def _is_cut(sheet: _Sheet, grid: Grid, area: Area, value: str, look: Look, last: int) -> bool:
    """Whether a text that does not wrap would be cut off, or run over a line or off the paper."""
    needed = text_width(value, look.size)
    if "\n" not in value and needed <= room(sheet.width(area), look.indent):
        return False
    if "\n" in value or look.boxed or area.left != area.right:
        return True
    beside = area.right + 1
    while beside <= min(last, grid.right) and grid.at(area.top, beside).value in (None, ""):
        beside += 1
    return needed > room(sheet.width(area._replace(right=beside - 1)), look.indent)


@cache
def _row_tag(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<%brow(?=[\s/>])(%b)>" % (re.escape(prefix), ATTRIBUTES))


class _Sheet:
    """A sheet part whose rows are measured."""

    def __init__(
        self, markup: Markup, data: bytes, place: tuple[int, int, int], looks: Looks, label: str
    ) -> None:
        self._data, self._prefix, self._label = data, markup.prefix, label
        self._start, self._content, self._end = place
        self._rows = dict(self._read_rows())
        head = tags(markup.prefix, b"sheetFormatPr").search(data, 0, self._start)
        defaults = attributes(head[1]) if head else {}
        self._usual = _size(defaults.get(b"defaultRowHeight")) or _USUAL_HEIGHT
        digits = integer(defaults.get(b"baseColWidth")) or _USUAL_DIGITS
        width = _size(defaults.get(b"defaultColWidth"))
        # Without a width of its own a column has eight digits and its edges, up to the next eight pixels.
        self._column = width * looks.digit if width else -(-(digits * looks.digit + 5) // 8) * 8.0
        self._columns = list(self._read_columns(looks.digit))

    def _read_columns(self, digit: int) -> Iterator[tuple[int, int, float]]:
        for raw in tags(self._prefix, b"col").findall(self._data, 0, self._start):
            values = attributes(raw)
            first, last = integer(values.get(b"min")) or 1, integer(values.get(b"max")) or 0
            hidden = values.get(b"hidden") in (b"1", b"true")
            width = _size(values.get(b"width"))
            pixels = self._column if width is None else width * digit
            yield first, min(last, LAST_COLUMN), 0.0 if hidden else pixels

    def _read_rows(self) -> Iterator[tuple[int, _Row]]:
        number = 0
        for match in _row_tag(self._prefix).finditer(self._data, self._content, self._end):
            values = attributes(match[1])
            number = integer(values.get(b"r")) or number + 1
            yield (
                number,
                _Row(
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

    def styles(self, row: int) -> dict[int, tuple[int, tuple[int, int]]]:
        """Return the style of each cell of a row by its column, and where in the part it is written."""
        found: dict[int, tuple[int, tuple[int, int]]] = {}
        there = self._rows.get(row)
        if there is None or self._data[there.attributes[1] - 1 : there.attributes[1]] == b"/":
            return found
        begin = there.attributes[1] + 1
        end = self._data.index(b"</" + self._prefix + b"row", begin)
        column = 0
        for match in tags(self._prefix, b"c").finditer(self._data, begin, end):
            values = attributes(match[1])
            written = values.get(b"r")
            column = place_of(text(written), self._label)[1] if written else column + 1
            named = _STYLE.search(self._data, *match.span(1))
            after = match.start(1) if written is None else _behind_address(self._data, match.span(1))
            found[column] = (integer(values.get(b"s")) or 0, named.span() if named else (after, after))
        return found

    def height(self, area: Area) -> float:
        """Return the points from the top of an area to its bottom, as far as it is shown."""
        rows = range(area.top, area.bottom + 1)
        return sum(self._height(row) for row in rows if not self._is_hidden(row))

    def raise_rows(self, needs: list[_Need]) -> Iterator[Splice]:
        """Yield the changes of rows that are too low."""
        heights: dict[int, float] = {}
        fixed: set[int] = set()
        # First the rows by themselves, then those that share an area: they may be high enough already.
        for need in sorted(needs, key=lambda one: one.area.bottom - one.area.top):
            area = need.area
            rows = [row for row in range(area.top, area.bottom + 1) if not self._is_hidden(row)]
            missing = need.points - sum(heights.get(row, self._height(row)) for row in rows)
            if missing <= _SLACK or not rows:
                continue
            for row in rows:
                now = heights.get(row, self._height(row))
                heights[row] = min(LARGEST_ROW, max(now, _rounded(now + missing / len(rows))))
            if (area.top, area.left) != (area.bottom, area.right):
                fixed.update(rows)  # no program fits a row to merged cells
        yield from self._changes(heights, fixed)

    def _changes(self, heights: Mapping[int, float], fixed: Collection[int]) -> Iterator[Splice]:
        x = self._prefix
        new: dict[int, list[bytes]] = {}
        starts = sorted((number, row.start) for number, row in self._rows.items())
        for number in sorted(heights):
            written = b"%g" % heights[number]
            row = self._rows.get(number)
            if row is None:
                at = next((start for other, start in starts if other > number), self._end)
                entry = b'<%brow r="%d" ht="%b" customHeight="1"/>' % (x, number, written)
                new.setdefault(at, []).append(entry)
                continue
            changed = list(
                attribute_splices(self._data, row.attributes, b"ht", lambda _, new=written: new.decode())
            )
            more = b"" if row.height is not None else b' ht="%b"' % written
            if number in fixed and not row.custom:
                marked = list(attribute_splices(self._data, row.attributes, b"customHeight", lambda _: "1"))
                changed += marked
                more += b"" if marked else b' customHeight="1"'
            end = row.attributes[1] - self._data.endswith(b"/", 0, row.attributes[1])
            yield from changed
            if more:
                yield end, end, more
        if self._content == self._end and self._data.startswith(b"/>", self._content - 2):
            return  # an empty sheet holds no text
        for at, entries in new.items():
            yield at, at, b"".join(entries)

    def _height(self, row: int) -> float:
        found = self._rows.get(row)
        return self._usual if found is None or found.height is None else found.height

    def _is_hidden(self, row: int) -> bool:
        found = self._rows.get(row)
        return found is not None and (found.hidden or found.height == 0)


_STYLE = re.compile(rb"""\ss\s*=\s*(?:"[0-9]*"|'[0-9]*')""")
_ADDRESS = re.compile(rb"""\sr\s*=\s*(?:"[^"]*"|'[^']*')""")


def _behind_address(data: bytes, span: tuple[int, int]) -> int:
    found = _ADDRESS.search(data, *span)
    return found.end() if found else span[0]


def _size(raw: bytes | None) -> float | None:
    return float(raw) if raw and _SIZE.fullmatch(raw) else None


def _rounded(points: float) -> float:
    """Return points up to the next quarter: what a screen can show."""
    return -(-points * 4 // 1) / 4
