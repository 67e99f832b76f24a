"""Parts of an open sheet, asked for by address (按地址取区域).

Each question to Excel or WPS is a trip to another process. An address is one; two corners, as xlwings asks
for them, are five, and so are the four numbers of a range that its address gives at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from perf_excel.sheets.grid import Area, address

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_LONGEST = 255
"""Characters of an address that Excel takes."""
_AREA = re.compile(r"([A-Z]{0,3})([0-9]{0,7})(?::([A-Z]{0,3})([0-9]{0,7}))?")


def part(sheet: xw.Sheet, area: Area) -> xw.Range:
    """Return a rectangle of a sheet."""
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return sheet.range(first if first == last else f"{first}:{last}")


def together(sheet: xw.Sheet, areas: Sequence[Area]) -> Iterator[xw.Range]:
    """Yield ranges that make up some rectangles: on Windows few, as addresses name several; else each."""
    names = [f"{address(area.top, area.left)}:{address(area.bottom, area.right)}" for area in areas]
    longest = _LONGEST if hasattr(sheet.impl, "xl") else 0  # xlwings' own engine takes several at once
    while names:
        size = 1
        while size < len(names) and len(",".join(names[: size + 1])) <= longest:
            size += 1
        yield sheet.range(",".join(names[:size]))
        del names[:size]


def used_area(sheet: xw.Sheet) -> Area:
    """Return the rectangle of what is used of a sheet: cells with contents or looks.

    Raises:
        ValueError: the application gives no address.
    """
    return area_of(sheet.used_range.address)


def area_of(text: str) -> Area:
    """Return the rectangle of an address such as ``$A$1:$K$60``, of whole rows ``$1:$60``, of columns.

    Raises:
        ValueError: it is no address of one rectangle.
    """
    found = _AREA.fullmatch(text.replace("$", ""))
    if found is None or not found[0]:
        raise ValueError(text)
    left, top, right, bottom = found.groups()
    if right is None and bottom is None:
        right, bottom = left, top
    return Area(int(top or 1), _column(left) or 1, int(bottom or LAST_ROW), _column(right) or LAST_COLUMN)


def _column(letters: str | None) -> int:
    number = 0
    for letter in letters or "":
        number = number * 26 + ord(letter) - 64
    return number
