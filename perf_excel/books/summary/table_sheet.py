"""A table on a sheet of its own (明细表): written row by row, to be filtered, scrolled and printed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from perf_excel.books.summary.cells import Column, Content, Kind, Link, Looks, height_of
from perf_excel.sheets.grid import address, column_letters

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 1_000_000
"""Rows of a sheet; a spreadsheet has 1,048,576. What is beyond goes on a sheet behind it."""
_MOST_LINKS = 65_000
"""Links that a spreadsheet takes on one sheet (65,530)."""
HEAD = 3
_ROW = 17.0
"""Points of a row of one line."""
A4 = 9
Paint = Callable[[Sequence[Content]], dict[int, str]]
"""Which look the cells of a row have, by their place in it."""


class Table(NamedTuple):
    """A table: its sheet's name, which is its title; a line on what it holds; its columns.

    ``frozen`` columns stay when the sheet is scrolled; ``paint`` says how cells stand out.
    """

    name: str
    note: str
    columns: tuple[Column, ...]
    frozen: int = 2
    paint: Paint | None = None


def write_table(
    book: Workbook, table: Table, rows: Iterable[Sequence[Content]], empty: Collection[str] = ()
) -> int:
    """Write a table and return how many rows there are.

    Args:
        book: the workbook, in openpyxl's write-only mode.
        table: what it is.
        rows: one content for each column.
        empty: heads of columns in which nothing stands: they are left out.
    """
    kept = [at for at, column in enumerate(table.columns) if column.head not in empty]
    shown = table._replace(columns=tuple(table.columns[at] for at in kept))
    sheet = _Sheet(book, shown, table.name)
    total = 0
    for row in rows:
        if sheet.rows == MOST_ROWS:
            sheet.finish()
            sheet = _Sheet(book, shown, f"{table.name}{total // MOST_ROWS + 1}")
        looks = table.paint(row) if table.paint else {}
        places = {place: looks[at] for place, at in enumerate(kept) if at in looks}
        sheet.add([row[at] for at in kept], places)
        total += 1
    sheet.finish()
    return total


class _Sheet:
    """One sheet of a table that is being written."""

    def __init__(self, book: Workbook, table: Table, name: str) -> None:
        self._table = table
        self._sheet = sheet = cast("Worksheet", book.create_sheet(name))
        self._looks = Looks(sheet)
        self._links = 0
        self.rows = 0
        for number, column in enumerate(table.columns, 1):
            sheet.column_dimensions[column_letters(number)].width = column.width
        sheet.freeze_panes = address(HEAD + 1, table.frozen + 1)
        sheet.sheet_view.showGridLines = False
        set_paper(sheet)
        sheet.print_title_rows = f"{HEAD}:{HEAD}"
        self._line(1, [self._looks.cell(0, name, "text", "title")], 30)
        self._line(2, [self._looks.cell(0, table.note, "text", "note")], 18)
        columns = list(enumerate(table.columns))
        heads = [self._looks.cell(place, column.head, "centre", "head") for place, column in columns]
        deepest = max(height_of([one.head], [one]) or 0 for one in table.columns)
        self._line(HEAD, heads, max(deepest + 6, 24))

    def _line(self, row: int, cells: list[Cell], height: float | None) -> None:
        heights = cast("dict[int, Any]", self._sheet.row_dimensions)
        if height is not None:
            heights[row].height = height
        self._sheet.append(tuple(cells))
        # Heights are written with their row: kept any longer they would grow with the table.
        heights.pop(row, None)

    def add(self, row: Sequence[Content], looks: dict[int, str]) -> None:
        """Write a row, its cells looking as they are to by their places."""
        self.rows += 1
        cells: list[Cell] = []
        for place, (content, column) in enumerate(zip(row, self._table.columns, strict=True)):
            cells.append(self._looks.cell(place, content, _kind(column, content), looks.get(place, "")))
            if isinstance(content, Link) and content.target and self._links < _MOST_LINKS:
                self._links += 1
                link(self._sheet, content, address(HEAD + self.rows, place + 1))
        self._line(HEAD + self.rows, cells, height_of(row, self._table.columns) or _ROW)

    def finish(self) -> None:
        """Set what is about the whole table: the filter, the paper."""
        area = f"{HEAD}:{address(HEAD + max(self.rows, 1), len(self._table.columns))}"
        self._sheet.auto_filter.ref = f"A{area}"
        self._sheet.print_area = f"A1:{area.partition(':')[2]}"


def _kind(column: Column, content: Content) -> Kind:
    """How a content stands in a column: a text in a column of numbers (无法计算) in the middle of it."""
    if isinstance(content, Link):
        return "link" if content.target else "text"
    numeric = column.kind in ("points", "money", "percent", "count")
    return (
        "centre" if numeric and isinstance(content, str) else "text" if column.kind == "link" else column.kind
    )


def link(sheet: Worksheet, target: Link, at: str) -> None:
    """Let a cell lead to a file, or to a place in this workbook."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    there = Hyperlink(
        ref=at, target=None if target.target == "#" else target.target, location=target.place or None
    )
    # A write-only sheet has no other way: a link set on a cell does not know where the cell comes to stand.
    cast("Any", sheet)._hyperlinks.append(there)  # noqa: SLF001


def set_paper(sheet: Worksheet) -> None:
    """Set a sheet up, before its first row, for A4, lying, one page wide, its pages counted."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    if (footer := sheet.oddFooter) is not None:
        footer.left.text, footer.center.text = "&A", "第 &P 页，共 &N 页"
