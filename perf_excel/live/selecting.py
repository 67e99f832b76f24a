"""Where the clerk is in an open workbook (所选单元格), and how to get elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from perf_excel.live.asking import area_of

if TYPE_CHECKING:
    from perf_excel.live.xl import xw


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
    # Not xlwings' own select() and activate(): they pull the workbook's window to the front first.
    with contextlib.suppress(Exception):  # each application refuses with an error of its own
        sheet.impl.select()


def _numbers(cell: str) -> tuple[int, int]:
    try:
        return area_of(cell)[:2]
    except ValueError:
        return 0, 0
