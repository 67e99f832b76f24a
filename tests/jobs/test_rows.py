"""Indicator rows put into a form and taken out of it: our own forms and any bureau's."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import needs_office, recalculated
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.datavalidation import DataValidation
from small import form as small_form
from small import row

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.faces.cli import run
from perf_excel.jobs.examination.examining import examine_all, find, find_all
from perf_excel.jobs.examination.verdict_list import with_list
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.rows import Changed, added, removed
from perf_excel.rules.rulesets.library import ruleset

LINE = Side(style="thin")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因")
OUTPUT, EFFECT = "产出指标", "效益指标"
ROWS: tuple[tuple[Any, ...], ...] = (
    ("项目支出绩效自评表（2025年度）",),
    HEAD,
    (OUTPUT, "数量指标", "维修校舍", "≥9所", "9所", 20, "=F3"),
    ("", "", "购置桌椅", "≥100套", "120套", 10, "=F4"),
    ("", "质量指标", "验收合格率", "≥95%", "96%", 20, "=F5"),
    (EFFECT, "社会效益指标", "受益学生", "≥500人", "620人", 30, "=F6"),
    ("满意度指标", "服务对象满意度指标", "师生满意度", "≥90%", "92%", 20, "=F7"),
    ("总分", "", "", "", "", "=SUM(F3:F7)", "=SUM(G3:G7)"),
    ("其中：产出", "", "", "", "", "=SUM(F3:F5)", "=G3+G4+G5"),
)
MERGES = ("A1:H1", "A3:A5", "B3:B4", "A8:E8", "A9:E9")


def saved(
    folder: Path,
    rows: Sequence[Sequence[Any]] = ROWS,
    merges: Sequence[str] = MERGES,
    also: str = "=SUM(自评表!G3:G7)",
) -> Path:
    """Save a bureau's form with a drop-down, a note and a second sheet that looks at it."""
    book = openpyxl.Workbook()
    sheet, other = book.worksheets[0], book.create_sheet("汇总")
    sheet.title = "自评表"
    for number, values in enumerate(rows, 1):
        for column in range(1, 9):
            cell: Any = sheet.cell(number, column)
            cell.value, cell.border = (*values, *[None] * 8)[column - 1] or None, BORDER
            cell.alignment = Alignment(horizontal="center" if column < 3 else None)
    for area in merges:
        sheet.merge_cells(area)
    choices = DataValidation(type="decimal", operator="between", formula1="0", formula2="F3", sqref="G3:G7")
    sheet.add_data_validation(choices)
    sheet["D4"].comment = Comment("以验收单为准", "甲")
    sheet.print_area = "A1:H9"
    other["A1"] = also
    path = folder / "自评表.xlsx"
    book.save(path)
    return path


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return saved(tmp_path)


def names(changed: Changed) -> list[str]:
    return [one.level3 for one in changed.examined.form.indicators]


def sheet_of(changed: Changed, name: str = "自评表") -> Any:
    return openpyxl.load_workbook(io.BytesIO(changed.data))[name]


def merges(changed: Changed) -> set[str]:
    return {str(area) for area in sheet_of(changed).merged_cells.ranges}


def column(changed: Changed, letter: str, rows: range) -> list[object]:
    sheet = sheet_of(changed)
    return [sheet[f"{letter}{row}"].value for row in rows]


# -- putting in


def test_a_row_comes_behind_an_indicator(form: Path) -> None:
    changed = added(find(open_book(form)), "购置桌椅", 2)
    assert changed.done == "已在第 4 行“购置桌椅”后面增加 2 行：第 5–6 行"
    assert changed.notes == (
        (
            "公式随之改变：F10 由“=SUM(F3:F7)”改为“=SUM(F3:F9)”；G10 由“=SUM(G3:G7)”改为“=SUM(G3:G9)”；"
            "F11 由“=SUM(F3:F5)”改为“=SUM(F3:F7)”"
        ),
        "合并单元格随之改变：A3:A5→A3:A7；B3:B4→B3:B6",
        "G11 的公式“=G3+G4+G7”没有包括新插入的行，请修改这个公式",
    )
    assert merges(changed) >= {"A3:A7", "B3:B6", "A10:E10"}
    sheet = sheet_of(changed)
    assert column(changed, "G", range(5, 8)) == ["=F5", "=F6", "=F7"]
    assert [sheet["C6"].value, sheet["C6"].border.left.style] == [None, "thin"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "G3:G9"
    assert sheet_of(changed, "汇总")["A1"].value == "=SUM(自评表!G3:G9)"
    assert changed.examined.form.total == 100
    assert changed.findings == ()


def test_a_row_number_is_as_good_as_a_name(form: Path) -> None:
    found = find(open_book(form))
    assert added(found, "4").data == added(found, " 购置 桌椅").data


def test_a_sum_of_part_of_a_group_stays_as_it_is(tmp_path: Path) -> None:
    rows = [*ROWS[:8], ("其中：数量", "", "", "", "", "=SUM(F3:F4)")]
    found = find(open_book(saved(tmp_path, rows)))
    assert column(added(found, "3"), "F", range(10, 11)) == ["=SUM(F3:F5)"]
    assert column(added(found, "4"), "F", range(10, 11)) == ["=SUM(F3:F5)"]
    assert column(added(found, "5"), "F", range(10, 11)) == ["=SUM(F3:F4)"]


def test_a_new_second_level(form: Path) -> None:
    changed = added(find(open_book(form)), "维修校舍", 2, level2="时效指标")
    assert changed.done == "已在第 4 行“购置桌椅”后面增加 2 行：第 5–6 行，新的二级指标“时效指标”"
    assert column(changed, "B", range(3, 8)) == ["数量指标", None, "时效指标", None, "质量指标"]
    assert merges(changed) >= {"A3:A7", "B3:B4", "B5:B6"}
    assert list(changed.examined.found.reading.free.values()) == [(OUTPUT, "时效指标")] * 2


def test_a_new_first_level_looks_like_those_above(form: Path) -> None:
    changed = added(find(open_book(form)), "3", 2, level1="成本指标", level2="经济成本指标")
    assert changed.done == "已在第 5 行“验收合格率”后面增加 2 行：第 6–7 行，新的一级指标“成本指标”"
    sheet = sheet_of(changed)
    assert [sheet["A6"].value, sheet["B6"].value] == ["成本指标", "经济成本指标"]
    assert merges(changed) >= {"A3:A5", "A6:A7", "B6:B7"}
    assert sheet["A6"].alignment.horizontal == "center"
    assert column(changed, "F", range(10, 12)) == ["=SUM(F3:F9)", "=SUM(F3:F5)"], "no part of the output"


def test_a_level_without_a_column(tmp_path: Path) -> None:
    rows = [HEAD[2:], ("甲", "≥1次", "1次", 100, "=D2"), ("总分", "", "", "=SUM(D2:D2)", "=SUM(E2:E2)")]
    found = find(open_book(saved(tmp_path, rows, ())), sheet="自评表")
    with pytest.raises(UserError, match="表里没有一级指标一栏，不能增加新的一级指标"):
        added(found, "甲", level1="成本指标")
    assert column(added(found, "甲"), "D", range(4, 5)) == ["=SUM(D2:D3)"]


# -- taking out


def test_rows_go(form: Path) -> None:
    changed = removed(find(open_book(form)), ["购置桌椅", "6"])
    assert changed.done == "已删除第 4 行“购置桌椅”、第 6 行“受益学生”"
    assert names(changed) == ["维修校舍", "验收合格率", "师生满意度"]
    assert changed.notes == (
        (
            "公式随之改变：F6 由“=SUM(F3:F7)”改为“=SUM(F3:F5)”；G6 由“=SUM(G3:G7)”改为“=SUM(G3:G5)”；"
            "F7 由“=SUM(F3:F5)”改为“=SUM(F3:F4)”；G7 由“=G3+G4+G5”改为“=G3+G4”"
        ),
        "合并单元格随之改变：A3:A5→A3:A4；B3:B4→B3",
    )
    assert {one.check for one in changed.findings} == {"W1"}
    assert "应为100分" in changed.findings[0].message
    sheet = sheet_of(changed)
    assert merges(changed) >= {"A3:A4", "A6:E6"}
    assert sheet["D4"].comment is None
    assert str(sheet.data_validations.dataValidation[0].sqref) == "G3:G5"
    assert sheet_of(changed, "汇总")["A1"].value == "=SUM(自评表!G3:G5)"
    assert (changed.examined.form.total, changed.examined.scores.total) == (60, 60)


def test_levels_outlive_their_first_row(form: Path) -> None:
    changed = removed(find(open_book(form)), ["3"])
    first = changed.examined.form.indicators[0]
    assert (first.level1, first.level2, first.level3) == (OUTPUT, "数量指标", "购置桌椅")
    assert sheet_of(changed)["A3"].alignment.horizontal == "center"
    assert merges(changed) >= {"A3:A4"}
    assert "B3:B4" not in merges(changed)


def test_levels_said_once_without_a_merged_area_are_said_again(tmp_path: Path) -> None:
    changed = removed(find(open_book(saved(tmp_path, merges=()))), ["3"])
    assert column(changed, "A", range(3, 6)) == [OUTPUT, None, EFFECT]
    assert column(changed, "B", range(3, 6)) == ["数量指标", "质量指标", "社会效益指标"]


def test_a_group_goes_with_its_last_row(form: Path) -> None:
    changed = removed(find(open_book(form)), ["3-4"])
    assert column(changed, "B", range(3, 5)) == ["质量指标", "社会效益指标"]
    assert changed.examined.form.indicators[0].level1 == OUTPUT


def test_blank_rows_go_too(form: Path) -> None:
    changed = added(find(open_book(form)), "3", 3)
    form.write_bytes(changed.data)
    again = removed(find(open_book(form)), ["4–6"])
    assert again.done == "已删除第 4 行（空白行）、第 5 行（空白行）、第 6 行（空白行）"
    assert column(again, "F", range(3, 10)) == [20, 10, 20, 30, 20, "=SUM(F3:F7)", "=SUM(F3:F5)"]


def test_an_indicator_of_several_rows_goes_as_a_whole(tmp_path: Path) -> None:
    rows = [*ROWS[:4], ("", "", "", "≥5套", "6套", 5, "=F5"), *ROWS[5:8]]
    path = saved(tmp_path, rows, ("A3:A5", "B3:B5", "C4:C5", "A8:E8"))
    changed = removed(find(open_book(path)), ["4"])
    assert names(changed) == ["维修校舍", "受益学生", "师生满意度"]


# -- what is refused


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("2", "第 2 行不是指标行，没有改动；指标行是第 3–7 行。"),
        ("6-9", "第 8 行不是指标行，没有改动；指标行是第 3–7 行。"),
        ("1048576", "第 1048576 行不是指标行，没有改动；指标行是第 3–7 行。"),
        ("7-5", "“7-5”的起始行在结束行之后，没有改动，请写成 5-7。"),
        ("满意度", "没有名为“满意度”的指标，没有改动；相近的有第 7 行“师生满意度”，请写明名称或行号。"),
        (
            "总分",
            (
                "没有名为“总分”的指标，没有改动；表里有第 3 行“维修校舍”、第 4 行“购置桌椅”、"
                "第 5 行“验收合格率”、第 6 行“受益学生”、第 7 行“师生满意度”，请写明名称或行号。"
            ),
        ),
        ("3-7", "这样表里一个指标行也不剩了，没有删除；表里至少要留一个指标行，内容可以清空。"),
        (
            "3-5",
            (
                "工作表“自评表”的 F9 的公式“=SUM(F3:F5)”要用到工作表“自评表”将删除的单元格（第 3–5 行），"
                "没有删除，请先修改这一处后重试。"
            ),
        ),
    ],
)
def test_what_is_no_row_to_go(form: Path, wanted: str, sentence: str) -> None:
    with pytest.raises(UserError) as error:
        removed(find(open_book(form)), [wanted])
    assert str(error.value) == f"自评表.xlsx：{sentence}"


def test_a_name_that_several_have(tmp_path: Path) -> None:
    rows = [*ROWS[:4], ("", "质量指标", "维修校舍", "≥95%", "96%", 20, "=F5"), *ROWS[5:]]
    with pytest.raises(UserError) as error:
        removed(find(open_book(saved(tmp_path, rows))), ["维修校舍"])
    assert str(error.value) == (
        "自评表.xlsx：有 2 个指标叫“维修校舍”：第 3 行（数量指标）、第 5 行（质量指标），请改用行号。"
    )


def test_a_cell_elsewhere_that_needs_the_row(tmp_path: Path) -> None:
    path = saved(tmp_path, also="=自评表!G7")
    assert column(added(find(open_book(path)), "3"), "G", range(3, 5)) == ["=F3", "=F4"]
    with pytest.raises(UserError, match="工作表“汇总”的 A1 的公式“=自评表!G7”要用到"):
        removed(find(open_book(path)), ["师生满意度"])


def test_behind_one_row_only(form: Path) -> None:
    with pytest.raises(UserError, match="只能是一行，现为“3-4”"):
        added(find(open_book(form)), "3-4")


# -- several forms, lists, the program


def _ten_further_down(value: object) -> Any:
    if not isinstance(value, str) or not value.startswith(("=", "A", "B")):
        return value
    return re.sub(r"(?<=[A-H])[0-9]+", lambda row: str(int(row[0]) + 10), value)


def test_the_second_form_of_a_sheet(tmp_path: Path) -> None:
    lower = [[_ten_further_down(value) for value in values] for values in ROWS[:8]]
    path = saved(tmp_path, [*ROWS[:8], (), (), *lower], [*MERGES[:4], *map(_ten_further_down, MERGES[:4])])
    found = find(open_book(path), sheet="自评表", table=2)
    changed = removed(found, ["购置桌椅"])
    assert changed.done == "已删除第 14 行“购置桌椅”"
    path.write_bytes(changed.data)
    first, second = find_all(open_book(path), sheet="自评表")
    assert [len(one.reading.form.indicators) for one in (first, second)] == [5, 4]
    assert column(changed, "G", range(17, 18)) == ["=SUM(G13:G16)"]


def test_a_list_of_findings_is_out_of_date(form: Path) -> None:
    form.write_bytes(with_list(examine_all(form), date(2026, 1, 31)))
    changed = removed(find(open_book(form)), ["6"])
    assert changed.notes[-1].startswith("“校验结果”表写的是改动前的单元格，请再校验一次、重新写出")


def test_the_program_says_what_it_did(form: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = form.with_name("改后.xlsx")
    assert run(["rows", "add", str(form), "--after", "3", "-n", "2", "-o", str(target)]) == 0
    assert "已在第 3 行“维修校舍”后面增加 2 行：第 4–5 行。" in capsys.readouterr().out
    assert run(["rows", "remove", str(target), "4", "5", "-o", str(target)]) == 2
    assert "目标就是输入文件；确要覆盖请加 --overwrite" in capsys.readouterr().err
    assert run(["rows", "remove", str(target), "4-5", "师生满意度", "-o", str(target), "--overwrite"]) == 0
    out = capsys.readouterr().out
    assert "原有文件已备份为：改后.备份-" in out
    assert "改动之后多出 1 个问题：\n  错误 W1  F7" in out
    assert run(["rows", "add", str(form), "--after", "3", "-n", "999", "-o", str(target)]) == 2
    assert "一次最多增加 200 行" in capsys.readouterr().err


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The department's form of Henan with three indicators."""
    path = tmp_path / "自评表.xlsx"
    names = (("培训", "数量指标"), ("检查", "数量指标"), ("满意", "质量指标"))
    rows = (row("≥9次", "6次", 30, name=name, level2=level2, reason="停课") for name, level2 in names)
    path.write_bytes(make(Order(ruleset("henan-department"), data=small_form(*rows)), path).data)
    return path


def test_rows_of_our_own_form(ours: Path) -> None:
    changed = added(find(open_book(ours)), "培训", 2)
    top = changed.examined.found.reading.layout.indicators.rows[0]
    assert changed.done == f"已在第 {top} 行“培训”后面增加 2 行：第 {top + 1}–{top + 2} 行"
    assert changed.notes == ()
    assert changed.findings == ()
    sheet = sheet_of(changed, changed.examined.found.reading.grid.sheet)
    assert [sheet.cell(top + 1, column).value for column in range(1, 5)] == [
        "绩效指标",
        OUTPUT,
        "数量指标",
        None,
    ]
    ours.write_bytes(changed.data)
    again = removed(find(open_book(ours)), [f"{top}-{top + 2}"])
    assert names(again) == ["检查", "满意"]
    assert [one.score for one in again.examined.form.indicators] == [20, 20]
    assert (again.examined.form.total, again.examined.scores.total) == (40, 40)


def test_our_own_form_by_an_earlier_version(ours: Path) -> None:
    found = find(open_book(ours))
    old = replace(found, reading=replace(found.reading, grid=replace(found.reading.grid, helpers=None)))
    with pytest.raises(UserError, match=r"由旧版程序生成.*请用 export 导出数据"):
        removed(old, ["培训"])


@needs_office
def test_libreoffice_reckons_as_the_program_does(form: Path) -> None:
    for changed in (
        added(find(open_book(form)), "4", 2),
        removed(find(open_book(form)), ["3", "受益学生"]),
    ):
        form.write_bytes(recalculated(changed.data))
        again = find(open_book(form)).reading.form
        assert again.indicators == changed.examined.form.indicators
        assert again.total == changed.examined.scores.total
        assert "#REF!" not in str(openpyxl.load_workbook(form)["自评表"]["G9"].value)
