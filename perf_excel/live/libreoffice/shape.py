"""Formats and merges of a whole range of LibreOffice's at once (成批读取格式与合并), and what is used.

LibreOffice groups the cells of a range by equal looks, merging included. So the round trips go with how many
looks there are, a few dozen in a form, and not with how many rows.
"""

from __future__ import annotations

from typing import NamedTuple

from perf_excel.live.libreoffice.uno_types import UnoAddress, UnoRange, UnoRanges, UnoSheet
from perf_excel.sheets.grid import Area


def area_of(found: UnoAddress) -> Area:
    """Return an address of UNO's, counted from 0, as an area counted from 1."""
    return Area(found.StartRow + 1, found.StartColumn + 1, found.EndRow + 1, found.EndColumn + 1)


class Shape(NamedTuple):
    """The number formats and the merged areas of a range."""

    formats: list[tuple[Area, int]]
    """Areas that together make up the range, each with LibreOffice's number of its number format."""
    merges: list[Area]
    """Merged areas whose first cell lies in the range."""


def shape(sheet: UnoSheet, cells: UnoRange) -> Shape:
    """Return the number formats and merged areas of a range."""
    found = Shape([], [])
    groups = cells.getUniqueCellFormatRanges()
    # One cursor moved about: a new object of UNO's costs ten times as much as a call.
    cursor = sheet.createCursor()
    cursor.collapseToSize(1, 1)
    at = area_of(cursor.getRangeAddress())
    for number in range(groups.getCount()):
        looks: UnoRanges = groups.getByIndex(number)
        key = looks.NumberFormat
        areas = [area_of(address) for address in looks.getRangeAddresses()]
        found.formats.extend((area, key) for area in areas)
        first = areas[0]
        cursor.gotoOffset(first.left - at.left, first.top - at.top)
        cursor.collapseToMergedArea()
        at = area_of(cursor.getRangeAddress())
        cursor.collapseToSize(1, 1)
        down, across = at.bottom - at.top, at.right - at.left
        # How far a merged area reaches is part of the looks of its first cell: the same in all of the group.
        # A cell further inside has looks of its own.
        if (down or across) and at[:2] == first[:2]:
            found.merges.extend(
                Area(row, column, row + down, column + across)
                for area in areas
                for row in range(area.top, area.bottom + 1)
                for column in range(area.left, area.right + 1)
            )
    return found


def used_area(sheet: UnoSheet) -> Area:
    """Return the rectangle of what is used on a sheet: A1 alone where nothing is."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003
    end = area_of(cursor.getRangeAddress())
    cursor.gotoStartOfUsedArea(False)  # noqa: FBT003
    start = area_of(cursor.getRangeAddress())
    return Area(start.top, start.left, end.bottom, end.right)


def covers(outer: Area, inner: Area) -> bool:
    """Tell whether one area lies within another."""
    return (
        outer.top <= inner.top
        and outer.left <= inner.left
        and outer.bottom >= inner.bottom
        and outer.right >= inner.right
    )


def mixed(cells: UnoRange, name: str) -> bool:
    """Tell whether the cells of a range differ in a property."""
    return cells.getPropertyState(name).value == "AMBIGUOUS_VALUE"
