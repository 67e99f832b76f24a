"""A workbook open in LibreOffice (工作簿), as xlwings sees it, and its names."""

# pyright: reportIncompatibleMethodOverride=false, reportIncompatibleVariableOverride=false
# pyright: reportAssignmentType=false
# xlwings' base classes have no types, and properties where a constant will do.

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from perf_excel.live.libreoffice.bridge import properties, uno
from perf_excel.live.libreoffice.parents import AroundBook
from perf_excel.live.libreoffice.ranges import LockedError, Range
from perf_excel.live.libreoffice.sheet import Sheet, Sheets
from perf_excel.live.libreoffice.uno_types import UnoBook
from perf_excel.live.xl import base_classes
from perf_excel.sheets.grid import Area

_FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".ods": "calc8",
}
_GENERAL = {"general", "standard", "g/通用格式", "boolean"}
"""What LibreOffice calls Excel's General, also where a cell shows a truth value."""


class Book(base_classes.Book):
    """One workbook."""

    def __init__(self, app: AroundBook, uno: UnoBook) -> None:
        self._app = app
        self.uno = uno
        self._codes: dict[int, str] = {}

    @property
    def api(self) -> UnoBook:
        """The UNO document."""
        return self.uno

    @property
    def app(self) -> AroundBook:
        """The application."""
        return self._app

    @property
    def fullname(self) -> str:
        """The file's full path; the title of a workbook never saved."""
        return unquote(urlsplit(self.uno.URL).path) if self.uno.URL else self.uno.Title

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        """The sheets."""
        return Sheets(self)

    @property
    def names(self) -> Names:
        """The names (名称) that are known in the whole workbook."""
        return Names(self)

    def activate(self) -> None:
        """Bring it to the front; nothing to do in a document without a window."""
        controller = self.uno.CurrentController
        if controller is not None:
            controller.Frame.activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save, or save under another name in the format that its extension says.

        Raises:
            ValueError: the extension is of no format that can be written.
        """
        if path is None:
            self.uno.store()
            return
        target = Path(path).absolute()
        if target.suffix.lower() not in _FILTERS:
            raise ValueError(f"{target.name}：不能保存为这种格式，可用：{' '.join(_FILTERS)}")
        self._app.opens(target)
        secret = {"Password": password} if password else {}
        arguments = properties(FilterName=_FILTERS[target.suffix.lower()], **secret)
        self.uno.storeAsURL(target.as_uri(), arguments)

    def to_pdf(self, path: str, quality: str | None = None) -> None:  # noqa: ARG002
        """Print the workbook to a PDF file."""
        self.uno.storeToURL(Path(path).absolute().as_uri(), properties(FilterName="calc_pdf_Export"))

    def close(self) -> None:
        """Close it without saving."""
        self.uno.close(True)  # noqa: FBT003

    def refuse_if_protected(self) -> None:
        """Refuse to change which sheets there are, where the workbook's structure is protected.

        Raises:
            LockedError: it is.
        """
        if self.uno.isProtected():
            raise LockedError(f"{self.name}：工作簿的结构受保护，不能增删或显示工作表。")

    def format_code(self, key: int) -> str:
        """Return a number format by LibreOffice's number of it."""
        if key not in self._codes:
            code: str = self.uno.NumberFormats.getByKey(key).FormatString
            self._codes[key] = "General" if code.lower() in _GENERAL else code
        return self._codes[key]

    def format_key(self, code: str) -> int:
        """Return LibreOffice's number of a number format, entered where it is new."""
        formats = self.uno.NumberFormats
        locale = uno().createUnoStruct("com.sun.star.lang.Locale")  # the document's own: others get a prefix
        if code == "General":
            return formats.getStandardIndex(locale)
        key: int = formats.queryKey(code, locale, False)  # noqa: FBT003
        return key if key >= 0 else formats.addNew(code, locale)


class Names(base_classes.Names):
    """The workbook's names."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._uno: Any = book.uno.NamedRanges

    def __call__(self, name_or_index: str | int) -> Name:
        """Return a name by itself, or by position counted from 1.

        Raises:
            KeyError: there is none.
        """
        names = self._uno.ElementNames
        if isinstance(name_or_index, int):
            name_or_index = names[name_or_index - 1]
        if not self.contains(name_or_index):
            raise KeyError(name_or_index)
        return Name(self._book, self._uno.getByName(name_or_index))

    def contains(self, name_or_index: str | int) -> bool:
        """Tell whether there is such a name."""
        if isinstance(name_or_index, int):
            return 1 <= name_or_index <= len(self)
        return self._uno.hasByName(name_or_index)

    def __len__(self) -> int:
        return self._uno.getCount()

    def add(self, name: str, refers_to: str) -> Name:
        """Add a name for a reference such as ``='自评表'!$A$1:$B$2``."""
        address = uno().createUnoStruct("com.sun.star.table.CellAddress")
        sheet, _, cells = refers_to.removeprefix("=").rpartition("!")
        content = f"${sheet}.{cells}" if sheet else cells
        self._uno.addNewByName(name, content, address, 0)
        return self(name)


class Name(base_classes.Name):
    """One name."""

    def __init__(self, book: Book, uno: Any) -> None:  # noqa: ANN401
        self._book = book
        self._uno = uno

    @property
    def name(self) -> str:
        """The name itself."""
        return self._uno.Name

    @property
    def refers_to(self) -> str:
        """What it stands for, in LibreOffice's spelling."""
        return f"={self._uno.Content}"

    @property
    def refers_to_range(self) -> Range:
        """The range that it stands for."""
        found = self._uno.getReferredCells().getRangeAddress()
        sheet = Sheet(self._book, self._book.uno.Sheets.getByIndex(found.Sheet))
        area = Area(found.StartRow + 1, found.StartColumn + 1, found.EndRow + 1, found.EndColumn + 1)
        return Range(sheet, area)

    def delete(self) -> None:
        """Delete the name; the cells stay."""
        self._book.uno.NamedRanges.removeByName(self.name)
