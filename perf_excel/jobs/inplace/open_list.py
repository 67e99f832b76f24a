"""The list of findings (校验结果) drawn on a sheet of an open workbook, and taken away again."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from perf_excel.books.listsheet import Table
from perf_excel.jobs.examination.source import Source
from perf_excel.live.asking import part, together
from perf_excel.live.live_book import LiveBook
from perf_excel.live.live_edits import entries, refusals
from perf_excel.live.sheet_adding import added
from perf_excel.sheets.grid import Area, address
from perf_excel.sheets.verdicts import SHEET, Verdict, read_verdicts

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

_LONGEST_FORMULA = 250
_USUAL_WIDTH, _NEARLY = 8.43, 3.6
"""The width of a column that nobody set, and what may be left at it: each width is a trip of its own."""
_LINK = (5, 99, 193)
"""The colour of a link; a formula that leads elsewhere does not look like it by itself."""


def draw(source: LiveBook, name: str, table: Table) -> None:
    """Draw a table on a sheet, new or in place of what stands there; the sheet in front stays in front.

    Raises:
        UserError: the workbook takes no further sheet, or the sheet is protected.
    """
    with refusals(f"{source.name}：无法写入工作表“{name}”，工作簿的结构或该表可能受保护，请撤销保护后再试。"):
        if name in source.sheets:
            sheet = source.sheet(name)
            sheet.used_range.clear()  # widths stay
            if name not in source.visible:
                sheet.visible = True  # a finished form carries its list stowed away
        else:
            sheet = added(source, name)
            _widen(sheet, table)
        _write(sheet, table)


def _write(sheet: xw.Sheet, table: Table) -> None:
    width = len(table.heads)
    above = [[text, *[""] * (width - 1)] for text in (table.title, *table.lines)]
    texts = [*above, list(table.heads), *map(list, table.rows)]
    cells = part(sheet, Area(1, 1, len(texts), width))
    cells.number_format = "@"
    rows = [list(row) for row in entries([[text or None for text in row] for row in texts])]
    if table.rows:
        last = table.head + len(table.rows)
        part(sheet, Area(table.head + 1, table.link, last, table.link)).number_format = "General"
        for row, target, said in zip(rows[table.head :], table.links, table.rows, strict=True):
            row[table.link - 1] = _link(target, said[table.link - 1])
    cells.raw_value = tuple(map(tuple, rows))
    _dress(sheet, table, len(rows))


def _link(target: tuple[str, str] | None, text: str) -> str:
    """A formula that shows a cell's address and leads there."""
    if target is None:
        return f"'{text}" if text else ""
    sheet, cell = (name.replace('"', '""') for name in target)
    place = f"#'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
    return f'=HYPERLINK("{place}","{cell}")' if len(place) < _LONGEST_FORMULA else f"'{text}"


def _widen(sheet: xw.Sheet, table: Table) -> None:
    with contextlib.suppress(NotImplementedError):
        for column, width in enumerate(table.widths, 1):
            if abs(width - _USUAL_WIDTH) > _NEARLY:
                sheet.range(address(1, column)).column_width = width


def _dress(sheet: xw.Sheet, table: Table, rows: int) -> None:
    """Give heads and links their looks; an engine that cannot leaves the list as readable as it can."""
    with contextlib.suppress(NotImplementedError):
        part(sheet, Area(table.head, 1, rows, len(table.heads))).wrap_text = True
    with contextlib.suppress(NotImplementedError):
        for cells in together(sheet, [Area(1, 1, 1, 1), Area(table.head, 1, table.head, len(table.heads))]):
            cells.font.bold = True
        if rows > table.head:
            part(sheet, Area(table.head + 1, table.link, rows, table.link)).font.color = _LINK
    with contextlib.suppress(NotImplementedError):
        for ground, areas in grounds(table).items():
            for cells in together(sheet, areas):
                cells.color = ground


def grounds(table: Table) -> dict[tuple[int, int, int], list[Area]]:
    """Return by its colour the cells of the severity that have that ground.

    Conditional formatting is out of reach of xlwings; the list is drawn anew at every check.
    """
    found: dict[tuple[int, int, int], list[Area]] = {}
    if table.colours is not None:
        column, row = table.colours.column, table.head + 1
        for text, run in groupby(one[column - 1] for one in table.rows):
            first, row = row, row + len(list(run))
            if text in table.colours.by_text:
                ground = _rgb(table.colours.by_text[text][1])
                found.setdefault(ground, []).append(Area(first, column, row - 1, column))
    return found


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
