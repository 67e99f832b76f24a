"""Rows put into a table of a Word document (增加行), each like the row above it, merged as is planned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, cast

from perf_excel.books.documents.word_blocks import within
from perf_excel.books.documents.word_text import W, child, local, value
from perf_excel.sheets.grid import Area
from perf_excel.sheets.writing.moved_rows import Moves, moved_merge

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_ONCE = frozenset(
    ("drawing", "pict", "object", "tbl", "fldChar", "fldSimple", "sdt", "ins", "del", "moveFrom", "moveTo")
)
"""What stands in a document once, and is not copied with a row."""
_MARKS = frozenset(
    ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")
)
_BEFORE_MERGE = ("cnfStyle", "tcW", "gridSpan", "hMerge")


def can_be_copied(table: Element, rows: Iterable[int]) -> bool:
    """Whether rows of a table hold nothing but text; counted from 1."""
    there = _rows(table)
    return all(local(part) not in _ONCE for row in rows for part in there[row - 1].iter())


def put_rows(table: Element, shift: int, moves: Moves, merges: Sequence[Area]) -> None:
    """Put rows into a table.

    Args:
        table: the element.
        shift: how many rows of its sheet stand above it (标题、单位).
        moves: the rows to come, as rows of the sheet.
        merges: the merged areas of the sheet as it is.
    """
    rows = _rows(table)
    for after in sorted({one.after for one in moves.insertions}, reverse=True):
        pattern = rows[after - shift - 1]
        for _ in range(moves.behind(after)):
            pattern.addnext(_blank_copy(pattern))
    joined = [one for area in merges if (one := moved_merge(area, moves)) is not None]
    tall = [area for area in (*joined, *moves.joined) if area.bottom > area.top]
    new = {row for one in moves.insertions for row in moves.new_rows(one.after)}
    changed = new | {row for area in moves.joined for row in range(area.top, area.bottom + 1)}
    for number, row in enumerate(_rows(table), shift + 1):
        if number not in changed:
            continue
        for column, cell in _cells(row):
            area = next((one for one in tall if one.left == column and one.top <= number <= one.bottom), None)
            _merge(cell, None if area is None else "restart" if area.top == number else "continue")


def _rows(table: Element) -> list[Element]:
    return [row for row in within(table, "tr") if child(row, "trPr", "del") is None]


def _cells(row: Element) -> Iterator[tuple[int, Element]]:
    """Yield the cells of a row with their first columns, counted from 1."""
    column = 1 + int(value(child(row, "trPr", "gridBefore")) or 0)
    for cell in within(row, "tc"):
        yield column, cell
        column += max(int(value(child(cell, "tcPr", "gridSpan")) or 1), 1)


def _blank_copy(row: Element) -> Element:
    """Return a copy of a row without its texts; the look of the first text of each cell stays."""
    copy = deepcopy(row)
    for part in [*copy.iter()]:
        for name in [name for name in part.attrib if str(name).endswith(("}paraId", "}textId"))]:
            del part.attrib[name]
        if local(part) in _MARKS:
            _parent(part).remove(part)
    for cell in within(copy, "tc"):
        paragraphs = list(within(cell, "p"))
        for paragraph in paragraphs[1:]:
            _parent(paragraph).remove(paragraph)
        for run in [run for paragraph in paragraphs[:1] for run in paragraph.iter(f"{W}r")]:
            for part in [part for part in run if local(part) != "rPr"]:
                run.remove(part)
    return copy


def _merge(cell: Element, kind: str | None) -> None:
    """Make a cell the first or a further one of a merged area, or one of its own."""
    from lxml import etree

    properties = child(cell, "tcPr")
    if properties is None:
        if kind is None:
            return
        properties = etree.Element(f"{W}tcPr")
        cell.insert(0, properties)
    for old in properties.findall(f"{W}vMerge"):
        properties.remove(old)
    if kind is None:
        return
    merge = etree.Element(f"{W}vMerge")
    merge.set(f"{W}val", kind)
    at = sum(local(part) in _BEFORE_MERGE for part in properties)
    properties.insert(at, merge)


def _parent(element: Element) -> Element:
    return cast("Element", element.getparent())
