"""The macros on open workbooks, our own and a bureau's, in a made-up Excel and in LibreOffice."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from facts import CASES
from fake_excel import Held, Page, calls, lock_structure, open_in_excel, open_pages
from open_forms import BUREAU, SHEET_OF_BUREAU, Opener, contents, findings, form_of, saved

from perf_excel.errors import UserError
from perf_excel.faces import macros
from perf_excel.jobs.examination.examining import examine
from perf_excel.jobs.inplace.journal import SHEET as JOURNAL
from perf_excel.jobs.inplace.overwritten import CHECK as TYPED_OVER
from perf_excel.live.live_book import LiveBook
from perf_excel.sheets.grid import Area, Cell, Grid
from perf_excel.sheets.verdicts import SHEET


def test_check_says_what_the_file_says(opened: Opener, ours: Path) -> None:
    file = examine(ours)
    book = opened(ours)
    done = macros.check(book)
    assert done.errors == file.errors
    assert list(done.forms[0].findings) == list(file.findings)
    assert [(row.check, row.message) for row in findings(book)] == [
        (one.check, one.message) for one in file.findings
    ]


def test_the_open_list_is_coloured_by_severity(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    macros.check(book)
    sheet, grid = book.sheets[SHEET], contents(book)[SHEET]
    column = column_of(grid, "级别")
    (head,) = (row for (row, there), cell in grid.cells.items() if there == column and cell.value == "级别")
    words = {row: cell.value for (row, there), cell in grid.cells.items() if there == column and row > head}
    grounds = {word: sheet.range((row, column)).color for row, word in words.items()}
    assert {"错误", "提醒"} <= set(grounds)
    assert None not in grounds.values()
    assert len(set(grounds.values())) == len(grounds)


def test_a_list_stowed_away_comes_into_view(opened: Opener, ours: Path) -> None:
    book = opened(ours)
    macros.check(book)
    book.sheets[SHEET].visible = False
    macros.check(book)
    assert book.sheets[SHEET].visible


def test_check_changes_open_cells_alone_and_clear_brings_all_back(opened: Opener, ours: Path) -> None:
    book = opened(ours)
    macros.clear(book)  # new has written hints
    before = contents(book)
    macros.check(book)
    after = contents(book)
    added = after.pop(SHEET)
    assert added.cells
    (form,) = [name for name, grid in after.items() if grid != before[name]]
    changed = {place for place, cell in after[form].cells.items() if before[form].cells.get(place) != cell}
    # A formula beside the form shows what is found.
    shown = {column_of(before[form], name) for name in ("校验提示", "填报提示")}
    assert column_of(before[form], "校验提示") in {column for _, column in changed} <= shown
    macros.clear(book)
    assert contents(book) == before


def column_of(grid: Grid, label: str) -> int:
    return next(column for (_, column), cell in grid.cells.items() if cell.value == label)


def test_a_bureaus_form_is_scored_in_place_and_cleared(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    before = contents(book)
    done = macros.score(book)
    scored = form_of(book)
    points = {row: scored.at(row, 7).value for row in range(3, 9)}
    assert {row: float(str(value)) for row, value in points.items()} == {
        3: 30,
        4: 10,
        5: 20,
        6: 20,
        7: 10,
        8: 90,
    }
    assert scored.at(8, 6).formula == before[SHEET_OF_BUREAU].at(8, 6).formula
    assert done.forms[0].scores.total == 90
    assert JOURNAL not in LiveBook(book).visible
    macros.score(book)  # a second time keeps the first values
    macros.clear(book)
    assert contents(book) == before


def test_the_list_leads_to_the_cells(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    macros.check(book)
    grid = contents(book)[SHEET]
    links = [cell.formula for (_, _), cell in grid.cells.items() if cell.formula]
    assert links
    assert all(link and f"#'{SHEET_OF_BUREAU}'!" in link for link in links)
    assert {row.sheet for row in findings(book)} == {SHEET_OF_BUREAU}


def test_waivers_on_the_list_count_and_outlive_clear(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    errors = macros.check(book).errors
    grid = contents(book)[SHEET]
    row = next(row for (row, _), cell in sorted(grid.cells.items()) if cell.value == "错误")
    book.sheets[SHEET].range((row, column_of(grid, "处理"))).raw_value = "忽略"
    book.sheets[SHEET].range((row, column_of(grid, "理由"))).raw_value = "上级已批准"
    assert macros.check(book).errors == errors - 1
    done = macros.clear(book)
    assert done.notes
    assert [(one.action, one.reason) for one in findings(book)] == [("忽略", "上级已批准")]
    assert macros.check(book).errors == errors - 1


def test_a_formula_typed_over_is_reported(opened: Opener, tmp_path: Path) -> None:
    rows = [list(row) for row in BUREAU]
    for row in (2, 3, 4, 5):
        rows[row][6] = f"=F{row + 1}*1"
    book = opened(saved(tmp_path, rows))
    macros.check(book)
    assert [(row.cell, row.label, row.printed) for row in findings(book) if row.check == TYPED_OVER] == [
        ("G7", "群众满意度", "9")
    ]


def test_a_protected_form_of_a_bureau_refuses_scores(opened: Opener, tmp_path: Path) -> None:
    book = opened(saved(tmp_path, BUREAU, protected=True))
    before = form_of(book)
    macros.check(book)  # the list is a sheet of its own
    with pytest.raises(UserError, match=r"无法写入工作表.*撤销工作表保护"):
        macros.score(book)
    with pytest.raises(UserError, match=r"无法在工作表.*增加行"):
        macros.add_row(book)
    assert form_of(book) == before
    macros.clear(book)
    assert list(contents(book)) == [SHEET_OF_BUREAU]


ADDED = [
    # the selected row, the new row, the levels then
    (3, 4, {Area(3, 1, 6, 1), Area(3, 2, 5, 2)}),
    (4, 5, {Area(3, 1, 6, 1), Area(3, 2, 5, 2)}),
    (5, 6, {Area(3, 1, 6, 1), Area(3, 2, 4, 2), Area(5, 2, 6, 2)}),
    (7, 8, {Area(3, 1, 5, 1), Area(3, 2, 4, 2), Area(7, 1, 8, 1), Area(7, 2, 8, 2)}),
]


@pytest.mark.parametrize(("at", "new", "levels"), ADDED)
def test_a_row_is_added(opened: Opener, bureau: Path, at: int, new: int, levels: set[Area]) -> None:
    book = opened(bureau)
    before = form_of(book)
    sheet = book.sheets[SHEET_OF_BUREAU]
    added = macros.add_row_below(book, macros.Selected(SHEET_OF_BUREAU, at, 3))
    assert added == (SHEET_OF_BUREAU, new)
    after = form_of(book)
    assert set(after.merges) == levels
    moved = {
        (row + (row >= new), column): cell for (row, column), cell in before.cells.items() if not cell.formula
    }
    assert {place: cell for place, cell in after.cells.items() if not cell.formula} == moved
    assert after.at(9, 6).formula == "SUM(F3:F8)"
    assert after.at(9, 6).format == "0.00"
    assert sheet.range((new, 1)).row_height == pytest.approx(sheet.range((at, 1)).row_height, abs=0.1)
    form = macros.check(book).forms[0].form
    assert [row.level3 for row in form.indicators] == [str(row[2]) for row in BUREAU[2:7]]


def test_formulas_of_the_row_are_repeated(opened: Opener, tmp_path: Path) -> None:
    rows = [list(row) for row in BUREAU]
    for row in range(2, 7):
        rows[row][6] = f"=F{row + 1}*1"
    book = opened(saved(tmp_path, rows))
    macros.add_row_below(book, macros.Selected(SHEET_OF_BUREAU, 5, 1))
    grid = form_of(book)
    assert [grid.at(row, 7).formula for row in range(3, 9)] == [f"F{row}*1" for row in range(3, 9)]


def test_without_a_selection_the_last_row_is_meant(opened: Opener, bureau: Path) -> None:
    book = opened(bureau)
    assert macros.add_row_below(book, None) == (SHEET_OF_BUREAU, 8)


def test_our_own_template_takes_a_row_with_its_levels_and_formulas(opened: Opener, ours: Path) -> None:
    book = opened(ours)
    before = macros.check(book).forms[0].form
    grid = form_of(book)
    row = next(row for (row, _), cell in grid.cells.items() if cell.value == "预算编制完整性")
    added = macros.add_row_below(book, macros.Selected(grid.sheet, row, 4))
    after = form_of(book)
    assert [after.at(added.row, column).value for column in range(1, 8)] == [
        *(grid.at(row, column).value for column in range(1, 4)), None, None, None, None,
    ]  # fmt: skip
    assert after.at(added.row, 8).formula
    book.sheets[grid.sheet].range((added.row, 4)).raw_value = "新的指标"
    form = macros.check(book).forms[0].form
    assert len(form.indicators) == len(before.indicators) + 1
    assert next(one for one in form.indicators if one.level3 == "新的指标").level2 == "预算和财务管理"


def test_a_template_of_an_earlier_version_takes_no_row(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes((CASES / "earlier" / "项目支出绩效自评表.xlsx").read_bytes())
    book = opened(path)
    with pytest.raises(UserError, match="new --data"):
        macros.add_row(book)


def test_without_a_form_nothing_is_written(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(path)
    book = opened(path)
    before = contents(book)
    for macro in (macros.check, macros.score, macros.clear, macros.add_row):
        with pytest.raises(UserError, match="没有找到绩效"):
            macro(book)
    assert contents(book) == before


def test_findings_are_visited_one_after_another(bureau: Path) -> None:
    book = open_in_excel(bureau)
    assert macros.goto_next_finding(book) is None
    macros.check(book)
    cells = [row.cell for row in findings(book)]
    visited: list[str] = []
    for _ in range(len(set(cells)) + 1):
        found = macros.goto_next_finding(book)
        assert found
        visited.append(found.cell)
        assert book.app.selection
        assert (
            book.app.selection.get_address(row_absolute=False, column_absolute=False).split(":")[0]
            == found.cell
        )
    assert visited[0] == visited[-1]
    assert set(visited) == set(cells)


def test_a_locked_structure_takes_no_list(bureau: Path) -> None:
    book = open_in_excel(bureau)
    before = contents(book)
    lock_structure(book)
    with pytest.raises(UserError, match="无法记下原值"):
        macros.score(book)
    with pytest.raises(UserError, match="无法写入工作表“校验结果”"):
        macros.check(book)
    assert contents(book) == before


def test_texts_that_look_like_something_else_stay_texts(bureau: Path) -> None:
    book = open_in_excel(bureau)
    book.sheets[SHEET_OF_BUREAU]["C3"].raw_value = "'=1+1"
    book.sheets[SHEET_OF_BUREAU]["D3"].raw_value = "'=1+1"
    macros.check(book)
    assert all(
        cell.formula is None or cell.formula.startswith("HYPERLINK")
        for cell in contents(book)[SHEET].cells.values()
    )
    assert Cell("=1+1", "@") in contents(book)[SHEET].cells.values()


def test_scores_of_our_own_template_are_its_formulas(opened: Opener, ours: Path) -> None:
    book = opened(ours)
    macros.clear(book)
    before = contents(book)
    macros.score(book)
    after = contents(book)
    assert JOURNAL not in after
    form = LiveBook(book).visible[0]
    changed = {
        column
        for (row, column), cell in after[form].cells.items()
        if before[form].cells.get((row, column)) != cell
    }
    # A formula beside the form shows what is found.
    shown = {column_of(before[form], name) for name in ("校验提示", "填报提示")}
    assert column_of(before[form], "校验提示") in changed <= shown


def calls_of_check(rows: int) -> int:
    """How many questions and orders it takes to check a form of so many indicators, a third of them wrong."""
    cells = {(1, column): Held(text) for column, text in enumerate(BUREAU[1], 1)}
    for row in range(2, rows + 2):
        actual = "9次" if row % 3 else "10次"
        values = ["产出指标", "数量指标", f"培训{row}", "≥10次", actual, 100 / rows, 0.0, "已说明"]
        cells.update({(row, column): Held(value) for column, value in enumerate(values, 1)})
    book = open_pages([Page("表", cells)])
    before = calls(book)
    macros.score(book)
    return calls(book) - before


def test_the_calls_of_a_macro_do_not_go_with_the_rows() -> None:
    assert calls_of_check(60) < 150
    assert calls_of_check(600) - calls_of_check(60) < 30
