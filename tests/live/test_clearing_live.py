"""Clearing brings a workbook back as it was, whatever the clerk did since."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from open_forms import BUREAU, SHEET_OF_BUREAU, Opener, contents, form_of, saved

from perf_excel.faces import macros
from perf_excel.live.xl import xw
from perf_excel.sheets.verdicts import SHEET


def points(book: xw.Book) -> list[float]:
    grid = form_of(book)
    label = next(row for (row, _), cell in sorted(grid.cells.items()) if cell.value == "一级指标")
    return [float(str(grid.at(row, 7).value or 0)) for row in range(label + 1, grid.bottom + 1)]


def test_what_the_clerk_changed_since_stays(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    macros.score(book)
    book.sheets[SHEET_OF_BUREAU]["G4"].raw_value = 12
    macros.clear(book)
    grid = form_of(book)
    assert [float(str(grid.at(row, 7).value or 0)) for row in range(3, 9)] == [25, 12, 0, 20, 9, 84]


def test_what_the_clerk_changed_between_two_scorings_is_put_back(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    macros.score(book)
    book.sheets[SHEET_OF_BUREAU]["G4"].raw_value = 12
    macros.score(book)
    macros.clear(book)
    assert points(book) == [25, 12, 0, 20, 9, 84]


def test_old_values_are_put_back_where_their_cells_have_moved(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    macros.score(book)
    sheet = book.sheets[SHEET_OF_BUREAU]
    sheet.range("6:6").insert("down")
    sheet.impl.name = "张三's 表 & 二"
    macros.score(book)
    sheet.range("2:2").insert("down")
    macros.clear(book)
    assert list(contents(book)) == ["张三's 表 & 二"]
    assert points(book) == [25, 20, 0, 0, 20, 9, 84]


def test_old_values_are_put_back_when_the_form_is_none_any_more(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    macros.score(book)
    heads = book.sheets[SHEET_OF_BUREAU].range("A2:H2")
    heads.raw_value = (("甲",) * 8,)
    macros.clear(book)
    heads.raw_value = (tuple(BUREAU[1]),)
    assert points(book) == [25, 20, 0, 20, 9, 84]
    assert list(contents(book)) == [SHEET_OF_BUREAU]


def test_a_number_in_a_cell_of_text_is_known_again(opened: Opener, tmp_path: Path) -> None:
    path = saved(tmp_path, BUREAU)
    file = openpyxl.load_workbook(path)
    file[SHEET_OF_BUREAU]["G4"].number_format = "@"
    file[SHEET_OF_BUREAU]["G4"].value = "20"
    file.save(path)
    book = opened(path)
    before = contents(book)
    macros.score(book)
    assert points(book)[1] == 10
    macros.clear(book)
    assert contents(book) == before


def test_a_sheet_of_the_clerks_own_is_left_alone(opened: Opener, bureau: Path) -> None:
    file = openpyxl.load_workbook(bureau)
    file.create_sheet(SHEET)["A1"] = "去年的记录"
    file.save(bureau)
    book = opened(bureau)
    before = contents(book)
    macros.check(book)
    macros.score(book)
    assert contents(book)[SHEET] == before[SHEET]
    macros.clear(book)
    macros.clear(book)
    assert contents(book) == before
