"""How the form is printed: A4, one page wide, its header repeated, page numbers below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.page_breaks import page_breaks
from perf_excel.books.paper import BOTTOM, SIDE, SPARE, TOP, page_of
from perf_excel.books.template.canvas import Canvas
from perf_excel.books.template.frame import runs
from perf_excel.books.template.heights import DIGIT
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.spans import is_turned
from perf_excel.sheets.grid import address

A4 = 9
_LINE = 13.5
"""Points of a row of one line."""


def lay_out(plan: Plan, sheet: Worksheet, canvas: Canvas) -> None:
    """Set up the page of a form."""
    first, last = plan.frame.header
    sheet.print_area = f"A1:{address(plan.frame.last, plan.columns.last)}"
    sheet.print_title_rows = f"{first}:{last}"
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.orientation = "landscape" if is_turned(plan.columns) else "portrait"
    setup.paperSize = A4
    setup.blackAndWhite = True  # the fills are for the screen
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins.left = margins.right = SIDE
    margins.top, margins.bottom = TOP, BOTTOM
    margins.header = margins.footer = 0.35
    footer = sheet.oddFooter
    if footer is not None:
        footer.center.text = "第 &P 页，共 &N 页"
    if any(row.actual.text or row.progress.text for row in plan.form.indicators):
        # While a form is being filled its rows grow, and a fixed break would leave a page half empty.
        for row in _breaks(plan, canvas):
            cast("Any", sheet.row_breaks).append(Break(id=row - 1))
    sheet.sheet_view.showGridLines = False
    sheet.sheet_format.defaultRowHeight = _LINE  # of one line of the usual type


def _breaks(plan: Plan, canvas: Canvas) -> list[int]:
    frame = plan.frame
    heights = [canvas.heights.get(row, _LINE) for row in range(1, frame.last + 1)]
    repeated = sum(heights[row - 1] for row in range(frame.header[0], frame.header[1] + 1))
    page = page_of(DIGIT * sum(canvas.printed), turned=is_turned(plan.columns))
    return page_breaks(heights, _groups(plan), page, page - repeated, SPARE)


def _groups(plan: Plan) -> Iterator[tuple[int, int]]:
    """The rows that belong together: blocks with their heads, levels of indicators, what ends the form."""
    frame, rows = plan.frame, plan.rows.indicators
    top = frame.indicators[0]
    if frame.funding:
        yield frame.funding[0] - (len(plan.layout.budget_columns) > 1), frame.funding[1]
    for block in (frame.goal, frame.tasks):
        if block:
            yield block[0] - 1, block[1]
    yield frame.header[0], min(top + 2, frame.indicators[1])
    yield frame.indicators[1], frame.last
    level2 = [row.level2 and f"{row.level1}\n{row.level2}" for row in rows]
    for names in ([row.level1 for row in rows], level2):
        for first, last in runs(names):
            yield top + first, top + last
