"""A range of a sheet in LibreOffice (区域), as xlwings sees it. Rows and columns are counted from 1."""

# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false
# xlwings' base classes have no types, and properties where a constant will do.

from __future__ import annotations

import datetime as dt
from typing import Any

from perf_excel.live.libreoffice.block import read, write
from perf_excel.live.libreoffice.bridge import uno
from perf_excel.live.libreoffice.conversion import (
    CellValue,
    Rows,
    as_rows,
    formula_row,
)
from perf_excel.live.libreoffice.places import Place
from perf_excel.live.libreoffice.shape import area_of, covers, mixed, shape
from perf_excel.live.libreoffice.uno_types import UnoRange
from perf_excel.live.xl import xw
from perf_excel.sheets.grid import Area

_DATETIME = 2
_CONTENTS = 1 | 2 | 4 | 16  # values, dates, text, formulas
_EVERYTHING = 1023
_DATE_FORMAT = "yyyy-mm-dd"
_POINTS = 72 / 2540
"""LibreOffice measures in hundredths of a millimetre; heights are asked for in points."""
_CHARACTER = 246.0
"""The width of a character of the usual 11 points, in hundredths of a millimetre."""


class LockedError(xw.XlwingsError):
    """A locked cell of a protected sheet was to be written (单元格被锁定)."""


class Range(Place):
    """A rectangle of cells. LibreOffice lets scripts write into locked cells; this refuses, as Excel does."""

    @property
    def _uno(self) -> UnoRange:
        top, left, bottom, right = self.area
        return self._sheet.uno.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    @property
    def api(self) -> UnoRange:
        """The UNO range."""
        return self._uno

    # -- values

    @property
    def raw_value(self) -> CellValue | Rows:
        """What the cells hold: None where empty, dates as datetime, errors as CellError."""
        rows = read(self._uno, self.area)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, value: object) -> None:
        rows = as_rows(value, *self.shape)
        self._refuse_if_locked()
        write(self._uno, rows)
        for index, row in enumerate(rows, 1):
            for column, one in enumerate(row, 1):
                if isinstance(one, dt.date):
                    _show_as_date(self(index, column))

    @property
    def formula(self) -> str | tuple[tuple[str, ...], ...]:
        """Formulas with their equals sign, plain values as text; in LibreOffice's English spelling."""
        found = self._uno.getFormulaArray()
        return found[0][0] if len(self) == 1 else found

    @formula.setter
    def formula(self, value: object) -> None:
        rows = as_rows(value, *self.shape)
        self._refuse_if_locked()
        self._uno.setFormulaArray(tuple(map(formula_row, rows)))

    formula2 = formula

    @property
    def hyperlink(self) -> str:
        """The address that the first cell leads to; an empty text where it leads nowhere."""
        fields = self(1).api.getCellByPosition(0, 0).getTextFields()
        return fields.getByIndex(0).URL if fields.getCount() else ""

    def add_hyperlink(
        self,
        address: str,
        text_to_display: str | None = None,
        screen_tip: str | None = None,  # noqa: ARG002
    ) -> None:
        """Make the first cell lead to an address; ``#'表'!A1`` is a place in this workbook."""
        self._refuse_if_locked()
        field = self._sheet.book.uno.createInstance("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = address, text_to_display or address
        cell = self(1).api.getCellByPosition(0, 0)
        cell.clearContents(_CONTENTS)
        cell.insertTextContent(cell.createTextCursor(), field, False)  # noqa: FBT003

    def clear_contents(self) -> None:
        """Empty the cells."""
        self._refuse_if_locked()
        self._uno.clearContents(_CONTENTS)

    def clear(self) -> None:
        """Empty the cells and take their formats."""
        self._refuse_if_protected()
        self._uno.clearContents(_EVERYTHING)

    # -- looks

    @property
    def number_format(self) -> str | None:
        """The number format; None where the cells have several, as in Excel."""
        cells = self._uno
        if mixed(cells, "NumberFormat"):
            return None
        return self._sheet.book.format_code(cells.NumberFormat)

    @number_format.setter
    def number_format(self, code: str) -> None:
        self._refuse_if_protected()
        self._uno.NumberFormat = self._sheet.book.format_key(code)

    def bulk_shape(self) -> tuple[list[tuple[Area, str]], list[Area]]:
        """Return the number formats, as areas that together make up the range, and the merged areas.

        xlwings knows nothing of it: its number_format is None for a range of several, and it asks for merged
        cells one by one. The round trips go with how many looks there are, not with how many rows.
        """
        found = shape(self._sheet.uno, self._uno)
        code = self._sheet.book.format_code
        return [(area, code(key)) for area, key in found.formats], found.merges

    @property
    def locked(self) -> bool | None:
        """Whether the cells are locked; None where only some are."""
        cells = self._uno
        return None if mixed(cells, "CellProtection") else cells.CellProtection.IsLocked

    @locked.setter
    def locked(self, locked: bool) -> None:
        self._refuse_if_protected()
        protection = uno().createUnoStruct("com.sun.star.util.CellProtection")
        protection.IsLocked = locked
        self._uno.CellProtection = protection

    @property
    def merge_cells(self) -> bool | None:
        """Whether the cells belong to one merged area; None where only some of them are merged."""
        around = self.merge_area.area
        if around != self(1).area and covers(around, self.area):
            return True
        return None if around != self(1).area or self._uno.getIsMerged() else False

    @property
    def merge_area(self) -> Range:
        """The merged area around the first cell."""
        cursor = self._sheet.uno.createCursorByRange(self(1).api)
        cursor.collapseToMergedArea()
        return Range(self._sheet, area_of(cursor.getRangeAddress()))

    def merge(self, across: bool = False) -> None:  # noqa: FBT001, FBT002  (xlwings' own)
        """Merge the cells; ``across``: each row by itself."""
        self._refuse_if_protected()
        top, left, bottom, right = self.area
        rows = [Area(row, left, row, right) for row in range(top, bottom + 1)] if across else [self.area]
        for area in rows:
            Range(self._sheet, area).api.merge(True)  # noqa: FBT003

    def unmerge(self) -> None:
        """Take merged cells apart."""
        self._refuse_if_protected()
        self._uno.merge(False)  # noqa: FBT003

    # -- moving

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:  # noqa: ARG002
        """Insert cells; ``shift``: "down" (also where not said) or "right"."""
        self._move("insertCells", "DOWN" if shift in (None, "down") else "RIGHT")

    def delete(self, shift: str | None = None) -> None:
        """Delete cells; ``shift``: "up" (also where not said) or "left"."""
        self._move("removeRange", "UP" if shift in (None, "up") else "LEFT")

    def _move(self, method: str, mode: str) -> None:
        self._refuse_if_protected()
        address = self._uno.getRangeAddress()
        kind = "CellInsertMode" if method == "insertCells" else "CellDeleteMode"
        getattr(self._sheet.uno, method)(address, uno().Enum(f"com.sun.star.sheet.{kind}", mode))

    def copy(self, destination: object = None) -> None:
        """Copy values, formulas and looks to another range of this sheet, from its first cell on.

        Raises:
            ValueError: no destination; there is no clipboard here.
        """
        if destination is None:
            raise ValueError("没有指定复制到哪里。")
        target: Any = getattr(destination, "impl", destination)
        self._refuse_if_protected()
        first = target(1).api.getCellByPosition(0, 0).getCellAddress()
        self._sheet.uno.copyRange(first, self._uno.getRangeAddress())

    @property
    def row_height(self) -> float:
        """The height of the first row, in points."""
        return self._uno.getRows().getByIndex(0).Height * _POINTS

    @row_height.setter
    def row_height(self, points: float) -> None:
        self._refuse_if_protected()
        self._uno.getRows().Height = round(points / _POINTS)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The ground of the cells, red, green and blue; None where they have none, or several."""
        ground = self._uno.CellBackColor
        if ground < 0 or mixed(self._uno, "CellBackColor"):
            return None
        return ground >> 16 & 255, ground >> 8 & 255, ground & 255

    @color.setter
    def color(self, color: tuple[int, int, int] | None) -> None:
        self._refuse_if_protected()
        red, green, blue = color or (0, 0, 0)
        self._uno.CellBackColor = -1 if color is None else red << 16 | green << 8 | blue

    @property
    def column_width(self) -> float:
        """The width of the first column, in characters."""
        return self._uno.getColumns().getByIndex(0).Width / _CHARACTER

    @column_width.setter
    def column_width(self, characters: float) -> None:
        self._refuse_if_protected()
        self._uno.getColumns().Width = round(characters * _CHARACTER)

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts are broken into lines; None where only some are."""
        return None if mixed(self._uno, "IsTextWrapped") else self._uno.IsTextWrapped

    @wrap_text.setter
    def wrap_text(self, wrap: bool) -> None:
        self._refuse_if_protected()
        self._uno.IsTextWrapped = wrap

    def select(self) -> None:
        """Show and select the cells; nothing to do in a document without a window."""
        controller = self._sheet.book.uno.CurrentController
        if controller is not None:
            controller.setActiveSheet(self._sheet.uno)
            controller.select(self._uno)

    def _refuse_if_locked(self) -> None:
        if self._sheet.uno.isProtected() and self.locked is not False:
            raise LockedError(
                f"{self._sheet.book.name}：工作表“{self._sheet.name}”受保护，"
                f"{self.address} 中有锁定的单元格。"
            )

    def _refuse_if_protected(self) -> None:
        if self._sheet.uno.isProtected():
            raise LockedError(
                f"{self._sheet.book.name}：工作表“{self._sheet.name}”受保护，不能改动格式或行列。"
            )


def _show_as_date(cell: Range) -> None:
    if cell.number_format == "General" and not cell.sheet.uno.isProtected():
        cell.number_format = _DATE_FORMAT
