"""Any workbook file, opened by what it holds and not by its name: .xlsx/.xlsm here, older ones confined.

So are the tables of documents (.docx, .pdf): each is a sheet.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from perf_excel.books.older.legacy import Kind as Legacy
from perf_excel.books.older.legacy import read_legacy
from perf_excel.books.saving import ensure_closed
from perf_excel.books.sniff import Kind, OtherFormatError
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Grid

DOCUMENTS = ("docx", "pdf")
"""Formats whose tables are read, and written into a new workbook."""


@dataclass(frozen=True)
class Book:
    """An opened file. ``workbook`` is None for formats that are only read (.xls, .ods, documents)."""

    path: Path
    workbook: Workbook | None
    legacy: tuple[Grid, ...] = ()
    kind: Kind = "xlsx"
    """What the file holds, whatever it is called."""

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name

    @property
    def visible(self) -> list[str]:
        """The names of the sheets that people see, in order."""
        if self.workbook is None:
            return [grid.sheet for grid in self.legacy if not grid.hidden]
        return [sheet for sheet in self.workbook.sheets if not self.workbook.hidden(sheet)]

    @property
    def sheets(self) -> list[str]:
        """The names of all sheets, hidden ones too, in order."""
        return list(self.workbook.sheets) if self.workbook else [grid.sheet for grid in self.legacy]

    def grid(self, sheet: str) -> Grid | None:
        """Return a sheet's cells, hidden or not; None where there is no sheet of this name."""
        if self.workbook is None:
            return next((grid for grid in self.legacy if grid.sheet == sheet), None)
        return self.workbook.grid(sheet) if sheet in self.workbook.sheets else None

    def grids(self) -> Iterator[Grid]:
        """Yield every sheet in order, read as it is asked for."""
        for sheet in self.sheets:
            if (grid := self.grid(sheet)) is not None:
                yield grid

    @cached_property
    def _drawn(self) -> Workbook:
        """A new workbook of the same layout as a document's tables."""
        from perf_excel.books.documents.table_workbook import table_workbook

        return Workbook.from_bytes(table_workbook(self.legacy), self.name)

    def editable(self) -> Workbook:
        """Return the workbook that can be edited; of a document a new one (.xlsx) with the same tables.

        Raises:
            UserError: the format can only be read.
        """
        if self.kind in DOCUMENTS:
            return self._drawn
        if self.workbook is None:
            raise UserError(
                f"{self.name}：内容是旧格式（.xls 或 .ods），只能读取和校验，"
                "请在 Excel 或 WPS 中另存为 .xlsx 后再填写或导出。"
            )
        return self.workbook


def open_book(path: Path, *, even_open: bool = False) -> Book:
    """Open a workbook file for reading.

    Args:
        path: the file.
        even_open: also read one that an application has open: what was last saved of it, which is not what
            the clerk sees there.

    Raises:
        UserError: it is open in an application, or no workbook that can be used.
    """
    if not even_open:
        ensure_closed(path)
    try:
        return Book(path, Workbook.open(path))
    except OtherFormatError as other:
        if other.kind not in ("xls", "ods", "docx", "pdf"):
            raise
        return Book(path, None, tuple(read_legacy(path, other.kind)), other.kind)


def book_of(data: bytes, path: Path) -> Book:
    """Open a workbook from its bytes; ``path`` is what it is called, whether or not it is a file's.

    Raises:
        UserError: it is no workbook that can be used.
    """
    try:
        return Book(path, Workbook.from_bytes(data, path.name))
    except OtherFormatError as other:
        if other.kind not in ("xls", "ods", "docx", "pdf"):
            raise
        return Book(path, None, tuple(_legacy_of(data, path.name, other.kind)), other.kind)


def _legacy_of(data: bytes, name: str, kind: Legacy) -> list[Grid]:
    """Read an older workbook's bytes: its reader runs in a process of its own, and wants a file."""
    with tempfile.TemporaryDirectory(prefix="perf-excel-") as folder:
        path = Path(folder) / f"book.{kind}"
        path.write_bytes(data)
        try:
            return read_legacy(path, kind)
        except UserError as error:
            raise UserError(str(error).replace(path.name, name)) from None
