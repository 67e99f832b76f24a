"""How the form meets the clerk on the screen: what stays in sight, and where she begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.plan import Plan
from perf_excel.books.template.styles import UNLOCKED
from perf_excel.sheets.grid import address

_ROOM = 150.0
"""Points of a low screen that may stay in sight above the rows."""
_USUAL = 15.0


def show(plan: Plan, sheet: Worksheet) -> None:
    """Keep the indicators' names in sight, and their heads if they stand high; choose the first input."""
    header = plan.frame.header[1]
    rows = cast("Mapping[int, Any]", sheet.row_dimensions)
    heights: list[float] = [rows[row].height or _USUAL for row in range(1, header + 1)]
    top = header + 1 if sum(heights) <= _ROOM else 1
    sheet.freeze_panes = address(top, plan.columns.end("level3") + 1)
    sheet.sheet_view.showGridLines = False
    first = _first_input(sheet)
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = first


def _first_input(sheet: Worksheet) -> str:
    cells = cast("Iterator[Cell]", (cell for row in sheet.iter_rows() for cell in row))
    return next((cell.coordinate for cell in cells if cell.protection == UNLOCKED), "A1")
