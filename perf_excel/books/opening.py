"""Any workbook file, opened by what it holds and not by its name: .xlsx/.xlsm here, older ones confined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from perf_excel.books.legacy import read_legacy
from perf_excel.books.saving import ensure_closed
from perf_excel.books.sniff import OtherFormatError
from perf_excel.books.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Grid


@dataclass(frozen=True)
class Book:
    """An opened workbook file. ``workbook`` is None for formats that are only read (.xls, .xlsb, .ods)."""

    path: Path
    workbook: Workbook | None
    legacy: tuple[Grid, ...] = ()

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        return self.path.name

    def grids(self) -> Iterator[Grid]:
        """Yield the sheets in order, read as they are asked for."""
        if self.workbook is None:
            yield from self.legacy
            return
        for sheet in self.workbook.sheets:
            yield self.workbook.grid(sheet)

    def editable(self) -> Workbook:
        """Return the workbook that can be edited in place.

        Raises:
            UserError: the format can only be read.
        """
        if self.workbook is None:
            raise UserError(
                f"{self.name}：{self.path.suffix} 格式只能读取和校验，请在 Excel 或 WPS 中另存为 .xlsx 后再填写或导出。"
            )
        return self.workbook


def open_book(path: Path) -> Book:
    """Open a workbook file for reading.

    Raises:
        UserError: it is open in an application, or no workbook that can be used.
    """
    ensure_closed(path)
    try:
        return Book(path, Workbook.open(path))
    except OtherFormatError as other:
        if other.kind not in ("xls", "xlsb", "ods"):
            raise
        return Book(path, None, tuple(read_legacy(path, other.kind)))
