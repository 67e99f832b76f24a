"""A document's tables as a new workbook (转成 .xlsx): the same places, merges and texts, widths by the text.

A number that is printed as applications print it becomes a number that shows the same; codes stay text.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from perf_excel.books.documents.lines_around import is_closing
from perf_excel.books.writable_text import writable
from perf_excel.sheets.grid import Grid, column_letters
from perf_excel.sheets.shown_text import printed

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11}|[1-9]\d{0,2}(?P<grouped>(?:,\d{3}){1,3}))(?P<places>\.\d{1,6})?")
_NARROW, _WIDE, _ALL = 6, 34, 110
"""Widths of a column in characters, and of all columns together beyond which the paper is turned."""
_LINE = 16
"""Height of a line in points."""
_TALLEST = 400
_TITLES = 4
"""So many lines above a table may be its title."""


def table_workbook(grids: Iterable[Grid]) -> bytes:
    """Return a workbook with a sheet for each grid."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        _draw(grid, book.create_sheet(grid.sheet))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _draw(grid: Grid, sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Side(style="thin")
    box = Border(left=line, right=line, top=line, bottom=line)
    bottom, right = _size(grid)
    around = _lines_around(grid, right)
    for row in range(1, bottom + 1):
        for column in range(1, right + 1):
            cell = cast("SheetCell", sheet.cell(row, column))  # nothing is merged yet
            if row not in around:
                cell.border = box
            if (found := grid.cells.get((row, column))) is not None and not grid.covered(row, column):
                _type(cell, printed(found))
            centred = row not in around or _is_title(grid, row)
            cell.alignment = Alignment("center" if centred else "left", "center", wrap_text=True)
            cell.font = Font("宋体", 14 if row == 1 and row in around else 11)
    for area in grid.merges:
        # Its own cells keep their borders only where they were drawn before they are merged.
        sheet.merge_cells(
            start_row=area.top, start_column=area.left, end_row=area.bottom, end_column=area.right
        )
    widths = _widths(grid, right)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[column_letters(column)].width = width
    for row in range(1, bottom + 1):
        sheet.row_dimensions[row].height = min(_LINE * _lines(grid, row, widths), _TALLEST)
    for row in grid.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if sum(widths) > _ALL else "portrait"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # pyright: ignore[reportOptionalMemberAccess]


def _size(grid: Grid) -> tuple[int, int]:
    """The last row and column that hold something or are merged."""
    return (
        max([grid.bottom, *(area.bottom for area in grid.merges)]),
        max([grid.right, *(area.right for area in grid.merges)]),
    )


def _lines_around(grid: Grid, right: int) -> frozenset[int]:
    """The rows at the top and the bottom that are one text over all columns: lines, no part of a table."""
    whole = {area.top for area in grid.merges if area.left == 1 and area.right == right and right > 1}
    whole = {row for row in whole if grid.area(row, 1).bottom == row}
    top, bottom = 1, grid.bottom
    while top in whole:
        top += 1
    while bottom in whole and bottom >= top and is_closing(printed(grid.at(bottom, 1))):
        bottom -= 1
    return frozenset((*range(1, top), *range(bottom + 1, grid.bottom + 1)))


def _is_title(grid: Grid, row: int) -> bool:
    """Whether a line names the table (标题、年度) and holds no label with its value."""
    text = str(grid.at(row, 1).value or "")
    return row <= _TITLES and not any(sign in text for sign in "：:")


def _type(cell: SheetCell, text: str) -> None:
    """Type a text; one that begins as a formula stays a text."""
    if found := _NUMBER.fullmatch(text):
        cell.value = Decimal(text.replace(",", ""))
        places = "." + "0" * (len(found["places"]) - 1) if found["places"] else ""
        cell.number_format = ("#,##0" if found["grouped"] else "0") + places
    else:
        cell.value = writable(text)
        cell.data_type = "s"


def _widths(grid: Grid, right: int) -> list[float]:
    """As wide as the longest line of a column's own cells asks for, within bounds."""
    widths = [float(_NARROW)] * right
    for (_, column), cell in grid.cells.items():
        area = grid.area(_, column)
        if area.left == area.right == column:
            longest = max(_length(line) for line in str(cell.value).split("\n"))
            widths[column - 1] = max(widths[column - 1], min(longest + 2.0, _WIDE))
    return widths


def _lines(grid: Grid, row: int, widths: list[float]) -> int:
    """How many lines the tallest cell of a row takes; one merged down takes its share."""
    most = 1
    for column, cell in grid.row(row):
        area = grid.area(row, column)
        room = sum(widths[area.left - 1 : area.right])
        lines = sum(1 + int(_length(line) // room) for line in str(cell.value).split("\n"))
        most = max(most, -(-lines // (area.bottom - area.top + 1)))
    return most


def _length(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
