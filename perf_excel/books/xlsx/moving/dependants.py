"""The parts that speak of a sheet's cells (notes, drawings, charts, tables, names …), each moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from perf_excel.books.xlsx.markup import Markup, attributes, integer, text
from perf_excel.books.xlsx.moving.anchors import anchor_splices
from perf_excel.books.xlsx.moving.shifting import Shift, row_of
from perf_excel.books.xlsx.splicing import Splice, any_prefix, attribute_splices, element_end, text_splices


class View(NamedTuple):
    """The rows that come or go as a part sees them: whether it belongs to the sheet where they do."""

    shift: Shift
    own: bool
    what: str
    """What the part is called, for messages."""

    def formula(self, text: str) -> str:
        """Return a formula moved."""
        return self.shift.formula(text, own=self.own, where=self.what)

    def part(self, text: str) -> str:
        """Return an address moved of which something is to be left.

        Raises:
            UserError: all of it is to go.
        """
        if (moved := self.shift.address(text)) or not text:
            return moved
        raise self.shift.needed(self.what)

    def whole(self, text: str) -> str:
        """Return an address moved of which nothing may go.

        Raises:
            UserError: some of it, or all, is to go.
        """
        if self.shift.cuts(text):
            raise self.shift.needed(self.what)
        return self.shift.address(text)


Moving = Callable[[Markup, View], Iterator[Splice]]
"""Yields what changes in a part."""

_NAME = re.compile(any_prefix(b"definedName") + rb"(?<!/>)([^<]*)</")
_REF = re.compile(any_prefix(b"f") + rb"(?<!/>)([^<]*)</")
_TABLE_FORMULA = re.compile(any_prefix(b"calculatedColumnFormula|totalsRowFormula") + rb"(?<!/>)([^<]*)</")
_OF_TABLE = re.compile(any_prefix(b"table|autoFilter|sortState|sortCondition"))
_NOTE = re.compile(any_prefix(b"comment|threadedComment"))
_SINGLE = re.compile(any_prefix(b"singleXmlCell"))
_LOCATION = re.compile(any_prefix(b"location"))
_SOURCE = re.compile(any_prefix(b"worksheetSource"))
_CONTROL = re.compile(any_prefix(b"formControlPr"))
_SHAPE = re.compile(any_prefix(b"sp|pic|cxnSp"))


def _texts(pattern: re.Pattern[bytes], markup: Markup, change: Callable[[str], str]) -> Iterator[Splice]:
    for match in pattern.finditer(markup.mask()):
        yield from text_splices(markup, *match.span(3), change)


def _attributes(
    pattern: re.Pattern[bytes], name: bytes, markup: Markup, change: Callable[[str], str]
) -> Iterator[Splice]:
    mask = markup.mask()
    for match in pattern.finditer(mask):
        yield from attribute_splices(mask, match.span(2), name, change)


def names(markup: Markup, shift: Shift) -> Iterator[Splice]:
    """Yield what changes in the workbook part: names (名称), print areas and titles among them."""
    for match in _NAME.finditer(markup.mask()):
        where = f"名称“{text(attributes(match[2]).get(b'name', b''))}”"
        yield from text_splices(markup, *match.span(3), partial(shift.formula, own=False, where=where))


def _notes(markup: Markup, view: View) -> Iterator[Splice]:
    if not view.own:
        return
    mask = markup.mask()
    for match in _NOTE.finditer(mask):
        old = text(attributes(match[2]).get(b"ref", b""))
        if old and not view.shift.address(old):
            yield match.start(), element_end(mask, match), b""
        else:
            yield from attribute_splices(mask, match.span(2), b"ref", view.shift.address)


def _drawing(markup: Markup, view: View) -> Iterator[Splice]:
    yield from _attributes(_SHAPE, b"textlink", markup, view.formula)
    if view.own:
        mask = markup.mask()
        yield from anchor_splices(mask, (0, len(mask)), view.shift.moves)


def _chart(markup: Markup, view: View) -> Iterator[Splice]:
    yield from _texts(_REF, markup, view.formula)


def _table(markup: Markup, view: View) -> Iterator[Splice]:
    yield from _texts(_TABLE_FORMULA, markup, view.formula)
    if view.own:
        mask = markup.mask()
        for match in _OF_TABLE.finditer(mask):
            if match[1] == b"table":
                _check_table(attributes(match[2]), view)
            yield from attribute_splices(mask, match.span(2), b"ref", view.shift.address)


def _check_table(found: dict[bytes, bytes], view: View) -> None:
    """Refuse to take the head, the sums or the last row out of a table."""
    first, colon, last = text(found.get(b"ref", b"")).partition(":")
    top, bottom = row_of(first), row_of(last if colon else first)
    if top is None or bottom is None:
        return
    heads = int(found.get(b"headerRowCount", b"1") != b"0")
    sums = integer(found.get(b"totalsRowCount")) or 0
    moves, fixed = view.shift.moves, {*range(top, top + heads), *range(bottom - sums + 1, bottom + 1)}
    if moves.removed & fixed or moves.swallows(top + heads, bottom - sums):
        name = text(found.get(b"displayName", b""))
        raise view.shift.needed(f"{view.what}“{name}”")


def _single_cells(markup: Markup, view: View) -> Iterator[Splice]:
    if view.own:
        yield from _attributes(_SINGLE, b"r", markup, view.whole)


def _pivot(markup: Markup, view: View) -> Iterator[Splice]:
    if view.own:
        yield from _attributes(_LOCATION, b"ref", markup, view.whole)


def _pivot_source(markup: Markup, view: View) -> Iterator[Splice]:
    mask = markup.mask()
    for match in _SOURCE.finditer(mask):
        if view.shift.names(text(attributes(match[2]).get(b"sheet", b""))):
            yield from attribute_splices(mask, match.span(2), b"ref", view.part)


def _control(markup: Markup, view: View) -> Iterator[Splice]:
    yield from _attributes(_CONTROL, b"fmla(?:Link|Range|Txbx)", markup, view.formula)


class Kind(NamedTuple):
    """Parts of a kind."""

    name: str
    moving: Moving


MOVING: dict[str, Kind] = {
    "comments": Kind("批注", _notes),
    "threadedComment": Kind("批注", _notes),
    "drawing": Kind("图形", _drawing),
    "chart": Kind("图表", _chart),
    "chartEx": Kind("图表", _chart),
    "table": Kind("表格", _table),
    "tableSingleCells": Kind("XML 映射", _single_cells),
    "pivotTable": Kind("数据透视表", _pivot),
    "pivotCacheDefinition": Kind("数据透视表的数据源", _pivot_source),
    "ctrlProp": Kind("控件", _control),
}
"""What to do with a part, by the kind of its relationship."""
