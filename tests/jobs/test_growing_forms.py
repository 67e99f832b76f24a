"""A bureau's blank form that has too few rows, filled by a unit that has more indicators."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from facts import shangjie
from office import needs_office, recalculated
from openpyxl.styles import Border, Side
from openpyxl.workbook.defined_name import DefinedName
from small import form, money, row
from workbooks import members

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.examining import examine, find
from perf_excel.jobs.examination.filled import Filled
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.library import ruleset

HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因")
LINE = Side(style="thin")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A form with three blank rows, a sum of each column, and a second sheet that looks at it."""
    book = openpyxl.Workbook()
    sheet, other = book.worksheets[0], book.create_sheet("汇总")
    sheet.title = "自评表"
    rows: list[tuple[Any, ...]] = [
        ("部门整体自评表",),
        HEAD,
        ("产出指标", "数量指标", "指标1：", None, None, None, '=IF(F3="","",F3)'),
        (None, "质量指标", "指标1：", None, None, None, '=IF(F4="","",F4)'),
        ("效益指标", "社会效益指标", "指标1：", None, None, None, '=IF(F5="","",F5)'),
        ("总分", None, None, None, None, "=SUM(F3:F5)", "=SUM(G3:G5)"),
        ("其中产出", None, None, None, None, "=SUM(F3:F4)"),
    ]
    for number, values in enumerate(rows, 1):
        for column in range(1, 9):
            cell = sheet.cell(number, column)
            cell.value, cell.border = (*values, *[None] * 8)[column - 1], BORDER
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("A6:E6")
    sheet.row_dimensions[5].height = 40
    for letter in "ABCDEFGH":
        sheet.column_dimensions[letter].width = 24  # no text is cut
    other["A1"], other["A2"] = "=自评表!G6", "=SUM(得分)"
    book.create_sheet("无关")["A1"] = "=1+1"
    book.defined_names["得分"] = DefinedName("得分", attr_text="自评表!$G$3:$G$5")
    path = tmp_path / "空表.xlsx"
    book.save(path)
    return path


def thirty() -> Form:
    """Thirty indicators, each of three points and some of one."""
    groups = [("产出指标", "数量指标", 12), ("产出指标", "质量指标", 6), ("产出指标", "时效指标", 4)]
    groups += [("效益指标", "社会效益指标", 5), ("满意度指标", "服务对象满意度指标", 3)]
    return form(
        *(
            row("≥95%", "96%", 3, name=f"{level2}{number}", level1=level1, level2=level2)
            for level1, level2, count in groups
            for number in range(1, count + 1)
        )
    )


def filled(path: Path, data: Form) -> Filled:
    return fill(find(open_book(path)), data)


def test_thirty_indicators_in_a_form_of_three(blank: Path) -> None:
    result = filled(blank, thirty())
    assert [(one.level1, one.level2, one.level3) for one in result.examined.form.indicators] == [
        (one.level1, one.level2, one.level3) for one in thirty().indicators
    ]
    assert result.notes == ("表中行数不够，已按上一行的样式插入 27 行：第 4–14 行、第 16–24 行、第 26–32 行",)
    assert result.examined.form.total == 90
    book = openpyxl.load_workbook(io.BytesIO(result.data))
    sheet: Any = book["自评表"]
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A3:A24", "B3:B14", "A25:A29", "A33:E33"}
    assert [sheet["F33"].value, sheet["G33"].value, sheet["F34"].value] == [
        "=SUM(F3:F32)",
        "=SUM(G3:G32)",
        "=SUM(F3:F24)",
    ]
    assert sheet["G14"].value == '=IF(F14="","",F14)'
    assert sheet["H31"].border.left.style == "thin"
    assert [sheet.row_dimensions[number].height for number in (5, 25, 26, 33)] == [None, 40, 40, None]
    assert book["汇总"]["A1"].value == "=自评表!G33"
    assert book.defined_names["得分"].attr_text == "自评表!$G$3:$G$32"


def test_other_parts_and_the_rows_above_keep_their_bytes(blank: Path) -> None:
    before, after = members(blank.read_bytes()), members(filled(blank, thirty()).data)
    changed = {part for part in before if before[part] != after.get(part)}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"}
    sheet = "xl/worksheets/sheet1.xml"
    above = before[sheet][1].index(b"<sheetData>"), before[sheet][1].index(b'<row r="3"')
    rows = before[sheet][1][slice(*above)]
    assert rows in after[sheet][1]


@needs_office
def test_the_sums_take_in_the_new_rows(blank: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(recalculated(filled(blank, thirty()).data)), data_only=True)
    assert [book["自评表"][place].value for place in ("F33", "G33", "F34")] == [90, 90, 66]
    assert [book["汇总"][place].value for place in ("A1", "A2")] == [90, 90]


def test_a_sum_of_single_cells_is_told(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    book["自评表"]["F6"] = "=F3+F4+F5"
    book.save(blank)
    notes = filled(blank, thirty()).notes
    assert "F33 的公式“=F3+F15+F25”没有包括新插入的行，请修改这个公式" in notes


def test_rows_still_blank_are_told(blank: Path) -> None:
    data = form(row("≥95%", "96%", 3, name="甲", level2="数量指标"))
    assert filled(blank, data).notes == ("还有 2 个空白的指标行，保持原样：第 4、5 行",)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """The department's form of Henan with two indicators."""
    path = tmp_path / "自评表.xlsx"
    two = form(*(row("≥9次", "9次", 45, name=name, level2="数量指标") for name in ("培训", "检查")))
    path.write_bytes(make(Order(ruleset("henan-department"), data=two), path).data)
    return path


def test_a_form_of_ours_grows(ours: Path) -> None:
    more = [row("≥9次", "6次", 15, name=f"巡查{number}", level2="质量指标") for number in range(1, 4)]
    data = form(row("≥9次", "9次", 30, name="培训", level2="数量指标"), *more)
    result = filled(ours, data)
    grown = result.examined.form
    assert [one.level3 for one in grown.indicators] == ["培训", "检查", "巡查1", "巡查2", "巡查3"]
    assert [one.score for one in grown.indicators] == [30, 45, 10, 10, 10]
    assert grown.total == 105
    assert result.notes[0].startswith("表中行数不够，已按上一行的样式插入 3 行：第 ")


def test_a_form_of_ours_by_an_earlier_version_does_not(ours: Path) -> None:
    """Its formulas stood on a sheet of their own, row by row."""
    found = find(open_book(ours))
    reading = replace(found.reading, grid=replace(found.reading.grid, helpers=None))
    data = form(*(row(name=f"指标{number}", level2="数量指标") for number in range(9)))
    with pytest.raises(UserError, match=r"表中没有位置填写.*new --data 生成行数相符的新表"):
        fill(replace(found, reading=reading), data)


@needs_office
def test_a_form_of_ours_grows_with_its_formulas(tmp_path: Path) -> None:
    path, data = tmp_path / "表.xlsx", shangjie()
    path.write_bytes(make(Order(ruleset("henan-department"), data=data), path).data)
    last = data.indicators[-1]
    more = (
        replace(data.indicators[3], level3="同组", target=parse("≥90%"), actual=parse("81%")),
        replace(
            last, level1="新一级", level2="新二级", level3="另组", target=parse("≥4次"), actual=parse("3次")
        ),
    )
    path.write_bytes(recalculated(filled(path, replace(data, indicators=(*data.indicators, *more))).data))
    after = examine(path)
    assert {row.label: row.printed for row in after.scores.indicators if row.label in ("同组", "另组")} == {
        "同组": Decimal("1.8"), "另组": Decimal("3.75"),
    }  # fmt: skip
    assert after.form.total == after.scores.total == Decimal("101.36")


def test_a_total_of_money_that_the_sheet_adds_up_is_up_to_date(tmp_path: Path) -> None:
    """Its old result (0, or none) would be a mistake of the unit's, and the rate could not be told."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for values in (
        ("项目支出绩效自评表",),
        ("资金", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", "=SUM(B4:B5)", "=C4+C5", "=SUM(D4:D5)", 10, "=D3/C3", "=MIN(1,D3/C3)*E3"),
        ("其中：财政拨款",),
        ("其他资金",),
        ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", None, None, None, None, None),
        ("总分", None, None, None, None, None, "=SUM(G7:G7)+G3"),
    ):
        sheet.append(values)
    for column in range(1, 8):
        sheet.cell(7, column).border = BORDER
    path = tmp_path / "空表.xlsx"
    book.save(path)
    money_of = [money(90, 120, 108, item="年度资金总额"), money(90, 100, 100, item="其中：财政拨款")]
    data = form(
        row("≥9次", "9次", 90, 90, name="培训"),
        funding=(*money_of, money(0, 20, 8, item="其他资金")),
    )
    result = filled(path, data)
    assert result.examined.form.funding[0].annual == 120
    assert (result.examined.form.total, result.examined.scores.grade) == (99, "优")
    assert [finding.check for finding in result.examined.findings if finding.check == "W3"] == []
    assert result.notes == ()
    other = replace(data, funding=(replace(money_of[0], executed=money_of[1].annual), *data.funding[1:]))
    assert filled(path, other).notes == ("全年执行数：数据中的合计是100万元，表内公式合计108万元",)


def test_a_sheet_without_a_column_for_it_is_told(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    book["自评表"]["G2"] = "评定"
    book.save(blank)
    data = form(row("≥95%", "95%", 3, 3, name="甲", level2="数量指标"))
    assert filled(blank, data).notes[0] == "表中没有位置，未填写：各指标的得分"
