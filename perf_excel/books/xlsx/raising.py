"""Rows raised (行高) so that the texts of their cells show whole; none is lowered, nothing else changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from perf_excel.books.text_lines import LARGEST_ROW, room, text_height, text_width
from perf_excel.books.xlsx.cell_looks import Look, Wrapping
from perf_excel.books.xlsx.markup import Markup
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN
from perf_excel.books.xlsx.sheet_measures import SheetMeasures
from perf_excel.books.xlsx.sheet_places import closed_at_once, sheet_data
from perf_excel.books.xlsx.splicing import Splice, attribute_splices
from perf_excel.sheets.grid import Area, Grid, Place

SLACK = 0.5
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


def raised(markup: Markup, grid: Grid, wrapping: Wrapping, texts: Texts, label: str) -> Raised:
    """Return the changes that make rows as high as their texts need; ``label`` names file and sheet.

    A text that is written where no text wraps, and that the cell's own edge or its neighbour would cut, gets
    a style that wraps.
    """
    place = sheet_data(markup.mask(), markup.prefix)
    if place is None or not texts.rows or len(texts.rows) > _MOST_ROWS:
        return Raised([], [])
    looks = wrapping.looks
    sheet = SheetMeasures(markup, place, looks, label)
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
    return Raised([*splices, *_changes(sheet, *_heights(sheet, needs))], cut)


def _is_cut(sheet: SheetMeasures, grid: Grid, area: Area, value: str, look: Look, last: int) -> bool:
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


def _heights(sheet: SheetMeasures, needs: list[_Need]) -> tuple[dict[int, float], set[int]]:
    """Return the heights of rows that are too low, and which rows no program would make so by itself."""
    heights: dict[int, float] = {}
    fixed: set[int] = set()
    # First the rows by themselves, then those that share an area: they may be high enough already.
    for need in sorted(needs, key=lambda one: one.area.bottom - one.area.top):
        area = need.area
        rows = [row for row in range(area.top, area.bottom + 1) if not sheet.is_hidden(row)]
        missing = need.points - sum(heights.get(row, sheet.row_height(row)) for row in rows)
        if missing <= SLACK or not rows:
            continue
        for row in rows:
            now = heights.get(row, sheet.row_height(row))
            heights[row] = min(LARGEST_ROW, max(now, _rounded(now + missing / len(rows))))
        if (area.top, area.left) != (area.bottom, area.right):
            fixed.update(rows)  # no program fits a row to merged cells
    return heights, fixed


def _changes(sheet: SheetMeasures, heights: Mapping[int, float], fixed: Collection[int]) -> Iterator[Splice]:
    """Yield the changes that give rows their heights; ``fixed`` ones are said to be set by hand."""
    new: dict[int, list[bytes]] = {}
    starts = sorted((number, row.start) for number, row in sheet.rows.items())
    for number in sorted(heights):
        written = b"%g" % heights[number]
        row = sheet.rows.get(number)
        if row is None:
            at = next((start for other, start in starts if other > number), sheet.end)
            entry = b'<%brow r="%d" ht="%b" customHeight="1"/>' % (sheet.prefix, number, written)
            new.setdefault(at, []).append(entry)
            continue
        changed = list(
            attribute_splices(sheet.data, row.attributes, b"ht", lambda _, new=written: new.decode())
        )
        more = b"" if row.height is not None else b' ht="%b"' % written
        if number in fixed and not row.custom:
            marked = list(attribute_splices(sheet.data, row.attributes, b"customHeight", lambda _: "1"))
            changed += marked
            more += b"" if marked else b' customHeight="1"'
        end = row.attributes[1] - sheet.data.endswith(b"/", 0, row.attributes[1])
        yield from changed
        if more:
            yield end, end, more
    if closed_at_once(sheet.data, sheet.content, sheet.end):
        return  # an empty sheet holds no text
    for at, entries in new.items():
        yield at, at, b"".join(entries)


def _rounded(points: float) -> float:
    """Return points up to the next quarter: what a screen can show."""
    return -(-points * 4 // 1) / 4
