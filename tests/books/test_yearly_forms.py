"""The forms of the whole year, blank and with what the founding documents published: drawn and read back."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yearly
from facts import published, shangjie
from office import converted_all, needs_office, recalculated
from openpyxl.utils import range_boundaries

from perf_excel.books.opening import Book
from perf_excel.books.template import build
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Detail, Form, Funding, Indicator
from perf_excel.jobs.examination.examining import Examined, examined, find
from perf_excel.jobs.export import export
from perf_excel.jobs.new import Order, make
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.library import ruleset, ruleset_names

FORMS = [(name, layout) for name in ruleset_names() for layout in ruleset(name).forms]


def opened(data: bytes) -> Examined:
    return examined(find(Book(Path("表.xlsx"), Workbook.from_bytes(data, "表.xlsx"))))


def made(rules: str, form: str, data: Form | None) -> bytes:
    return make(Order(ruleset(rules), form, data), Path("表.xlsx")).data


def shown(data: bytes) -> Any:
    """The form's sheet as LibreOffice calculates it."""
    return openpyxl.load_workbook(io.BytesIO(recalculated(data)), data_only=True).worksheets[0]


def beside(sheet: Any, label: str, *, row: int = 0) -> list[Any]:
    """What stands to the right of a label, without blank cells."""
    cell = next(cell for line in sheet.iter_rows() for cell in line if cell.value == label)
    printed = range_boundaries(sheet.print_area.rpartition("!")[2])[2] or 0
    values = (one.value for one in sheet[cell.row + row][cell.column : printed + 4])
    return [value for value in values if value is not None]


def plain(form: Form) -> Form:
    """What a form says, without what formulas give and without what the sheet itself tells of its columns."""
    named = tuple(row for row in form.indicators if row.level3)
    return Form(
        unit=form.unit,
        unit_code=form.unit_code,
        year=form.year,
        project=form.project,
        details=tuple(detail for detail in form.details if detail.text),
        funding=tuple(Funding(row.item, row.initial, row.annual, row.executed) for row in form.funding),
        goal=form.goal,
        tasks=form.tasks,
        indicators=tuple(replace(row, share=parse(""), raw=None, deviation=parse("")) for row in named),
    )


@pytest.mark.parametrize(
    ("rules", "form", "data"),
    [
        ("zhengzhou-declaration", "整体绩效目标申报表", yearly.declaration),
        ("zhengzhou-declaration", "支出项目绩效目标表", yearly.project_goals),
        ("zhengzhou-evaluation", "财政绩效评价", yearly.evaluation),
        ("guangzhou-department", "部门整体支出绩效自评表", yearly.guangzhou),
        ("hebei-luquan-department", "部门整体支出绩效自评表", yearly.luquan),
        ("henan-department", "部门整体自评表", shangjie),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_was_published_is_read_back(rules: str, form: str, data: Callable[[], Form]) -> None:
    back = opened(made(rules, form, data()))
    assert plain(back.form) == plain(data())
    assert back.found.rules.id == rules
    assert back.errors == 0


@pytest.mark.parametrize(("rules", "layout"), FORMS, ids=lambda value: getattr(value, "name", value))
def test_a_blank_form_is_read_back(rules: str, layout: Layout) -> None:
    back = opened(made(rules, layout.name, None))
    assert back.found.rules.id == rules
    assert [row.item for row in back.form.funding] == list(
        layout.funding if layout.budget_columns else back_funding(layout)
    )
    named = [(row.level1, row.level2, row.level3) for row in layout.rows if row.level3]
    assert [(row.level1, row.level2, row.level3) for row in back.form.indicators if row.level3] == named
    assert len(back.found.reading.free) + len(back.form.indicators) == len(layout.rows)


def back_funding(layout: Layout) -> list[str]:
    """Amounts that stand in the head."""
    return [item for item in layout.funding if any(item in row for row in layout.head)]


PROJECT = Form(
    unit="某某中心",
    project="信访信息系统运维",
    year=2023,
    details=(Detail("主管部门", "某某局"),),
    funding=(
        Funding("年度资金总额", Decimal(50), Decimal(60), Decimal(45)),
        Funding("其中：当年财政拨款", Decimal(50), Decimal(60), Decimal(45)),
    ),
    indicators=(Indicator("产出指标", "数量指标", "巡检次数", parse("≥12次"), parse("12次"), Decimal(50)),),
)


def test_a_project_form_names_project_department_and_unit() -> None:
    back = opened(made("national-2020", "", PROJECT)).form
    assert (back.project, back.unit, back.details) == (
        "信访信息系统运维",
        "某某中心",
        (Detail("主管部门", "某某局"),),
    )


def test_a_declaration_prints_units_in_their_own_column() -> None:
    sheet = openpyxl.load_workbook(
        io.BytesIO(made("zhengzhou-declaration", "", yearly.declaration()))
    ).worksheets[0]
    assert beside(sheet, "专项资金细化率")[:2] == ["≥95", "%"]
    assert beside(sheet, "决算真实性")[:2] == ["真实", "定性指标"]


def test_a_blank_declaration_prints_the_published_names_and_units() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made("zhengzhou-declaration", "", None))).worksheets[0]
    assert beside(sheet, "专项资金细化率")[:1] == ["%"]
    assert beside(sheet, "决算真实性")[:1] == ["定性指标"]


def test_a_project_declaration_is_in_yuan() -> None:
    data = made("zhengzhou-declaration", "支出项目绩效目标表", yearly.project_goals())
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert beside(sheet, "项目本年度金额（元）") == [3590000]
    assert opened(data).form.funding[0].initial == 359


@needs_office
def test_both_breakdowns_of_a_declaration_are_held_against_its_total() -> None:
    form = yearly.declaration()
    sources, structure = "资金来源合计与总额相符", "资金结构合计比总额少1453.92"
    short = tuple(replace(row, initial=None) if "基本支出" in row.item else row for row in form.funding)
    sheet = shown(made("zhengzhou-declaration", "", replace(form, funding=short)))
    assert beside(sheet, "部门预算总额（万元）")[1:] == [sources]
    assert beside(sheet, "部门预算总额（万元）", row=1)[-1:] == [structure]


@needs_office
def test_an_evaluation_divides_points_by_weights() -> None:
    sheet = shown(made("zhengzhou-evaluation", "", yearly.evaluation()))
    rates = {
        name: round(beside(sheet, name)[2] * 100, 2) for name in ("投入管理", "产出", "效益", "综合得分")
    }
    assert rates == {"投入管理": 77.47, "产出": 83.53, "效益": 81.67, "综合得分": 80.91}
    assert beside(sheet, "综合得分")[:2] == [100, 80.91]
    assert beside(sheet, "等级")[0] == "良"


@needs_office
def test_parts_and_tasks_add_up() -> None:
    sheet = shown(made("guangzhou-department", "", yearly.guangzhou()))
    assert beside(sheet, "总分")[:2] == [100, 93.16]
    assert beside(sheet, "等级")[0] == "优"


LEVELS = (
    # target, bounds, actual, level reached
    ("≥95%", (95, 85, 75), "96%", "优秀"),
    ("≥95%", (95, 85, 75), "95%", "优秀"),
    ("≥95%", (95, 85, 75), "85%", "良好"),
    ("≥95%", (95, 85, 75), "75.5%", "一般"),
    ("≥95%", (95, 85, 75), "60%", "较差"),
    ("≤3次", (3, 5, 8), "4次", "良好"),
    ("≤3次", (3, 5, 8), "9次", "较差"),
    ("≥6000份", (), "6000余份", "优秀"),
    ("≥6000份", (), "5000份", None),  # without bounds only a kept target says anything
    ("及时", (), "及时", "优秀"),
    ("及时", (), "基本完成", "一般"),
    ("及时", (), "", None),
)


@needs_office
def test_the_level_that_a_row_reached_is_named() -> None:
    rows = tuple(
        Indicator(
            "目标", "", f"指标甲{place}", parse(target), parse(actual), thresholds=tuple(map(Decimal, bounds))
        )
        for place, (target, bounds, actual, _) in enumerate(LEVELS)
    )
    data = build(
        ruleset("hebei-luquan-department"), ruleset("hebei-luquan-department").forms[0], Form(indicators=rows)
    )
    sheet = shown(data)
    head = next(cell for line in sheet.iter_rows() for cell in line if cell.value == "达到档次")
    found = [sheet.cell(head.row + 2 + place, head.column).value or None for place in range(len(LEVELS))]
    assert found == [level for *_, level in LEVELS]


@pytest.mark.parametrize(
    ("rules", "case"),
    [
        ("anhui-project", "p01_tianchang_shuili_2022"),
        ("hubei-project", "p08_hubei_jinbu_2020"),
        ("sichuan-project", "p21_qingshen_fagai_2023"),
        ("yunnan-project", "p03_yongde_mingliang_2022"),
    ],
)
def test_a_published_form_of_a_region_is_read_back(rules: str, case: str) -> None:
    data = published(case)
    back = opened(made(rules, "", data))
    assert [(row.level3, row.target.text, row.actual.text, row.weight) for row in back.form.indicators] == [
        (row.level3, row.target.text, row.actual.text, row.weight) for row in data.indicators
    ]
    assert plain(back.form).funding == plain(data).funding


@needs_office
def test_a_share_and_a_score_out_of_a_hundred_are_live() -> None:
    rows = tuple(
        Indicator(
            "产出指标", "数量指标", "巡检次数", parse("≥100次"), parse(actual), Decimal(10), reason="设备故障"
        )
        for actual in ("76次", "100次")
    )
    sheet = shown(made("chongqing-department", "", Form(indicators=rows)))
    assert beside(sheet, "巡检次数") == ["次", "≥", "100", "76次", 0.76, 10, 7.6, "设备故障"]
    sheet = shown(made("hebei-project", "", Form(indicators=rows)))
    assert beside(sheet, "巡检次数") == ["≥", "次", "100", "76次", 76, 10, 7.6, "设备故障"]


@needs_office
def test_every_finished_form_is_one_a4_page_wide() -> None:
    """Nothing is cut off: no column on a page of its own, no number too wide for its cell."""
    forms = [opened(made(rules, layout.name, None)) for rules, layout in FORMS]
    forms.append(opened(made("yunnan-project", "", published("p03_yongde_mingliang_2022"))))
    forms.append(opened(made("zhengzhou-declaration", "", yearly.declaration())))
    books = [export(form, Path("完成表.xlsx")).data for form in forms]
    for pdf in converted_all(books, "pdf", "xlsx"):
        told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        size = re.search(r"Page size: +(595|841)\.\d+ x (595|841)\.\d+ pts \(A4\)", told)
        assert size
        assert int(re.findall(r"Pages: +(\d+)", told)[0]) <= (3 if size[1] == "841" else 2)
        text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout
        assert "###" not in text.decode()


@needs_office
def test_points_typed_for_a_source_of_money_do_not_count_twice() -> None:
    """Published forms repeat weight and points for the one source; the rules take the total row's alone."""
    data = published("p06_suixi_minzheng_2019")
    assert [row.score for row in data.funding] == [10, 10]
    book = made("anhui-project", "", data)
    total = beside(shown(book), "总分")
    assert [total[0], total[1]] == [100, float(opened(book).scores.total or 0)]
