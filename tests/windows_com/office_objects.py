"""Excel's objects as COM shows them (Excel 的对象), over the made-up Excel of tests/fake_excel.py.

Errors in cells come as the integers that pywin32 makes of them; it cannot send them as COM's own kind.
"""

# ruff: noqa: ARG002, FBT001, FBT002, N802, N803 - the names and signatures are Excel's own
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
from __future__ import annotations

import ntpath
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from fake_cells import ComError
from fake_excel import FakeBook
from fake_ranges import FakeRange
from fake_spreadsheet import spreadsheet
from object_library import Node, RefusedError, each

from perf_excel.sheets.grid import Area

_XML = 11
_LONGEST = 255
"""Characters of an address."""
_NO_INDEX = "下标越界"


class Office:
    """The program: its open workbooks, and how it is just now."""

    def __init__(self, name: str, window: int) -> None:
        self.name, self.window = name, window
        self.books: list[FakeBook] = []
        self.guarded: list[str] = []
        """Full names of the files in protected view."""
        self.read_only = False
        self.shows_xml = True
        self.settings: dict[str, Any] = {"ScreenUpdating": True, "DisplayAlerts": True, "Visible": True}


def _allowed(action: Callable[[], Any]) -> Any:
    """Do something in the made-up Excel; what it refuses, COM refuses."""
    try:
        return action()
    except ComError as error:
        raise RefusedError(str(error)) from error


def _block(values: Any) -> Any:
    """Rows as lists: a tuple would be taken for a result and what else a function gives back."""
    return [list(row) for row in values] if isinstance(values, tuple) else values


class Font(Node):
    def put_Bold(self, value: Any) -> None:
        """Looks are not kept."""

    def put_Color(self, value: Any) -> None:
        """Looks are not kept."""


class Interior(Node):
    """The ground of some ranges."""

    def __init__(self, ranges: list[FakeRange]) -> None:
        self.ranges = ranges

    def get_Color(self) -> int:
        red, green, blue = self.ranges[0].color or (255, 255, 255)
        return red | green << 8 | blue << 16

    def get_ColorIndex(self) -> int:
        return -4142 if self.ranges[0].color is None else 1

    def put_Color(self, value: int) -> None:
        for one in self.ranges:
            one.color = int(value) & 255, int(value) >> 8 & 255, int(value) >> 16 & 255


class Several(Node):
    """Some ranges at once, as an address with commas names them."""

    def __init__(self, ranges: list[FakeRange]) -> None:
        self.ranges = ranges

    def get_Interior(self) -> Node:
        return Interior(self.ranges)

    def get_Font(self) -> Node:
        return Font()


class Lines(Node):
    """Rows or columns, of which only their number is asked."""

    def __init__(self, number: int) -> None:
        self.number = number

    def get_Count(self) -> int:
        return self.number


class Range(Node):
    def __init__(self, office: Office, cells: FakeRange) -> None:
        self.office, self.cells = office, cells

    def get_Application(self) -> Node:
        return Application(self.office)

    def get_Worksheet(self) -> Node:
        return Worksheet(self.office, self.cells.sheet)

    def get_Parent(self) -> Node:
        return self.get_Worksheet()

    def get_Row(self) -> int:
        return self.cells.row

    def get_Column(self) -> int:
        return self.cells.column

    def get_Rows(self) -> Node:
        return Lines(self.cells.shape[0])

    def get_Columns(self) -> Node:
        return Lines(self.cells.shape[1])

    def get_Count(self) -> int:
        return len(self.cells)

    def get__Default(self, RowIndex: Any = None, ColumnIndex: Any = None) -> Any:
        if RowIndex is None:
            return self.get_Value()
        top, left = self.cells.area[:2]
        row, column = top + int(RowIndex) - 1, left + int(ColumnIndex) - 1
        return Range(self.office, FakeRange(self.cells.sheet, Area(row, column, row, column)))

    def get_Address(
        self,
        RowAbsolute: Any = True,
        ColumnAbsolute: Any = True,
        ReferenceStyle: Any = 1,
        External: Any = None,
    ) -> str:
        found = self.cells.get_address(RowAbsolute is not False, ColumnAbsolute is not False, bool(External))
        first, _, last = found.partition(":")
        return found if first != last else first

    def get_Value(self, RangeValueDataType: Any = None) -> Any:
        if RangeValueDataType == _XML and self.office.shows_xml:
            return spreadsheet(self.cells)
        return _block(self.cells.raw_value)

    def put_Value(self, value: Any) -> None:
        _allowed(lambda: setattr(self.cells, "raw_value", _plain(value)))

    def get_Formula(self) -> Any:
        return _block(self.cells.formula)

    def put_Formula(self, value: Any) -> None:
        _allowed(lambda: setattr(self.cells, "formula", _plain(value)))

    def get_NumberFormat(self) -> str | None:
        return self.cells.number_format

    def put_NumberFormat(self, value: str) -> None:
        _allowed(lambda: setattr(self.cells, "number_format", value))

    def get_MergeCells(self) -> bool | None:
        return self.cells.merge_cells

    def get_MergeArea(self) -> Node:
        return Range(self.office, self.cells.merge_area)

    def do_Merge(self, Across: Any = None) -> None:
        _allowed(lambda: self.cells.merge(across=bool(Across)))

    def do_UnMerge(self) -> None:
        _allowed(self.cells.unmerge)

    def do_Clear(self) -> bool:
        _allowed(self.cells.clear)
        return True

    def do_ClearContents(self) -> bool:
        _allowed(self.cells.clear_contents)
        return True

    def do_Insert(self, Shift: Any = None, CopyOrigin: Any = None) -> bool:
        _allowed(lambda: self.cells.insert({-4121: "down", -4161: "right"}.get(Shift)))
        return True

    def do_Copy(self, Destination: Any = None) -> bool:
        _allowed(lambda: self.cells.copy(Destination.cells))
        return True

    def do_Select(self) -> bool:
        self.cells.select()
        return True

    def get_RowHeight(self) -> float | None:
        return self.cells.row_height

    def put_RowHeight(self, value: float) -> None:
        _allowed(lambda: setattr(self.cells, "row_height", value))

    def get_ColumnWidth(self) -> float:
        return self.cells.column_width

    def put_ColumnWidth(self, value: float) -> None:
        """Looks are not kept."""

    def put_WrapText(self, value: bool) -> None:
        """Looks are not kept."""

    def get_Font(self) -> Node:
        return Font()

    def get_Interior(self) -> Node:
        return Interior([self.cells])


def _plain(value: Any) -> Any:
    """Values that came in by COM, as the made-up Excel takes them."""
    if isinstance(value, (tuple, list)):
        return tuple(_plain(one) for one in value)
    return float(value) if isinstance(value, Decimal) else value


class Worksheet(Node):
    def __init__(self, office: Office, sheet: Any) -> None:
        self.office, self.sheet = office, sheet

    def get_Application(self) -> Node:
        return Application(self.office)

    def get_Parent(self) -> Node:
        return Workbook(self.office, self.sheet.book)

    def get_Name(self) -> str:
        return self.sheet.name

    def put_Name(self, value: str) -> None:
        _allowed(lambda: setattr(self.sheet, "name", value))

    def get_Index(self) -> int:
        return self.sheet.index

    def get_Visible(self) -> int:
        return -1 if self.sheet.visible is True else int(self.sheet.visible)

    def put_Visible(self, value: int) -> None:
        self.sheet.visible = bool(value)

    def get_UsedRange(self) -> Node:
        return Range(self.office, self.sheet.used_range)

    def get_Cells(self) -> Node:
        return Range(self.office, FakeRange(self.sheet, Area(1, 1, 1_048_576, 16_384)))

    def get_Range(self, Cell1: Any, Cell2: Any = None) -> Node:
        if isinstance(Cell1, str) and "," in Cell1:
            if len(Cell1) > _LONGEST:
                raise RefusedError(_NO_INDEX)
            return Several([self.sheet.range(one) for one in Cell1.split(",")])
        first = Cell1 if isinstance(Cell1, str) else Cell1.cells
        if isinstance(first, str):
            first = first.replace("$", "")
        return Range(self.office, self.sheet.range(first, None if Cell2 is None else Cell2.cells))

    def do_Select(self) -> bool:
        self.sheet.select()
        return True

    def do_Activate(self) -> None:
        self.sheet.select()

    def do_Delete(self) -> bool:
        _allowed(self.sheet.delete)
        return True

    def do_Move(self, Before: Any = None, After: Any = None) -> None:
        pages, own = self.sheet.book.pages, self.sheet.page
        pages.remove(own)
        at = pages.index(Before.sheet.page) if Before else pages.index(After.sheet.page) + 1
        pages.insert(at, own)


class Sheets(Node):
    def __init__(self, office: Office, book: FakeBook) -> None:
        self.office, self.book = office, book

    def get_Application(self) -> Node:
        return Application(self.office)

    def get_Parent(self) -> Node:
        return Workbook(self.office, self.book)

    def get_Count(self) -> int:
        return len(self.book.sheets)

    def get_Item(self, Index: Any) -> Node:
        try:
            return Worksheet(self.office, self.book.sheets(Index if isinstance(Index, str) else int(Index)))
        except (KeyError, IndexError) as error:
            raise RefusedError(_NO_INDEX) from error

    def get__Default(self, Index: Any) -> Node:
        return self.get_Item(Index)

    def get__NewEnum(self) -> Any:
        return each([Worksheet(self.office, sheet) for sheet in self.book.sheets])

    def do_Add(self, Before: Any = None, After: Any = None, Count: Any = None, Type: Any = None) -> Node:
        before, after = Before and Before.sheet, After and After.sheet
        return Worksheet(self.office, _allowed(lambda: self.book.sheets.add(before, after)))


class Workbook(Node):
    def __init__(self, office: Office, book: FakeBook) -> None:
        self.office, self.book = office, book

    def get_Application(self) -> Node:
        return Application(self.office)

    def get_Name(self) -> str:
        return self.book.name

    def get_FullName(self) -> str:
        return self.book.fullname

    def get_Path(self) -> str:
        return ntpath.dirname(self.book.fullname)

    def get_ReadOnly(self) -> bool:
        return self.office.read_only

    def get_Worksheets(self) -> Node:
        return Sheets(self.office, self.book)

    def get_ActiveSheet(self) -> Node:
        return Worksheet(self.office, self.book.sheets.active)

    def do_Activate(self) -> None:
        self.book.activate()


class Workbooks(Node):
    def __init__(self, office: Office) -> None:
        self.office = office

    def get_Application(self) -> Node:
        return Application(self.office)

    def get_Count(self) -> int:
        return len(self.office.books)

    def get_Item(self, Index: Any) -> Node:
        for number, book in enumerate(self.office.books, 1):
            if Index == number or str(Index).casefold() == book.name.casefold():
                return Workbook(self.office, book)
        raise RefusedError(_NO_INDEX)

    def get__Default(self, Index: Any) -> Node:
        return self.get_Item(Index)

    def get__NewEnum(self) -> Any:
        return each([Workbook(self.office, book) for book in self.office.books])


class ProtectedViewWindow(Node):
    def __init__(self, full_name: str) -> None:
        self.full_name = full_name

    def get_SourcePath(self) -> str:
        return ntpath.dirname(self.full_name)

    def get_SourceName(self) -> str:
        return ntpath.basename(self.full_name)


class ProtectedViewWindows(Node):
    def __init__(self, office: Office) -> None:
        self.office = office

    def get_Count(self) -> int:
        return len(self.office.guarded)

    def get_Item(self, Index: Any) -> Node:
        return ProtectedViewWindow(self.office.guarded[int(Index) - 1])

    def get__NewEnum(self) -> Any:
        return each([ProtectedViewWindow(name) for name in self.office.guarded])


class Application(Node):
    def __init__(self, office: Office) -> None:
        self.office = office

    def get_Application(self) -> Node:
        return self

    def get_Name(self) -> str:
        return self.office.name

    def get_Version(self) -> str:
        return "16.0"

    def get_Hwnd(self) -> int:
        return self.office.window

    def get_Workbooks(self) -> Node:
        return Workbooks(self.office)

    def get_ProtectedViewWindows(self) -> Node:
        return ProtectedViewWindows(self.office)

    def get_ActiveWorkbook(self) -> Node | None:
        return Workbook(self.office, self.office.books[-1]) if self.office.books else None

    def get_Selection(self) -> Node | None:
        if not self.office.books:
            return None
        book = self.office.books[-1]
        chosen = book.app.selection
        return Range(self.office, chosen or book.sheets.active.range((1, 1)))

    def get_ScreenUpdating(self) -> bool:
        return self.office.settings["ScreenUpdating"]

    def put_ScreenUpdating(self, value: bool) -> None:
        self.office.settings["ScreenUpdating"] = value

    def get_DisplayAlerts(self) -> bool:
        return self.office.settings["DisplayAlerts"]

    def put_DisplayAlerts(self, value: bool) -> None:
        self.office.settings["DisplayAlerts"] = value


INTERFACES: dict[type[Node], str] = {
    Application: "{000208D5-0000-0000-C000-000000000046}",
    Workbooks: "{000208DB-0000-0000-C000-000000000046}",
    Workbook: "{000208DA-0000-0000-C000-000000000046}",
    Sheets: "{000208D7-0000-0000-C000-000000000046}",
    Worksheet: "{000208D8-0000-0000-C000-000000000046}",
    Range: "{00020846-0000-0000-C000-000000000046}",
    Font: "{0002084D-0000-0000-C000-000000000046}",
    Interior: "{7D0C7BD2-6A4B-4D0B-9A53-1B1F5A2F0C19}",
    Several: "{7D0C7BD2-6A4B-4D0B-9A53-1B1F5A2F0C1A}",
    Lines: "{7D0C7BD2-6A4B-4D0B-9A53-1B1F5A2F0C16}",
    ProtectedViewWindow: "{7D0C7BD2-6A4B-4D0B-9A53-1B1F5A2F0C17}",
    ProtectedViewWindows: "{7D0C7BD2-6A4B-4D0B-9A53-1B1F5A2F0C18}",
}
"""The classes, each with the identity of its interface: Excel's own where a client knows it."""
