"""Where a range lies (位置): its sheet, its corners, its address. Rows and columns are counted from 1."""

# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false
# xlwings' base classes have no types, and properties where a constant will do.

from __future__ import annotations

from typing import Any, Self

from perf_excel.live.libreoffice.parents import AroundRange
from perf_excel.live.xl import base_classes
from perf_excel.sheets.grid import Area, column_letters


class Place(base_classes.Range):
    """A rectangle of cells on a sheet."""

    def __init__(self, sheet: AroundRange, area: Area) -> None:
        self._sheet = sheet
        self.area = area
        self.options: dict[str, Any] = {}

    @property
    def sheet(self) -> AroundRange:
        """The sheet."""
        return self._sheet

    @property
    def coords(self) -> tuple[int, int, int, int]:
        """Row, column, rows, columns."""
        return (self.row, self.column, *self.shape)

    @property
    def row(self) -> int:
        """The first row."""
        return self.area.top

    @property
    def column(self) -> int:
        """The first column."""
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        """How many rows and columns."""
        return self.area.bottom - self.area.top + 1, self.area.right - self.area.left + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, arg1: int, arg2: int | None = None) -> Self:
        """Return one cell: by number across the rows, or by row and column within the range."""
        if arg2 is None:
            row, column = divmod(arg1 - 1, self.shape[1])
        else:
            row, column = arg1 - 1, arg2 - 1
        top, left = self.area.top + row, self.area.left + column
        return type(self)(self._sheet, Area(top, left, top, left))

    @property
    def address(self) -> str:
        """The absolute address."""
        return self.get_address(row_absolute=True, col_absolute=True, external=False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:  # noqa: FBT001
        """Return the address, with dollar signs and the sheet's name as asked for."""
        row, column = "$" * row_absolute, "$" * col_absolute
        top, left, bottom, right = self.area
        text = f"{column}{column_letters(left)}{row}{top}"
        if len(self) > 1:
            text += f":{column}{column_letters(right)}{row}{bottom}"
        name = self._sheet.name.replace("'", "''")
        return f"'[{self._sheet.book.name}]{name}'!{text}" if external else text
