"""An Excel made up for tests: an engine of xlwings with Excel's own manners over COM.

Empty cells are None, dates are datetimes with a time zone, errors are integers, currency is Decimal; one cell
gives a scalar, several a tuple of tuples; text that looks like a number becomes one unless an apostrophe
stands before it; a range of several formats has none, one of merged and other cells is neither merged nor
not; a locked cell of a protected sheet refuses, and the whole write with it. Formulas are kept, never
calculated. Every question and every order counts as a call.
"""


# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import openpyxl
from fake_cells import CELL, ComError, Held, Page, column_number, renamed
from fake_ranges import FakeRange

from perf_excel.books.opening import open_book
from perf_excel.live.xl import base_classes, xw
from perf_excel.sheets.grid import Area, Place


class FakeEngine:
    """The engine."""

    name = "fake"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = FakeApps(self)

    @staticmethod
    def prepare_xl_data_element(x: object, _: object) -> object:
        return x


class FakeApps(base_classes.Apps):
    def __init__(self, engine: FakeEngine) -> None:
        self.app = FakeApp(engine)

    def keys(self) -> list[int]:
        return [1]

    def __iter__(self) -> Iterator[FakeApp]:
        return iter([self.app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> FakeApp:
        return self.app


class FakeApp(base_classes.App):
    pid = 1
    display_alerts = True
    screen_updating = True
    selection: Any = None

    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine
        self.open: list[FakeBook] = []

    @property
    def books(self) -> FakeBooks:
        return FakeBooks(self)


class FakeBooks(base_classes.Books):
    app: Any = None

    def __init__(self, app: FakeApp) -> None:
        self.app = app

    @property
    def active(self) -> FakeBook:
        return self.app.open[-1]

    def __iter__(self) -> Iterator[FakeBook]:
        return iter(self.app.open)

    def __len__(self) -> int:
        return len(self.app.open)

    def __call__(self, name_or_index: str | int) -> FakeBook:
        if isinstance(name_or_index, int):
            return self.app.open[name_or_index - 1]
        return next(book for book in self.app.open if book.name == name_or_index)


class FakeBook(base_classes.Book):
    """An open workbook."""

    app: Any = None
    fullname: Any = ""
    name: Any = ""

    def __init__(self, app: FakeApp, path: Path, pages: list[Page]) -> None:
        self.app = app
        self.fullname = str(path)
        self.name = path.name
        self.pages = pages
        self.front = pages[0].name
        self.calls = 0
        self.structure_locked = False

    @property
    def sheets(self) -> FakeSheets:
        return FakeSheets(self)

    def activate(self) -> None:
        self.calls += 1


class FakeSheets(base_classes.Sheets):
    def __init__(self, book: FakeBook) -> None:
        self.book = book

    @property
    def active(self) -> FakeSheet:
        return self(self.book.front)

    def __iter__(self) -> Iterator[FakeSheet]:
        return (FakeSheet(self.book, page) for page in list(self.book.pages))

    def __len__(self) -> int:
        return len(self.book.pages)

    def __call__(self, name_or_index: str | int) -> FakeSheet:
        self.book.calls += 1
        if isinstance(name_or_index, int):
            return FakeSheet(self.book, self.book.pages[name_or_index - 1])
        for page in self.book.pages:
            if page.name.casefold() == name_or_index.casefold():
                return FakeSheet(self.book, page)
        raise KeyError(name_or_index)

    def add(
        self, before: FakeSheet | None = None, after: FakeSheet | None = None, name: str | None = None
    ) -> FakeSheet:
        self.book.calls += 1
        if self.book.structure_locked:
            raise ComError("工作簿有保护，不能更改。")
        page = Page(name or f"Sheet{len(self.book.pages) + 1}")
        at = self.book.pages.index(after.page) + 1 if after else 0
        at = self.book.pages.index(before.page) if before else at
        self.book.pages.insert(at, page)
        self.book.front = page.name  # as Excel does
        return FakeSheet(self.book, page)


class FakeSheet(base_classes.Sheet):
    def __init__(self, book: FakeBook, page: Page) -> None:
        self._book = book
        self.page = page

    @property
    def book(self) -> FakeBook:
        return self._book

    @property
    def name(self) -> str:
        self._book.calls += 1
        return self.page.name

    @name.setter
    def name(self, value: str) -> None:
        self._book.calls += 1
        old, self.page.name = self.page.name, value
        if self._book.front == old:
            self._book.front = value
        for page in self._book.pages:
            page.cells = {place: renamed(held, old, value) for place, held in page.cells.items()}

    @property
    def index(self) -> int:
        return self._book.pages.index(self.page) + 1

    @property
    def visible(self) -> int:
        self._book.calls += 1
        return self.page.visible

    @visible.setter
    def visible(self, value: int) -> None:
        self._book.calls += 1
        self.page.visible = value

    @property
    def used_range(self) -> FakeRange:
        self._book.calls += 1
        places = [*self.page.cells, *((area.bottom, area.right) for area in self.page.merges)] or [(1, 1)]
        rows, columns = [row for row, _ in places], [column for _, column in places]
        return FakeRange(self, Area(min(rows), min(columns), max(rows), max(columns)))

    def range(self, arg1: Any, arg2: Any = None) -> FakeRange:
        if isinstance(arg1, str):
            found = [(int(row), column_number(letters)) for _, letters, _, row in CELL.findall(arg1)]
            rows = re.fullmatch(r"(\d+):(\d+)", arg1)
            if rows:
                return FakeRange(self, Area(int(rows[1]), 1, int(rows[2]), 16384))
            return FakeRange(self, Area(*found[0], *found[-1]))
        first = arg1.area[:2] if isinstance(arg1, FakeRange) else arg1
        last = arg2.area[2:] if isinstance(arg2, FakeRange) else arg2 or first
        return FakeRange(self, Area(*first, *last))

    def select(self) -> None:
        self._book.calls += 1
        self._book.front = self.page.name

    def delete(self) -> None:
        self._book.calls += 1
        if self._book.structure_locked:
            raise ComError("工作簿有保护，不能更改。")
        self._book.pages.remove(self.page)
        self._book.front = self._book.pages[0].name


def open_in_excel(path: Path) -> xw.Book:
    """Open an .xlsx in the made-up Excel."""
    source, locks = open_book(path), openpyxl.load_workbook(path)
    pages: list[Page] = []
    for name in source.sheets:
        grid, looks = source.grid(name), cast("Any", locks[name])
        assert grid
        cells: dict[Place, Held] = {
            (one.row, one.column): _held(one) for row in looks.iter_rows() for one in row
        }
        for place, cell in grid.cells.items():
            old = cells.get(place, Held())
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            cells[place] = Held(value, cell.formula, cell.format, old.locked)
        heights = {row: float(one.height) for row, one in looks.row_dimensions.items() if one.height}
        pages.append(
            Page(name, cells, list(grid.merges), heights, not grid.hidden, bool(looks.protection.sheet))
        )
    return open_pages(pages, path)


def _held(cell: Any) -> Held:
    """A cell as openpyxl has it; helper cells, which the program does not read, keep what they hold."""
    formula = cell.value.removeprefix("=") if cell.data_type == "f" else None
    value = None if cell.data_type == "f" else cell.value
    return Held(value, formula, cell.number_format, bool(cell.protection.locked))


def open_pages(pages: list[Page], path: Path = Path("表.xlsx")) -> xw.Book:
    """Open a workbook of such sheets."""
    app = FakeEngine().apps.app
    book = FakeBook(app, path, pages)
    book.front = next(page.name for page in pages if page.visible)
    app.open.append(book)
    return xw.Book(impl=book)


def calls(book: xw.Book) -> int:
    """How many questions and orders a workbook has had."""
    impl = cast("Any", book).impl
    return impl.calls


def lock_structure(book: xw.Book) -> None:
    """Let no sheet be added or removed."""
    impl = cast("Any", book).impl
    impl.structure_locked = True
