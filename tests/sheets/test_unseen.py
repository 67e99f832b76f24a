"""What nobody sees on a sheet, and what another program wrote for no value: both are said."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from workbooks import workbook

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.jobs.check import check
from perf_excel.rules.findings import Finding

ROWS = [
    ["某某项目支出绩效自评表"],
    ["项目名称", "培训"],
    ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["年度资金总额", 100, 100, 100, 10, "100%", 10],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因"],
    ["产出指标", "数量指标", "培训场次", "≥10场", "10场", 50, 50, None],
    ["效益指标", "社会效益指标", "知晓率", "≥90%", "92%", 30, 30, None],
    ["满意度指标", "服务对象满意度", "满意度", "≥90%", "95%", 10, 10, None],
    ["总分", None, None, None, None, 100, 100],
]


def typed(sheet: Worksheet) -> None:
    for row in ROWS:
        sheet.append(row)


def found(book: openpyxl.Workbook, folder: Path) -> list[Finding]:
    path = folder / "表.xlsx"
    book.save(path)
    return [finding for one in check(path) for finding in one.findings]


@pytest.fixture
def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    typed(made.worksheets[0])
    return made


def test_what_is_shown_needs_no_word(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book.worksheets[0].row_dimensions[30].hidden = True
    book.worksheets[0].column_dimensions["M"].hidden = True
    assert not [one for one in found(book, tmp_path) if one.check == "U2"]


def test_hidden_rows_of_the_form_are_named_once(book: openpyxl.Workbook, tmp_path: Path) -> None:
    for row in (4, 7, 8):
        book.worksheets[0].row_dimensions[row].hidden = True
    (one,) = [one for one in found(book, tmp_path) if one.check == "U2"]
    assert "第 4、7–8 行是隐藏的" in one.message
    assert one.severity == "info"


def test_hidden_columns_are_named_apart(book: openpyxl.Workbook, tmp_path: Path) -> None:
    book.worksheets[0].row_dimensions[7].hidden = True
    book.worksheets[0].column_dimensions["H"].hidden = True
    book.worksheets[0].column_dimensions["E"].hidden = True
    named = [one.message for one in found(book, tmp_path) if one.check == "U2"]
    assert len(named) == 2
    assert "第 7 行是隐藏的" in named[0]
    assert "E 列是隐藏的" in named[1], "H holds nothing"


def test_a_row_without_height_is_hidden() -> None:
    rows = (
        '<row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2" ht="0.75"><c r="A2"><v>1</v></c></row>'
    )
    columns = '<cols><col min="2" max="3" width="0" customWidth="1"/></cols>'
    grid = Workbook.from_bytes(workbook(rows, before=columns), "表.xlsx").grid("自评表")
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {2, 3})


def test_a_level_merged_over_hidden_and_shown_rows_is_shown(book: openpyxl.Workbook, tmp_path: Path) -> None:
    sheet = book.worksheets[0]
    sheet.row_dimensions[6].hidden = True
    sheet["A7"] = None
    sheet.merge_cells("A6:A7")
    (one,) = [one for one in found(book, tmp_path) if one.check == "U2"]
    assert one.spot.field == "level2", "the first level of the row still shows"


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_form_only_on_a_hidden_sheet(
    book: openpyxl.Workbook, tmp_path: Path, state: Literal["hidden", "veryHidden"]
) -> None:
    book.create_sheet("说明")["A1"] = "请看表"
    book.worksheets[0].title = "自评"
    book.worksheets[0].sheet_state = state
    book.active = 1
    with pytest.raises(UserError, match=r"隐藏的工作表“自评”上有.*取消隐藏.*--sheet 自评"):
        found(book, tmp_path)


def test_a_form_on_a_hidden_sheet_beside_another(book: openpyxl.Workbook, tmp_path: Path) -> None:
    hidden = book.create_sheet("去年")
    typed(hidden)
    hidden.sheet_state = "hidden"
    (one,) = [one for one in found(book, tmp_path) if one.check == "U2"]
    assert "隐藏的工作表“去年”上也有绩效表，没有校验" in one.message


@pytest.mark.parametrize("text", ["NaN", "nan", "inf", "-inf", "None", "<NA>"])
@pytest.mark.parametrize("cell", ["E6", "F6", "G6"])
def test_what_a_program_wrote_for_no_value_is_named(
    book: openpyxl.Workbook, tmp_path: Path, cell: str, text: str
) -> None:
    book.worksheets[0][cell] = text
    named = [one for one in found(book, tmp_path) if f"单元格里是“{text}”" in one.message]
    assert [one.severity for one in named] == ["error"]


def test_nan_is_no_reason(book: openpyxl.Workbook, tmp_path: Path) -> None:
    sheet = book.worksheets[0]
    sheet["E6"], sheet["G6"], sheet["H6"], sheet["G9"] = "8场", 40, "nan", 90
    codes = {one.check for one in found(book, tmp_path)}
    assert {"V1", "V9"} <= codes
