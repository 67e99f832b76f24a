"""The ranges of a made-up Excel."""

# ruff: noqa: ARG002, FBT001, FBT002 - the signatures are xlwings' own
# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from fake_cells import (
    ComError,
    Held,
    Page,
    elsewhere,
    entered,
    inside,
    moved,
    relative,
    shown,
    written,
)

from perf_excel.live.xl import base_classes
from perf_excel.sheets.grid import Area, Place, column_letters


class FakeRange(base_classes.Range):
    def __init__(self, sheet: Any, area: Area) -> None:
        self._sheet = sheet
        self.area = area
        self.options: dict[str, Any] = {}

    @property
    def sheet(self) -> Any:
        return self._sheet

    @property
    def page(self) -> Page:
        self._sheet.book.calls += 1
        return self._sheet.page

    @property
    def coords(self) -> tuple[int, int, int, int]:
        return (self.row, self.column, *self.shape)

    @property
    def row(self) -> int:
        return self.area.top

    @property
    def column(self) -> int:
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        return self.area.bottom - self.area.top + 1, self.area.right - self.area.left + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        top, left, bottom, right = self.area
        return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"

    @property
    def address(self) -> str:
        return self.get_address(row_absolute=True, col_absolute=True, external=False)

    @property
    def places(self) -> list[Place]:
        top, left, bottom, right = self.area
        return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]

    def _shaped(self, values: list[Any]) -> Any:
        if len(values) == 1:
            return values[0]
        width = self.shape[1]
        return tuple(tuple(values[at : at + width]) for at in range(0, len(values), width))

    def _refuse(self, *, cells: bool) -> None:
        if not self._sheet.page.protected:
            return
        if not cells or any(self._sheet.page.cells.get(place, Held()).locked for place in self.places):
            raise ComError("您试图更改的单元格或图表位于受保护的工作表中。")

    @property
    def raw_value(self) -> Any:
        page = self.page
        return self._shaped([shown(page.cells.get(place, Held())) for place in self.places])

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._write(data)

    @property
    def formula(self) -> Any:
        page = self.page
        return self._shaped([written(page.cells.get(place, Held())) for place in self.places])

    @formula.setter
    def formula(self, data: Any) -> None:
        self._write(data)

    def _write(self, data: Any) -> None:
        page = self.page
        self._refuse(cells=True)
        places, (height, width) = self.places, self.shape
        rows = list(cast("list[Any]", data)) if isinstance(data, (list, tuple)) else [[data] * width] * height
        rows = rows if isinstance(rows[0], (list, tuple)) else [rows]
        values: list[Any] = [value for row in rows for value in row]
        assert len(rows) == height, "one row of values for each of the range"
        assert len(values) == len(places)
        for place, value in zip(places, values, strict=True):
            page.cells[place] = entered(page.cells.get(place, Held()), value)

    @property
    def number_format(self) -> str | None:
        page = self.page
        found = {page.cells.get(place, Held()).format for place in self.places}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        page = self.page
        self._refuse(cells=False)
        for place in self.places:
            page.cells[place] = replace(page.cells.get(place, Held()), format=code)

    def _around(self, place: Place) -> Area | None:
        return next((area for area in self._sheet.page.merges if inside(area, place)), None)

    @property
    def merge_cells(self) -> bool | None:
        self._sheet.book.calls += 1
        found = {self._around(place) is not None for place in self.places}
        return found.pop() if len(found) == 1 else None

    @property
    def merge_area(self) -> FakeRange:
        self._sheet.book.calls += 1
        return FakeRange(self._sheet, self._around(self.area[:2]) or self.area)

    def merge(self, across: bool = False) -> None:
        assert not across
        page = self.page
        self._refuse(cells=False)
        assert all(self._around(place) is None for place in self.places), "unmerge first"
        for place in self.places[1:]:
            page.cells[place] = replace(page.cells.get(place, Held()), value=None, formula=None)
        page.merges.append(self.area)

    def unmerge(self) -> None:
        page = self.page
        self._refuse(cells=False)
        page.merges = [area for area in page.merges if not any(inside(area, place) for place in self.places)]

    def clear_contents(self) -> None:
        page = self.page
        self._refuse(cells=True)
        for place in self.places:
            if place in page.cells:
                page.cells[place] = replace(page.cells[place], value=None, formula=None)

    def clear(self) -> None:
        page = self.page
        self._refuse(cells=False)
        for place in self.places:
            page.cells.pop(place, None)

    @property
    def row_height(self) -> float | None:
        return self.page.heights.get(self.area.top, 15.0)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self._refuse(cells=False)
        self.page.heights[self.area.top] = value

    @property
    def column_width(self) -> float:
        return 8.43

    @column_width.setter
    def column_width(self, value: float) -> None:
        self._sheet.book.calls += 1

    @property
    def wrap_text(self) -> bool:
        return False

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._sheet.book.calls += 1

    @property
    def color(self) -> tuple[int, int, int] | None:
        found = {self.page.grounds.get(place) for place in self.places}
        return found.pop() if len(found) == 1 else None

    @color.setter
    def color(self, value: tuple[int, int, int] | None) -> None:
        self._refuse(cells=False)
        self.page.grounds |= dict.fromkeys(self.places, value)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert one whole row; formulas that point below it follow."""
        page = self.page
        self._refuse(cells=False)
        assert shift == "down"
        at = self.area.top
        assert self.shape == (1, 16384), "whole rows only"
        page.cells = {
            (row + (row >= at), column): moved(held, at, 1) for (row, column), held in page.cells.items()
        }
        for other in self._sheet.book.pages:
            if other is not page:
                marked = {place: elsewhere(held, page.name, at) for place, held in other.cells.items()}
                other.cells = marked
        page.merges = [
            Area(area.top + (area.top >= at), area.left, area.bottom + (area.bottom >= at), area.right)
            for area in page.merges
        ]
        page.heights = {row + (row >= at): height for row, height in page.heights.items()}
        for (row, column), held in list(page.cells.items()):
            if row == at - 1:
                page.cells[at, column] = replace(held, value=None, formula=None)

    def copy(self, destination: Any = None) -> None:
        """Copy to a range of the same size: looks, values, formulas moved along, merged areas."""
        page = self.page
        target: FakeRange = getattr(destination, "impl", destination)
        target._refuse(cells=False)
        down, across = target.area.top - self.area.top, target.area.left - self.area.left
        for row, column in self.places:
            held = page.cells.get((row, column), Held())
            page.cells[row + down, column + across] = relative(held, down)
        for area in list(page.merges):
            if inside(self.area, area[:2]):
                assert inside(self.area, area[2:]), "a merged area cut through"
                page.merges.append(
                    Area(area.top + down, area.left + across, area.bottom + down, area.right + across)
                )

    def select(self) -> None:
        self._sheet.book.app.selection = self
