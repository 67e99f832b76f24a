"""What stands around the indicators, in the shapes that bureaus give it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from typed import grid

from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.sheets.finding.header import MAX_FORMS
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Area, Cell, Grid
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.form_edits import fill_edits

TITLE = ("项目支出绩效自评表",)
HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分")
ROW = ("产出指标", "数量指标", "下访次数", "≥12次", "12次", 10, 10)
END = (HEAD, ROW)
Rows = Sequence[Sequence[Any]]
Merges = Sequence[Sequence[int]]
FIELDS = ("initial", "annual", "executed", "weight", "score")


def read(*rows: Sequence[Any], merges: Merges = ()) -> Reading:
    """Read a form of these rows above one indicator."""
    sheet = grid(TITLE, *rows, *END, merges=merges)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


def funding(form: Form) -> list[tuple[Any, ...]]:
    """Item, amounts in 万元, rate, points, as far as they are there."""
    return [
        (
            row.item,
            {name: float(value) for name in FIELDS if (value := getattr(row, name)) is not None}
            | ({"rate": row.rate.text} if row.rate.text else {})
            | ({"reason": row.reason} if row.reason else {}),
        )
        for row in form.funding
    ]


AMOUNTS = {"initial": 357.65, "annual": 378.1, "executed": 273.76}
BUDGETS: dict[str, tuple[Rows, list[tuple[str, dict[str, Any]]]]] = {
    "a table": (
        (
            ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
            ("", "年度资金总额", 357.65, 378.1, 273.76, 10, "72.41%", 7.24),
            ("", "其中：财政拨款", 357.65, 378.1, 273.76),
        ),
        [
            ("年度资金总额", {**AMOUNTS, "weight": 10, "score": 7.24, "rate": "72.41%"}),
            ("其中：财政拨款", AMOUNTS),
        ],
    ),
    "a reason of its own": (
        (
            ("", "", "年初预算数", "全年预算数", "全年执行数", "执行率", "执行偏差原因"),
            ("", "总额", 357.65, 378.1, 273.76, "72.41%", "压减开支"),
        ),
        [("总额", {**AMOUNTS, "rate": "72.41%", "reason": "压减开支"})],
    ),
    "a head of two rows": (
        (
            ("", "", "预算数", "", "执行数", "得分"),
            ("", "", "年初", "调整后"),
            ("", "总额", 357.65, 378.1, 273.76, 9),
        ),
        [("总额", {**AMOUNTS, "score": 9})],
    ),
    "letters below the head": (
        (
            ("", "", "全年预算数", "全年执行数", "执行率"),
            ("", "", "A", "B", "B/A"),
            ("", "总额", 378.1, 273.76, "72%"),
        ),
        [("总额", {"annual": 378.1, "executed": 273.76, "rate": "72%"})],
    ),
    "the adjusted budget": (
        (("", "", "年初预算", "调整后预算", "预算执行数"), ("", "总额", 357.65, 378.1, 273.76)),
        [("总额", AMOUNTS)],
    ),
    "what arrived beside the budget": (
        (("", "", "全年预算数", "资金到位数", "全年执行数"), ("", "总额", 378.1, 300, 273.76)),
        [("总额", {"annual": 378.1, "executed": 273.76})],
    ),
    "nothing but what arrived": (
        (("", "", "实际到位", "执行数", "执行率"), ("", "总额", 378.1, 273.76, "72%")),
        [("总额", {"annual": 378.1, "executed": 273.76, "rate": "72%"})],
    ),
    "a side label that speaks of the budget": (
        (("年度预算执行情况", "", "全年预算数", "全年执行数"), ("", "总额", 378.1, 273.76)),
        [("总额", {"annual": 378.1, "executed": 273.76})],
    ),
    "to the right of other rows": (
        (
            ("主管部门", "某厅", "预算资金", "全年预算数", "全年执行数"),
            ("实施单位", "某局", "总额", 378.1, 273.76),
            ("联系人", "某某", "财政拨款", 378.1, 273.76),
        ),
        [(name, {"annual": 378.1, "executed": 273.76}) for name in ("总额", "财政拨款")],
    ),
    "other rows right below": (
        (
            ("", "", "全年预算数", "全年执行数"),
            ("", "总额", 378.1, 273.76),
            ("主管部门", "某厅", "实施单位", "某局"),
        ),
        [("总额", {"annual": 378.1, "executed": 273.76})],
    ),
    "only a rate": (
        (("", "", "执行率权重", "执行率", "得分"), ("", "部门整体支出", 10, "76%", 7.6)),
        [("部门整体支出", {"weight": 10, "rate": "76%", "score": 7.6})],
    ),
    "pairs in a row": (
        (
            ("预算情况", "年初预算数", 357.65, "全年预算数", 378.1, "全年执行数", 273.76),
            ("", "执行率", "72.41%", "分值", 10, "得分", 7.24),
        ),
        [("预算情况", {**AMOUNTS, "rate": "72.41%", "weight": 10, "score": 7.24})],
    ),
    "pairs, one line a source": (
        (
            ("年度资金总额", "年初预算数", 357.65, "全年预算数", 378.1, "全年执行数", 273.76),
            ("财政拨款", "年初预算数", 300, "全年预算数", 310, "全年执行数", 250),
        ),
        [("年度资金总额", AMOUNTS), ("财政拨款", {"initial": 300, "annual": 310, "executed": 250})],
    ),
    "sideways": (
        (
            ("部门支出", "年初预算数", 357.65),
            ("", "全年预算数", 378.1),
            ("", "全年执行数", 273.76),
            ("", "执行率", "72.41%"),
        ),
        [("部门支出", {**AMOUNTS, "rate": "72.41%"})],
    ),
    "sideways, one column a source": (
        (
            ("资金情况", "合计", "财政拨款", "其他资金"),
            ("年初预算数", 357.65, 300, 57.65),
            ("全年预算数", 378.1, 310, 68.1),
            ("全年执行数", 273.76, 250, 23.76),
        ),
        [
            ("合计", AMOUNTS),
            ("财政拨款", {"initial": 300, "annual": 310, "executed": 250}),
            ("其他资金", {"initial": 57.65, "annual": 68.1, "executed": 23.76}),
        ],
    ),
    "one amount a row": (
        (
            ("部门预算总额（万元）", 1812.92),
            ("1、资金来源：", "（1）财政性资金", 1812.92),
            ("", "（2）其他资金", ""),
            ("2、资金结构：", "（1）基本支出", 1453.92),
            ("", "（2）项目支出", 359),
        ),
        [
            ("部门预算总额（万元）", {"initial": 1812.92}),
            ("（1）财政性资金", {"initial": 1812.92}),
            ("（2）其他资金", {}),
            ("（1）基本支出", {"initial": 1453.92}),
            ("（2）项目支出", {"initial": 359}),
        ],
    ),
    "a project's amounts in 元": (
        (
            ("项目总金额（元）", 3590000, "项目本年度金额（元）", 3590000),
            ("上年度项目总金额（元）", 3590000, "上年度项目金额（元）", 3590000),
        ),
        [("项目本年度金额（元）", {"initial": 359})],
    ),
    "none": ((("主管部门", "某厅", "实施单位", "某局"),), []),
    "a table of staff": ((("人员情况", "编制人数", 84), ("", "合计", 84), ("", "其中：在职", 74)), []),
    "a title line about money, no amounts": ((("", "", "", "单位：万元"), ("预算部门", "某局")), []),
}


@pytest.mark.parametrize(("rows", "expected"), BUDGETS.values(), ids=BUDGETS.keys())
def test_the_budget_is_read_in_every_shape(rows: Rows, expected: list[tuple[str, dict[str, Any]]]) -> None:
    assert funding(read(*rows).form) == expected


def test_points_merged_down_count_in_the_first_row() -> None:
    rows = (
        ("", "", "全年预算数", "全年执行数", "分值", "得分", "偏差原因"),
        ("", "总额", 2, 2, 10, 10, "无偏差"),
        ("", "财政拨款", 2, 2),
    )
    form = read(*rows, merges=[(3, 5, 4, 5), (3, 6, 4, 6), (3, 7, 4, 7)]).form
    assert [(row.weight, row.score, row.reason) for row in form.funding] == [
        (10, 10, "无偏差"),
        (None, None, ""),
    ]


TABLE = (("", "", "年初预算数", "全年预算数", "全年执行数"), ("", "总额", 3576500, 3781000, 2737600))
MONEY: dict[str, Rows] = {
    "in a line above": (("单位名称：某局", "", "", "金额单位：元"), *TABLE),
    "in a column's head": (("", "", "年初预算数（元）", "全年预算数（元）", "全年执行数（元）"), TABLE[1]),
    "in the side label": (("项目资金（元）", *TABLE[0][1:]), TABLE[1]),
    "in the block though 万元 stands above": (
        ("单位：万元",),
        ("", "", "年初预算数(元)", "全年预算数(元)", "全年执行数(元)"),
        TABLE[1],
    ),
    "beside the amounts": (
        ("年初预算数", 3576500, "元"),
        ("全年预算数", 3781000, "元"),
        ("全年执行数", 2737600, "元"),
    ),
    "in the amounts": (TABLE[0], ("", "总额", "3,576,500元", "3781000元", "2737600.00元")),
    "though a goal speaks of 万元": (
        ("单位：元",),
        *TABLE,
        ("年度总体目标", "", "拨付500万元，办好各项工作"),
    ),
}


@pytest.mark.parametrize("rows", MONEY.values(), ids=MONEY.keys())
def test_money_in_yuan_is_told_wherever_it_is_said(rows: Rows) -> None:
    (line,) = read(*rows).form.funding
    assert (line.initial, line.annual, line.executed) == (
        Decimal("357.65"),
        Decimal("378.1"),
        Decimal("273.76"),
    )


# --- the head -----------------------------------------------------------------------------------------------


def heads(form: Form) -> tuple[str, str, str, dict[str, str]]:
    return form.unit, form.unit_code, form.project, {one.label: one.text for one in form.details}


HEADS: dict[str, tuple[Rows, tuple[str, str, str, dict[str, str]]]] = {
    "labels and values": (
        (("项目名称", "水利发展资金"), ("主管部门", "某厅", "", "实施单位", "某局"), ("单位编码", "034001")),
        ("某局", "034001", "水利发展资金", {"主管部门": "某厅"}),
    ),
    "details": (
        (
            ("项目名称", "信访专项经费", "项目用途", "业务类"),
            ("实施单位", "某局", "起止日期", "2021-01-01至2021-12-31"),
            ("立项依据", "根据有关文件设立"),
            ("项目负责人", "某某", "联系电话", ""),
        ),
        (
            "某局",
            "",
            "信访专项经费",
            {
                "项目用途": "业务类",
                "起止日期": "2021-01-01至2021-12-31",
                "立项依据": "根据有关文件设立",
                "项目负责人": "某某",
                "联系电话": "",
            },
        ),
    ),
    "several in one cell": (
        (("部门名称（盖章）：某局（公章）      填报日期：2023年3月1日     单位：万元",),),
        ("某局", "", "", {"填报日期": "2023年3月1日"}),
    ),
    "not filled in yet": (
        (("项目名称", ""), ("主管部门", "", "实施单位", "")),
        ("", "", "", {"主管部门": ""}),
    ),
    "a section's name to the left": (
        (
            ("项目基本情况", "项目名称", "道路养护", "预算单位", "某局"),
            ("", "项目属性", "延续项目", "项目类别", "民生"),
        ),
        ("某局", "", "道路养护", {"项目属性": "延续项目", "项目类别": "民生"}),
    ),
    "a name that sounds like a label": (
        (("项目名称", "中小学校舍维修改造专项资金", "项目单位", "某中学"),),
        ("某中学", "", "中小学校舍维修改造专项资金", {}),
    ),
    "neither money nor goal": (
        (
            ("部门名称", "某局"),
            ("", "", "全年预算数", "全年执行数"),
            ("", "年度资金总额", 1, 1),
            ("年度总体目标", "预期目标", "", "实际完成情况"),
            ("", "办好", "", "办好了"),
            ("年度主要任务", "任务名称", "主要内容", "完成情况"),
            ("", "任务名称甲", "服务内容", "是"),
        ),
        ("某局", "", "", {}),
    ),
}


@pytest.mark.parametrize(("rows", "expected"), HEADS.values(), ids=HEADS.keys())
def test_the_head_names_unit_project_and_details(
    rows: Rows, expected: tuple[str, str, str, dict[str, str]]
) -> None:
    assert heads(read(*rows).form) == expected


def test_every_name_of_the_head_has_its_place() -> None:
    reading = read(
        ("项目名称", "甲", "主管部门", "乙厅"), ("实施单位：丙局  填报时间：某日",), ("单位编码", "")
    )
    places = {spot: place for spot, place in reading.places.items() if spot.part in ("head", "detail")}
    assert places == {
        Spot("head", 0, "project"): (2, 2),
        Spot("detail", 0, "text"): (2, 4),
        Spot("head", 0, "unit"): (3, 1),
        Spot("detail", 1, "text"): (3, 1),
        Spot("head", 0, "unit_code"): (4, 2),
    }
    assert reading.framed(Spot("head", 0, "unit"), "丁局") == "实施单位：丁局  填报时间：某日"
    both = reading.framed(Spot("detail", 1, "text"), "今日", "实施单位：丁局  填报时间：某日")
    assert both == "实施单位：丁局  填报时间：今日"


def test_a_name_in_its_labels_cell_is_filled_in_behind_the_label() -> None:
    reading = read(("部门名称：某局（盖章）", "", "", "单位：万元"))
    edits = fill_edits(reading, Form(unit="另一局")).edits
    assert [(edit.row, edit.column, edit.value) for edit in edits] == [(2, 1, "部门名称：另一局（盖章）")]
    edited = reading.grid.edited(edits)
    assert read_form(edited, reading.layout).form.unit == "另一局"


@pytest.mark.parametrize(
    ("row", "year", "cell"),
    [
        (("（2022年度）",), 2022, "（2023年度）"),
        (("( 2022 年度 )",), 2022, "( 2023 年度 )"),
        (("2022年度",), 2022, "2023年度"),
        (("年度", "2022年"), 2022, "2023年"),
        (("（　　年度）",), None, "（　　2023年度）"),
        (("年度", "2022"), 2022, "2023"),
    ],
)
def test_the_year_has_a_place_where_it_stands_alone(
    row: tuple[str, ...], year: int | None, cell: str
) -> None:
    reading = read(row)
    assert reading.form.year == year
    assert reading.places[Spot("head", 0, "year")] == (2, len(row))
    assert reading.framed(Spot("head", 0, "year"), "2023") == cell


def test_a_year_within_other_words_has_none() -> None:
    assert Spot("head", 0, "year") not in read(("填报日期：2023年3月1日",)).places


# --- goal and tasks -----------------------------------------------------------------------------------------

GOALS: dict[str, tuple[Rows, Merges, tuple[str, str]]] = {
    "under two heads": (
        (("年度总体目标", "预期目标", "", "实际完成情况"), ("", "办好", "", "办好了")),
        [(2, 1, 3, 1)],
        ("办好", "办好了"),
    ),
    "several under two heads": (
        (
            ("年度总体目标", "预期目标", "", "实际完成情况"),
            ("", "目标1", "", "完成1"),
            ("", "目标2", "", "完成2"),
        ),
        [(2, 1, 4, 1)],
        ("目标1\n目标2", "完成1\n完成2"),
    ),
    "the side label named as a head is": (
        (("年度绩效目标", "年初设定目标", "", "全年实际完成情况"), ("", "办好", "", "办好了")),
        [(2, 1, 3, 1)],
        ("办好", "办好了"),
    ),
    "beside its label": ((("年度总体目标", "办好各项工作"),), [(2, 2, 2, 7)], ("办好各项工作", "")),
    "beside two labels": ((("预期目标", "办好", "", "实际完成情况", "办好了"),), (), ("办好", "办好了")),
    "one below the other": (
        (("年度目标", "预期目标", "办好"), ("", "实际完成情况", "办好了")),
        [(2, 1, 3, 1)],
        ("办好", "办好了"),
    ),
    "numbered": (
        (("年度绩效目标1", "办好甲"), ("年度绩效目标2", "办好乙"), ("年度绩效目标3", "")),
        (),
        ("办好甲\n办好乙", ""),
    ),
    "for the year and for longer": (
        (("总体目标", "实施期目标", "年度目标"), ("", "三年办好", "今年办好")),
        [(2, 1, 3, 1)],
        ("今年办好", ""),
    ),
    "none": ((("主管部门", "某厅"),), (), ("", "")),
}


@pytest.mark.parametrize(("rows", "merges", "expected"), GOALS.values(), ids=GOALS.keys())
def test_the_goal_is_read_in_every_shape(rows: Rows, merges: Merges, expected: tuple[str, str]) -> None:
    goal = read(*rows, merges=merges).form.goal
    assert (goal.expected, goal.achieved) == expected


def test_several_goals_are_filled_line_by_line() -> None:
    reading = read(("年度绩效目标1", "甲"), ("年度绩效目标2", "乙"))
    data = Form(goal=type(reading.form.goal)("子\n丑\n寅"))
    written = {(edit.row, edit.column): edit.value for edit in fill_edits(reading, data).edits}
    assert written == {(2, 2): "子", (3, 2): "丑\n寅"}


TASKS: dict[str, tuple[Rows, list[tuple[str, str, str]]]] = {
    "name and content": (
        (("任务名称", "主要内容"), ("任务1", "人员经费"), ("任务2", "公用经费")),
        [("任务1", "人员经费", ""), ("任务2", "公用经费", "")],
    ),
    "numbered lines": (
        (("年度主要任务", "任务1", "人员经费"), ("", "任务2", "公用经费")),
        [("任务1", "人员经费", ""), ("任务2", "公用经费", "")],
    ),
    "with amounts": (
        (("任务名称", "主要内容", "预算金额（万元）", "完成情况"), ("接访", "接待来访", 12.5, "已完成")),
        [("接访", "接待来访", "已完成")],
    ),
    "name and what came of it": ((("工作任务", "完成情况"), ("接访", "已完成")), [("接访", "", "已完成")]),
}


@pytest.mark.parametrize(("rows", "expected"), TASKS.values(), ids=TASKS.keys())
def test_the_tasks_are_read_in_every_shape(rows: Rows, expected: list[tuple[str, str, str]]) -> None:
    assert [(task.name, task.content, task.achieved) for task in read(*rows).form.tasks] == expected


# --- hostile sheets -----------------------------------------------------------------------------------------


WIDE = {
    **{(row, column): Cell("某某部门：某单位") for row in range(1, 60) for column in range(1, 201)},
    **{(60, column): Cell(text) for column, text in enumerate(HEAD, 1)},
    **{(61, column): Cell(str(text)) for column, text in enumerate(ROW, 1)},
}


def test_a_sheet_of_two_hundred_columns_is_read() -> None:
    (layout,) = find_forms(sheet := Grid("表1", WIDE))
    assert [row.name for row in read_form(sheet, layout).form.indicators] == ["下访次数"]


def test_merged_areas_over_a_whole_large_sheet_are_no_areas() -> None:
    cells = {**WIDE, (150, 1): Cell("备注：无")}
    (layout,) = find_forms(sheet := Grid("表1", cells, (Area(1, 1, 1_048_576, 16_384),) * 5_000))
    assert [row.name for row in read_form(sheet, layout).form.indicators] == ["下访次数"]


def test_merged_areas_over_each_other_show_their_first_cell() -> None:
    sheet = Grid("表1", WIDE, tuple(Area(1, 1, 61, 100 + number % 100) for number in range(5_000)))
    assert find_forms(sheet) == []


def test_a_sheet_of_as_many_forms_as_may_be_is_read() -> None:
    block = (TITLE, ("部门名称", "某局"), *END, ("总分", "", "", "", "", 10, 10))
    sheet = grid(*(block * MAX_FORMS))
    forms = find_forms(sheet)
    assert len(forms) == MAX_FORMS
    assert {read_form(sheet, form).form.unit for form in forms} == {"某局"}


def test_five_thousand_rows_above_the_indicators_are_read() -> None:
    sheet = grid(TITLE, *((("年初预算数", "目标", "部门", "任务"),) * 4_900), *END)
    (layout,) = find_forms(sheet)
    assert len(read_form(sheet, layout).form.indicators) == 1
