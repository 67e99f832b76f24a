"""Workbooks opened in a made-up Excel and in LibreOffice, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_excel import open_in_excel
from office import office_marks
from office_client import Running, office
from open_forms import BUREAU, Opener, of_henan, saved

from perf_excel.live.libreoffice.engine import register
from perf_excel.live.xl import xw


@pytest.fixture(scope="module")
def libreoffice() -> Iterator[xw.App]:
    app = register().apps.add()
    yield app
    app.quit()


@pytest.fixture(scope="module")
def windows_excel() -> Iterator[Running]:
    with office() as running:
        yield running


APPLICATIONS: list[Any] = ["excel", pytest.param("libreoffice", marks=office_marks())]
if sys.platform == "win32":
    APPLICATIONS.append("windows")


@pytest.fixture(params=APPLICATIONS)
def opened(request: pytest.FixtureRequest) -> Iterator[Opener]:
    """Opens a file in one of the applications."""
    if request.param == "excel":
        yield open_in_excel
        return
    if request.param == "windows":
        running: Running = request.getfixturevalue("windows_excel")
        running.tell("reset")
        yield running.opened
        return
    app: xw.App = request.getfixturevalue("libreoffice")
    books: list[xw.Book] = []

    def open_in_libreoffice(path: Path) -> xw.Book:
        books.append(app.books.open(path))
        return books[-1]

    yield open_in_libreoffice
    for book in books:
        book.close()


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return of_henan(tmp_path)


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    return saved(tmp_path, BUREAU)
