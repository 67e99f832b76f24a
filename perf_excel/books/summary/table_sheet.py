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
from perf_excel.books.summary.row_stream import RowStream, StreamedBook, cell_markup
from perf_excel.sheets.grid import address, column_letters

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST_ROWS = 1_000_000
"""Rows of a sheet; a spreadsheet has 1,048,576. What is beyond goes on a sheet behind it."""
_MOST_LINKS = 65_000
"""Links that a spreadsheet takes on one sheet (65,530)."""
_MOST_KNOWN = 4_000
"""So many cells of a column are kept to be written again."""
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
    book: StreamedBook, table: Table, rows: Iterable[Sequence[Content]], empty: Collection[str] = ()
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

    def __init__(self, book: StreamedBook, table: Table, empty: Collection[str] = ()) -> None:
        """Begin a table.

        Args:
            book: the workbook.
            table: what it is.
            empty: heads of columns in which nothing stands: they are left out.
        """
        self._book, self._paint = book, table.paint
        self._kept = [at for at, column in enumerate(table.columns) if column.head not in empty]
        self._whole = len(self._kept) == len(table.columns)
        self._table = table._replace(columns=tuple(table.columns[at] for at in self._kept))
        self._sheet = _Sheet(book, self._table, table.name)
        self._full = 0

    def add(self, row: Sequence[Content]) -> None:
        """Write a row, one content for each column of the table."""
        if self._sheet.rows == MOST_ROWS:
            before, self._full = self._sheet, self._full + 1
            name = f"{self._table.name}{self._full + 1}"
            before.finish(name)
            table = self._table._replace(note=f"接“{before.name}”。{self._table.note}")
            self._sheet = _Sheet(self._book, table, name, behind=before.name)
        looks = self._paint(row) if self._paint else {}
        if self._whole:
            self._sheet.add(row, looks)
            return
        if looks:
            looks = {place: looks[at] for place, at in enumerate(self._kept) if at in looks}
        self._sheet.add([row[at] for at in self._kept], looks)

    def finish(self) -> None:
        """End the table."""
        self._sheet.finish()


class _Known(dict[Content, tuple[str, int]]):
    """The cells of a column by what they hold: markup and lines. Units, indicators, targets repeat."""

    def __init__(self, style: Callable[[Kind, str], int], column: Column, look: str) -> None:
        super().__init__()
        self._style, self._column, self._look = style, column, look

    def __missing__(self, content: Content) -> tuple[str, int]:
        kind = _kind(self._column, content) if isinstance(content, str | Link) else self._column.kind
        markup = cell_markup(self._style(kind, self._look), content)
        made = f'"{markup}', lines_in(content, self._column.width)
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[content] = made
        return made


class _Sheet:
    """One sheet of a table that is being written."""

    def __init__(self, book: StreamedBook, table: Table, name: str, behind: str = "") -> None:
        self.name = name
        self._columns, self._note = table.columns, table.note
        columns = table.columns
        at = book.book.sheetnames.index(behind) + 1 if behind else None
        self._sheet = sheet = cast("Worksheet", book.book.create_sheet(name, at))
        self._style = Looks(sheet).style
        self._letters = [column_letters(number) for number in range(1, len(columns) + 1)]
        self._starts = [f'<c r="{letters}' for letters in self._letters]
        self._links = 0
        self.rows = 0
        for letters, column in zip(self._letters, columns, strict=True):
            sheet.column_dimensions[letters].width = column.width
        sheet.freeze_panes = address(HEAD + 1, table.frozen + 1)
        sheet.sheet_view.showGridLines = False
        set_paper(sheet)
        sheet.print_title_rows = f"{HEAD}:{HEAD}"
        self._stream = RowStream(book, sheet)
        self._known = [_Known(self._style, column, "") for column in columns]
        self._painted: dict[tuple[int, str], _Known] = {}

    def _head(self, said: str) -> None:
        """Write the title, what the table is, and the heads of its columns."""
        title, note = self._style("text", "title"), self._style("text", "note")
        self._stream.put_on_top(1, [f'<c r="A1"{cell_markup(title, self.name)}'], 30)
        whole = Column("", sum(column.width for column in self._columns))
        # A write-only sheet keeps its merged areas, but has no method of its own for them.
        merged: Any = self._sheet.merged_cells
        merged.add(f"A2:{self._letters[-1]}2")
        lines = height_of([said], [whole]) or _NOTE
        self._stream.put_on_top(2, [f'<c r="A2"{cell_markup(note, said)}'], lines + 1)
        head = self._style("centre", "head")
        heads = [
            f'{start}{HEAD}"{cell_markup(head, column.head)}'
            for start, column in zip(self._starts, self._columns, strict=True)
        ]
        deepest = max(height_of([one.head], [one]) or 0 for one in self._columns)
        self._stream.put_on_top(HEAD, heads, max(deepest + 6, 24))

    def add(self, row: Sequence[Content], looks: Mapping[int, str]) -> None:
        """Write a row, its cells looking as they are to by their places."""
        self.rows += 1
        at = HEAD + self.rows
        number = str(at)
        most = 1
        cells: list[str] = []
        for place, content in enumerate(row):
            look = looks.get(place) if looks else None
            known = self._known[place] if look is None else self._painted_cells(place, look)
            markup, lines = known[content]
            cells += (self._starts[place], number, markup)
            most = max(most, lines)
            if type(content) is Link and content.target:
                self._link(f"{self._letters[place]}{number}", content)
        self._stream.add(at, cells, height(most) or _ROW)

    def _link(self, at: str, link: Link) -> None:
        self._links += 1
        if self._links <= _MOST_LINKS:
            self._stream.link(at, link)

    def _painted_cells(self, place: int, look: str) -> _Known:
        known = self._painted.get((place, look))
        if known is None:
            known = self._painted[place, look] = _Known(self._style, self._columns[place], look)
        return known

    def finish(self, more: str = "") -> None:
        """Set what is about the whole table: head, filter, paper; ``more`` names a further sheet."""
        said = [self._note]
        if more:
            said.append(f"一张工作表放不下，接下来的在“{more}”。")
        if self._links > _MOST_LINKS:
            said.append(f"链接只有前 {_MOST_LINKS} 个（电子表格的上限），其余的请按“文件”一栏打开。")
        self._head("".join(said))
        area = f"{HEAD}:{address(HEAD + max(self.rows, 1), len(self._columns))}"
        self._sheet.auto_filter.ref = f"A{area}"
        self._sheet.print_area = f"A1:{area.partition(':')[2]}"
        self._known.clear()
        self._painted.clear()


def _kind(column: Column, content: str | Link) -> Kind:
    """How a text stands in a column: in one of numbers (无法计算) in the middle of it."""
    if isinstance(content, Link):
        return "link" if content.target else "text"
    if column.kind in ("points", "money", "percent", "count"):
        return "centre"
    return "text" if column.kind == "link" else column.kind


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
