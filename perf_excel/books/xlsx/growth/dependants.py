"""The parts that speak of a sheet's cells (notes, drawings, charts, tables, names …), each moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from perf_excel.books.xlsx.growth.anchors import anchor_splices
from perf_excel.books.xlsx.growth.shifting import Shift
from perf_excel.books.xlsx.markup import Markup, attributes, text
from perf_excel.books.xlsx.splicing import Splice, any_prefix, attribute_splices, text_splices


class View(NamedTuple):
    """The new rows as a part sees them: whether it belongs to the sheet that grows."""

    shift: Shift
    own: bool

    def formula(self, text: str) -> str:
        """Return a formula moved."""
        return self.shift.formula(text, own=self.own)


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
    yield from _texts(_NAME, markup, partial(shift.formula, own=False))


def _notes(markup: Markup, view: View) -> Iterator[Splice]:
    if view.own:
        yield from _attributes(_NOTE, b"ref", markup, view.shift.address)


def _drawing(markup: Markup, view: View) -> Iterator[Splice]:
    yield from _attributes(_SHAPE, b"textlink", markup, view.formula)
    if view.own:
        mask = markup.mask()
        yield from anchor_splices(mask, (0, len(mask)), view.shift.growth)


def _chart(markup: Markup, view: View) -> Iterator[Splice]:
    yield from _texts(_REF, markup, view.formula)


def _table(markup: Markup, view: View) -> Iterator[Splice]:
    yield from _texts(_TABLE_FORMULA, markup, view.formula)
    if view.own:
        yield from _attributes(_OF_TABLE, b"ref", markup, view.shift.address)


def _single_cells(markup: Markup, view: View) -> Iterator[Splice]:
    if view.own:
        yield from _attributes(_SINGLE, b"r", markup, view.shift.address)


def _pivot(markup: Markup, view: View) -> Iterator[Splice]:
    if view.own:
        yield from _attributes(_LOCATION, b"ref", markup, view.shift.address)


def _pivot_source(markup: Markup, view: View) -> Iterator[Splice]:
    mask = markup.mask()
    for match in _SOURCE.finditer(mask):
        if view.shift.names(text(attributes(match[2]).get(b"sheet", b""))):
            yield from attribute_splices(mask, match.span(2), b"ref", view.shift.address)


def _control(markup: Markup, view: View) -> Iterator[Splice]:
    yield from _attributes(_CONTROL, b"fmla(?:Link|Range|Txbx)", markup, view.formula)


MOVING: dict[str, Moving] = {
    "comments": _notes,
    "threadedComment": _notes,
    "drawing": _drawing,
    "chart": _chart,
    "chartEx": _chart,
    "table": _table,
    "tableSingleCells": _single_cells,
    "pivotTable": _pivot,
    "pivotCacheDefinition": _pivot_source,
    "ctrlProp": _control,
}
"""What to do with a part, by the kind of its relationship."""
