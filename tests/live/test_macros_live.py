"""The macros on workbooks that are open: our templates and forms of a bureau's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fake_excel import Held, open_in_excel
from facts import shangjie

from perf_excel.errors import UserError
from perf_excel.faces import macros
from perf_excel.jobs.examining import examine
from perf_excel.jobs.making import Order, make
from perf_excel.live.reading import LiveBook
from perf_excel.rules.library import ruleset
from perf_excel.sheets.grid import Place
from perf_excel.sheets.verdicts import SHEET, read_verdicts


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=shangjie()), path).data)
    return path


def snapshot(book: Any) -> dict[str, tuple[dict[Place, Held], list[Any], bool]]:
    """All that a workbook holds; an empty cell's looks alone count for nothing."""
    return {
        page.name: (
            {place: held for place, held in page.cells.items() if held != Held()},
            sorted(page.merges),
            page.visible,
        )
        for page in book.impl.pages
    }


def test_check_says_what_the_file_says(ours: Path) -> None:
    book = open_in_excel(ours)
    done = macros.check(book)
    file = examine(ours)
    assert done.errors == file.errors
    assert list(done.forms[0].findings) == list(file.findings)
    grid = LiveBook(book).grid(SHEET)
    assert grid
    rows = read_verdicts(grid)
    assert rows
    assert [(row.check, row.message) for row in rows] == [(one.check, one.message) for one in file.findings]


def test_check_touches_open_cells_alone_and_clear_brings_all_back(ours: Path) -> None:
    book = open_in_excel(ours)
    macros.clear(book)  # hints that new has written
    before = snapshot(book)
    macros.check(book)
    checked = snapshot(book)
    sheet = LiveBook(book).visible[0]
    changed = {
        place: held for place, held in checked[sheet][0].items() if before[sheet][0].get(place) != held
    }
    assert changed
    assert not any(held.locked for held in changed.values())
    assert {name: page for name, page in checked.items() if name not in (SHEET, sheet)} == {
        name: page for name, page in before.items() if name != sheet
    }
    macros.clear(book)
    assert snapshot(book) == before
