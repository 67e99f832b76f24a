"""Helpers for tests that need LibreOffice: recalculate, convert, look at a page."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from perf_excel.books.pdf import convert
from perf_excel.office import Settings, find_soffice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Test = TypeVar("Test", bound="Callable[..., object] | type")

REQUIRED = os.environ.get("PERF_EXCEL_REQUIRE_OFFICE") == "1"
"""Fail instead of skipping, as continuous integration does."""

CHUNK = 100
"""Workbooks per run of LibreOffice: one run of a thousand stopped at 247, with exit code 0."""

_ALWAYS_RECALCULATE: Settings = {
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode"): "0",
    ("/org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode"): "0",
}


def needs_office(test: Test) -> Test:
    """Mark a test that needs LibreOffice and poppler: it skips without them, or fails if ``REQUIRED``."""
    for mark in office_marks():
        test = mark(test)
    return test


def office_marks() -> list[pytest.MarkDecorator]:
    """Return the marks of what needs LibreOffice, for the parameters of a test."""
    missing = find_soffice() is None or shutil.which("pdftoppm") is None
    skip = pytest.mark.skipif(missing and not REQUIRED, reason="needs LibreOffice and poppler")
    return [skip, pytest.mark.office]


def recalculated(data: bytes) -> bytes:
    """Return an .xlsx with all its formulas calculated anew by LibreOffice."""
    return recalculated_all([data])[0]


def recalculated_all(books: Sequence[bytes]) -> list[bytes]:
    """Recalculate many .xlsx in few runs of LibreOffice; every one comes back or the test fails."""
    return converted_all(books, "xlsx", "xlsx")


def converted(data: bytes, suffix: str, *, source: str = "xlsx") -> bytes:
    """Return a workbook in another format (ods, xls, pdf …), recalculated."""
    return converted_all([data], suffix, source)[0]


def converted_all(books: Sequence[bytes], suffix: str, source: str) -> list[bytes]:
    results: list[bytes] = []
    for start in range(0, len(books), CHUNK):
        with tempfile.TemporaryDirectory() as folder:
            inputs = Path(folder) / "in"
            outputs = Path(folder) / "out"
            inputs.mkdir()
            chunk = [
                inputs / f"book{start + number}.{source}"
                for number in range(len(books[start : start + CHUNK]))
            ]
            for file, data in zip(chunk, books[start:], strict=False):
                file.write_bytes(data)
            results += [
                file.read_bytes()
                for file in convert(
                    chunk,
                    suffix,
                    outputs,
                    name="测试",
                    settings=_ALWAYS_RECALCULATE,
                    seconds=60 + 5 * len(chunk),
                )
            ]
    return results


def render_png(pdf: bytes, *, dpi: int = 60) -> list[bytes]:
    """Return every page of a PDF as a picture."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.pdf"
        source.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-png", "-r", str(dpi), source, Path(folder) / "page"], check=True)
        return [page.read_bytes() for page in sorted(Path(folder).glob("page*.png"))]
