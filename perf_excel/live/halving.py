"""Number formats and merged areas of a whole range (数字格式与合并), which xlwings gives only cell by cell.

An application that can tell them at once is asked: LibreOffice's engine can, Excel writes a range as XML
(live/xml_looks.py). Else the range is halved again and again until each part has one format, or no merge: the
calls go with how many different looks there are, and with the rows only as halving does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from perf_excel.errors import UserError
from perf_excel.live.asking import part
from perf_excel.live.com_xml import told
from perf_excel.sheets.grid import Area, Place

if TYPE_CHECKING:
    from perf_excel.live.xl import xw

Shape = tuple[list[tuple[Area, str]], list[Area]]
"""Areas, each with its number format; and merged areas."""

MOST_CALLS = 20_000
"""Questions about one sheet: a form takes some hundreds, a sheet that takes more is coloured at random."""

_GENERAL = {"G/通用格式", "常规"}
"""How a Chinese application may call the format General."""


@runtime_checkable
class Bulk(Protocol):
    """A range of an engine that tells the looks of all its cells at once."""

    def bulk_shape(self) -> Shape:
        """Return number formats and merged areas."""
        ...


class Asking:
    """A sheet that is asked about parts of it, no more often than is bearable."""

    def __init__(self, sheet: xw.Sheet, label: str) -> None:
        self._sheet = sheet
        self._label = label
        self._left = MOST_CALLS

    def about(self, area: Area) -> xw.Range:
        """Return a part of the sheet.

        Raises:
            UserError: it was asked too often.
        """
        self._left -= 1
        if self._left < 0:
            raise UserError(
                f"{self._label}：单元格的格式过于零碎，无法在打开的表中读取，请保存并关闭后再校验这个文件。"
            )
        return part(self._sheet, area)


def shape(cells: xw.Range, area: Area, found: Collection[Place], asking: Asking) -> Shape:
    """Return a range's number formats, as areas that hold what was found, and the merged areas in it.

    Args:
        cells: the range.
        area: where it lies.
        found: the places in it that are not empty.
        asking: its sheet, to be asked about parts.

    Raises:
        UserError: there are too many different ones.
    """
    impl: object = cells.impl
    if isinstance(impl, Bulk):
        return impl.bulk_shape()
    shown = told(cells if area[:2] == (1, 1) else asking.about(area._replace(top=1, left=1)), found)
    if shown is not None:
        return [(Area(*place, *place), code) for place, code in shown.formats.items()], shown.merges
    merged: dict[Place, Area] = {}
    _merges(asking, area, merged)
    return list(_formats(asking, area)), list(dict.fromkeys(merged.values()))


def _formats(asking: Asking, area: Area) -> Iterator[tuple[Area, str]]:
    code = cast("str | None", asking.about(area).number_format)  # None for several
    if code is not None:
        yield area, "General" if code in _GENERAL else code
    elif area[:2] == area[2:]:
        yield area, "General"  # a cell always has one; no application is trusted to know
    else:
        for half in _halves(area):
            yield from _formats(asking, half)


def _merges(asking: Asking, area: Area, found: dict[Place, Area]) -> None:
    if all(place in found for place in _places(area)) or asking.about(area).merge_cells is False:
        return
    if area[:2] != area[2:]:
        for half in _halves(area):
            _merges(asking, half, found)
        return
    merged = asking.about(area).merge_area
    (row, column), (height, width) = (merged.row, merged.column), merged.shape
    whole = Area(row, column, row + height - 1, column + width - 1)
    found.update(dict.fromkeys(_places(whole), whole))


def _places(area: Area) -> Iterator[Place]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _halves(area: Area) -> tuple[Area, Area]:
    """Cut a range in two: into columns first, for what stands in a column looks alike."""
    top, left, bottom, right = area
    if right > left:
        middle = (left + right) // 2
        return Area(top, left, bottom, middle), Area(top, middle + 1, bottom, right)
    middle = (top + bottom) // 2
    return Area(top, left, middle, right), Area(middle + 1, left, bottom, right)
