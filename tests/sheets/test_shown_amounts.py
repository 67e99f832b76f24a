"""Amounts and codes as their cells show them, read off a form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from readback import read
from typed import grid

from perf_excel.forms.model import Form, Funding
from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.grid import Edit, Grid
from perf_excel.sheets.writing.form_edits import fill_edits


def form_with(*amounts: Any, code: Any = "001001", item: str = "其中：财政拨款") -> Grid:
    """A form whose total and one source have these amounts (initial, annual, executed)."""
    return grid(
        ("项目支出绩效自评表",),
        ("单位编码", code, "实施单位", "某局"),
        ("项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", *amounts, 10, "90%", 9),
        (item, *amounts),
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "培训场次", "≥10场", "10场", 90, 90),
    )


def findings(form: Form) -> list[tuple[str, str, int, object]]:
    rules = ruleset("national-2020")
    found = run_checks(form, rules, score(form, rules))
    return [
        (one.check, one.spot.field, one.spot.row, one.printed) for one in found if one.spot.part == "funding"
    ]


@pytest.mark.parametrize("code", ["0\\.0,", "0!.0,", '0"."0,', "0!.0000", '0\\.0,"万元"'])
def test_an_amount_shown_in_wan_is_in_wan(code: str) -> None:
    form = read(form_with(*((number, code) for number in (1000000, 1200000, 1080000)))).form
    assert [(row.initial, row.annual, row.executed) for row in form.funding] == [(100, 120, 108)] * 2
    assert findings(form) == []


def test_an_amount_written_back_is_shown_in_wan() -> None:
    reading = read(form_with(*((number, "0\\.0,") for number in (1000000, 1200000, 1080000))))
    spent = Form(funding=(Funding("年度资金总额", executed=Decimal(96)),))
    edits = fill_edits(reading, spent).edits
    assert edits == (Edit(4, 4, Decimal(960000)),)
    assert fill_edits(reading, reading.form).edits == ()


@pytest.mark.parametrize(
    ("code", "shown"),
    [((1001, "000000"), "001001"), ((123, '"XM"000000'), "XM000123"), ((12345, "000\\-000"), "012-345")],
)
def test_a_code_keeps_its_zeros(code: tuple[int, str], shown: str) -> None:
    assert read(form_with(100, 120, 108, code=code)).form.unit_code == shown


@pytest.mark.parametrize("text", ["约一百万元", "见附表"])
def test_an_amount_that_cannot_be_read_is_named(text: str) -> None:
    sheet = form_with(100, 120, 108)
    row = {
        place: cell._replace(value=text)
        for place, cell in sheet.cells.items()
        if place in ((5, 2), (5, 3), (5, 4))
    }
    form = read(type(sheet)(sheet.sheet, sheet.cells | row)).form
    assert [row.item for row in form.funding] == ["年度资金总额", "其中：财政拨款"]
    assert [one for one in findings(form) if one[0] == "V9"] == [
        ("V9", field, 1, text) for field in ("initial", "annual", "executed")
    ]


def test_an_amount_that_is_an_error_value_is_named_as_one() -> None:
    sheet = form_with(100, 120, 108)
    broken = {(5, 2): sheet.cells[5, 2]._replace(value="#REF!")}
    found = findings(read(type(sheet)(sheet.sheet, sheet.cells | broken)).form)
    assert [(code, text) for code, *_, text in found if text == "#REF!"] == [("W10", "#REF!")]
