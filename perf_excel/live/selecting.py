"""Where the clerk is in an open workbook (所选单元格), and how to get elsewhere."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class Selected(NamedTuple):
    """The first of the selected cells."""

    sheet: str
    row: int
    column: int


def selected(book: xw.Book) -> Selected | None:
    """Return what is selected in a workbook; None where another workbook is in front, or none."""
    with contextlib.suppress(AttributeError):  # a chart or a shape may be selected, which has no cells
        cells = book.app.selection
        if cells is not None and cells.sheet.book.fullname == book.fullname:
            return Selected(cells.sheet.name, cells.row, cells.column)
    return None


def next_place(book: xw.Book, places: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """Return the place (sheet, A1 address) behind what is selected; behind the last comes the first."""
    order = [sheet.name for sheet in book.sheets]
    known = sorted(
        (order.index(sheet), *_numbers(cell), sheet, cell) for sheet, cell in places if sheet in order
    )
    if not known:
        return None
    at = selected(book)
    here = (order.index(at.sheet), at.row, at.column) if at else (-1, 0, 0)
    return next((one for one in known if one[:3] > here), known[0])[3:]


def show(book: xw.Book, sheet: str, cell: str) -> None:
    """Bring a cell into view and select it."""
    bring(book.sheets[sheet])
    book.sheets[sheet].range(cell).select()


def bring(sheet: xw.Sheet) -> None:
    """Bring a sheet to the front, where its workbook is in front; else there is nothing to be seen of it."""
    # Not activate(): xlwings would look for the one active application, and there may be several.
    with contextlib.suppress(Exception):  # each application refuses with an error of its own
        sheet.select()


def _numbers(cell: str) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(cell)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
