"""What a part of a workbook knows of the one around it, as types, so that imports run one way only.

A range knows its sheet, a sheet its workbook, a workbook its application, an application the engine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from perf_excel.live.libreoffice.uno_types import UnoBook, UnoSheet


class AroundApp(Protocol):
    """The engine, as its applications know it."""

    def left(self, pid: int) -> None:
        """Forget an application that was ended or let go."""
        ...


class AroundBook(Protocol):
    """An application, as its workbooks know it."""

    @property
    def pid(self) -> int:
        """The process id."""
        ...

    def opens(self, path: Path) -> None:
        """Say that a file is about to be open in it."""
        ...


class AroundSheet(Protocol):
    """A workbook, as its sheets know it."""

    uno: UnoBook

    @property
    def app(self) -> AroundBook:
        """The application."""
        ...

    @property
    def name(self) -> str:
        """The file's name."""
        ...

    @property
    def names(self) -> Any:  # noqa: ANN401  (they lead to ranges, which come after this)
        """The names known in the whole workbook."""
        ...

    def format_code(self, key: int) -> str:
        """Return a number format by LibreOffice's number of it."""
        ...

    def format_key(self, code: str) -> int:
        """Return LibreOffice's number of a number format."""
        ...

    def refuse_if_protected(self) -> None:
        """Refuse to change which sheets there are, where that is protected."""
        ...


class AroundRange(Protocol):
    """A sheet, as its ranges know it."""

    uno: UnoSheet

    @property
    def name(self) -> str:
        """The name."""
        ...

    @property
    def book(self) -> AroundSheet:
        """The workbook."""
        ...
