"""An Excel made up for tests: an engine of xlwings with Excel's own manners over COM.

Empty cells are None, dates are datetimes with a time zone, errors are integers, currency is Decimal; one cell
gives a scalar, several a tuple of tuples; text that looks like a number becomes one unless an apostrophe
stands before it; a range of several formats has none, one of merged and other cells is neither merged nor
not; a locked cell of a protected sheet refuses, and the whole write with it. Formulas are kept, never
calculated. Every question and every order counts as a call.
"""

# ruff: noqa: ARG002, FBT001, FBT002 - the signatures are xlwings' own
# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import openpyxl

from perf_excel.books.opening import open_book
from perf_excel.live.xl import base_classes, xw
from perf_excel.sheets.grid import Area, Place, column_letters
from perf_excel.sheets.printing import is_date

ERRORS = {
    "#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273, "#REF!": -2146826265,
    "#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246,
}  # fmt: skip
_EPOCH = dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")


class ComError(Exception):
    """What Excel says when it refuses (0x800A03EC)."""


@dataclass(frozen=True)
class Held:
    """What one cell holds: a value, perhaps the result of a formula; and its looks."""

    value: Any = None
    formula: str | None = None
    format: str = "General"
    locked: bool = True


@dataclass
class Page:
    """One sheet's cells."""

    name: str
    cells: dict[Place, Held] = field(default_factory=dict[Place, Held])
    merges: list[Area] = field(default_factory=list[Area])
    heights: dict[int, float] = field(default_factory=dict[int, float])
    visible: bool = True
    protected: bool = False


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

    @property
    def index(self) -> int:
        return self._book.pages.index(self.page) + 1

    @property
    def visible(self) -> bool:
        self._book.calls += 1
        return self.page.visible

    @visible.setter
    def visible(self, value: bool) -> None:
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
            found = [(int(row), _number(letters)) for _, letters, _, row in _CELL.findall(arg1)]
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


class FakeRange(base_classes.Range):
    def __init__(self, sheet: FakeSheet, area: Area) -> None:
        self._sheet = sheet
        self.area = area
        self.options: dict[str, Any] = {}

    @property
    def sheet(self) -> FakeSheet:
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
        return self._shaped([_shown(page.cells.get(place, Held())) for place in self.places])

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._write(data)

    @property
    def formula(self) -> Any:
        page = self.page
        return self._shaped([_written(page.cells.get(place, Held())) for place in self.places])

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
            page.cells[place] = _entered(page.cells.get(place, Held()), value)

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
        return next((area for area in self._sheet.page.merges if _inside(area, place)), None)

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
        page.merges = [area for area in page.merges if not any(_inside(area, place) for place in self.places)]

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

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Insert one whole row; formulas that point below it follow."""
        page = self.page
        self._refuse(cells=False)
        assert shift == "down"
        at = self.area.top
        assert self.shape == (1, 16384), "whole rows only"
        page.cells = {
            (row + (row >= at), column): _moved(held, at, 1) for (row, column), held in page.cells.items()
        }
        for other in self._sheet.book.pages:
            if other is not page:
                marked = {place: _elsewhere(held, page.name, at) for place, held in other.cells.items()}
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
            page.cells[row + down, column + across] = _relative(held, down)
        for area in list(page.merges):
            if _inside(self.area, area[:2]):
                assert _inside(self.area, area[2:]), "a merged area cut through"
                page.merges.append(
                    Area(area.top + down, area.left + across, area.bottom + down, area.right + across)
                )

    def select(self) -> None:
        self._sheet.book.app.selection = self


def open_in_excel(path: Path) -> xw.Book:
    """Open an .xlsx in the made-up Excel."""
    source, locks = open_book(path), openpyxl.load_workbook(path)
    pages: list[Page] = []
    for name in source.sheets:
        grid, looks = source.grid(name), cast("Any", locks[name])
        assert grid
        cells: dict[Place, Held] = {
            (one.row, one.column): Held(format=one.number_format, locked=bool(one.protection.locked))
            for row in looks.iter_rows()
            for one in row
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


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _inside(area: Area, place: tuple[int, ...]) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right


def _shown(held: Held) -> Any:
    value = held.value
    if isinstance(value, str) and value in ERRORS:
        return ERRORS[value]
    if value is None and held.formula is not None:
        return ""  # an application has calculated it
    if value == "" and held.formula is None:
        return None
    if isinstance(value, float):
        if is_date(held.format):
            return _EPOCH + dt.timedelta(days=value)
        if "¥" in held.format:
            return Decimal(f"{value:.4f}")
    return value


def _written(held: Held) -> str:
    if held.formula is not None:
        return f"={held.formula}"
    value = held.value
    return "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)


def _entered(old: Held, value: Any) -> Held:
    if not isinstance(value, str):
        number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
        return replace(old, value=float(value) if number else value, formula=None)
    if value.startswith("'"):
        return replace(old, value=value[1:], formula=None)
    if old.format == "@":
        return replace(old, value=value or None, formula=None)
    if value.startswith("="):
        shown = re.fullmatch(r'=HYPERLINK\(".*","(.*)"\)', value)
        return replace(old, value=shown[1] if shown else 0.0, formula=value[1:])
    if _NUMBER.fullmatch(value):
        number = float(value.rstrip("%")) / (100 if value.endswith("%") else 1)
        return replace(old, value=number, formula=None)
    return replace(old, value=value or None, formula=None)


def _moved(held: Held, at: int, by: int) -> Held:
    """A formula after a row was inserted: what it points at below moves with its row."""
    if held.formula is None or "!" in held.formula:
        return held

    def shifted(found: re.Match[str]) -> str:
        row = int(found[4])
        return f"{found[1]}{found[2]}{found[3]}{row + by if row >= at else row}"

    return replace(held, formula=_CELL.sub(shifted, held.formula))


def _elsewhere(held: Held, sheet: str, at: int) -> Held:
    if held.formula is None or sheet not in held.formula:
        return held
    return replace(
        held, formula=_moved(replace(held, formula=held.formula.replace("!", "\0")), at, 1).formula
    )


def _relative(held: Held, down: int) -> Held:
    """A formula that was copied some rows further down."""
    if held.formula is None:
        return held

    def shifted(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{found[3]}{int(found[4]) + (0 if found[3] else down)}"

    return replace(held, formula=_CELL.sub(shifted, held.formula))
