"""The list of findings (校验结果) drawn on a sheet of an open workbook, and taken away again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from perf_excel.books.listsheet import Table
from perf_excel.jobs.examination.source import Source
from perf_excel.live.live_book import is_seen
from perf_excel.live.live_edits import entries, refusals
from perf_excel.live.selecting import bring
from perf_excel.sheets.verdicts import SHEET, Verdict, read_verdicts

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

_LONGEST_FORMULA = 250
_LINK = (5, 99, 193)
"""The colour of a link; a formula that leads elsewhere does not look like it by itself."""


def draw(book: xw.Book, name: str, table: Table) -> None:
    """Draw a table on a sheet, new or in place of what stands there; the sheet in front stays in front.

    Raises:
        UserError: the workbook takes no further sheet, or the sheet is protected.
    """
    with refusals(f"{book.name}：无法写入工作表“{name}”，工作簿的结构或该表可能受保护，请撤销保护后再试。"):
        if name in [sheet.name for sheet in book.sheets]:
            sheet = book.sheets[name]
            sheet.used_range.clear()
            if not is_seen(sheet):
                sheet.visible = True  # a finished form carries its list stowed away
        else:
            front = book.sheets.active
            sheet = book.sheets.add(name, after=book.sheets[-1])
            bring(front)
        _write(sheet, table)


def _write(sheet: xw.Sheet, table: Table) -> None:
    width = len(table.heads)
    above = [[text, *[""] * (width - 1)] for text in (table.title, *table.lines)]
    rows = [*above, list(table.heads), *map(list, table.rows)]
    cells = sheet.range((1, 1), (len(rows), width))
    cells.number_format = "@"
    cells.raw_value = entries([[text or None for text in row] for row in rows])
    if table.rows:
        last = table.head + len(table.rows)
        links = sheet.range((table.head + 1, table.link), (last, table.link))
        links.number_format = "General"
        texts = [row[table.link - 1] for row in table.rows]
        links.raw_value = tuple((_link(*pair),) for pair in zip(table.links, texts, strict=True))
    _dress(sheet, table, len(rows))


def _link(target: tuple[str, str] | None, text: str) -> str:
    """A formula that shows a cell's address and leads there."""
    if target is None:
        return f"'{text}" if text else ""
    sheet, cell = (part.replace('"', '""') for part in target)
    place = f"#'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
    return f'=HYPERLINK("{place}","{cell}")' if len(place) < _LONGEST_FORMULA else f"'{text}"


def _dress(sheet: xw.Sheet, table: Table, rows: int) -> None:
    """Give columns their widths and heads their looks.

    An engine that cannot leaves the list as readable as it can.
    """
    with contextlib.suppress(NotImplementedError):
        for column, width in enumerate(table.widths, 1):
            sheet.range((1, column)).column_width = width
        sheet.range((table.head, 1), (rows, len(table.heads))).wrap_text = True
    with contextlib.suppress(NotImplementedError):
        sheet.range((1, 1)).font.bold = True
        sheet.range((table.head, 1), (table.head, len(table.heads))).font.bold = True
        if rows > table.head:
            sheet.range((table.head + 1, table.link), (rows, table.link)).font.color = _LINK
    with contextlib.suppress(NotImplementedError):
        column = table.colours.column if table.colours else 0
        for first, last, ground in grounds(table):
            sheet.range((first, column), (last, column)).color = ground


def grounds(table: Table) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    """Yield the runs of rows whose cell of the severity has one ground: first row, last row, its colour.

    Conditional formatting is out of reach of xlwings; the list is drawn anew at every check.
    """
    if table.colours is None:
        return
    column, looks = table.colours.column - 1, table.colours.by_text
    row = table.head + 1
    for text, run in groupby(row[column] for row in table.rows):
        first, row = row, row + len(list(run))
        if text in looks:
            yield first, row - 1, _rgb(looks[text][1])


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


def kept(source: Source) -> dict[str, list[Verdict]]:
    """Return by sheet the lists in a workbook, of each the rows in which the clerk wrote something."""
    found: dict[str, list[Verdict]] = {}
    for name in source.sheets:
        grid = source.grid(name) if name.startswith(SHEET) else None
        rows = read_verdicts(grid) if grid else None
        if rows is not None:
            found[name] = [row for row in rows if row.action or row.reason]
    return found


def listed(source: Source) -> list[Verdict]:
    """Return the rows of a workbook's lists that ask for something to be done, with the cell they are of."""
    rows: Sequence[Verdict] = [
        row
        for name in source.sheets
        if name.startswith(SHEET) and (grid := source.grid(name)) is not None
        for row in read_verdicts(grid) or ()
    ]
    return [row for row in rows if row.sheet and row.cell and not row.waives]
