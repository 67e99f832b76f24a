"""The sheets of a workbook in LibreOffice (工作表), as xlwings sees them."""

# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false
# xlwings' base classes have no types, and properties where a constant will do.

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from perf_excel.live.libreoffice.parents import AroundSheet
from perf_excel.live.libreoffice.ranges import LockedError, Range
from perf_excel.live.libreoffice.shape import used_area
from perf_excel.live.libreoffice.uno_types import UnoSheet
from perf_excel.live.xl import base_classes
from perf_excel.sheets.grid import Area

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")

_ROWS = re.compile(r"\$?(\d+):\$?(\d+)")
_LAST_COLUMN = 16_384


class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: AroundSheet, uno: UnoSheet) -> None:
        self._book = book
        self.uno = uno

    @property
    def api(self) -> UnoSheet:
        """The UNO sheet."""
        return self.uno

    @property
    def book(self) -> AroundSheet:
        """The workbook."""
        return self._book

    @property
    def name(self) -> str:
        """The name."""
        return self.uno.Name

    @name.setter
    def name(self, value: str) -> None:
        self._book.refuse_if_protected()
        self.uno.Name = value

    @property
    def index(self) -> int:
        """The position, counted from 1."""
        return self._book.uno.Sheets.ElementNames.index(self.name) + 1

    @property
    def visible(self) -> bool:
        """Whether people see it."""
        return self.uno.IsVisible

    @visible.setter
    def visible(self, value: bool) -> None:
        self._book.refuse_if_protected()
        self.uno.IsVisible = value

    @property
    def used_range(self) -> Range:
        """The rectangle of what is used."""
        return Range(self, used_area(self.uno))

    @property
    def cells(self) -> Range:
        """Every cell of an .xlsx sheet."""
        return Range(self, Area(1, 1, 1_048_576, 16_384))

    def range(self, arg1: Any, arg2: Any = None) -> Range:  # noqa: ANN401  (xlwings hands in what it was given)
        """Return a range by address, name, (row, column), or two corners of any of these."""
        if arg2 is None:
            return self._one(arg1)
        first, last = self._one(arg1).area, self._one(arg2).area
        return Range(self, Area(min(first.top, last.top), min(first.left, last.left),
                                max(first.bottom, last.bottom), max(first.right, last.right)))  # fmt: skip

    def _one(self, what: Any) -> Range:  # noqa: ANN401
        if isinstance(what, tuple):
            row, column, *size = cast("tuple[int, ...]", what)
            if not (1 <= row <= 1_048_576 and 1 <= column <= 16_384):
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            height, width = size or (1, 1)  # a slice comes with its size
            return Range(self, Area(row, column, row + height - 1, column + width - 1))
        if isinstance(what, str):
            found = _REFERENCE.fullmatch(what)
            if found:
                left, top = _column(found[1]), int(found[2])
                right, bottom = (_column(found[3]), int(found[4])) if found[3] else (left, top)
                return Range(self, Area(top, left, bottom, right))
            rows = _ROWS.fullmatch(what)
            if rows:
                return Range(self, Area(int(rows[1]), 1, int(rows[2]), _LAST_COLUMN))
            return self._book.names(what).refers_to_range
        impl: Range = getattr(what, "impl", what)
        return impl

    def activate(self) -> None:
        """Show this sheet; nothing to do in a document without a window."""
        controller = self._book.uno.CurrentController
        if controller is not None:
            controller.setActiveSheet(self.uno)

    select = activate

    def clear_contents(self) -> None:
        """Empty every cell."""
        self.used_range.clear_contents()

    def clear(self) -> None:
        """Empty every cell and take the formats."""
        self.used_range.clear()

    def delete(self) -> None:
        """Delete the sheet."""
        self._book.refuse_if_protected()
        self._book.uno.Sheets.removeByName(self.name)

    def protect(self, password: str = "") -> None:
        """Protect the sheet: locked cells refuse to be written."""
        self.uno.protect(password)

    def unprotect(self, password: str = "") -> None:
        """Take the protection away.

        Raises:
            LockedError: the password is another.
        """
        self.uno.unprotect(password)
        if self.uno.isProtected():
            raise LockedError(f"工作表“{self.name}”的保护密码不对。")


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Sheets(base_classes.Sheets):
    """The sheets of a workbook, in order."""

    def __init__(self, book: AroundSheet) -> None:
        self._book = book

    @property
    def api(self) -> object:
        """The UNO collection."""
        return self._book.uno.Sheets

    @property
    def active(self) -> Sheet:
        """The sheet in view; the first one in a document without a window."""
        controller = self._book.uno.CurrentController
        return Sheet(self._book, controller.getActiveSheet()) if controller is not None else self(1)

    def __call__(self, name_or_index: str | int) -> Sheet:
        """Return a sheet by name, or by position counted from 1.

        Raises:
            KeyError: there is none.
        """
        sheets = self._book.uno.Sheets
        if isinstance(name_or_index, str):
            if not sheets.hasByName(name_or_index):
                raise KeyError(name_or_index)
            return Sheet(self._book, sheets.getByName(name_or_index))
        if not 1 <= name_or_index <= len(self):
            raise KeyError(name_or_index)
        return Sheet(self._book, sheets.getByIndex(name_or_index - 1))

    def __len__(self) -> int:
        return self._book.uno.Sheets.getCount()

    def __iter__(self) -> Iterator[Sheet]:
        return (self(number) for number in range(1, len(self) + 1))

    def __contains__(self, name: str) -> bool:
        return self._book.uno.Sheets.hasByName(name)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """Add a sheet; at the front where nothing else is said."""
        self._book.refuse_if_protected()
        position = after.index if after else before.index - 1 if before else 0
        taken = set(self._book.uno.Sheets.ElementNames)
        name = name or next(one for number in range(1, 10_000) if (one := f"Sheet{number}") not in taken)
        self._book.uno.Sheets.insertNewByName(name, position)
        return self(name)
