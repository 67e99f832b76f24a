"""Macros (宏): what the buttons of a workbook do, as plain functions of an open xlwings book.

Each reads a sheet at once and writes it at once. They write into open cells only: the column 校验提示, a
sheet 校验结果, and for scores cells without a formula. ``clear`` brings everything back.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from perf_excel.jobs.inplace.open_list import listed
from perf_excel.jobs.inplace.opened import Outcome, check_open, clear_open, score_open
from perf_excel.jobs.inplace.row_adding import Added, add_row_below
from perf_excel.live.live_book import LiveBook
from perf_excel.live.selecting import Selected, next_place, selected, show

__all__ = ["Selected", "add_row", "add_row_below", "check", "clear", "goto_next_finding", "score"]

if TYPE_CHECKING:
    from perf_excel.live.xl import xw
    from perf_excel.sheets.verdicts import Verdict


def check(book: xw.Book) -> Outcome:
    """Check the forms of a workbook (校验).

    Raises:
        UserError: there is no form, or the application refuses to take the findings.
    """
    return check_open(book, datetime.now().astimezone().date())


def score(book: xw.Book) -> Outcome:
    """Score the forms of a workbook, and check them (打分).

    Raises:
        UserError: there is no form, or the application refuses to take the results.
    """
    return score_open(book, datetime.now().astimezone().date())


def clear(book: xw.Book) -> Outcome:
    """Take away what check and score wrote (清除).

    Raises:
        UserError: the application refuses.
    """
    return clear_open(book)


def add_row(book: xw.Book) -> Added:
    """Add an indicator row below the selected one, or below the last (增加指标行).

    Raises:
        UserError: there is no form, or no row can be added.
    """
    return add_row_below(book, selected(book))


def goto_next_finding(book: xw.Book) -> Verdict | None:
    """Select the cell of the next finding on the list 校验结果, and return it; None where there is none."""
    rows = listed(LiveBook(book))
    found = next_place(book, [(row.sheet, row.cell) for row in rows])
    if found is None:
        return None
    show(book, *found)
    return next(row for row in rows if (row.sheet, row.cell) == found)
