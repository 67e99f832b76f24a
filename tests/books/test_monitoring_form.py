"""The template of the monitoring form (绩效运行监控表): drawn, filled, read back, and its live hints."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from office import needs_office, recalculated

from perf_excel.books.opening import Book
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.data import form_of
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.measure import NOTHING, parse
from perf_excel.forms.model import Detail, Form, Funding, Goal, Indicator
from perf_excel.jobs.examination.examining import Examined, examined, find
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.new_from import started
from perf_excel.rules.rulesets.library import ruleset

RULES = ruleset("national-monitoring")


def aim(target: str, expected: str, likelihood: str = "", *, progress: str = "5次", **more: Any) -> Indicator:
    """A row of a monitoring form."""
    return Indicator(
        "产出指标", "数量指标", more.pop("name", "培训次数"), parse(target), progress=parse(progress),
        expected=parse(expected), likelihood=likelihood, **more,
    )  # fmt: skip


FORM = Form(
    unit="某某中心",
    year=2023,
    project="某项目",
    details=(Detail("主管部门及代码", "某某局 035"),),
    funding=(
        Funding("年度资金总额", Decimal(25), so_far=Decimal(12), expected=Decimal(24)),
        Funding("其中：本年一般公共预算拨款", Decimal(25), so_far=Decimal(12), expected=Decimal(24)),
        Funding("其他资金"),
    ),
    goal=Goal("办好培训"),
    indicators=(
        aim("≥12次", "12次", "确定能", name="培训次数"),
        aim("≥12次", "10次", "有可能", name="巡查次数", causes=("经费保障", "其他"), reason="未到账"),
        aim("=100%", "90%", "完全不可能", progress="50%", name="合格率", remark="拟申请调整目标"),
    ),
)


def opened(data: bytes) -> Examined:
    return examined(find(Book(Path("表.xlsx"), Workbook.from_bytes(data, "表.xlsx"))))


def made(data: Form | None) -> bytes:
    return make(Order(RULES, data=data), Path("表.xlsx")).data


def said(form: Form) -> list[tuple[object, ...]]:
    """What a form says of its indicators."""
    return [
        (
            row.level3, row.target.text, row.progress.text, row.expected.text, row.causes, row.reason,
            row.likelihood, row.remark,
        )
        for row in form.indicators
    ]  # fmt: skip


def test_what_is_filled_in_is_read_back() -> None:
    back = opened(made(FORM)).form
    assert said(back) == said(FORM)
    assert [(row.item, row.initial, row.so_far, row.expected) for row in back.funding] == [
        (row.item, row.initial, row.so_far, row.expected) for row in FORM.funding
    ]
    assert (back.unit, back.project, back.details, back.goal) == (
        FORM.unit, FORM.project, FORM.details, FORM.goal,
    )  # fmt: skip
    assert (back.months, back.monitors) == (7, True)
    assert all(row.actual == NOTHING for row in back.indicators)


def test_data_goes_into_a_blank_template_and_says_what_it_says() -> None:
    blank = find(Book(Path("表.xlsx"), Workbook.from_bytes(made(None), "表.xlsx")))
    rows = [
        replace(row, level1=level1, level2=level2)
        for row, (level1, level2) in zip(
            FORM.indicators,
            (("产出指标", "数量指标"), ("产出指标", "数量指标"), ("产出指标", "质量指标")),
            strict=True,
        )
    ]
    filled = fill(blank, replace(FORM, indicators=tuple(rows)))
    assert said(opened(filled.data).form) == said(FORM)
    assert not any("没有位置" in note for note in filled.notes)


def test_plain_data_keeps_it_all() -> None:
    again = form_of(_exact(data_of(replace(FORM, months=8))))
    assert said(again) == said(FORM)
    assert (again.months, again.monitors) == (8, True)
    assert again.funding[0] == FORM.funding[0]


def _exact(data: dict[str, Any]) -> dict[str, Any]:
    """Numbers as they are read from a file."""
    return json.loads(json.dumps(data), parse_float=Decimal, parse_int=Decimal)


def test_the_likelihoods_and_kinds_of_reasons_are_chosen_from_a_list() -> None:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(made(FORM))).worksheets[0]
    [ticks] = [one for one in sheet.data_validations.dataValidation if one.formula1 == '"√"']
    covered = {cell.coordinate for area in ticks.sqref.ranges for row in sheet[area.coord] for cell in row}
    heads = {cell.value: cell for line in sheet.iter_rows() for cell in line if cell.value}
    for label in (
        "经费保障",
        "制度保障",
        "人员保障",
        "硬件条件保障",
        "其他",
        "确定能",
        "有可能",
        "完全不可能",
    ):
        head = heads[label]
        assert sheet.cell(head.row + 1, head.column).coordinate in covered
        assert not sheet.cell(head.row + 1, head.column).protection.locked


def test_it_begins_with_the_declaration() -> None:
    declared = Form(
        unit="某某中心",
        funding=(Funding("年度资金总额", Decimal(25)), Funding("其他资金", Decimal(5))),
        indicators=(Indicator("产出指标", "数量指标", "培训次数", parse("≥12次")),),
        details=(Detail("主管部门", "某某局"),),
    )
    one = started(declared, RULES.forms[0])
    back = opened(made(one)).form
    assert [(row.level3, row.target.text, row.expected.text) for row in back.indicators] == [
        ("培训次数", "≥12次", "")
    ]
    assert [row.initial for row in back.funding] == [Decimal(25), None, Decimal(5)]
    assert back.details == (Detail("主管部门及代码", "某某局"),)


HINTS = (
    (aim("≥12次", "10次", "有可能"), "预计达不到目标，请说明原因"),
    (aim("≥12次", "10次", "有可能", reason="缺人"), None),
    (aim("≥12次", "10次", "有可能", remark="拟追加预算"), None),
    (aim("≥12次", "10次", "有可能", reason="无"), "预计达不到目标，请说明原因"),
    (aim("≤5%", "6%", "有可能"), "预计达不到目标，请说明原因"),
    (aim("≥12次", "12次"), "请选完成可能性"),
    (aim("≥12次", "12次", "确定能、有可能"), "完成可能性只能选一项"),
    (aim("≥12次", "10次", "确定能", reason="缺人"), "预计达不到目标，却选了确定能"),
    (aim("≥12次", "12次", "完全不可能"), "预计能达到目标，却选了完全不可能"),
    (aim("≥12次", "12次", "确定能"), None),
    (aim("≥12次", "12次", "确定能", progress=""), "未填执行情况"),
    (aim("≥12次", "", "确定能"), "未填全年预计完成情况"),
    (aim("≥12次", "100%", "确定能"), "单位不一致，请核对"),
    (aim("≥12次", "能完成", "确定能"), "定量目标请填数字"),
    (aim("≥12次", "≥12次", "确定能"), None),
    (aim("显著", "显著", "确定能"), None),
)


@needs_office
def test_rate_and_hints_are_live() -> None:
    form = replace(FORM, indicators=tuple(row for row, _ in HINTS))
    book = openpyxl.load_workbook(io.BytesIO(recalculated(made(form))), data_only=True)
    sheet: Any = book.worksheets[0]
    heads = {cell.value: cell for line in sheet.iter_rows() for cell in line if cell.value}
    rate, hint = heads["1—7月执行率"], heads["填报提示"]
    assert [sheet.cell(rate.row + row, rate.column).value for row in (1, 2)] == [0.48, 0.48]
    shown = [sheet.cell(hint.row + 1 + place, hint.column).value or None for place in range(len(HINTS))]
    assert shown == [text for _, text in HINTS]
