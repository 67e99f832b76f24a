"""总览: how many came back, how they did, in figures and charts; one or two pages for whoever decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from perf_excel.books.summary.cells import Column, Content, Kind, Looks, height_of
from perf_excel.books.summary.summary_charts import Bars, add_bars
from perf_excel.books.summary.table_sheet import set_paper
from perf_excel.sheets.grid import address, column_letters

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "总览"
_WIDTHS = (24, 10, 10, 10, 10, 10, 2, 12, 12, 12, 12, 12)
_ACROSS = len(_WIDTHS)
_TILE = 2
_RIGHT = 7
"""Where the right half begins."""
_NARROW = 4
"""So many columns find room in the right half."""
_CHART_ROWS = 11
"""Rows beside which a chart stands: a table that is shorter leaves some blank."""
_ON_FIRST = 2
"""So many charts stand on the first page."""
_LINE = 16.0


class Tile(NamedTuple):
    """A figure that is to be seen first."""

    label: str
    value: str


class Section(NamedTuple):
    """A small table: its title, its columns, its rows; and the chart of one of its columns, if any."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Content, ...], ...]
    chart: str = ""
    """The chart's title."""
    charted: int = 1
    """The place of the column that the chart shows; the first one names the bars."""
    lying: bool = False


@dataclass(frozen=True)
class Overview:
    """All that stands on it."""

    title: str
    note: str
    tiles: tuple[Tile, ...]
    sections: tuple[Section, ...]
    remarks: tuple[str, ...]


def write_overview(book: Workbook, overview: Overview) -> None:
    """Write the sheet."""
    _Page(book, overview).write(overview)


class _Page:
    """The sheet that is being written, from top to bottom."""

    def __init__(self, book: Workbook, overview: Overview) -> None:
        self._sheet = sheet = cast("Worksheet", book.create_sheet(NAME))
        self._looks = Looks(sheet)
        self._row = 0
        for number, width in enumerate(_WIDTHS, 1):
            sheet.column_dimensions[column_letters(number)].width = width
        sheet.sheet_view.showGridLines = False
        set_paper(sheet)
        self._text(overview.title, "title", 34)
        self._text(overview.note, "note", 18)
        self._merge(1, _ACROSS)

    def write(self, overview: Overview) -> None:
        from openpyxl.worksheet.pagebreak import Break

        self._tiles(overview.tiles)
        charted = [section for section in overview.sections if section.chart and section.rows]
        for number, section in enumerate(charted):
            if number == _ON_FIRST:
                cast("Any", self._sheet.row_breaks).append(Break(id=self._row))
            self._charted(section)
        rest = [section for section in overview.sections if section not in charted]
        wide = [section for section in rest if len(section.columns) > _NARROW]
        narrow = [section for section in rest if section not in wide]
        for section in wide:
            self._pair(section, narrow.pop() if narrow else None)
        while narrow:
            self._pair(narrow.pop(0), narrow.pop(0) if narrow else None)
        if overview.remarks:
            self._text("请注意", "section", 24)
            for remark in overview.remarks:
                self._remark(remark)
        self._sheet.print_area = f"A1:{address(max(self._row, 1), _ACROSS)}"

    def _append(self, cells: Sequence[Cell | None], height: float | None = None) -> None:
        self._row += 1
        if height is not None:
            self._sheet.row_dimensions[self._row].height = height
        self._sheet.append(tuple(cast("Sequence[Cell]", cells)))

    def _text(self, text: str, look: str, height: float) -> None:
        self._append([self._looks.cell(0, text, "text", look)], height)

    def _remark(self, remark: str) -> None:
        whole = Column("", sum(_WIDTHS) - 4)
        cell = self._looks.cell(0, f"· {remark}", "long", "remark")
        self._append([cell], height_of([f"· {remark}"], [whole]) or 15)
        self._merge(1, _ACROSS)

    def _merge(self, left: int, right: int) -> None:
        # A write-only sheet keeps its merged areas, but has no method of its own for them.
        merged: Any = self._sheet.merged_cells
        merged.add(f"{address(self._row, left)}:{address(self._row, right)}")

    def _tiles(self, tiles: Sequence[Tile]) -> None:
        """Two rows, labels over figures."""
        places = [1, 2, 4, 8, 9, 11][: len(tiles)]
        widths = [1, 2, 3, 1, 2, 2]
        for look, texts, height in (
            ("tile", [tile.label for tile in tiles], 18.0),
            ("figure", [tile.value for tile in tiles], 34.0),
        ):
            cells: list[Cell | None] = [None] * _ACROSS
            for left, width, text in zip(places, widths, texts, strict=False):
                for place in range(left, left + width):
                    shown = text if place == left else None
                    cells[place - 1] = self._looks.cell(place, shown, "centre", look)
            self._append(cells, height)
            for left, width in zip(places, widths, strict=False):
                if width > 1:
                    self._merge(left, left + width - 1)
        self._append([], 8)

    def _charted(self, section: Section) -> None:
        """A table with its chart beside it."""
        self._text(section.title, "section", 24)
        top = self._row + 1
        self._append(self._heads(section, 0), 20)
        for row in section.rows:
            self._append(self._cells(section, row, 0), height_of(row, section.columns) or _LINE)
        figures = section.columns[section.charted]
        bars = Bars(
            section.chart, top, top + len(section.rows), 1, section.charted + 1, section.lying,
            figures.kind == "percent",
        )  # fmt: skip
        add_bars(self._sheet, bars, f"H{top}")
        while self._row < top + _CHART_ROWS - 1:
            self._append([], _LINE)
        self._append([], 8)

    def _pair(self, left: Section, right: Section | None) -> None:
        """Two tables side by side, or one alone."""
        both = [(left, 0), *([(right, _RIGHT)] if right else [])]
        titles: list[Cell | None] = [None] * _ACROSS
        for section, at in both:
            titles[at] = self._looks.cell(at, section.title, "text", "section")
        self._append(titles, 24)
        self._side_by_side([self._heads(section, at) for section, at in both], 20, right)
        for number in range(max(len(section.rows) for section, _ in both)):
            lines = [
                self._cells(section, section.rows[number], at) if number < len(section.rows) else []
                for section, at in both
            ]
            heights = [
                height_of(section.rows[number], section.columns) or _LINE
                for section, _ in both
                if number < len(section.rows)
            ]
            there = right if right and number < len(right.rows) else None
            self._side_by_side(lines, max(heights), there)
        self._append([], 8)

    def _side_by_side(self, lines: Sequence[list[Cell | None]], height: float, right: Section | None) -> None:
        whole: list[Cell | None] = [None] * _ACROSS
        for cells in lines:
            for at, cell in enumerate(cells):
                whole[at] = whole[at] or cell
        self._append(whole, height)
        if right:
            self._merge(_RIGHT + 1, _RIGHT + 2)

    def _heads(self, section: Section, at: int) -> list[Cell | None]:
        kind: Kind = "centre"
        heads: list[tuple[Kind, Content]] = [(kind, column.head) for column in section.columns]
        return self._placed(heads, at, "head")

    def _cells(self, section: Section, row: Sequence[Content], at: int) -> list[Cell | None]:
        kinds: list[Kind] = [
            _kind(column, content) for content, column in zip(row, section.columns, strict=True)
        ]
        return self._placed(list(zip(kinds, row, strict=True)), at, "")

    def _placed(self, contents: Sequence[tuple[Kind, Content]], at: int, look: str) -> list[Cell | None]:
        """The cells of a line from a place on; on the right the first one is two columns wide."""
        second: tuple[Kind, Content] = contents[0][0], None
        wide = [contents[0], second, *contents[1:]] if at else contents
        cells: list[Cell | None] = [None] * at
        return cells + [
            self._looks.cell(at + place, one, kind, look) for place, (kind, one) in enumerate(wide)
        ]


def _kind(column: Column, content: Content) -> Kind:
    return "centre" if isinstance(content, str) and column.kind not in ("text", "long") else column.kind


def share(part: int, whole: int) -> Decimal | None:
    """Return a share as a fraction, None of nothing."""
    return Decimal(part) / Decimal(whole) if whole else None
