"""The tables of a Word document (.docx 里的表) as sheets: 表1, 表2 … with the lines above and below each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from perf_excel.books.documents.document_budget import DocumentBudget
from perf_excel.books.documents.lines_around import Line, above, split
from perf_excel.books.documents.placed_table import PlacedCell, PlacedTable, sheets_of
from perf_excel.books.documents.word_blocks import blocks, within
from perf_excel.books.documents.word_part import body_of
from perf_excel.books.documents.word_text import Shown, child, is_on, value
from perf_excel.books.older.legacysheet import Sheet
from perf_excel.books.xlsx.package import Package
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

COLUMNS = 63
"""Word's own limit of columns."""


@dataclass
class WordCell(PlacedCell):
    """A cell, with the tables in it that are tables of their own."""

    inner: list[Element] = field(default_factory=list["Element"])
    element: Element | None = None

    def read(self, element: Element) -> None:
        """Gather what an element of the document shows."""
        self.element = element
        shown = Shown()
        for block in blocks(element):
            if block.table is not None:
                self.inner.append(block.table)
                self.doubt("格里还有表，已作为后面的表另读")
                continue
            shown.pieces += [*block.shown.pieces, "\n"]
            shown.struck += block.shown.struck
            for what in block.shown.doubts:
                self.doubt(what)
        self.text, self.struck = shown.text, "".join(shown.struck).strip()


def read_word(path: Path) -> list[Sheet]:
    """Read every table of a .docx, a table inside a table as one of its own behind it.

    Raises:
        UserError: it is damaged, made to do harm, too large, or holds no table.
    """
    package = Package(path.read_bytes(), path.name)
    budget = DocumentBudget(path.name)
    sheets = sheets_of(list(word_tables(body_of(package), budget)), budget)
    if not sheets:
        raise UserError(
            f"{path.name}：这个 Word 文档里没有表格，请确认文件；图片里的表不能读取，请要原来的文档或工作簿。"
        )
    return sheets


def word_tables(body: Element, budget: DocumentBudget) -> Iterator[PlacedTable]:
    """Yield the tables of a body in order."""
    tables: list[PlacedTable] = []
    lines: list[Line] = []
    for block in blocks(body):
        if block.table is None:
            texts = block.shown.text.split("\n")
            own = block.paragraph if len(texts) == 1 else None
            lines += [Line(text.strip(), block.new_page and not at, own) for at, text in enumerate(texts)]
            continue
        if tables:
            tables[0].under, lines = split(lines, last=False)
            yield from tables
        if block.new_page:
            lines.append(Line("", new_page=True))
        tables, waiting = [], [block.table]
        for element in waiting:  # grows by the tables inside
            table, inner = laid_out(element, budget)
            tables.append(table)
            waiting += inner
        over, lines = above(lines), []
        tables[0].over = [line.text for line in over]
        tables[0].paragraphs = [line.paragraph for line in over]
    if tables:
        tables[0].under, _ = split(lines, last=True)
        yield from tables


def laid_out(table: Element, budget: DocumentBudget) -> tuple[PlacedTable, list[Element]]:
    """Return a table with each cell in its place, and the tables inside of it.

    gridSpan is read across, vMerge down, and rows may begin indented.
    """
    cells: list[WordCell] = []
    hidden, filled = set[int](), dict[int, int]()
    open_: dict[int, WordCell] = {}
    number = 0
    for row in within(table, "tr"):
        if child(row, "trPr", "del") is not None:
            continue  # deleted under revision
        number += 1
        if is_on(child(row, "trPr", "hidden")):
            hidden.add(number)
        filled[number] = _laid_row(row, number, open_, cells, budget)
    columns = max(filled.values(), default=0)
    for row, width in filled.items():
        there = [cell for cell in cells if cell.area.top <= row <= cell.area.bottom]
        # One cell alone in its row is in no wrong column.
        if len(there) > 1 and width < columns:
            there[-1].doubt("这一行的格数与其他行不同，可能错列")
    inner = [one for cell in cells for one in cell.inner]
    return PlacedTable(list(cells), number, columns, hidden, element=table), inner


def _laid_row(
    row: Element, number: int, open_: dict[int, WordCell], cells: list[WordCell], budget: DocumentBudget
) -> int:
    """Add the cells of a row, and return how many columns it fills."""
    column = 1 + _number(child(row, "trPr", "gridBefore"), 0)
    previous: WordCell | None = None
    for element in within(row, "tc"):
        budget.spend(0)
        left, right = column, column + max(_number(child(element, "tcPr", "gridSpan"), 1), 1) - 1
        column = right + 1
        if right > COLUMNS:
            budget.refuse(f"表格的第 {number} 行超过 {COLUMNS} 列")
        cell = WordCell(Area(number, left, number, right))
        cell.read(element)
        start = open_.get(left)
        if _is_continued(child(element, "tcPr", "hMerge")) and previous is not None:
            previous.area = previous.area._replace(right=right)
        elif _is_continued(child(element, "tcPr", "vMerge")) and start is not None:
            start.area = start.area._replace(bottom=number)
            previous = start
            if cell.text:
                start.doubt(f"被合并盖住的“{cell.text[:20]}”没有读")
        else:
            open_[left] = previous = cell
            cells.append(cell)
    return column - 1 + _number(child(row, "trPr", "gridAfter"), 0)


def _is_continued(merge: Element | None) -> bool:
    return merge is not None and value(merge) != "restart"


def _number(element: Element | None, default: int) -> int:
    text = value(element) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else default
