"""One more indicator row (增加指标行) in an open workbook: looks, formulas, levels as in the row above."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from perf_excel.errors import UserError
from perf_excel.jobs.examination.examining import Found, find_all
from perf_excel.live.asking import part, used_area
from perf_excel.live.live_book import LiveBook
from perf_excel.live.live_edits import refusals, write
from perf_excel.live.selecting import Selected, show
from perf_excel.sheets.grid import Area, Edit, Grid, address

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

_LEVELS = ("level1", "level2")
_RANGE = re.compile(r"(?<![\w!.$])(\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?)(\d+)(?![\w(])")


class Added(NamedTuple):
    """The row that was added."""

    sheet: str
    row: int


class _Place(NamedTuple):
    """Where a row is to be added: below ``row`` of a sheet; the columns of the levels are known."""

    sheet: str
    row: int
    levels: list[tuple[int, int]]


def add_row_below(book: xw.Book, at: Selected | None) -> Added:
    """Add an indicator row below the selected one, or below the last of the form that is selected.

    The application makes room; levels (merged cells) that end above the new row are drawn down to it,
    formulas and looks are those of the row above, sums that ended there take the new row in.

    Raises:
        UserError: no form is meant, it was made by an earlier version, or the sheet is protected.
    """
    source = LiveBook(book)
    place = _place(source, at)
    grid = source.grid(place.sheet)
    sheet = source.sheet(place.sheet)
    if grid is None:
        raise UserError(f"{book.name}：没有名为“{place.sheet}”的工作表。")
    with refusals(f"{book.name}：无法在工作表“{place.sheet}”增加行，它可能受保护，请撤销工作表保护后再试。"):
        sheet.range(f"{place.row + 1}:{place.row + 1}").insert("down")
        if grid.helpers is None:
            _extend_levels(sheet, grid, place)
        _repeat(source, grid, place)
        _extend_sums(sheet, place.row)
    show(book, place.sheet, address(place.row + 1, max(right for _, right in place.levels) + 1))
    return Added(place.sheet, place.row + 1)


def _place(source: LiveBook, at: Selected | None) -> _Place:
    """The row below which one is meant.

    Raises:
        UserError: there is no form, or more than one and none selected, or it was made by an earlier version.
    """
    forms = find_all(source)
    here = [form for form in forms if at is None or at.sheet in form.reading.sheets]
    inside = [form for form in here if at is not None and at.row in _rows(form, at.sheet)]
    meant = inside or here or forms
    if len(meant) > 1:
        raise UserError(
            f"{source.name}：有 {len(meant)} 张绩效表，请先选中要加行的表里的一个指标行，再增加。"
        )
    (form,) = meant
    if form.row_by_row:
        raise UserError(
            f"{source.name}：本表由较早版本的程序生成，各行与隐藏的“计算”表一一对应，不能在表内加行；请先导出数据（.json），",
            by_command="再用 new --data 生成新表，新表可以加行。",
            by_hand="再用它新建一张表，新表可以加行。",
        )
    reading = form.reading
    last = reading.locate((max(reading.layout.indicators.rows), 1))
    sheet, row = (at.sheet, at.row) if inside and at else last[:2]
    columns = reading.layout.indicators.columns
    return _Place(sheet, row, [columns[name] for name in _LEVELS if name in columns] or [(0, 0)])


def _rows(form: Found, sheet: str) -> list[int]:
    """The rows of a form's indicators on a sheet."""
    places = (form.reading.locate((row, 1)) for row in form.reading.layout.indicators.rows)
    return [row for name, row, _ in places if name == sheet]


def _tall(grid: Grid, row: int) -> list[Area]:
    """Merged areas that cover a row and others."""
    return [area for area in grid.merges if area.top <= row <= area.bottom and area.top < area.bottom]


def _extend_levels(sheet: xw.Sheet, grid: Grid, place: _Place) -> None:
    """Draw levels that end at the row down to the new one; the application has grown all others."""
    tall = _tall(grid, place.row)
    ends = [area for area in tall if area.bottom == place.row]
    for left, right in place.levels:
        if left and not any(area.left <= left <= area.right for area in tall):
            area = grid.area(place.row, left)
            ends.append(area._replace(right=max(area.right, right)) if area[:2] == area[2:] else area)
    for area in dict.fromkeys(ends):
        if area[:2] != area[2:]:
            part(sheet, area).unmerge()
        part(sheet, area._replace(bottom=place.row + 1)).merge()


def _repeat(source: LiveBook, grid: Grid, place: _Place) -> None:
    """Repeat the row's looks and formulas in the new one, and nothing that was typed."""
    row, ours, sheet = place.row, grid.helpers is not None, source.sheet(place.sheet)
    named = max(right for _, right in place.levels) if ours else 0
    for left, right in _whole(sheet) if ours else _body(grid, place):
        part(sheet, Area(row, left, row, right)).copy(part(sheet, Area(row + 1, left, row + 1, right)))
        cells = ((column, cell) for column, cell in grid.row(row) if max(left, named + 1) <= column <= right)
        typed = [column for column, cell in cells if cell.formula is None]
        write(source, place.sheet, [Edit(row + 1, column, None) for column in typed])
    with contextlib.suppress(NotImplementedError):
        height = sheet.range(address(row, 1)).row_height
        if height:
            sheet.range(address(row + 1, 1)).row_height = height


def _whole(sheet: xw.Sheet) -> Iterator[tuple[int, int]]:
    """Yield all columns: a row of ours says its own levels, and carries its helper cells."""
    yield 1, used_area(sheet).right


def _body(grid: Grid, place: _Place) -> Iterator[tuple[int, int]]:
    """Yield the columns of a row that stand for itself, first and last of each stretch."""
    taken = {column for left, right in place.levels for column in range(left, right + 1)}
    for area in _tall(grid, place.row):
        taken.update(range(area.left, area.right + 1))
    end = max([grid.right, *(area.right for area in grid.merges)])
    start = 0
    for column in range(1, end + 2):
        free = column <= end and column not in taken
        if free and not start:
            start = column
        elif start and not free:
            yield start, column - 1
            start = 0


def _extend_sums(sheet: xw.Sheet, row: int) -> None:
    """Let formulas below the new row take it in, where their range ended at the row above it."""
    area = used_area(sheet)
    top, left = area.top, area.left
    written: object = part(sheet, area).formula
    rows = cast(
        "Sequence[Sequence[object]]", written if isinstance(written, (tuple, list)) else ((written,),)
    )
    for number, formulas in enumerate(rows, top):
        for column, formula in enumerate(formulas, left):
            if number > row + 1 and isinstance(formula, str) and formula.startswith("="):
                longer = _RANGE.sub(lambda found: _longer(found, row), formula)
                if longer != formula:
                    sheet.range(address(number, column)).raw_value = longer


def _longer(found: re.Match[str], row: int) -> str:
    return f"{found[1]}{row + 1}" if int(found[2]) == row else found[0]
