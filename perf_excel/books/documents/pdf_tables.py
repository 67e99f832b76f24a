"""The tables of a PDF (PDF 里的表) as sheets: cells by the ruling lines, text by its position; no OCR.

A table that goes on on the next page is one table. What cannot be read for certain is named cell by cell:
text across a line, cells whose lines are not whole, a row that may have been cut by the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from perf_excel.books.documents.document_budget import DocumentBudget
from perf_excel.books.documents.lines_around import Line, above, split
from perf_excel.books.documents.marks import Marks, Sign
from perf_excel.books.documents.page_joining import PrintedCell, PrintedTable, join
from perf_excel.books.documents.pages_beside import Page, side_by_side
from perf_excel.books.documents.pdf_marks import Pdf
from perf_excel.books.documents.placed_table import PlacedCell, sheets_of
from perf_excel.books.documents.ruled_tables import Ruled, ruled_tables
from perf_excel.books.documents.sign_lines import cell_text, first_word, in_lines, line_text, room_behind
from perf_excel.books.older.legacysheet import Sheet
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area

_PAGE_NUMBER = re.compile(
    r"[-—–\s]{0,5}(?:第\s?)?\d{1,4}\s?(?:页)?(?:[,，/\s]{0,3}共?\s?\d{1,4}\s?页?)?[-—–\s]{0,5}"
)
_CONTINUED = re.compile(r"[（(]?续表?[一二三四五六七八九\d]{0,2}[）)]?$")
"""What is added to the title of a table that goes on on the next page (收入决算表（续）)."""
_CROSSING = 0.25
"""A character of which more than this part lies beyond a wall, on both sides, is printed across it."""


def read_pdf(path: Path) -> list[Sheet]:
    """Read every ruled table of a PDF.

    Raises:
        UserError: it has a password, is damaged, too large, scanned, or holds no table.
    """
    budget = DocumentBudget(path.name)
    tables: list[PrintedTable] = []
    lines: list[Line] = []
    pictured: list[int] = []
    texts = 0
    pages = [Page(number, one) for number, one in enumerate(Pdf(path.read_bytes(), path.name).pages(), 1)]
    for number, marks in side_by_side(pages):
        texts += len(marks.signs)
        if marks.pictured:
            pictured.append(number)
        lines = _add_page(marks, tables, lines)
    if tables:
        tables[-1].under, _ = split(lines, last=True)
    _doubt_pictures(tables, pictured)
    sheets = sheets_of(list(tables), budget)
    if not sheets:
        raise UserError(f"{path.name}：{_nothing(texts, pictured)}")
    return sheets


def _nothing(texts: int, pictured: Sequence[int]) -> str:
    if not texts or pictured:
        return "这个 PDF 是扫描的图片，里面的表不能读取，请向提供的人要 Word 文档或 Excel 工作簿。"
    return "这个 PDF 里没有画线的表格，无法读取，请向提供的人要 Word 文档或 Excel 工作簿。"


def _doubt_pictures(tables: Sequence[PrintedTable], pictured: Sequence[int]) -> None:
    """Say in every table which pages are pictures: rows of it may stand there."""
    if pictured and tables:
        pages = "、".join(map(str, pictured[:5])) + (f"等 {len(pictured)} 页" if len(pictured) > 5 else "")
        for table in tables:
            table.cells[0].doubt(f"文件的第 {pages} 页是图片，没有读")


def _add_page(marks: Marks, tables: list[PrintedTable], lines: list[Line]) -> list[Line]:
    """Add a page's tables, and return the lines of text behind the last one.

    Args:
        marks: what the page shows.
        tables: the tables of the pages before it; a first one that goes on is joined to the last of them.
        lines: the lines of text behind them.
    """
    ruled = ruled_tables(marks.across, marks.down)
    inside: list[list[Sign]] = [[] for _ in ruled]
    outside: list[Sign] = []
    for sign in marks.signs:
        at = next((at for at, one in enumerate(ruled) if one.holds(sign.centre, sign.middle)), None)
        (outside if at is None else inside[at]).append(sign)
    texts = [(line[0].middle, line_text(line)) for line in in_lines(outside)]
    texts = [(height, text) for height, text in texts if not _PAGE_NUMBER.fullmatch(text)]
    lines = [*lines, Line("", new_page=True)]
    before = float("-inf")
    for table, signs in zip(ruled, inside, strict=True):
        own = [text for height, text in texts if before < height < table.top]
        before = table.bottom
        lines += [Line(text) for text in own]
        read = _read(table, signs)
        if tables and _goes_on(tables[-1], read, lines):
            join(tables[-1], read)
            lines = []
            continue
        if tables:
            tables[-1].under, lines = split(lines, last=False)
        read.over, lines = [line.text for line in above(lines)], []
        tables.append(read)
    return [*lines, *(Line(text) for height, text in texts if height > before)]


def _read(table: Ruled, signs: Iterable[Sign]) -> PrintedTable:
    """Put a table's characters into its cells."""
    held: dict[Area, list[Sign]] = {area: [] for area in table.area.values()}
    across = set[Area]()
    for sign in signs:
        place = table.place(sign.centre, sign.middle)
        if place is None:
            continue
        area = table.area[place]
        held[area].append(sign)
        if _crosses(table, sign, area):
            across.add(area)
    cells: list[PlacedCell] = []
    for area, some in held.items():
        left, right = table.bounds(area)
        lines = in_lines(some)
        cell = PrintedCell(area, cell_text(lines, right - left))
        if lines:
            cell.room, cell.first = room_behind(lines[-1], right - left), first_word(lines[0])
        if area in across:
            cell.doubt("文字压在表线上")
        if area in table.doubtful and cell.text:
            cell.doubt("表线不完整")
        cells.append(cell)
    return PrintedTable(cells, len(table.ys) - 1, len(table.xs) - 1, xs=table.xs)


def _crosses(table: Ruled, sign: Sign, area: Area) -> bool:
    """Whether a wall runs through a character."""
    margin = _CROSSING * (sign.right - sign.left)
    sides = (sign.left + margin, sign.right - margin)
    places = (table.place(side, sign.middle) for side in sides)
    return not sign.text.isspace() and any(table.area.get(place) != area for place in places if place)


def _goes_on(table: PrintedTable, further: PrintedTable, lines: Sequence[Line]) -> bool:
    """Whether a table at the top of a page is the rest of the last one: the same columns, no text between."""
    texts = [_CONTINUED.sub("", line.text) for line in lines if line.text]
    above_first = [_CONTINUED.sub("", line) for line in table.over]
    again = not texts or texts == above_first[-len(texts) :]
    return again and any(line.new_page for line in lines) and table.fits(further)
