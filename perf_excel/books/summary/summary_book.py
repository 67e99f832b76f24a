"""The summary as a file (汇总.xlsx): its sheets in order, written as they come, the same every time."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from perf_excel.books.summary import (
    change_sheet,
    finding_sheet,
    indicator_sheet,
    missing_sheet,
    money_sheet,
    processing_sheet,
    ranking_sheet,
)
from perf_excel.books.summary.overview_sheet import NAME as OVERVIEW
from perf_excel.books.summary.overview_sheet import Overview, write_overview
from perf_excel.books.summary.records import FormRecord
from perf_excel.books.summary.returned_forms import Entry
from perf_excel.books.summary.row_stream import StreamedBook, streamed_book
from perf_excel.books.summary.table_sheet import TableSheets, write_table
from perf_excel.books.timeless import save_timeless
from perf_excel.sheets.identity import SHEET as IDENTITY_SHEET
from perf_excel.sheets.identity import Identity

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SUMMARY = "汇总"
"""What its identity calls it."""
SHEETS = (
    OVERVIEW,
    ranking_sheet.NAME,
    indicator_sheet.NAME,
    money_sheet.NAME,
    finding_sheet.NAME,
    change_sheet.NAME,
    missing_sheet.NAME,
    processing_sheet.NAME,
)


@dataclass(frozen=True)
class Contents:
    """All that is in a summary. What is asked for row by row is asked for once."""

    overview: Overview
    ranked: Sequence[ranking_sheet.Ranked]
    levels: Sequence[str]
    forms: Callable[[], Iterator[tuple[Entry, FormRecord]]]
    """Gives the forms that count, in the order of the sheets."""
    entries: Sequence[Entry]
    missing: Sequence[missing_sheet.Missing]
    contacts: Sequence[str]
    listed: bool
    """Whether there was a list of what was sent."""
    passed: Sequence[processing_sheet.Passed]
    remembered: Callable[[], Iterable[Sequence[str]]]
    """Gives the rows of the sheet of what was read."""
    memory_sheet: str
    empty: frozenset[str] = frozenset()
    """Heads of columns that would be empty throughout (项目, 上级单位)."""


def write_summary(contents: Contents, folder: Path, today: date, out: IO[bytes]) -> None:
    """Write the workbook's file.

    Args:
        contents: what is in it.
        folder: where it is going to be kept: its links start there.
        today: the day that its file properties name.
        out: where it is written.
    """
    with streamed_book() as made:
        book = made.book
        write_overview(book, contents.overview)
        levels, empty = contents.levels, contents.empty
        ranked = ranking_sheet.rows_of(contents.ranked, levels, folder)
        write_table(made, ranking_sheet.table_of(levels), ranked, empty)
        _write_forms(made, contents, folder)
        write_table(made, change_sheet.TABLE, change_sheet.rows_of(contents.entries, folder), empty)
        missing = missing_sheet.rows_of(contents.missing, contents.contacts)
        write_table(made, missing_sheet.table_of(contents.contacts, listed=contents.listed), missing, empty)
        log = processing_sheet.rows_of(contents.entries, contents.passed, folder)
        write_table(made, processing_sheet.TABLE, log)
        _hide(book, IDENTITY_SHEET, Identity(SUMMARY, SUMMARY, "1").rows())
        _hide(book, contents.memory_sheet, contents.remembered())
        save_timeless(book, today, "绩效自评回收汇总", out, made.streamed)


def _write_forms(book: StreamedBook, contents: Contents, folder: Path) -> None:
    """Write the sheets that have rows of every form, all of a form at once: it is looked up only once."""
    tables = (indicator_sheet.TABLE, money_sheet.TABLE, finding_sheet.TABLE)
    indicators, money, findings = sheets = [TableSheets(book, table, contents.empty) for table in tables]
    sums: money_sheet.Sums = {}
    numbers = itertools.count(1)
    for entry, form in contents.forms():
        for row in indicator_sheet.rows_of(entry, form):
            indicators.add(row)
        for row in money_sheet.rows_of(entry, form, sums):
            money.add(row)
        for row in finding_sheet.rows_of(entry, form, folder, numbers):
            findings.add(row)
    for row in money_sheet.sum_rows(sums):
        money.add(row)
    for sheet in sheets:
        sheet.finish()


def _hide(book: Workbook, name: str, rows: Iterable[Sequence[str]]) -> None:
    """Write a sheet that no application offers to show."""
    from openpyxl.cell import WriteOnlyCell

    sheet = cast("Worksheet", book.create_sheet(name))
    sheet.sheet_state = "veryHidden"
    for row in rows:
        cells = [WriteOnlyCell(sheet, text) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(tuple(cells))
