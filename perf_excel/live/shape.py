"""Formats and merges of a whole range of LibreOffice's at once (成批读取格式与合并).

LibreOffice groups the cells of a range by equal looks, merging included. So the round trips go with how many
looks there are, a few dozen in a form, and not with how many rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.live.uno_types import UnoAddress, UnoRange, UnoRanges, UnoSheet
from perf_excel.sheets.grid import Area


def area_of(found: UnoAddress) -> Area:
    """Return an address of UNO's, counted from 0, as an area counted from 1."""
    return Area(found.StartRow + 1, found.StartColumn + 1, found.EndRow + 1, found.EndColumn + 1)


def formats(cells: UnoRange) -> Iterator[tuple[Area, int]]:
    """Yield areas that together make up a range, each with LibreOffice's number of its number format."""
    for looks in _groups(cells):
        key = looks.NumberFormat
        for found in looks.getRangeAddresses():
            yield area_of(found), key


def merges(sheet: UnoSheet, cells: UnoRange) -> Iterator[Area]:
    """Yield the merged areas whose first cell lies in a range."""
    for looks in _groups(cells):
        areas = [area_of(found) for found in looks.getRangeAddresses()]
        first = sheet.getCellRangeByPosition(*([areas[0].left - 1, areas[0].top - 1] * 2))
        if not first.getIsMerged():
            continue
        # How far a merged area reaches is part of the looks of its first cell: the same in all of the group.
        cursor = sheet.createCursorByRange(first)
        cursor.collapseToMergedArea()
        one = area_of(cursor.getRangeAddress())
        down, across = one.bottom - one.top, one.right - one.left
        for area in areas:
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    yield Area(row, column, row + down, column + across)


def _groups(cells: UnoRange) -> Iterator[UnoRanges]:
    found = cells.getUniqueCellFormatRanges()
    return (found.getByIndex(number) for number in range(found.getCount()))
