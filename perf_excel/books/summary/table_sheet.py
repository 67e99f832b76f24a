"""A table on a sheet of its own (明细表): written row by row, to be filtered, scrolled and printed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from perf_excel.books.summary.cells import (
    Column,
    Content,
    Kind,
    Link,
    Looks,
    height,
    height_of,
    lines_in,
)
from perf_excel.books.summary.row_stream import RowStream, cell, cell_markup
from perf_excel.sheets.grid import address, column_letters

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 1_000_000
"""Rows of a sheet; a spreadsheet has 1,048,576. What is beyond goes on a sheet behind it."""
_MOST_LINKS = 65_000
"""Links that a spreadsheet takes on one sheet (65,530)."""
_MOST_KNOWN = 10_000
"""So many cells are kept to be written again."""
HEAD = 3
_NOTE = 17.0
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
) -> None:
    """Write a table whose rows come by themselves, one content for each column."""
    sheets = TableSheets(book, table, empty)
    for row in rows:
        sheets.add(row)
    sheets.finish()


class TableSheets:
    """A table that is being written: on one sheet, and on further ones behind it where one is full.

    Several may be written at the same time.
    """

    def __init__(self, book: Workbook, table: Table, empty: Collection[str] = ()) -> None:
        """Begin a table.

        Args:
            book: the workbook, in openpyxl's write-only mode.
            table: what it is.
            empty: heads of columns in which nothing stands: they are left out.
        """
        self._book, self._paint = book, table.paint
        self._kept = [at for at, column in enumerate(table.columns) if column.head not in empty]
        self._table = table._replace(columns=tuple(table.columns[at] for at in self._kept))
        self._sheet = _Sheet(book, self._table, table.name)
        self._full = 0

    def add(self, row: Sequence[Content]) -> None:
        """Write a row, one content for each column of the table."""
        if self._sheet.rows == MOST_ROWS:
            self._sheet.finish()
            self._full += 1
            name = f"{self._table.name}{self._full + 1}"
            self._sheet = _Sheet(self._book, self._table, name, behind=self._sheet.name)
        looks = self._paint(row) if self._paint else {}
        if looks and len(self._kept) < len(row):
            looks = {place: looks[at] for place, at in enumerate(self._kept) if at in looks}
        self._sheet.add([row[at] for at in self._kept], looks)

    def finish(self) -> None:
        """End the table."""
        self._sheet.finish()


class _Sheet:
    """One sheet of a table that is being written."""

    def __init__(self, book: Workbook, table: Table, name: str, behind: str = "") -> None:
        self.name = name
        self._columns = table.columns
        at = book.sheetnames.index(behind) + 1 if behind else None
        self._sheet = sheet = cast("Worksheet", book.create_sheet(name, at))
        self._looks = Looks(sheet)
        self._letters = [column_letters(number) for number in range(1, len(table.columns) + 1)]
        self._links = 0
        self.rows = 0
        for letters, column in zip(self._letters, table.columns, strict=True):
            sheet.column_dimensions[letters].width = column.width
        sheet.freeze_panes = address(HEAD + 1, table.frozen + 1)
        sheet.sheet_view.showGridLines = False
        set_paper(sheet)
        sheet.print_title_rows = f"{HEAD}:{HEAD}"
        self._stream = RowStream(sheet)
        self._known: dict[tuple[int, Content, str], tuple[str, int]] = {}
        self._stream.add([cell("A1", cell_markup(self._looks.style("text", "title"), name))], 30)
        note = cell("A2", cell_markup(self._looks.style("text", "note"), table.note))
        whole = Column("", sum(column.width for column in table.columns))
        self._merge(f"A2:{self._letters[-1]}2")
        self._stream.add([note], (height_of([table.note], [whole]) or _NOTE) + 1)
        head = self._looks.style("centre", "head")
        heads = [
            cell(f"{letters}{HEAD}", cell_markup(head, column.head))
            for letters, column in zip(self._letters, table.columns, strict=True)
        ]
        deepest = max(height_of([one.head], [one]) or 0 for one in table.columns)
        self._stream.add(heads, max(deepest + 6, 24))

    def _merge(self, area: str) -> None:
        # A write-only sheet keeps its merged areas, but has no method of its own for them.
        merged: Any = self._sheet.merged_cells
        merged.add(area)

    def add(self, row: Sequence[Content], looks: Mapping[int, str]) -> None:
        """Write a row, its cells looking as they are to by their places."""
        self.rows += 1
        number = HEAD + self.rows
        most = 1
        cells: list[str] = []
        for place, content in enumerate(row):
            key = place, content, looks.get(place, "") if looks else ""
            markup, lines = self._known.get(key) or self._made(*key)
            at = f"{self._letters[place]}{number}"
            cells.append(cell(at, markup))
            most = max(most, lines)
            if isinstance(content, Link) and content.target and self._links < _MOST_LINKS:
                self._links += 1
                link(self._sheet, content, at)
        self._stream.add(cells, height(most) or _ROW)

    def _made(self, place: int, content: Content, look: str) -> tuple[str, int]:
        """Return a cell's markup and lines: units, indicators and targets stand in thousands of rows."""
        column = self._columns[place]
        kind = _kind(column, content) if isinstance(content, str | Link) else column.kind
        made = (
            cell_markup(self._looks.style(kind, look), content),
            lines_in(content, column.width),
        )
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[place, content, look] = made
        return made

    def finish(self) -> None:
        """Set what is about the whole table: the filter, the paper."""
        area = f"{HEAD}:{address(HEAD + max(self.rows, 1), len(self._columns))}"
        self._sheet.auto_filter.ref = f"A{area}"
        self._sheet.print_area = f"A1:{area.partition(':')[2]}"


def _kind(column: Column, content: str | Link) -> Kind:
    """How a text stands in a column: in one of numbers (无法计算) in the middle of it."""
    if isinstance(content, Link):
        return "link" if content.target else "text"
    if column.kind in ("points", "money", "percent", "count"):
        return "centre"
    return "text" if column.kind == "link" else column.kind


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
