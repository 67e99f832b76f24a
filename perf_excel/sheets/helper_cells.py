"""Helper cells of this program's forms (辅助计算): hidden columns that score a row, with nothing to read."""

from __future__ import annotations

from dataclasses import replace

from perf_excel.sheets.grid import Grid

MARKER = "辅助计算（perf-excel）"
"""Stands in the first row above the first of their columns: all that is right of it belongs to formulas."""


def set_apart(grid: Grid) -> Grid:
    """Return a sheet without its helper cells, knowing where they are.

    Nobody fills them in, and what they say is only said again: a form is read without them, as quickly as if
    they stood on another sheet.
    """
    # Most values are numbers, which take their time to find out that they are no text.
    texts = (
        place for place, cell in grid.cells.items() if isinstance(cell.value, str) and cell.value == MARKER
    )
    found = next(texts, None)
    if found is None:
        return grid
    cells = {place: cell for place, cell in grid.cells.items() if place[1] < found[1]}
    return replace(grid, cells=cells, helpers=found[1])
