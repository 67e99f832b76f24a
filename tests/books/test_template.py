from __future__ import annotations

import importlib.util
import io
import re
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import converted, needs_office, recalculated
from openpyxl.utils import get_column_letter

from perf_excel.books.template import build
from perf_excel.books.template.formulas.pieces import first_of, quoted
from perf_excel.books.template.frame import runs
from perf_excel.books.template.heights import height
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding, Goal, Indicator, Task
from perf_excel.rules.rulesets.library import ruleset, ruleset_names, templates_folder
from perf_excel.rules.rulesets.parameters import Special
from perf_excel.sheets.grid import Cell, Grid
from perf_excel.sheets.helper_cells import MARKER
from perf_excel.sheets.identity import SHEET, Identity, read_identity

ALLOWED = {
    "IF", "AND", "OR", "NOT", "IFERROR", "ISNUMBER", "ISTEXT", "SUM", "ROUND", "ROUNDDOWN", "INT", "ABS",
    "MIN", "MAX", "SUMPRODUCT", "COUNT", "LOOKUP", "SUBSTITUTE", "LEFT", "RIGHT", "MID", "LEN", "TRIM",
    "FIND", "VALUE", "CELL", "CHAR", "ROW",
}  # fmt: skip

FORM = Form(
    unit="某某局",
    unit_code="410106",
    year=2022,
    funding=(
        Funding("部门预算总额（万元）", Decimal("357.65"), Decimal("378.1"), Decimal("273.8")),
        Funding("资金来源：（1）政府预算资金", Decimal("357.65"), Decimal("378.1"), Decimal("273.8")),
    ),
    goal=Goal("=目标一\n目标二", "完成"),
    tasks=(Task("任务一", "内容", "完成"), Task("任务二")),
    indicators=(
        Indicator(
            "产出指标", "数量指标", "培训次数", parse("≥10次"), parse("9次"), Decimal(40), reason="疫情"
        ),
        Indicator("产出指标", "数量指标", "投诉率", parse("=1%"), parse("1%"), Decimal(20)),
        Indicator("产出指标", "质量指标", "合格率", parse("≤-1%"), parse("+1"), Decimal(5)),
        Indicator(
            "效益指标", "质量指标", "影响", parse("良好"), parse("已完成"), Decimal(25), Decimal("23.5")
        ),
    ),
)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def henan() -> Any:
    rules = ruleset("henan-department")
    return opened(build(rules, rules.forms[0], FORM))


@pytest.fixture(scope="module")
def national() -> Any:
    rules = ruleset("national-2020")
    return opened(build(rules, rules.forms[0], FORM))


def row_of(sheet: Any, text: str, column: int = 4) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == text)


def unlocked(sheet: Any) -> set[str]:
    """Unlocked cells, of merged ones the first."""
    inside = {
        place
        for area in sheet.merged_cells.ranges
        for place in (cell.coordinate for row in sheet[area.coord] for cell in row)
        if place != area.coord.split(":")[0]
    }
    return {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked and cell.coordinate not in inside
    }


def formulas(book: Any) -> list[str]:
    return [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]


def test_sheets(henan: Any) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in henan}
    assert states == {
        "部门整体自评表": "visible",
        "填报说明": "visible",
        "_perf_excel": "veryHidden",
    }


def test_the_form_reads_like_the_printed_one(henan: Any) -> None:
    sheet = henan.worksheets[0]
    header = row_of(sheet, "三级指标")
    assert [cell.value for cell in sheet[header][:10]] == [
        "绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差度",
        "偏差原因分析及改进措施",
    ]  # fmt: skip
    assert [cell.value for cell in sheet[4][:9] if cell.value] == [
        "部门整体支出情况", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分",
    ]  # fmt: skip
    assert sheet["A1"].value == "部门整体自评表"
    assert [cell.value for cell in sheet[2][:9] if cell.value] == ["（2022年度）", "金额单位：万元"]
    assert (sheet["A3"].value, sheet["D3"].value) == ("部门（单位）名称", "某某局")


def test_inputs_are_values_and_never_formulas(henan: Any) -> None:
    sheet = henan.worksheets[0]
    first = row_of(sheet, "三级指标") + 1
    assert [sheet.cell(first + place, 5).value for place in range(4)] == ["≥10次", "=1%", "≤-1%", "良好"]
    assert {sheet.cell(first + place, 5).data_type for place in range(4)} == {"s"}
    assert [sheet.cell(first + place, 7).value for place in range(4)] == [40, 20, 5, 25]
    assert [cell.value for cell in sheet[5][3:7]] == [357.65, 378.1, 273.8, 10]
    goal = row_of(sheet, "=目标一\n目标二", 2)
    assert sheet.cell(goal, 2).data_type == "s"
    assert sheet.cell(goal + 2, 2).value == "任务一"


def place_of(sheet: Any, text: str) -> str:
    """The address of the cell that holds a text."""
    return next(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_what_is_unlocked(henan: Any) -> None:
    sheet = henan.worksheets[0]
    header, total = row_of(sheet, "三级指标"), row_of(sheet, "总分", 1)
    open_cells = unlocked(sheet)
    assert {place_of(sheet, "（2022年度）"), "D3", "D5", "E5", "F5", "D6", "E6", "F6"} <= open_cells
    for row in range(header + 1, total):
        assert {f"{letter}{row}" for letter in "DEFGJL"} <= open_cells
        assert not {f"{letter}{row}" for letter in "HIK"} & open_cells
    assert not [place for place in open_cells if sheet[place].data_type == "f"]
    assert not {f"{letter}{row}" for letter in "AGHIJ" for row in (5, total, header)} & open_cells
    assert unlocked(henan["填报说明"]) == set()


def test_rows_can_be_inserted_because_nothing_is_protected(henan: Any) -> None:
    assert not any(sheet.protection.sheet for sheet in henan)


def test_merges_stand_above_the_indicators_and_never_cut_through_rows(henan: Any) -> None:
    sheet = henan.worksheets[0]
    first, total = row_of(sheet, "三级指标") + 1, row_of(sheet, "总分", 1)
    areas = list(sheet.merged_cells.ranges)
    assert {"A1:J1", "A4:A6", "I5:J5"} <= {area.coord for area in areas}
    assert not [area.coord for area in areas if area.max_row > area.min_row and area.max_row >= first - 1]
    levels = [[sheet.cell(row, column).value for column in (1, 2, 3)] for row in range(first, total)]
    assert levels[0] == levels[1] == ["绩效指标", "产出指标", "数量指标"]


@needs_office
def test_a_level_is_shown_once() -> None:
    rules = ruleset("henan-department")
    pdf = converted(build(rules, rules.forms[0], FORM), "pdf")
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    text = done.stdout.decode().partition("填报说明")[0]
    assert [text.count(name) for name in ("产出指标", "效益指标", "培训次数")] == [1, 1, 1]
    assert text.count("质量指标") == 2  # the same name, but of another first level


def test_page(henan: Any) -> None:
    sheet = henan.worksheets[0]
    total, header = row_of(sheet, "总分", 1), row_of(sheet, "三级指标")
    assert sheet.print_area == f"'部门整体自评表'!$A$1:$J${total}"
    assert sheet.print_title_rows == f"${header}:${header}"
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_options.horizontalCentered
    assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"


def test_validations(henan: Any, national: Any) -> None:
    rules = henan.worksheets[0].data_validations.dataValidation
    first = row_of(henan.worksheets[0], "三级指标") + 1
    kinds = {str(rule.sqref): rule for rule in rules}
    weights = kinds[f"G{first}:G{first + 3}"]
    assert (weights.type, weights.formula1, weights.formula2) == ("decimal", "0", "100")
    assert kinds["D5:D6 E5:E6 F5:F6"].operator == "greaterThanOrEqual"
    assert all(rule.prompt or rule.error for rule in rules)
    computed = next(rule for rule in rules if rule.type == "custom")
    assert (computed.formula1, computed.showErrorMessage) == ("FALSE", True)
    for letter in "BCDEFGJL":  # every column that is filled in says what belongs there
        cells = (f"{letter}{row}" for row in range(first, first + 4))
        assert all(any(cell in rule.sqref for rule in rules if rule.prompt) for cell in cells)
    levels = kinds[f"B{first}:B{first + 3}"]
    assert levels.type == "list"
    assert not levels.showErrorMessage
    bands = [
        rule
        for rule in national.worksheets[0].data_validations.dataValidation
        if "达成" in str(rule.formula1)
    ]
    assert [(rule.errorStyle, rule.showErrorMessage) for rule in bands] == [("warning", True)]
    assert all(len(str(rule.formula1)) <= 257 for rule in rules)


@pytest.mark.parametrize("name", sorted(ruleset_names()))
def test_every_cell_to_be_filled_in_says_what_belongs_there(name: str) -> None:
    rules = ruleset(name)
    for layout in rules.forms:
        sheet: Any = opened(build(rules, layout, Form())).worksheets[0]
        inputs = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        merged = {cell for area in sheet.merged_cells.ranges for row in area.rows for cell in row[1:]}
        merged |= {cell for area in sheet.merged_cells.ranges for row in list(area.rows)[1:] for cell in row}
        says = [rule for rule in sheet.data_validations.dataValidation if rule.prompt]
        assert all("如" in rule.prompt or "打勾（√）" in rule.prompt for rule in says)
        for cell in inputs:
            at = (cell.row, cell.column)
            assert at in merged or sum(cell.coordinate in rule.sqref for rule in says) == 1, cell.coordinate


def test_colours(henan: Any) -> None:
    formats = henan.worksheets[0].conditional_formatting
    assert len(list(formats)) == 9
    for area in formats:
        for rule in area.rules:
            assert rule.type == "expression"
            assert "{" not in rule.formula[0]  # Excel allows no arrays here
            assert "!" not in rule.formula[0]  # nor, before 2010's extension, other sheets
            assert rule.dxf.fill is None or rule.dxf.fill.bgColor.rgb


@pytest.mark.parametrize("name", [name for name in ruleset_names() if ruleset(name).forms])
def test_formulas_keep_to_what_every_program_calculates(name: str) -> None:
    rules = ruleset(name)
    for formula in formulas(opened(build(rules, rules.forms[0], FORM))):
        bare = re.sub(r'"[^"]*"', "", formula)
        assert set(re.findall(r"([A-Z][A-Z.]*)\(", bare)) <= ALLOWED
        assert len(formula) < 8192
        depth = 0
        for sign in bare:
            depth += {"(": 1, ")": -1}.get(sign, 0)
            assert depth < 64


def test_a_hundred_rules_of_single_indicators_fit() -> None:
    import dataclasses

    rules = ruleset("national-2020")
    many = tuple(
        Special(f"单项指标名称之{place}", "levels", "up", (Decimal(95), Decimal(85), Decimal(60)))
        for place in range(100)
    )
    book = opened(build(dataclasses.replace(rules, indicators=many), rules.forms[0], FORM))
    assert max(map(len, formulas(book))) < 8192


def test_helper_cells_are_hidden_and_no_part_of_what_is_read(henan: Any) -> None:
    sheet = henan.worksheets[0]
    first = next(cell.column for cell in sheet[1] if cell.value == MARKER)
    hidden = sheet.column_dimensions[get_column_letter(first - 1)]
    assert hidden.hidden
    assert (hidden.min, hidden.max) == (first - 1, sheet.max_column)
    saved = io.BytesIO()
    henan.save(saved)
    grid = Workbook.from_bytes(saved.getvalue(), "表.xlsx").grid(sheet.title)
    assert grid.helpers == first
    assert grid.right == first - 1


def test_columns_beside_the_form(henan: Any, national: Any) -> None:
    header = row_of(henan.worksheets[0], "三级指标")
    assert [cell.value for cell in henan.worksheets[0][header][10:13]] == ["填报提示", "人工评分", None]
    assert [cell.value for cell in henan.worksheets[0][4][10:14]] == ["一级指标", "分值", "得分", "规则分值"]
    sheet = national.worksheets[0]
    header = row_of(sheet, "三级指标")
    assert [cell.value for cell in sheet[header][8:13]] == [
        "偏差原因分析及改进措施", "填报提示", "人工评分", None, None,
    ]  # fmt: skip
    assert sheet.cell(header + 4, 11).value == 23.5  # the points of a judged row are the clerk's own


def test_no_deviation_no_column_and_the_grade_below(national: Any) -> None:
    sheet = national.worksheets[0]
    assert "偏差度" not in [cell.value for row in sheet.iter_rows() for cell in row]
    grade = row_of(sheet, "等级", 1)
    assert grade == row_of(sheet, "总分", 1) + 1
    assert sheet.print_area.endswith(f"$I${grade + 1}")
    assert [cell.value for cell in sheet[grade + 1] if cell.value] == ["填表人：", "联系电话：", "填报日期："]


def test_blank_template_has_the_layout_s_rows() -> None:
    rules = ruleset("henan-department")
    sheet = opened(build(rules, rules.forms[0], Form())).worksheets[0]
    first, total = row_of(sheet, "三级指标") + 1, row_of(sheet, "总分", 1)
    assert total - first == len(rules.forms[0].rows)
    assert sheet.cell(first, 5).value == "相关"
    assert "（　　　年度）" in [cell.value for cell in sheet[2]]
    assert [sheet.cell(row, 2).value for row in range(5, 9)] == list(rules.forms[0].funding)


def test_notes_name_every_source(henan: Any) -> None:
    text = "\n".join(str(row[0].value) for row in henan["填报说明"].iter_rows())
    for source in ruleset("henan-department").sources:
        assert f"【{source.status}】" in text
        assert source.text in text
    assert "执行率达到 90% 得满分" in text


def test_identity_comes_back(henan: Any) -> None:
    sheet = henan[SHEET]
    cells = {
        (cell.row, cell.column): Cell(cell.value) for row in sheet.iter_rows() for cell in row if cell.value
    }
    identity = read_identity(Grid(SHEET, cells))
    assert identity is not None
    assert (identity.form, identity.ruleset, identity.unit_code, identity.year) == (
        "部门整体自评表", "henan-department", "410106", 2022,
    )  # fmt: skip
    assert identity.version == ruleset("henan-department").version


def test_identity_of_numbers_and_of_other_sheets() -> None:
    cells = {(1, 1): Cell("规则集"), (1, 2): Cell("某地"), (2, 1): Cell("年度"), (2, 2): Cell(Decimal(2023))}
    assert read_identity(Grid(SHEET, cells)) == Identity("", "某地", "", year=2023)
    assert read_identity(Grid("别的表", cells)) is None
    assert read_identity(Grid(SHEET, {})) is None


def test_the_same_bytes_every_time() -> None:
    rules = ruleset("national-2020")
    one, other = (build(rules, rules.forms[0], FORM) for _ in range(2))
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as package:
        assert {info.date_time for info in package.infolist()} == {(2020, 1, 1, 0, 0, 0)}
        assert b"numberStoredAsText" in package.read("xl/worksheets/sheet1.xml")


def test_shipped_templates_are_up_to_date() -> None:
    path = Path(__file__).parents[2] / "build" / "templates.py"
    spec = importlib.util.spec_from_file_location("build_templates", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = dict(module.templates())
    drawn = {name for name in ruleset_names() if any(layout.file for layout in ruleset(name).forms)}
    assert {path.parent.name for path in found} == drawn
    for path, data in found.items():
        assert contents(path.read_bytes()) == contents(data), f"run build/templates.py: {path.name}"
        assert path.is_relative_to(templates_folder())


def contents(data: bytes) -> dict[str, bytes]:
    """The parts of a package: the packed bytes depend on the compression library's version."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_rows_are_high_enough() -> None:
    assert height([("字" * 60, [20.0])], 20) > height([("字", [20.0])], 20) == 20
    rules = ruleset("henan-department")
    form = Form(goal=Goal("目标" * 200, ""), indicators=FORM.indicators)
    sheet = opened(build(rules, rules.forms[0], form)).worksheets[0]
    assert sheet.row_dimensions[row_of(sheet, "目标" * 200, 2)].height > 150


def test_a_goal_too_long_for_one_row_gets_several() -> None:
    rules = ruleset("henan-department")
    sheet = opened(build(rules, rules.forms[0], Form(goal=Goal("目标" * 900, "")))).worksheets[0]
    first = row_of(sheet, "目标" * 900, 2)
    area = next(area for area in sheet.merged_cells.ranges if area.coord.startswith(f"B{first}:"))
    assert area.max_row > first
    assert sum(sheet.row_dimensions[row].height for row in range(first, area.max_row + 1)) > 700
    assert sheet.cell(area.max_row + 1, 2).value == "任务名称"


HINTS = (
    ("≥10次", "9次", "", None, "未达标，请填写偏差原因"),
    ("≥10次", "9次", " 无。", None, "未达标，请填写偏差原因"),
    ("≥10次", "9次", "疫情影响", None, None),
    ("≥266米", "≥266米", "", None, "请勿抄写≥符号，应填实际数"),
    ("100%", "1000件", "", None, "单位不一致，请核对"),
    ("≤5万元", "48000元", "", None, None),
    ("≥100人", "300人", "", None, "大幅超额，请说明原因"),
    ("≥95%", "较好", "", None, "定量目标请填数字"),
    ("显著", "", "", None, "未填实际完成值"),
    ("", "显著", "", None, "未填指标值"),
    ("显著", "部分达成", "", None, "请在 K21（人工评分）填3—4分（部分达成预期指标并具有一定效果）"),
    ("显著", "部分达成", "", Decimal(5), "人工评分应为3—4分（部分达成预期指标并具有一定效果）"),
    ("显著", "显著", "", None, None),
    ("2022年6月底", "2022年6月20日", "", None, None),
    ("2022年6月底", "2022年7月", "", None, "请在 K25（人工评分）填0—5分（定性指标）"),
)
"""Target, actual, reason, the clerk's points; and the hint."""


@needs_office
def test_hints_and_sums_are_live() -> None:
    rules = ruleset("national-2020")
    rows = tuple(
        Indicator("产出指标", "", "名称", parse(target), parse(actual), Decimal(5), points, reason=reason)
        for target, actual, reason, points, _ in HINTS
    )
    form = Form(funding=FORM.funding, indicators=(*rows, Indicator("产出指标", "", "")))
    data = recalculated(build(rules, rules.forms[0], form))
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    first = row_of(sheet, "三级指标") + 1
    shown = [sheet.cell(first + place, 10).value or None for place in range(len(HINTS))]
    assert shown == [hint for *_, hint in HINTS]
    sums = {sheet.cell(row, 10).value: sheet.cell(row, 11).value for row in range(6, 10)}
    assert sums == {"预算执行率": 10, "产出指标": 75, "效益指标": 0, "满意度指标": 0}
    assert sheet["H6"].value == pytest.approx(273.8 / 378.1)
    assert sheet["I6"].value == 7.24
    assert not sheet.cell(row_of(sheet, "等级", 1), 7).value  # rows are still open


def test_pieces() -> None:
    assert quoted('说"好"') == '"说""好"""'
    assert first_of([("a", "1"), ("b", "2")], "3") == "IF(a,1,IF(b,2,3))"
    assert runs(["a", "a", "", "", "b"]) == [(0, 1), (2, 2), (3, 3), (4, 4)]
    assert runs([]) == []
