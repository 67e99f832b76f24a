"""Budget blocks whose words or places mislead: side labels, rows without a name, the total last."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from typed import grid

from perf_excel.forms.model import Form, Funding
from perf_excel.forms.spot import Spot
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.form_edits import fill_edits

TITLE = ("项目支出绩效自评表",)
END = (
    ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "下访次数", "≥12次", "12次", 10, 10),
)
FIELDS = ("initial", "annual", "executed", "weight", "score")
Merges = Sequence[Sequence[int]]


def read(*rows: Sequence[Any], merges: Merges = ()) -> Reading:
    sheet = grid(TITLE, *rows, *END, merges=merges)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


def amounts(row: Funding) -> tuple[Any, ...]:
    numbers = {name: float(value) for name in FIELDS if (value := getattr(row, name)) is not None}
    return (row.item, numbers | ({"rate": row.rate.text} if row.rate.text else {}))


ALL = {"initial": 120, "annual": 100, "executed": 95}
TABLE = ("年初预算数", "全年预算数", "全年执行数", "分值", "得分")
TOTAL = ("年度资金总额", 120, 100, 95, 10, 9.5)


@pytest.mark.parametrize("side", ["年度预算申请（万元）", "年度预算", "年度预算资金", "年度部门预算", "预算"])
@pytest.mark.parametrize("merges", [[], [(2, 1, 3, 1)]], ids=["beside the head", "merged down"])
@pytest.mark.parametrize("filled", [True, False], ids=["filled", "blank"])
def test_a_side_label_is_no_column(side: str, merges: Merges, *, filled: bool) -> None:
    line = TOTAL if filled else TOTAL[:1]
    reading = read((side, "", *TABLE), ("", *line), merges=merges)
    places = {field: reading.places[Spot("funding", 0, field)] for field in FIELDS}
    assert list(places.values()) == [(3, column) for column in range(3, 8)]
    assert [row.item for row in reading.form.funding] == ["年度资金总额"]


def test_a_label_over_the_names_is_no_column() -> None:
    (line,) = read(("年度预算", *TABLE), TOTAL).form.funding
    assert amounts(line) == ("年度资金总额", {**ALL, "weight": 10, "score": 9.5})


SHAPES: dict[str, tuple[Sequence[Sequence[Any]], list[tuple[Any, ...]], Merges]] = {
    "the budgets under a head that only groups them": (
        (
            ("资金来源", "预算资金（万元）", "", "执行数", "执行率"),
            ("", "年初预算数", "全年预算数"),
            ("基本支出", 70, 60, 55),
            ("合计", 120, 100, 95),
        ),
        [("合计", ALL), ("基本支出", {"initial": 70, "annual": 60, "executed": 55})],
        [(2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 3, 4), (2, 5, 3, 5)],
    ),
    "two ways to divide it, each under a line that says which": (
        (
            ("资金", "", "年初预算数", "全年预算数", "执行数"),
            ("", "年度资金总额", 120, 100, 95),
            ("", "按收入性质分："),
            ("", "其中：财政拨款", 120, 100, 95),
            ("", "按支出性质分："),
            ("", "其中：基本支出", 70, 60, 55),
            ("", "项目支出", 50, 40, 40),
        ),
        [
            ("年度资金总额", ALL),
            ("其中：财政拨款", ALL),
            ("其中：基本支出", {"initial": 70, "annual": 60, "executed": 55}),
            ("项目支出", {"initial": 50, "annual": 40, "executed": 40}),
        ],
        [(2, 1, 8, 1)],
    ),
    "the adjusted budget beside the plain one": (
        (("资金", "", "预算数", "调整预算数", "执行数"), ("", "合计", 120, 100, 95)),
        [("合计", ALL)],
        (),
    ),
    "what changed is no budget": (
        (("", "", "年初预算", "调整数", "调整后预算", "执行数"), ("", "合计", 120, -20, 100, 95)),
        [("合计", ALL)],
        (),
    ),
    "amounts right below the head, beside a merged label": (
        (("预算资金", "年初预算数", "全年预算数", "执行数"), ("", 120, 100, 95)),
        [("预算资金", ALL)],
        [(2, 1, 3, 1)],
    ),
    "amounts right below the head, without a label": (
        (("年初预算数", "全年预算数", "执行数", "执行率"), (120, 100, 95, "95%"), ("主管部门", "某厅")),
        [("", {**ALL, "rate": "95%"})],
        (),
    ),
    "amounts right below the head, then the sources": (
        (("资金", "年初预算数", "全年预算数", "执行数"), ("", 120, 100, 95), ("其中：财政拨款", 70, 60, 55)),
        [("资金", ALL), ("其中：财政拨款", {"initial": 70, "annual": 60, "executed": 55})],
        (),
    ),
    "the total last": (
        (
            ("", "来源", "年初预算数", "全年预算数", "执行数"),
            ("", "财政拨款", 70, 60, 55),
            ("", "其他资金", 50, 40, 40),
            ("", "合计", 120, 100, 95),
        ),
        [
            ("合计", ALL),
            ("财政拨款", {"initial": 70, "annual": 60, "executed": 55}),
            ("其他资金", {"initial": 50, "annual": 40, "executed": 40}),
        ],
        (),
    ),
    "pairs, their sources named twice below": (
        (
            ("预算执行情况", "预算数：", "", 100, "执行数：", "", 95),
            ("", "其中：财政拨款", "", 60, "其中：财政拨款", "", 55),
            ("", "其他资金", "", 40, "其他资金", "", 40),
        ),
        [
            ("预算执行情况", {"annual": 100, "executed": 95}),
            ("其中：财政拨款", {"annual": 60, "executed": 55}),
            ("其他资金", {"annual": 40, "executed": 40}),
        ],
        [(2, 1, 4, 1)],
    ),
    "pairs behind the project's name": (
        (("项目名称", "河道疏浚", "", "支出完成率", "95%"), ("年度预算数", 100, "", "实际支出数", 95)),
        [("", {"annual": 100, "executed": 95, "rate": "95%"})],
        (),
    ),
    "sideways, the points in a column of their own": (
        (
            ("资金", "合计", "基本支出", "得分（10分）"),
            ("年初预算数", 120, 70),
            ("全年预算数", 100, 60),
            ("全年执行数", 95, 55),
            ("执行率", "95%", "91.67%", 9.5),
        ),
        [
            ("合计", {**ALL, "weight": 10, "score": 9.5, "rate": "95%"}),
            ("基本支出", {"initial": 70, "annual": 60, "executed": 55, "rate": "91.67%"}),
        ],
        (),
    ),
}


@pytest.mark.parametrize(("rows", "expected", "merges"), SHAPES.values(), ids=SHAPES.keys())
def test_money_is_read(
    rows: Sequence[Sequence[Any]], expected: list[tuple[Any, ...]], merges: Merges
) -> None:
    assert [amounts(row) for row in read(*rows, merges=merges).form.funding] == expected


def test_the_project_named_before_its_money_keeps_its_name() -> None:
    rows, _, _ = SHAPES["pairs behind the project's name"]
    assert read(*rows).form.project == "河道疏浚"


def test_blank_pairs_wait_for_their_amounts() -> None:
    reading = read(
        ("资金", "预算数：", "", "执行数：", ""),
        ("", "其中：财政拨款", "", "其中：财政拨款", ""),
        merges=[(2, 1, 3, 1)],
    )
    assert {spot.row: place for spot, place in reading.places.items() if spot.field == "annual"} == {
        0: (2, 3),
        1: (3, 3),
    }
    assert {spot.row: place for spot, place in reading.places.items() if spot.field == "executed"} == {
        0: (2, 5),
        1: (3, 5),
    }


def test_a_blank_row_below_the_head_waits_beside_a_merged_label() -> None:
    reading = read(("预算资金", *TABLE), (), merges=[(2, 1, 3, 1)])
    assert reading.places[Spot("funding", 0, "executed")] == (3, 4)
    assert read(("预算资金", *TABLE), ()).form.funding == ()


def test_the_total_is_filled_in_where_the_sheet_has_it() -> None:
    rows, _, _ = SHAPES["the total last"]
    data = Form(funding=(Funding("财政拨款"), Funding("合计", annual=Decimal(7))))
    edits = fill_edits(read(*rows), data).edits
    assert [(edit.row, edit.column, edit.value) for edit in edits] == [(5, 4, 7)]


def test_tasks_with_what_they_cost_are_no_budget() -> None:
    form = read(
        ("任务名称", "主要内容", "批复金额（元）", "", "实际支出金额（元）", "预算执行率"),
        ("", "", "总额", "财政拨款", "", ""),
        ("义务教育保障", "生均公用经费", 100, 100, 95, "95%"),
        merges=[(2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 3, 5), (2, 6, 3, 6)],
    ).form
    assert form.funding == ()
    assert [(task.name, task.content) for task in form.tasks] == [("义务教育保障", "生均公用经费")]


def test_a_number_is_no_name_of_a_source() -> None:
    (line,) = read(("序号", "", *TABLE), (1, *TOTAL)).form.funding
    assert line.item == "年度资金总额"


def test_points_may_stand_behind_the_first_amounts() -> None:
    row = ("预算数", 100, "执行数", 95, "执行率", "95%", "得分", 9.5)
    assert amounts(read(row).form.funding[0])[1] == {
        "annual": 100, "executed": 95, "rate": "95%", "score": 9.5,
    }  # fmt: skip


def test_the_sum_with_what_was_carried_over_is_the_year_s_budget() -> None:
    head = ("资金", "上年结转", "本年预算", "全年预算合计", "全年支出", "分值", "执行率", "得分")
    funding = read(head, ("合计", 10, 90, 100, 95, 10, "95%", 9.5)).form.funding[0]
    assert (funding.annual, funding.executed) == (Decimal(100), Decimal(95))


@pytest.mark.parametrize("label", ["调整后安排数", "调整后批复数", "追加后预算数", "核定预算", "资金下达数"])
def test_other_words_for_the_year_s_budget(label: str) -> None:
    funding = read(("项目", "年初预算数", label, "实支数"), ("年度资金总额", 120, 100, 95)).form.funding[0]
    assert (funding.initial, funding.annual, funding.executed) == (Decimal(120), Decimal(100), Decimal(95))


def test_a_list_of_sources_without_a_total_begins_with_none() -> None:
    reading = read(
        ("资金", "", "本年预算安排数", "调整后预算数", "全年执行数"),
        ("", "财政拨款", 100, 110, 105),
        ("", "事业收入及其他资金", 20, 20, 19),
    )
    assert [amounts(row)[1]["initial"] for row in reading.form.funding] == [100, 20]
    assert not reading.form.totalled
