"""Monitoring forms (绩效运行监控表) of any bureau: what was done so far or is expected is no result."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from typed import grid

from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.recognising import rules_for
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.reading.monitored import months_of

LEVELS = ("一级指标", "二级指标", "三级指标")
NAMES = ("产出指标", "数量指标", "培训次数")
TITLE = ("项目支出绩效目标执行监控表",)


def read(*rows: Sequence[Any], merges: Sequence[Sequence[int]] = ()) -> Reading:
    sheet = grid(*rows, merges=merges)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


PUBLISHED = (
    TITLE,
    ("（2023年度）",),
    ("项目名称", "", "某项目"),
    ("项目资金（万元）", "", "", "年初预算数", "", "1-7月执行数", "", "1-7月执行率", "", "全年预计执行数"),
    ("", "年度资金总额：", "", 25, "", 12, "", "48%", "", 25),
    ("", "其中：本年一般公共预算拨款", "", 25, "", 12, "", "48%", "", 25),
    ("年度总体目标", "", "完成结算"),
    (
        *(*LEVELS, "年度指标值", "1-7月执行情况", "全年预计完成情况"),
        *("偏差原因分析", "", "", "", "", "", "完成目标可能性", "", "", "备注"),
    ),
    (
        *("", "", "", "", "", "", "经费保障", "制度保障", "人员保障", "硬件条件保障", "其他", "原因说明"),
        *("确定能", "有可能", "完全不可能"),
    ),
    (*NAMES, "≥12次", "5次", "12次", "", "", "", "", "", "", "√", "", "", ""),
    ("", "质量指标", "合格率", "=100%", "50%", "90%", "√", "", "资金晚到", "", "", "", "", "√", "", "已催办"),
)
MERGES = (
    *((4, 1, 6, 1), (4, 2, 4, 3), (4, 4, 4, 5), (4, 6, 4, 7), (4, 8, 4, 9), (4, 10, 4, 16)),
    *(
        (row, left, row, right)
        for row in (5, 6)
        for left, right in ((2, 3), (4, 5), (6, 7), (8, 9), (10, 16))
    ),
    *((8, column, 9, column) for column in (1, 2, 3, 4, 5, 6, 16)),
    *((8, 7, 8, 12), (8, 13, 8, 15), (10, 1, 11, 1), (7, 3, 7, 16), (1, 1, 1, 16)),
)


@pytest.mark.parametrize("merges", [MERGES, ()], ids=["merged", "two rows without a merge"])
def test_the_published_layout(merges: Sequence[Sequence[int]]) -> None:
    reading = read(*PUBLISHED, merges=merges)
    form = reading.form
    assert (form.year, form.months, form.project, form.monitors) == (2023, 7, "某项目", True)
    one, two = form.indicators
    assert (one.level3, one.target.text, one.progress.text, one.expected.text) == (
        "培训次数", "≥12次", "5次", "12次",
    )  # fmt: skip
    assert (one.likelihood, one.causes, one.reason, one.remark) == ("确定能", (), "", "")
    assert (two.likelihood, two.causes) == ("有可能", ("经费保障", "人员保障"))
    assert (two.reason, two.remark) == ("人员保障：资金晚到", "已催办")
    assert not any(row.actual.text or row.score is not None for row in form.indicators)
    assert [(row.initial, row.so_far, row.expected, row.rate.text) for row in form.funding] == [
        (25, 12, 25, "48%")
    ] * 2
    assert all(row.executed is None for row in form.funding)
    assert reading.places[Spot("indicator", 1, "likelihood")] == (11, 14)
    assert rules_for(None, reading)[0].id == "national-monitoring"


@pytest.mark.parametrize(
    ("so_far", "expected", "month"),
    [
        ("1-6月执行情况", "全年预计完成情况", 6),
        ("1—8月完成情况", "预计全年完成情况", 8),
        ("1～9月完成值", "全年预计完成值", 9),
        ("1月至7月实际完成值", "年底预计完成值", 7),
        ("截至7月底完成情况", "预计完成值", 7),
        ("截止2023年6月30日实际完成值", "全年预计完成情况", 6),
        ("2023年1-7月完成情况", "预计年底可完成情况", 7),
        ("上半年完成情况", "全年预计实现值", 6),
        ("前三季度完成值", "全年预计完成率", 9),
        ("目前完成情况", "全年预计完成情况", None),
        ("完成情况（1-7月）", "全年预计完成情况", 7),
        ("监控时点完成值", "全年预计完成情况", None),
    ],
)
def test_what_was_done_so_far_in_other_words(so_far: str, expected: str, month: int | None) -> None:
    form = read(
        TITLE,
        (*LEVELS, "年度指标值", so_far, expected, "偏差原因分析", "完成目标可能性"),
        (*NAMES, "≥12次", "5次", "11次", "缺人", "有可能"),
    ).form
    [one] = form.indicators
    assert (one.target.text, one.progress.text, one.expected.text) == ("≥12次", "5次", "11次")
    assert (one.actual.text, one.reason, one.likelihood) == ("", "缺人", "有可能")
    assert (form.months, form.monitors) == (month, True)


@pytest.mark.parametrize(
    "labels",
    [
        ("年度指标值", "1-12月完成值"),
        ("年度指标值", "截至12月底完成值"),
        ("年度指标值", "截至12月31日完成值"),
        ("年度指标值", "1-6月完成值", "分值", "得分"),
        ("全年预计完成值", "实际完成值"),
    ],
)
def test_what_is_of_the_whole_year_stays_so(labels: tuple[str, ...]) -> None:
    form = read(("项目支出绩效自评表",), (*LEVELS, *labels), (*NAMES, "≥12次", "12次", 10, 10)).form
    assert {"target", "actual"} <= form.columns
    assert (form.indicators[0].target.text, form.indicators[0].actual.text) == ("≥12次", "12次")
    assert not form.monitors


def test_beside_the_years_result_what_was_done_by_july_is_its_own() -> None:
    form = read(
        ("项目支出绩效自评表",),
        (*LEVELS, "年度指标值", "1-7月完成值", "全年实际完成值", "分值", "得分"),
        (*NAMES, "≥12次", "5次", "12次", 10, 10),
    ).form
    assert (form.indicators[0].progress.text, form.indicators[0].actual.text) == ("5次", "12次")
    assert not form.monitors


def test_a_title_says_that_results_are_those_so_far() -> None:
    reading = read(
        ("2023年1-7月部门预算项目绩效运行监控表",),
        ("资金（万元）", "年初预算数", "执行数", "执行率"),
        ("合计", 25, 12, "48%"),
        (*LEVELS, "年度指标值", "完成情况", "备注"),
        (*NAMES, "≥12次", "5次", ""),
    )
    form = reading.form
    assert (form.indicators[0].progress.text, form.indicators[0].actual.text) == ("5次", "")
    assert (form.funding[0].so_far, form.funding[0].executed) == (Decimal(12), None)
    assert form.months == 7
    assert rules_for(None, reading)[0].id == "national-monitoring"


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("1-7月执行数", "so_far"),
        ("1—7月支出数", "so_far"),
        ("截至7月底执行数", "so_far"),
        ("上半年实际支出金额", "so_far"),
        ("全年预计执行数", "expected"),
        ("预计全年支出金额", "expected"),
        ("1-12月执行数", "executed"),
        ("全年执行数", "executed"),
    ],
)
def test_money_so_far_and_expected(label: str, role: str) -> None:
    form: Form = read(
        ("绩效自评表",),
        ("资金（万元）", "年初预算数", label),
        ("合计", 25, 12),
        (*LEVELS, "年度指标值", "实际完成值"),
        (*NAMES, "≥12次", "5次"),
    ).form
    said = {name: getattr(form.funding[0], name) for name in ("so_far", "expected", "executed")}
    assert {name: value for name, value in said.items() if value is not None} == {role: Decimal(12)}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1-7月执行情况", 7),
        ("1—10月", 10),
        ("截至2023年8月31日", 8),
        ("7月底完成值", 7),
        ("上半年", 6),
        ("前三季度", 9),
        ("第一季度", 3),
        ("年度指标值", None),
        ("2023年度", None),
    ],
)
def test_to_which_month(text: str, month: int | None) -> None:
    assert months_of([text]) == month
