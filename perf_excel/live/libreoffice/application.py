"""A running LibreOffice (应用程序), as xlwings sees it, and the workbooks open in it."""

# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false
# xlwings' base classes have no types, and properties where a constant will do.

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.live.libreoffice.bridge import properties
from perf_excel.live.libreoffice.document import Book
from perf_excel.live.libreoffice.parents import AroundApp
from perf_excel.live.libreoffice.process import Office
from perf_excel.live.libreoffice.ranges import Range
from perf_excel.live.libreoffice.sheet import Sheet
from perf_excel.live.libreoffice.uno_types import UnoBook, UnoDesktop
from perf_excel.live.xl import base_classes
from perf_excel.sheets.grid import Area


class App(base_classes.App):
    """One running LibreOffice."""

    visible = False
    screen_updating = True
    display_alerts = False
    enable_events = True
    interactive = True
    calculation = "automatic"

    def __init__(self, engine: AroundApp, desktop: UnoDesktop, office: Office | None) -> None:
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

    def opens(self, path: Path) -> None:
        """Say that a file is about to be open in it: the lock beside it goes when ours ends."""
        if self.office:
            self.office.opens(path)

    def calculate(self) -> None:
        """Calculate every workbook anew."""
        for book in self.books:
            book.uno.calculateAll()

    def quit(self) -> None:
        """End it if it is ours; leave a LibreOffice that was found running alone."""
        self.engine.left(self.pid)
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
        self.app.opens(path)
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
