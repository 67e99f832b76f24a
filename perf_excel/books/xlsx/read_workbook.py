"""An .xlsx/.xlsm workbook as a file, read: opened safely, its sheets as grids."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from perf_excel.books.file_reading import read_file
from perf_excel.books.sniff import refuse, sniff
from perf_excel.books.xlsx.cell_looks import Looks
from perf_excel.books.xlsx.main_types import as_workbook
from perf_excel.books.xlsx.markup import Markup, attributes, tags
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import read_xml, relations, workbook_part
from perf_excel.books.xlsx.sheet_list import ListedSheet, listed_sheets, main_part
from perf_excel.books.xlsx.sheetxml import Source, read_grid
from perf_excel.books.xlsx.workbook_parts import WorkbookParts
from perf_excel.errors import UserError
from perf_excel.sheets.calculating.recalculated import recalculated
from perf_excel.sheets.grid import Edit, Grid

_TYPES = "[Content_Types].xml"


class ReadWorkbook:
    """An opened .xlsx/.xlsm, or a template (.xltx/.xltm): the bytes in memory, which never change."""

    def __init__(self, package: Package, data: bytes, part: str | None) -> None:
        """Find the sheets, named by the main part; use :meth:`open` or :meth:`from_bytes`."""
        self._package = package
        self._data = data
        self._part, self._markup = main_part(package, part, data)
        self._relations = relations(package, self._part)
        self._sheets = listed_sheets(self._markup, self._relations, self.name)
        self._parts = WorkbookParts(package, self._relations)
        properties = tags(self._markup.prefix, b"workbookPr").search(self._markup.plain())
        self.date_1904 = bool(properties and attributes(properties[1]).get(b"date1904") in {b"1", b"true"})
        self._grids: dict[str, Grid] = {}
        self._worked_out: dict[str, list[Edit]] = {}

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a workbook file.

        Raises:
            UserError: the file cannot be read, or is no workbook that can be used safely. An
                :class:`~perf_excel.books.sniff.OtherFormatError` says what else it is.

        """
        return cls.from_bytes(read_file(path), path.name)

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> Self:
        """Open a workbook from its bytes; ``name`` is the file's name for messages.

        Raises:
            UserError: as :meth:`open`.

        """
        if not data:
            raise UserError(f"{name}：文件是空的（0 字节），请重新获取该文件。")
        if not data.startswith(b"PK"):
            raise refuse(name, sniff(data), data)
        package = Package(data, name)
        # A template is read as the workbook that an application makes of it: so it is written, too.
        part = workbook_part(package)
        workbook = as_workbook(package, part or "")
        if workbook is None:
            return cls(package, data, part)
        return cls(Package(workbook, name), workbook, part)

    @property
    def name(self) -> str:
        """The file's name."""
        return self._package.name

    @property
    def data(self) -> bytes:
        """The file as it is."""
        return self._data

    def markup(self, sheet: str) -> tuple[str, Markup]:
        """Return a sheet's part and its name in the file.

        Raises:
            UserError: there is no sheet of this name, or its part is damaged, unsafe or too large.
        """
        part = self._sheet(sheet).part
        return part, self._parts.sheet(part)

    @property
    def suffix(self) -> str:
        """The ending that a file of this content needs: applications refuse macros under .xlsx."""
        types = read_xml(self._package, _TYPES).data if _TYPES in self._package else b""
        return ".xlsm" if b"macroEnabled" in types else ".xlsx"

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets in order; chart and macro sheets are left out."""
        return tuple(self._sheets)

    def hidden(self, sheet: str) -> bool:
        """Tell whether a sheet is hidden.

        Raises:
            UserError: there is no sheet of this name.

        """
        return self._sheet(sheet).hidden

    def grid(self, sheet: str) -> Grid:
        """Return a sheet's cells; they are read once.

        Raises:
            UserError: there is no sheet of this name, or its part is damaged, unsafe or too large.

        """
        if sheet not in self._grids:
            found = self._sheet(sheet)
            markup = self._parts.sheet(found.part)
            source = Source(
                f"{self.name}，{sheet}",
                self._parts.strings,
                self._parts.formats,
                self.date_1904,
                self._parts.pictures,
            )
            grid = read_grid(markup, sheet, source, hidden=found.hidden)
            # Programs that write workbooks without calculating them leave formulas without results.
            worked_out = list(recalculated(grid, uncalculated=True))
            self._grids[sheet] = grid.edited(worked_out) if worked_out else grid
            self._worked_out[sheet] = worked_out
        return self._grids[sheet]

    @property
    def looks(self) -> Looks:
        """How its cells look."""
        return self._parts.looks

    @property
    def structure_locked(self) -> bool:
        """Whether the workbook asks applications not to add or remove sheets (保护工作簿结构)."""
        found = tags(self._markup.prefix, b"workbookProtection").search(self._markup.plain())
        return bool(found and attributes(found[1]).get(b"lockStructure") in {b"1", b"true"})

    @property
    def signed(self) -> bool:
        """Whether the workbook has a digital signature (数字签名), which no change leaves valid."""
        return any(relation.kind == "origin" for relation in relations(self._package, "").values())

    def _sheet(self, sheet: str) -> ListedSheet:
        if sheet not in self._sheets:
            names = "、".join(self._sheets)
            raise UserError(f"{self.name}：没有名为“{sheet}”的工作表，现有工作表：{names}。")
        return self._sheets[sheet]
