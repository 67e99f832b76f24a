"""Rows put between the cells of a sheet: those below renumbered, new ones like their pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from perf_excel.books.xlsx.growth.shifting import Anchor, Shift
from perf_excel.books.xlsx.markup import ATTRIBUTES, Markup, attributes, integer, text
from perf_excel.books.xlsx.shared_formulas import LAST_ROW, moved
from perf_excel.books.xlsx.sheetxml import place_of, sheet_data
from perf_excel.books.xlsx.splicing import (
    Splice,
    attribute_splices,
    character_data,
    text_between,
    text_splices,
)
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Place, address

_HIDDEN = re.compile(rb"""\s(?:hidden|collapsed)\s*=\s*(?:"[^"]*"|'[^']*')""")
_ROW_NUMBER = re.compile(rb"""(\sr\s*=\s*["'])[^"']*""")
_ROWS_OF = re.compile(r"\$?[A-Za-z]{1,3}\$?([0-9]{1,7})(?::\$?[A-Za-z]{1,3}\$?([0-9]{1,7}))?")


@cache
def _tokens(prefix: bytes) -> re.Pattern[bytes]:
    x = re.escape(prefix)
    return re.compile(rb"<%b(row|c|f)(?=[\s/>])(%b)>|</%brow\s*>" % (x, ATTRIBUTES, x))


class _Written(NamedTuple):
    """A formula as it stands in the part."""

    span: tuple[int, int]
    """Of the whole element."""
    rest: tuple[int, int]
    """Of its attributes."""
    content: tuple[int, int]
    place: Place


class _Group(NamedTuple):
    """Cells that share one formula: the one that holds it, its text, and the others."""

    master: _Written
    text: str
    members: list[_Written]

    def at(self, written: _Written) -> str:
        """Return the formula as a member has it."""
        (row, column), (first_row, first_column) = written.place, self.master.place
        return moved(self.text, row - first_row, column - first_column)


class _Pattern:
    """A row to be repeated, as it is met."""

    def __init__(self, rest: bytes) -> None:
        self.rest = rest
        self.cells: list[tuple[int, bytes | None]] = []
        self.formulas: dict[int, str] = {}


def cell_splices(markup: Markup, shift: Shift, label: str, *, own: bool) -> Iterator[Splice]:
    """Yield what changes in the cells of a sheet.

    Args:
        markup: the sheet part.
        shift: the new rows.
        label: file and sheet, for messages.
        own: whether the rows are put into this sheet; else only its formulas may speak of them.

    Raises:
        UserError: the last row would be pushed off the sheet, or rows come into an array formula.
    """
    mask = markup.mask()
    place = sheet_data(mask, markup.prefix)
    if place is not None:
        yield from _Cells(markup, mask, shift, label, own=own).splices(place[1], place[2])


class _Cells:
    """One sheet's cells while rows are put in."""

    def __init__(self, markup: Markup, mask: bytes, shift: Shift, label: str, *, own: bool) -> None:
        self._markup, self._mask, self._label = markup, mask, label
        self._x = markup.prefix
        self._own = own
        self._shift = shift
        self._growth = shift.growth
        self._patterns = {one.after for one in self._growth.insertions} if own else set[int]()
        self._found: dict[int, _Pattern] = {}
        self._shared: dict[bytes, _Group] = {}
        self._groups: list[_Group] = []

    def splices(self, start: int, end: int) -> Iterator[Splice]:
        """Yield the changes of the cells between two places."""
        row = column = 0
        pattern: _Pattern | None = None
        closing = b"</" + self._x + b"f"
        ends: list[tuple[int, int]] = []
        for match in _tokens(self._x).finditer(self._mask, start, end):
            name, rest = match.groups()
            if name is None:
                if row in self._patterns:
                    ends.append((match.end(), row))
            elif name == b"row":
                row, column = integer(attributes(rest).get(b"r")) or row + 1, 0
                pattern = self._begin(row, rest) if row in self._patterns else None
                if pattern and rest.endswith(b"/"):
                    ends.append((match.end(), row))
                yield from self._renumbered(match.span(2), row)
            elif name == b"c":
                found = attributes(rest)
                row, column = place_of(text(found[b"r"]), self._label) if b"r" in found else (row, column + 1)
                if pattern:
                    pattern.cells.append((column, found.get(b"s")))
                yield from self._renumbered(match.span(2), row)
            else:
                stop = match.end()
                content = (stop, stop)
                if not rest.endswith(b"/"):
                    content = (stop, self._mask.index(closing, stop))
                    stop = self._mask.index(b">", content[1]) + 1
                written = _Written((match.start(), stop), match.span(2), content, (row, column))
                yield from self._formula(written, attributes(rest), pattern)
        yield from self._shared_formulas()
        for at, number in ends:
            yield at, at, b"".join(self._new_rows(number))

    def _begin(self, row: int, rest: bytes) -> _Pattern:
        return self._found.setdefault(row, _Pattern(rest))

    def _renumbered(self, span: tuple[int, int], row: int) -> Iterator[Splice]:
        if not self._own or row <= self._growth.first:
            return
        if (to := self._growth.row(row)) > LAST_ROW:
            raise UserError(f"{self._label}：最后一行已有内容，无法再插入行，请删除最下方多余的行后重试。")

        def change(old: str) -> str:
            return old.rstrip("0123456789") + str(to)

        yield from attribute_splices(self._mask, span, b"r", change)

    def _formula(
        self, written: _Written, found: dict[bytes, bytes], pattern: _Pattern | None
    ) -> Iterator[Splice]:
        kind = found.get(b"t", b"normal")
        old = text_between(self._markup, *written.content)
        if kind == b"shared":
            key = found.get(b"si", b"")
            if old:
                self._shared[key] = _Group(written, old, [])
                self._groups.append(self._shared[key])
            elif key in self._shared:
                self._shared[key].members.append(written)
                old = self._shared[key].at(written)
        else:
            yield from text_splices(self._markup, *written.content, lambda one: self._move(one, written))
        if kind in (b"array", b"dataTable") and self._own:
            yield from self._area_of_formula(written, found)
        single = kind != b"dataTable" and (kind != b"array" or _rows(found.get(b"ref", b""))[2] == 1)
        if pattern is not None and old and single:
            pattern.formulas[written.place[1]] = self._move(old, written)

    def _move(self, formula: str, written: _Written) -> str:
        anchor = Anchor(written.place[0]) if self._own else None
        return self._shift.formula(formula, own=self._own, anchor=anchor)

    def _area_of_formula(self, written: _Written, found: dict[bytes, bytes]) -> Iterator[Splice]:
        top, bottom, _ = _rows(found.get(b"ref", b""))
        if self._growth.splits(top, bottom):
            where = text(found[b"ref"])
            raise UserError(
                f"{self._label}：{where} 是一个数组公式，不能在其中插入行，请把它改成逐格的公式后重试。"
            )
        for name in (b"ref", b"r1", b"r2"):
            yield from attribute_splices(self._mask, written.rest, name, self._cells_only)

    def _cells_only(self, reference: str) -> str:
        """Move an array's own area, which never takes in new rows."""
        return ":".join(self._shift.address(cell) for cell in reference.split(":"))

    def _shared_formulas(self) -> Iterator[Splice]:
        """Move the groups that share a formula; members for which it is no longer true get their own."""
        for group in self._groups:
            master = group.master
            new = self._move(group.text, master)
            yield from text_splices(self._markup, *master.content, lambda _, new=new: new)
            if self._own:
                yield from attribute_splices(self._mask, master.rest, b"ref", self._cells_only)
            row, column = self._new_row(master.place[0]), master.place[1]
            for written in group.members:
                wanted = self._move(group.at(written), written)
                to = self._new_row(written.place[0])
                if moved(new, to - row, written.place[1] - column) != wanted:
                    own = b"<%bf>%b</%bf>" % (self._x, character_data(wanted), self._x)
                    yield *written.span, own

    def _new_row(self, row: int) -> int:
        return self._growth.row(row) if self._own else row

    def _new_rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows behind a pattern: its height and styles, and its formulas for the new rows."""
        pattern, x = self._found.pop(number, None), self._x
        if pattern is None:
            return
        rest = _HIDDEN.sub(b"", pattern.rest).removesuffix(b"/")
        for down, row in enumerate(self._growth.new_rows(number), 1):
            cells = b"".join(
                self._new_cell(row, column, style, pattern.formulas.get(column), down)
                for column, style in pattern.cells
            )
            numbered = _ROW_NUMBER.sub(rb"\g<1>%d" % row, rest, count=1)
            yield b"<%brow%b>%b</%brow>" % (x, numbered, cells, x)

    def _new_cell(self, row: int, column: int, style: bytes | None, formula: str | None, down: int) -> bytes:
        x = self._x
        rest = b' r="%b"' % address(row, column).encode()
        if style:
            rest += b' s="%b"' % style
        if formula is None:
            return b"<%bc%b/>" % (x, rest)
        written = character_data(moved(formula, down, 0))
        return b"<%bc%b><%bf>%b</%bf></%bc>" % (x, rest, x, written, x, x)


def _rows(reference: bytes) -> tuple[int, int, int]:
    """Return first and last row and the number of rows of an area; zeros where it is none."""
    found = _ROWS_OF.fullmatch(text(reference))
    if found is None:
        return 0, 0, 0
    top, bottom = int(found[1]), int(found[2] or found[1])
    return top, bottom, bottom - top + 1
