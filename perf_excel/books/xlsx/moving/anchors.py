"""Anchors (锚点) of what floats over a sheet: pictures, shapes, charts, controls, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perf_excel.books.xlsx.markup import ATTRIBUTES, attributes, integer
from perf_excel.books.xlsx.splicing import Splice, any_prefix
from perf_excel.sheets.writing.moved_rows import Moves

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
_SHAPE = re.compile(rb"<v:shape(?=[\s>])(?:(?!</v:shape\s*>).)*+</v:shape\s*>", re.DOTALL)
_IS_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_NUMBERS = 8
"""Of a note's anchor: column, row and their offsets, of each of two corners."""


def anchor_splices(mask: bytes, region: tuple[int, int], moves: Moves) -> Iterator[Splice]:
    """Yield how anchors between two places change: what begins below new rows moves, keeping its size.

    What begins or ends in a row that is gone does so at the top of the row that takes its place.
    """
    for match in _ANCHOR.finditer(mask, *region):
        rest = attributes(match[3])
        floats, sizes = _behaviour(match[2], rest)
        found = (pattern.search(mask, *match.span(4)) for pattern in _ENDS)
        ends = [end for one in found if one and (end := _end(mask, one.span(2)))]
        if not floats or not ends:
            continue
        first, *last = ends
        top = moves.row(first.row + 1) - 1
        yield from _changed(first, top, at_top=moves.gone(first.row + 1))
        for end in last:
            whole = sizes and not moves.swallows(first.row + 1, end.row + 1)
            if not whole:
                yield from _changed(end, end.row + top - first.row)
            elif end.offset is not None and not end.offset[2] and end.row > first.row:
                # An end at the very top of a row is the end of the row before.
                yield from _changed(end, moves.end(end.row))
            else:
                yield from _changed(end, moves.row(end.row + 1) - 1, at_top=moves.gone(end.row + 1))


def _behaviour(name: bytes, rest: dict[bytes, bytes]) -> tuple[bool, bool]:
    """Whether an anchor moves and whether it changes its size with the cells."""
    if name == b"anchor":
        return rest.get(b"moveWithCells") in _TRUE, rest.get(b"sizeWithCells") in _TRUE
    kind = rest.get(b"editAs", b"twoCell")
    return kind != b"absolute", kind == b"twoCell"


class _End(NamedTuple):
    """A corner of an anchor."""

    row: int
    """Counted from 0."""
    span: tuple[int, int]
    """Where the row's number stands."""
    offset: tuple[int, int, int] | None
    """Where the distance from the row's top stands, and how much it is."""


def _end(mask: bytes, span: tuple[int, int]) -> _End | None:
    row, offset = _ROW.search(mask, *span), _OFFSET.search(mask, *span)
    number = integer(row[3]) if row else None
    if row is None or number is None:
        return None
    return _End(number, row.span(3), (*offset.span(3), int(offset[3])) if offset else None)


def _changed(end: _End, row: int, *, at_top: bool = False) -> Iterator[Splice]:
    if row != end.row:
        yield *end.span, b"%d" % row
    if at_top and end.offset and end.offset[2]:
        yield *end.offset[:2], b"0"


def note_splices(data: bytes, moves: Moves) -> Iterator[Splice]:
    """Yield how the boxes of notes and old controls change (VML, which need not be well-formed XML).

    The note of a cell that is gone goes with it.
    """
    gone: list[tuple[int, int]] = []
    for shape in _SHAPE.finditer(data) if moves.removed else ():
        rows = [int(found[3]) for found in _NOTE.finditer(shape[0]) if found[3]]
        if _IS_NOTE.search(shape[0]) and rows and moves.gone(rows[0] + 1):
            gone.append(shape.span())
            yield *shape.span(), b""
    yield from (one for one in _boxes(data, moves) if not any(start <= one[0] < end for start, end in gone))


def _boxes(data: bytes, moves: Moves) -> Iterator[Splice]:
    place: re.Match[bytes] | None = None
    row: re.Match[bytes] | None = None
    for match in _NOTE.finditer(data):
        if match[1]:  # at the end of one, too
            yield from _box(place, row, moves)
            place = row = None
        elif match[2] is not None:
            place = match
        else:
            row = match
    yield from _box(place, row, moves)


def _box(place: re.Match[bytes] | None, row: re.Match[bytes] | None, moves: Moves) -> Iterator[Splice]:
    """Yield how one box changes: a note stands beside its cell, any other only has a first row."""
    fields = place[2].split(b",") if place else []
    numbers = [integer(field.strip()) for field in fields]
    top, bottom = (numbers[2], numbers[6]) if len(numbers) == _NUMBERS else (None, None)
    old = int(row[3]) if row else top
    if old is None or (down := moves.row(old + 1) - 1 - old) == 0:
        return
    if row:
        yield *row.span(3), b"%d" % (old + down)
    if place and top is not None and bottom is not None:
        fields[2], fields[6] = b" %d" % (top + down), b" %d" % (bottom + down)
        yield *place.span(2), b",".join(fields)
