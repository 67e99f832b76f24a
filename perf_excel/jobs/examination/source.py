"""Where forms come from (来源): a workbook file, or a workbook open in an application; jobs see no more."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.grid import Grid


class Source(Protocol):
    """A workbook's sheets: books/opening.Book for a file, live/live_book.LiveBook for an open one."""

    @property
    def path(self) -> Path:
        """The file; of a workbook never saved its name alone."""
        ...

    @property
    def name(self) -> str:
        """The file's name, for messages."""
        ...

    @property
    def visible(self) -> list[str]:
        """The names of the sheets that people see, in order."""
        ...

    @property
    def sheets(self) -> list[str]:
        """The names of all sheets, hidden ones too, in order."""
        ...

    def grid(self, sheet: str) -> Grid | None:
        """Return a sheet's cells, hidden or not; None where there is no sheet of this name."""
        ...

    def editable(self) -> Workbook:
        """Return the workbook's file for editing.

        Raises:
            UserError: the file can only be read, or is open in an application.
        """
        ...
