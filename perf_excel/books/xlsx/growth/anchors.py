"""Anchors (锚点) of what floats over a sheet: pictures, shapes, charts, controls, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.books.xlsx.markup import ATTRIBUTES, attributes, integer
from perf_excel.books.xlsx.splicing import Splice, any_prefix
from perf_excel.sheets.writing.inserted_rows import Growth

_ANCHOR = re.compile(
    rb"<((?:[^\s/>:!?]++:)?(twoCellAnchor|oneCellAnchor|anchor))(?=[\s/>])("
    + ATTRIBUTES
    + rb")>(?<!/>)(.*?)</\1\s*>",
    re.DOTALL,
)
_ENDS = [
    re.compile(rb"<((?:[^\s/>:!?]++:)?%b)\s*>(.*?)</\1\s*>" % name, re.DOTALL) for name in (b"from", b"to")
]
_ROW = re.compile(any_prefix(b"row") + rb"\s*([0-9]+)\s*</")
_OFFSET = re.compile(any_prefix(b"rowOff") + rb"\s*(-?[0-9]+)")
_TRUE = frozenset({b"1", b"true"})

_NOTE = re.compile(
    rb"<(?:[^\s/>:!?]++:)?(?:(ClientData)(?=[\s/>])|Anchor\s*>([^<]*)</|Row\s*>\s*([0-9]{1,7})\s*</)"
)
_NUMBERS = 8
"""Of a note's anchor: column, row and their offsets, of each of two corners."""


def anchor_splices(mask: bytes, region: tuple[int, int], growth: Growth) -> Iterator[Splice]:
    """Yield how anchors between two places change: what begins below new rows moves, keeping its size."""
    for match in _ANCHOR.finditer(mask, *region):
        rest = attributes(match[3])
        moves, sizes = _behaviour(match[2], rest)
        found = (pattern.search(mask, *match.span(4)) for pattern in _ENDS)
        ends = [end for one in found if one and (end := _end(mask, one.span(2)))]
        if not moves or not ends:
            continue
        first, *last = ends
        top = growth.row(first[0] + 1) - 1
        yield from _changed(first, top)
        for end in last:
            # An end at the very top of a row is the end of the row before.
            bottom = growth.row(end[0]) if end[1] and end[0] > first[0] else growth.row(end[0] + 1) - 1
            yield from _changed(end, bottom if sizes else end[0] + top - first[0])


def _behaviour(name: bytes, rest: dict[bytes, bytes]) -> tuple[bool, bool]:
    """Whether an anchor moves and whether it changes its size with the cells."""
    if name == b"anchor":
        return rest.get(b"moveWithCells") in _TRUE, rest.get(b"sizeWithCells") in _TRUE
    kind = rest.get(b"editAs", b"twoCell")
    return kind != b"absolute", kind == b"twoCell"


_End = tuple[int, bool, tuple[int, int]]
"""Row counted from 0, whether the end lies at its very top, and where the number stands."""


def _end(mask: bytes, span: tuple[int, int]) -> _End | None:
    row, offset = _ROW.search(mask, *span), _OFFSET.search(mask, *span)
    number = integer(row[3]) if row else None
    if row is None or number is None:
        return None
    return number, offset is not None and int(offset[3]) == 0, row.span(3)


def _changed(end: _End, row: int) -> Iterator[Splice]:
    if row != end[0]:
        yield *end[2], b"%d" % row


def note_splices(data: bytes, growth: Growth) -> Iterator[Splice]:
    """Yield how the boxes of notes and old controls change (VML, which need not be well-formed XML)."""
    place: re.Match[bytes] | None = None
    row: re.Match[bytes] | None = None
    for match in _NOTE.finditer(data):
        if match[1]:  # at the end of one, too
            yield from _box(place, row, growth)
            place = row = None
        elif match[2] is not None:
            place = match
        else:
            row = match
    yield from _box(place, row, growth)


def _box(place: re.Match[bytes] | None, row: re.Match[bytes] | None, growth: Growth) -> Iterator[Splice]:
    """Yield how one box changes: a note stands beside its cell, any other only has a first row."""
    fields = place[2].split(b",") if place else []
    numbers = [integer(field.strip()) for field in fields]
    top, bottom = (numbers[2], numbers[6]) if len(numbers) == _NUMBERS else (None, None)
    old = int(row[3]) if row else top
    if old is None or (down := growth.row(old + 1) - 1 - old) == 0:
        return
    if row:
        yield *row.span(3), b"%d" % (old + down)
    if place and top is not None and bottom is not None:
        fields[2], fields[6] = b" %d" % (top + down), b" %d" % (bottom + down)
        yield *place.span(2), b",".join(fields)
