"""Filling cells: the bytes of a sheet part with new values spliced in, everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perf_excel.books.xlsx.markup import (
    ATTRIBUTES,
    Markup,
    attributes,
    element,
    escape,
    integer,
    tags,
    text,
)
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN, LAST_ROW
from perf_excel.books.xlsx.sheet_places import place_of, sheet_data
from perf_excel.books.xlsx.splicing import Piece, Splice, spliced
from perf_excel.errors import UserError
from perf_excel.forms.cell_limit import overlong
from perf_excel.sheets.grid import Edit, Place, TypedOver, Value, address

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"})
# The type goes with the value, and so does the value's own metadata (a picture in the cell, a rich value).
_VALUE_ATTRIBUTE = re.compile(rb"""(?<!\s)\s++([^\s=/"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_OF_VALUE = frozenset({b"t", b"vm"})

_ADDRESS_FIRST = re.compile(rb' r="[A-Z]{1,3}[0-9]{1,7}"')


class _Patterns(NamedTuple):
    row: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    kept: re.Pattern[bytes]


@cache
def _patterns(prefix: bytes) -> _Patterns:
    x = re.escape(prefix)
    return _Patterns(
        re.compile(rb'<%brow(?: r="([0-9]+)"|(?=[\s/>]))(%b)>' % (x, ATTRIBUTES)),
        re.compile(element(prefix, b"c"), re.DOTALL),
        re.compile(
            rb"<%b(f|extLst)(?=[\s/>])%b>(?:(?<=/>)|(?<!/>).*?</%b\1\s*>)" % (x, ATTRIBUTES, x), re.DOTALL
        ),
    )


def has_formulas(markup: Markup) -> bool:
    """Tell whether any cell of the sheet holds a formula."""
    data = markup.mask()
    place = sheet_data(data, markup.prefix)
    return bool(place and tags(markup.prefix, b"f").search(data, place[1], place[2]))


def fill_sheet(markup: Markup, edits: Iterable[Edit], label: str) -> list[Piece]:
    """Return the sheet part with cells changed, in pieces; ``label`` names file and sheet for messages.

    Raises:
        UserError: the part is no worksheet, or a text is longer than a cell can hold.
        ValueError: an edit lies outside the sheet, or its number is not finite.

    """
    data = markup.mask()
    place = sheet_data(data, markup.prefix)
    if place is None or markup.root != b"worksheet":
        raise UserError(f"{label}：不是普通工作表，无法填写。")
    sheet = _Sheet(markup, data, place, label)
    return spliced(markup.data, sheet.splices(_by_row(edits, label)))


class CellForm(NamedTuple):
    """A cell of a part as it is written with one value after another: where it stands, all but its value."""

    start: int
    end: int
    head: bytes
    formula: bytes
    behind: bytes
    prefix: bytes

    def holding(self, value: Value) -> bytes:
        """Return the cell with a value, as :func:`fill_sheet` writes it; of a formula it is the result.

        Raises:
            ValueError: the value is a number that is not finite.
        """
        kind, content = _value(self.prefix, value, cached=bool(self.formula))
        inner = self.formula + content + self.behind
        x = self.prefix
        return b"%b%b>%b</%bc>" % (self.head, kind, inner, x) if inner else b"%b/>" % self.head


def cell_forms(markup: Markup, places: Iterable[Place], label: str) -> dict[Place, CellForm]:
    """Return the cells of a sheet part that are there of those asked for, by place.

    Raises:
        UserError: the part is no worksheet.
    """
    data = markup.mask()
    place = sheet_data(data, markup.prefix)
    if place is None or markup.root != b"worksheet":
        raise UserError(f"{label}：不是普通工作表，无法填写。")
    sheet = _Sheet(markup, data, place, label)
    wanted: dict[int, dict[int, Value]] = {}
    for row, column in places:
        wanted.setdefault(row, {})[column] = None
    return sheet.cell_forms(wanted)


def _by_row(edits: Iterable[Edit], label: str) -> dict[int, dict[int, Value]]:
    rows: dict[int, dict[int, Value]] = {}
    for row, column, value in edits:
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            raise ValueError(f"no such cell: row {row}, column {column}")
        if isinstance(value, str) and (wrong := overlong(value)):
            raise UserError(f"{label}，{address(row, column)}：{wrong}。")
        rows.setdefault(row, {})[column] = value
    return rows


def _is_shared(formula: bytes) -> bool:
    """Whether other cells may ask for this formula's text."""
    return b"shared" in formula.partition(b">")[0]


class _Row(NamedTuple):
    tag_start: int
    tag_end: int
    content_end: int
    attributes: bytes


class _Sheet:
    """One sheet part under edit."""

    def __init__(self, markup: Markup, data: bytes, place: tuple[int, int, int], label: str) -> None:
        self._original = markup.data
        self._data = data
        self._prefix = markup.prefix
        self._start, self._content, self._end = place
        self._label = label
        self._untyped: dict[bytes, bytes] = {}

    def splices(self, edits: Mapping[int, Mapping[int, Value]]) -> list[Splice]:
        """Return the changes that bring the edits about."""
        rows, following = self._find_rows(edits)
        splices: list[Splice] = []
        new_rows: dict[int, list[bytes]] = {}
        for number in sorted(edits):
            values = edits[number]
            if number in rows:
                splices += self._edit_row(number, rows[number], values)
            else:
                new_rows.setdefault(following.get(number, self._end), []).append(
                    self._new_row(number, values)
                )
        if self._content == self._end and self._data.startswith(b"/>", self._content - 2):
            inner = b"".join(row for inserted in new_rows.values() for row in inserted)
            tag_end = self._content - 2
            closing = b"</" + self._prefix + b"sheetData>"
            return [(tag_end, self._content, b">" + inner + closing)]
        return splices + [(at, at, b"".join(inserted)) for at, inserted in new_rows.items()]

    def _find_rows(self, wanted: Mapping[int, object]) -> tuple[dict[int, _Row], dict[int, int]]:
        """Return the wanted rows that exist, and where the first row behind each wanted one begins."""
        data = self._data
        rows: dict[int, _Row] = {}
        following: dict[int, int] = {}
        pending = sorted(wanted, reverse=True)
        closing = b"</" + self._prefix + b"row"
        number = 0
        for match in _patterns(self._prefix).row.finditer(data, self._content, self._end):
            digits, rest = match.groups()
            if digits is None:
                digits = attributes(rest).get(b"r")
            number = integer(digits) or number + 1
            while pending and pending[-1] < number:
                following[pending.pop()] = match.start()
            if number in wanted:
                end = match.end() if rest.endswith(b"/") else data.index(closing, match.end())
                rows[number] = _Row(match.start(), match.end(), end, rest)
        return rows, following

    def _edit_row(self, number: int, row: _Row, values: Mapping[int, Value]) -> list[Splice]:
        cells, following = self._find_cells(number, row, values)
        splices = [
            (cell.start(), cell.end(), self._changed_cell(cell, values[column]))
            for column, cell in cells.items()
        ]
        inserted: dict[int, list[bytes]] = {}
        for column in sorted(values.keys() - cells.keys()):
            cell = self._new_cell(number, column, values[column], row.attributes)
            inserted.setdefault(following.get(column, row.content_end), []).append(cell)
        if row.content_end == row.tag_end and row.attributes.endswith(b"/"):
            inner = b"".join(cell for cells in inserted.values() for cell in cells)
            closing = b">" + inner + b"</" + self._prefix + b"row>"
            return [(row.tag_end - 2, row.tag_end, closing)] if inner else []
        return splices + [(at, at, b"".join(cells)) for at, cells in inserted.items()]

    def _find_cells(
        self, number: int, row: _Row, wanted: Mapping[int, object]
    ) -> tuple[dict[int, re.Match[bytes]], dict[int, int]]:
        """Return the wanted cells that exist, and for the others where the first cell behind them begins."""
        pattern = _patterns(self._prefix).cell
        cells: dict[int, re.Match[bytes]] = {}
        for column in wanted:
            # As nearly every program writes it; the last of two with one address counts, as in reading.
            usual = b'<%bc r="%b"' % (self._prefix, address(number, column).encode())
            start = self._data.rfind(usual, row.tag_end, row.content_end)
            match = pattern.match(self._data, start, row.content_end) if start >= 0 else None
            if match:
                cells[column] = match
        following: dict[int, int] = {}
        pending = sorted(wanted.keys() - cells.keys(), reverse=True)
        if not pending:
            return cells, following
        column = 0
        for match in pattern.finditer(self._data, row.tag_end, row.content_end):
            found = attributes(match[1]).get(b"r")
            column = place_of(text(found), self._label)[1] if found else column + 1
            while pending and pending[-1] < column:
                following[pending.pop()] = match.start()
            if column in wanted:
                cells[column] = match
        return cells, following

    def cell_forms(self, wanted: Mapping[int, Mapping[int, Value]]) -> dict[Place, CellForm]:
        """Return the cells that are there, by place."""
        found: dict[Place, CellForm] = {}
        for number, row in self._find_rows(wanted)[0].items():
            for column, match in self._find_cells(number, row, wanted[number])[0].items():
                rest, formula, extension = self._kept(match, None)
                head = b"<%bc%b" % (self._prefix, rest)
                parts = (head, formula, extension, self._prefix)
                found[number, column] = CellForm(match.start(), match.end(), *parts)
        return found

    def _changed_cell(self, match: re.Match[bytes], value: Value) -> bytes:
        rest, formula, extension = self._kept(match, value)
        return self._cell(rest, formula, value, extension)

    def _kept(self, match: re.Match[bytes], value: Value) -> tuple[bytes, bytes, bytes]:
        """Return what stays of a cell that gets a value: its attributes, its formula and its extensions."""
        rest = self._original[match.start(1) : match.end(1)].removesuffix(b"/").rstrip()
        content = match[2] or b""
        formula = extension = b""
        if b"f" in content or b"extLst" in content:
            for kept in _patterns(self._prefix).kept.finditer(content):
                start = match.start(2)
                piece = self._original[start + kept.start() : start + kept.end()]
                if kept[1] == b"f":
                    formula = b"" if isinstance(value, TypedOver) and not _is_shared(piece) else piece
                else:
                    extension = piece
        return self._without_type(rest), formula, extension

    def _without_type(self, rest: bytes) -> bytes:
        first = _ADDRESS_FIRST.match(rest)
        at = first.end() if first else 0
        behind = rest[at:]
        if behind not in self._untyped:
            self._untyped[behind] = _VALUE_ATTRIBUTE.sub(
                lambda match: b"" if match[1] in _OF_VALUE else match[0], behind
            )
        return rest[:at] + self._untyped[behind]

    def _new_row(self, number: int, values: Mapping[int, Value]) -> bytes:
        cells = b"".join(self._new_cell(number, column, values[column], b"") for column in sorted(values))
        if not cells:
            return b""
        x = self._prefix
        return b'<%brow r="%d">%b</%brow>' % (x, number, cells, x)

    def _new_cell(self, row: int, column: int, value: Value, row_attributes: bytes) -> bytes:
        if value is None or (isinstance(value, str) and not value):
            return b""
        rest = b' r="%b"' % address(row, column).encode()
        style = self._inherited_style(column, row_attributes)
        if style:
            rest += b' s="%b"' % style
        return self._cell(rest, b"", value, b"")

    def _inherited_style(self, column: int, row_attributes: bytes) -> bytes | None:
        row = attributes(row_attributes)
        if row.get(b"customFormat") in {b"1", b"true"} and b"s" in row:
            return row[b"s"]
        for raw in tags(self._prefix, b"col").findall(self._data, 0, self._start):
            values = attributes(raw)
            first, last = integer(values.get(b"min")) or 1, integer(values.get(b"max")) or 0
            if first <= column <= last:
                return values.get(b"style")
        return None

    def _cell(self, rest: bytes, formula: bytes, value: Value, extension: bytes) -> bytes:
        x = self._prefix
        kind, content = _value(x, value, cached=bool(formula))
        inner = formula + content + extension
        return b"<%bc%b%b>%b</%bc>" % (x, rest, kind, inner, x) if inner else b"<%bc%b/>" % (x, rest)


def _value(x: bytes, value: Value, *, cached: bool) -> tuple[bytes, bytes]:
    """Return the type attribute and the value element, in a namespace with this prefix."""
    if value is None:
        return b"", b""
    if isinstance(value, bool):
        return b' t="b"', b"<%bv>%d</%bv>" % (x, value, x)
    if isinstance(value, Decimal):
        return b"", b"<%bv>%b</%bv>" % (x, _number(value), x)
    if cached:
        kind = b' t="e"' if value in _ERRORS else b' t="str"'
        return kind, b"<%bv%b>%b</%bv>" % (x, _space(value), escape(value), x)
    # An empty text is what a cleared cell shows.
    if not value:
        return b"", b""
    return b' t="inlineStr"', b"<%bis><%bt%b>%b</%bt></%bis>" % (x, x, _space(value), escape(value), x, x)


def _space(value: str) -> bytes:
    return b' xml:space="preserve"' if value != value.strip() or "\n" in value or "\t" in value else b""


def _number(value: Decimal) -> bytes:
    if not value.is_finite():
        raise ValueError(f"not a number for a cell: {value}")
    if not value:
        return b"0"
    # Sheets keep doubles: more digits than those distinguish would only look precise.
    written = str(value) if len(value.as_tuple().digits) <= 15 else repr(float(value))
    return written.encode()
