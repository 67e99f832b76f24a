"""A workbook open in an application gives what its file gives."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from facts import shangjie
from fake_excel import Held, Page, calls, open_in_excel, open_pages

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.jobs.new import Order, make
from perf_excel.live import halving
from perf_excel.live.live_book import LiveBook
from perf_excel.rules.rulesets.library import ruleset, templates_folder
from perf_excel.sheets.grid import Area, Cell, Grid

TEMPLATES = sorted(templates_folder().rglob("*.xlsx"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_reads_as_its_file(path: Path) -> None:
    file, live = open_book(path), LiveBook(open_in_excel(path))
    assert (live.sheets, live.visible, live.name) == (file.sheets, file.visible, file.name)
    for sheet in file.visible:
        same(live.grid(sheet), file.grid(sheet))


def same(live: Grid | None, file: Grid | None) -> None:
    assert live
    assert file
    # An application has calculated every formula; a file may not say what it gave.
    calculated = {
        place: cell._replace(value="") if cell.formula and cell.value is None else cell
        for place, cell in file.cells.items()
    }
    assert live.cells == calculated
    assert set(live.merges) == set(file.merges)
    assert live.hidden == file.hidden


READ_AS = [
    # what the cell holds, what is read
    (Held("甲"), Cell("甲")),
    (Held(0.1 + 0.2), Cell(Decimal("0.3"))),
    (Held(-0.0), Cell(Decimal(0))),
    (Held(0.98, format="0%"), Cell(Decimal("0.98"), "0%")),
    (Held(45291.0, format="yyyy-mm-dd"), Cell(Decimal(45291), "yyyy-mm-dd")),
    (Held(45291.75, format="yyyy-mm-dd hh:mm"), Cell(Decimal("45291.75"), "yyyy-mm-dd hh:mm")),
    (Held(1234.567891, format='"¥"#,##0.00'), Cell(Decimal("1234.567891"), '"¥"#,##0.00')),
    (Held(2.5, "A1*2", '"¥"0.00'), Cell(Decimal("2.5"), '"¥"0.00', "A1*2")),
    (Held(-2146826281.0), Cell(Decimal(-2146826281))),
    (Held("#DIV/0!", "1/0"), Cell("#DIV/0!", formula="1/0")),
    (Held("#N/A"), Cell("#N/A")),
    (Held(value=True), Cell(value=True)),
    (Held("", 'IF(A1,"","")'), Cell("", formula='IF(A1,"","")')),
    (Held("=1+1"), Cell("=1+1")),
    (Held("100", format="@"), Cell("100", "@")),
    (Held(3.0, format="G/通用格式"), Cell(Decimal(3))),
]


@pytest.mark.parametrize(("held", "cell"), READ_AS)
def test_a_value_reads_as_from_a_file(held: Held, cell: Cell) -> None:
    page = Page("表", {(3, 2): held})
    assert LiveBook(open_pages([page])).grid("表") == Grid("表", {(3, 2): cell})


def test_many_values_read_at_once() -> None:
    cells = {(row, 1): held for row, (held, _) in enumerate(READ_AS, 1)}
    grid = LiveBook(open_pages([Page("表", cells)])).grid("表")
    assert grid
    assert grid.cells == {(row, 1): cell for row, (_, cell) in enumerate(READ_AS, 1)}


MERGES = [
    [],
    [Area(1, 1, 1, 2)],
    [Area(1, 1, 2, 2), Area(1, 3, 2, 4)],
    [Area(1, 1, 6, 1), Area(1, 2, 3, 2), Area(4, 2, 6, 2), Area(2, 3, 2, 5)],
    [Area(row, 1, row, 5) for row in range(1, 7)],
]


@pytest.mark.parametrize("merges", MERGES)
def test_merges_are_found(merges: list[Area]) -> None:
    cells = {(row, column): Held("甲") for row in range(1, 7) for column in range(1, 6)}
    grid = LiveBook(open_pages([Page("表", cells, list(merges))])).grid("表")
    assert grid
    assert grid.merges == tuple(sorted(merges))


def questions(rows: int) -> int:
    """How many questions a sheet of 11 columns costs: 3 percentages, 4 merged columns, the rest plain."""
    cells: dict[Any, Held] = {}
    for row in range(1, rows + 1):
        for column in range(1, 12):
            cells[row, column] = Held(0.5, format="0%" if column in (5, 6, 9) and row > 5 else "General")
    book = open_pages([Page("表", cells, [Area(6, column, rows, column) for column in range(1, 5)])])
    before = calls(book)
    LiveBook(book).grid("表")
    return calls(book) - before


def test_the_questions_do_not_go_with_the_rows() -> None:
    assert questions(60) < 150
    assert questions(600) - questions(60) <= 4 * 4 + 3 * 4  # halving ten times as many rows: 4 more each


@pytest.mark.parametrize(("seen", "unseen"), [(True, False), (-1, 0), (-1, 2)])
def test_a_hidden_sheet_says_so(seen: int, unseen: int) -> None:
    pages = [Page("表", {(1, 1): Held("甲")}, visible=seen), Page("暗", {(1, 1): Held("乙")}, visible=unseen)]
    book = open_pages(pages)
    live = LiveBook(book)
    assert live.visible == ["表"]
    assert live.sheets == ["表", "暗"]
    hidden = live.grid("暗")
    assert hidden
    assert hidden.hidden
    assert live.grid("没有") is None


def test_a_sheet_coloured_at_random_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halving, "MOST_CALLS", 50)
    cells = {(row, row % 7 + 1): Held(1.0, format=f"0.{'0' * (row % 9)}") for row in range(1, 60)}
    with pytest.raises(UserError, match=r"表\.xlsx，表：单元格的格式过于零碎"):
        LiveBook(open_pages([Page("表", cells)])).grid("表")


def test_what_is_open_cannot_be_edited_as_a_file() -> None:
    with pytest.raises(UserError, match="正在打开着"):
        LiveBook(open_pages([Page("表")])).editable()


def test_formats_far_down_are_not_asked_for() -> None:
    page = Page("表", {(1, 1): Held("甲"), (1_048_576, 16_384): Held(format="0%")})
    assert LiveBook(open_pages([page])).grid("表") == Grid("表", {(1, 1): Cell("甲")})


def test_a_filled_form_reads_as_its_file(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=shangjie()), path).data)
    file = open_book(path)
    same(LiveBook(open_in_excel(path)).grid(file.visible[0]), file.grid(file.visible[0]))
