"""LibreOffice as an engine of xlwings (引擎): applications and the workbooks open in them."""

# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false
# xlwings' base classes have no types, and properties where a constant will do.

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from perf_excel.errors import UserError
from perf_excel.live.bridge import properties
from perf_excel.live.document import Book
from perf_excel.live.process import Office
from perf_excel.live.ranges import Range
from perf_excel.live.sheets import Sheet
from perf_excel.live.uno_types import UnoBook, UnoDesktop
from perf_excel.live.values import CellError, CellValue
from perf_excel.live.xl import base_classes, xw
from perf_excel.sheets.grid import Area

NAME = "libreoffice"


class Engine:
    """The engine: what of it is not the same for every application."""

    name = NAME
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(x: object, options: object) -> object:  # noqa: ARG004
        """Return a value ready to be written; ranges turn it into LibreOffice's own."""
        return x

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[CellValue]],
        datetime_builder: Callable[..., object],
        empty_as: object,
        number_builder: Callable[[float], object] | None,
        err_to_str: bool,  # noqa: FBT001  (xlwings' own)
    ) -> list[list[object]]:
        """Return values as the reader asked for them."""

        def clean(value: CellValue) -> object:
            if value is None:
                return empty_as
            if isinstance(value, CellError):
                return str(value) if err_to_str else None
            if isinstance(value, float) and number_builder is not None:
                return number_builder(value)
            if hasattr(value, "year"):
                moment: Any = value
                return datetime_builder(
                    moment.year, moment.month, moment.day, hour=moment.hour,
                    minute=moment.minute, second=moment.second, microsecond=moment.microsecond,
                )  # fmt: skip
            return value

        return [[clean(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    """The applications that this program started or found."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.apps: dict[int, App] = {}

    def keys(self) -> list[int]:
        """Return their process ids."""
        return list(self.apps)

    def add(self, add_book: bool | None = None, **_: object) -> App:  # noqa: FBT001
        """Start a LibreOffice without a window."""
        office = Office()
        app = self.join(office.desktop, office)
        if add_book:
            app.books.add()
        return app

    def join(self, desktop: UnoDesktop, office: Office | None = None) -> App:
        """Take in a running LibreOffice; ``office`` where it is ours to end."""
        app = App(self._engine, desktop, office)
        self.apps[app.pid] = app
        return app

    def leave(self, app: App) -> None:
        """Forget one."""
        self.apps.pop(app.pid, None)

    def cleanup(self) -> None:
        """Nothing to do: no process outlives this one."""

    def __iter__(self) -> Iterator[App]:
        return iter(list(self.apps.values()))

    def __len__(self) -> int:
        return len(self.apps)

    def __getitem__(self, pid: int) -> App:
        return self.apps[pid]


class App(base_classes.App):
    """One running LibreOffice."""

    visible = False
    screen_updating = True
    display_alerts = False
    enable_events = True
    interactive = True
    calculation = "automatic"

    def __init__(self, engine: Engine, desktop: UnoDesktop, office: Office | None) -> None:
        self.engine = engine
        self.desktop = desktop
        self.office = office

    @property
    def api(self) -> UnoDesktop:
        """The UNO desktop."""
        return self.desktop

    @property
    def pid(self) -> int:
        """The process id; one of our own making for a LibreOffice that was found running."""
        return self.office.pid if self.office else -os.getpid()

    hwnd = pid

    @property
    def version(self) -> str:
        """A version of Excel that behaves alike."""
        return "16.0"

    @property
    def books(self) -> Books:
        """The workbooks open in it."""
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """The selected cells of the workbook in front."""
        book = self.books.active
        controller = book.uno.CurrentController if book else None
        if book is None or controller is None:
            return None
        cells = controller.getSelection()
        if not hasattr(cells, "getRangeAddress"):
            return None
        found = cells.getRangeAddress()
        area = Area(found.StartRow + 1, found.StartColumn + 1, found.EndRow + 1, found.EndColumn + 1)
        return Range(Sheet(book, cells.getSpreadsheet()), area)

    def activate(self, steal_focus: bool = False) -> None:  # noqa: FBT001, FBT002
        """Nothing to do: it has no window of ours."""

    def calculate(self) -> None:
        """Calculate every workbook anew."""
        for book in self.books:
            book.uno.calculateAll()

    def quit(self) -> None:
        """End it if it is ours; leave a LibreOffice that was found running alone."""
        self.engine.apps.leave(self)
        if self.office:
            self.office.stop()

    def kill(self) -> None:
        """End it; there is no harder way than the usual one."""
        self.quit()


class Books(base_classes.Books):
    """The workbooks open in an application."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> UnoDesktop:
        """The UNO desktop."""
        return self.app.desktop

    @property
    def active(self) -> Book | None:
        """The workbook in front; the last opened where none is."""
        current = self.app.desktop.CurrentComponent
        if current is not None and _is_book(current):
            return Book(self.app, current)
        return next(iter(reversed(list(self))), None)

    def __iter__(self) -> Iterator[Book]:
        components = self.app.desktop.Components.createEnumeration()
        while components.hasMoreElements():
            one = components.nextElement()
            if _is_book(one):
                yield Book(self.app, one)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: str | int) -> Book:
        """Return a workbook by name, or by position counted from 1.

        Raises:
            KeyError: there is none.
        """
        books = list(self)
        if isinstance(name_or_index, int):
            return books[name_or_index - 1]
        for book in books:
            if book.name.lower() == name_or_index.lower():
                return book
        raise KeyError(name_or_index)

    def add(self) -> Book:
        """Open an empty workbook."""
        return self._load("private:factory/scalc", "新工作簿")

    def open(
        self,
        fullname: str,
        update_links: object = None,  # noqa: ARG002
        read_only: bool | None = None,  # noqa: FBT001
        *_: object,
    ) -> Book:
        """Open a file; macros never run and links are never updated.

        Raises:
            UserError: LibreOffice cannot open it.
        """
        path = Path(fullname).absolute()
        if not path.is_file():
            raise UserError(f"{path.name}：文件不存在，请检查路径。")
        if self.app.office:
            self.app.office.opens(path)
        return self._load(path.as_uri(), path.name, ReadOnly=bool(read_only))

    def _load(self, url: str, name: str, **more: object) -> Book:
        arguments = properties(Hidden=True, MacroExecutionMode=0, UpdateDocMode=0, **more)
        found = self.app.desktop.loadComponentFromURL(url, "_blank", 0, arguments)
        if found is None:
            raise UserError(f"{name}：LibreOffice 打不开它，可能正在别处打开，或文件已损坏，请检查后重试。")
        if not _is_book(found):
            found.close(True)  # noqa: FBT003
            raise UserError(f"{name}：不是工作簿，请选择 .xlsx、.xlsm、.xls 或 .ods 文件。")
        return Book(self.app, found)


def _is_book(component: UnoBook) -> bool:
    return hasattr(component, "supportsService") and component.supportsService(
        "com.sun.star.sheet.SpreadsheetDocument"
    )


def register() -> xw.Engine:
    """Enter the engine in xlwings' list, once, and return it."""
    for engine in xw.engines:
        if engine.name == NAME:
            return engine
    engine = xw.Engine(impl=Engine())
    xw.engines.add(engine)
    return engine
