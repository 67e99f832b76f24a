"""Rows put between the cells of a sheet or taken out: those below renumbered, new ones like their pattern."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import NamedTuple

from perf_excel.books.xlsx.markup import ATTRIBUTES, Markup, attributes, integer, text
from perf_excel.books.xlsx.moving.carrying import Carrying
from perf_excel.books.xlsx.moving.shared_groups import Group, Written
from perf_excel.books.xlsx.moving.shifting import Anchor, Shift
from perf_excel.books.xlsx.shared_formulas import LAST_ROW, moved
from perf_excel.books.xlsx.sheet_places import place_of, sheet_data
from perf_excel.books.xlsx.splicing import (
    Splice,
    attribute_splices,
    character_data,
    text_between,
    text_splices,
)
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, Place, address

_HIDDEN = re.compile(rb"""\s(?:hidden|collapsed)\s*=\s*(?:"[^"]*"|'[^']*')""")
_ROW_NUMBER = re.compile(rb"""(\sr\s*=\s*["'])[^"']*""")
_ROWS_OF = re.compile(r"\$?[A-Za-z]{1,3}\$?([0-9]{1,7})(?::\$?[A-Za-z]{1,3}\$?([0-9]{1,7}))?")


@cache
def _tokens(prefix: bytes) -> re.Pattern[bytes]:
    x = re.escape(prefix)
    return re.compile(rb"<%b(row|c|f)(?=[\s/>])(%b)>|</%brow\s*>" % (x, ATTRIBUTES, x))


class _Pattern:
    """A row to be repeated, as it is met."""

    def __init__(self, rest: bytes) -> None:
        self.rest = rest
        self.cells: list[tuple[int, bytes | None]] = []
        self.formulas: dict[int, tuple[str, Group | None]] = {}


class Side(NamedTuple):
    """A sheet, and how it stands to the rows that come or go."""

    label: str
    """File and sheet, for messages."""
    named: str
    """The sheet, for messages that name the file."""
    own: bool
    """Whether they are this sheet's; else only its formulas may speak of them."""
    forgetful: bool = False
    """Whether its formulas may lose the cells that they speak of."""
    carried: Collection[Area] = ()
    """Its merged areas that lose their first row."""


def cell_splices(markup: Markup, shift: Shift, side: Side) -> Iterator[Splice]:
    """Yield what changes in the cells of a sheet.

    Raises:
        UserError: the last row would be pushed off the sheet, rows come into an array formula or go out of
            it, or a formula needs a cell that is to go.
    """
    mask = markup.mask()
    place = sheet_data(mask, markup.prefix)
    if place is not None:
        yield from _Cells(markup, mask, shift, side).splices(place[1], place[2])


class _Cells:
    """One sheet's cells while rows come or go."""

    def __init__(self, markup: Markup, mask: bytes, shift: Shift, side: Side) -> None:
        self._markup, self._mask, self._side = markup, mask, side
        self._x = markup.prefix
        self._own = side.own
        self._shift = shift
        self._moves = shift.moves
        self._patterns = {one.after for one in self._moves.insertions} if side.own else set[int]()
        self._found: dict[int, _Pattern] = {}
        self._shared: dict[bytes, Group] = {}
        self._groups: list[Group] = []
        self._looks: dict[Place, bytes | None] = dict.fromkeys(self._moves.looks.values() if side.own else ())
        self._at: Place = (0, 0)
        """The cell that is looked at, or the row, in column 0."""
        self._pattern: _Pattern | None = None
        self._taken = 0
        """Up to where all goes."""
        self._carrying = Carrying(markup, mask, side.carried, self._moves.removed)

    def splices(self, start: int, end: int) -> Iterator[Splice]:
        """Yield the changes of the cells between two places."""
        ends: list[tuple[int, int]] = []
        for match in _tokens(self._x).finditer(self._mask, start, end):
            name, rest = match.groups()
            if name is None or (name == b"row" and rest.endswith(b"/")):
                row = self._at[0] if name is None else self._number(rest)
                if row in self._patterns:
                    ends.append((match.end(), row))
            if name == b"row":
                yield from self._row(match)
            elif name == b"c":
                yield from self._cell(match)
            elif name == b"f" and not self._carrying.replaced(match.start()):
                yield from self._formula(self._written(match), attributes(rest))
        for group in self._groups:
            yield from group.splices(self._markup, self._mask, self._moves if self._own else None, self._move)
        for at, number in ends:
            yield at, at, b"".join(self._new_rows(number))

    def _number(self, rest: bytes) -> int:
        return integer(attributes(rest).get(b"r")) or self._at[0] + 1

    def _row(self, match: re.Match[bytes]) -> Iterator[Splice]:
        rest = match[2]
        self._at = row, _ = self._number(rest), 0
        self._pattern = self._found.setdefault(row, _Pattern(rest)) if row in self._patterns else None
        stop, content = self._row_end(match)
        if self._own and self._moves.gone(row):
            self._taken = stop
            self._carrying.take(row, match.end(), stop)
            yield match.start(), stop, b""
            return
        yield from self._numbered(match, row)
        if self._carrying.waits(row):
            yield from self._received(match, row, content)

    def _cell(self, match: re.Match[bytes]) -> Iterator[Splice]:
        found, (row, column) = attributes(match[2]), self._at
        self._at = place_of(text(found[b"r"]), self._side.label) if b"r" in found else (row, column + 1)
        if self._at in self._looks:
            self._looks[self._at] = found.get(b"s")
        if self._pattern:
            self._pattern.cells.append((self._at[1], found.get(b"s")))
        if match.start() >= self._taken and not self._carrying.replaced(match.start()):
            yield from self._renumbered(match.span(2), self._at[0])

    def _written(self, match: re.Match[bytes]) -> Written:
        stop = match.end()
        content = (stop, stop)
        if not match[2].endswith(b"/"):
            content = (stop, self._mask.index(b"</%bf" % self._x, stop))
            stop = self._mask.index(b">", content[1]) + 1
        return Written((match.start(), stop), match.span(2), content, self._at, match.start() < self._taken)

    def _row_end(self, match: re.Match[bytes]) -> tuple[int, int]:
        """Return where a row ends, and where its content ends."""
        if match[2].endswith(b"/"):
            return match.end(), match.end()
        content = self._mask.index(b"</%brow" % self._x, match.end())
        return self._mask.index(b">", content) + 1, content

    def _received(self, match: re.Match[bytes], row: int, end: int) -> Iterator[Splice]:
        """Yield the change of a row that gets cells of a merged area which began above it."""
        number = self._new_row(row)
        if not match[2].endswith(b"/"):
            yield from self._carrying.put(row, number, match.end(), end)
            return
        cells = self._carrying.new_row(row, number)
        yield match.end() - 2, match.end(), b">%b</%brow>" % (cells, self._x)

    def _numbered(self, match: re.Match[bytes], row: int) -> Iterator[Splice]:
        """Yield the new number of a row; one without a number counts from a row that may be gone."""
        if self._moves.removed and self._own and b"r" not in attributes(match[2]):
            at = match.start(2)
            yield at, at, b' r="%d"' % self._new_row(row)
        else:
            yield from self._renumbered(match.span(2), row)

    def _renumbered(self, span: tuple[int, int], row: int) -> Iterator[Splice]:
        if not self._own or row <= self._moves.first:
            return
        if (to := self._moves.row(row)) > LAST_ROW:
            raise UserError(
                f"{self._side.label}：最后一行已有内容，无法再插入行，请删除最下方多余的行后重试。"
            )

        def change(old: str) -> str:
            return old.rstrip("0123456789") + str(to)

        yield from attribute_splices(self._mask, span, b"r", change)

    def _formula(self, written: Written, found: dict[bytes, bytes]) -> Iterator[Splice]:
        kind = found.get(b"t", b"normal")
        old = text_between(self._markup, *written.content)
        if kind == b"shared":
            key = found.get(b"si", b"")
            if old:
                self._shared[key] = Group(key, found.get(b"ref", b""), written, old)
                self._groups.append(self._shared[key])
            elif key in self._shared:
                self._shared[key].members.append(written)
                old = self._shared[key].at(written)
        elif not written.gone:
            yield from text_splices(self._markup, *written.content, lambda one: self._move(one, written))
        if kind in (b"array", b"dataTable") and self._own:
            yield from self._area_of_formula(written, found)
        single = kind != b"dataTable" and (kind != b"array" or _rows(found.get(b"ref", b""))[2] == 1)
        if self._pattern is not None and old and single:
            group = self._shared.get(found.get(b"si", b"")) if kind == b"shared" else None
            self._pattern.formulas[written.place[1]] = self._move(old, written), group
        if written.gone and old and self._carrying.takes(written.place):
            self._carrying.formulas[written.place] = self._move(old, written)

    def _move(self, formula: str, written: Written) -> str:
        anchor = Anchor(written.place[0]) if self._own else None
        where = "" if self._side.forgetful else f"{self._side.named}的 {address(*written.place)} "
        return self._shift.formula(formula, own=self._own, where=where, anchor=anchor)

    def _area_of_formula(self, written: Written, found: dict[bytes, bytes]) -> Iterator[Splice]:
        top, bottom, _ = _rows(found.get(b"ref", b""))
        if self._moves.splits(top, bottom) or (written.gone and self._carrying.takes(written.place)):
            where, doing = text(found[b"ref"]), "删除行" if self._moves.removed else "插入行"
            raise UserError(
                f"{self._side.label}：{where} 是一个数组公式，不能在其中{doing}，请把它改成逐格的公式后重试。"
            )
        if not written.gone:
            for name in (b"ref", b"r1", b"r2"):
                change = self._shift.cells if name == b"ref" else self._input
                yield from attribute_splices(self._mask, written.rest, name, change)

    def _input(self, cell: str) -> str:
        """Move the cell that a table of results (模拟运算表) puts its values into."""
        if (to := self._shift.address(cell)) or not cell:
            return to
        raise self._shift.needed(f"{self._side.named}的模拟运算表")

    def _new_row(self, row: int) -> int:
        return self._moves.row(row) if self._own else row

    def _new_rows(self, number: int) -> Iterator[bytes]:
        """Yield the rows behind a pattern: its height and styles, and its formulas for the new rows."""
        pattern, x = self._found.pop(number, None), self._x
        if pattern is None:
            return
        rest = _HIDDEN.sub(b"", pattern.rest).removesuffix(b"/")
        for down, row in enumerate(self._moves.new_rows(number), 1):
            cells = b"".join(
                self._new_cell((row, column), style, pattern.formulas.get(column), down)
                for column, style in pattern.cells
            )
            numbered = _ROW_NUMBER.sub(rb"\g<1>%d" % row, rest, count=1)
            yield b"<%brow%b>%b</%brow>" % (x, numbered, cells, x)

    def _new_cell(
        self, place: Place, style: bytes | None, formula: tuple[str, Group | None] | None, down: int
    ) -> bytes:
        x = self._x
        style = self._looks.get(self._moves.looks.get(place, (0, 0)), style)
        rest = b' r="%b"' % address(*place).encode()
        if style:
            rest += b' s="%b"' % style
        if formula is None:
            return b"<%bc%b/>" % (x, rest)
        wanted, group = moved(formula[0], down, 0), formula[1]
        if group and group.says(place, wanted):
            return b'<%bc%b><%bf t="shared" si="%b"/></%bc>' % (x, rest, x, group.key, x)
        return b"<%bc%b><%bf>%b</%bf></%bc>" % (x, rest, x, character_data(wanted), x, x)


def _rows(reference: bytes) -> tuple[int, int, int]:
    """Return first and last row and the number of rows of an area; zeros where it is none."""
    found = _ROWS_OF.fullmatch(text(reference))
    if found is None:
        return 0, 0, 0
    top, bottom = int(found[1]), int(found[2] or found[1])
    return top, bottom, bottom - top + 1
