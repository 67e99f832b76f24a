"""What is written on a sheet: data into the rows it belongs to, results beside what is there."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from operator import attrgetter

import pytest
from facts import shangjie
from small import form, money, row
from typed import Typing, as_percent_cell, grid, sheet_of

from perf_excel.forms.data import form_of
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.measure import NOTHING, parse
from perf_excel.forms.model import Detail, Form, Goal, Task
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Cell, Edit, Grid
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.form_edits import fill_edits
from perf_excel.sheets.writing.score_edits import Result, Sums, result_edits

D = Decimal
FORM = shangjie()
HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差度", "偏差原因")
SAID = attrgetter("level2", "level3", "target", "actual", "weight", "score", "deviation", "reason")
NO_SUMS = Sums(None, None, "")


def read(sheet: Grid) -> Reading:
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


def small(*rows: tuple[object, ...]) -> Reading:
    return read(grid(HEAD, *rows, ("总分", "", "", "", "", 100)))


def filled(reading: Reading, data: Form) -> list[tuple[int, int, object]]:
    return [(edit.row, edit.column, edit.value) for edit in fill_edits(reading, data).edits]


def emptied(one: Form) -> Form:
    """The form as it is sent out: nothing reached yet."""
    return replace(
        one,
        indicators=tuple(
            replace(each, actual=NOTHING, score=None, deviation=NOTHING, reason="") for each in one.indicators
        ),
        total=None,
    )


@pytest.mark.parametrize(
    "how",
    [
        Typing(),
        Typing(width=2, two_rows=True, top=4),
        Typing(page=8, subtotals=True),
        Typing(merged=False, side_label=False),
    ],
    ids=["as printed", "wide", "pages", "plain"],
)
def test_a_form_filled_says_what_was_filled_in(how: Typing) -> None:
    reading = read(sheet_of(emptied(FORM), how))
    filling = fill_edits(reading, FORM)
    assert filling.homeless == ()
    assert "年度主要任务 3 项" in filling.skipped
    again = read(reading.grid.edited(filling.edits)).form
    assert list(map(SAID, again.indicators)) == list(map(SAID, FORM.indicators))


def test_nothing_is_written_where_nothing_changes() -> None:
    reading = read(sheet_of(FORM))
    data = replace(FORM, tasks=())
    assert fill_edits(reading, Form()).edits == fill_edits(reading, data).edits == ()
    assert fill_edits(reading, data).kept == ()
    assert len(fill_edits(reading, Form()).kept) == 31


def test_percent_cells_that_say_the_same_are_left_alone() -> None:
    reading = read(sheet_of(FORM, Typing(value=as_percent_cell)))
    assert fill_edits(reading, replace(FORM, tasks=())).edits == ()


def test_rows_of_one_name_are_told_apart_by_their_levels() -> None:
    reading = small(
        ("产出指标", "重点工作", "办案", "达标"),
        ("产出指标", "履职目标", "办案", "≥99%"),
        ("效益指标", "履职", "办案", "有效"),
    )
    data = form(
        row("≥99%", "98%", None, name="办案", level2="履职目标"),
        row("有效", "97%", None, name="办案", level1="效益指标", level2="履职"),
        row("达标", "99%", None, name="办案", level2="重点工作"),
    )
    assert filled(reading, data) == [(2, 5, "99%"), (3, 5, "98%"), (4, 5, "97%")]


def test_rows_of_one_name_and_level_are_filled_in_their_order() -> None:
    reading = small(("产出指标", "数量指标", "办案"), ("产出指标", "数量指标", "办案"))
    data = form(row("", "1件", None, name="办案"), row("", "2件", None, name="办案"))
    assert filled(reading, data) == [(2, 5, "1件"), (3, 5, "2件")]


def test_a_name_is_the_same_with_blanks_and_full_width_signs() -> None:
    reading = small(("产出指标", "数量指标", "下访 次数（次）"))
    assert filled(reading, form(row("", "12次", None, name="下访次数(次)", level2="")))[-1] == (2, 5, "12次")


def test_what_a_cell_says_already_stays_as_it_is_typed() -> None:
    """Blanks before a text indent it, and a break of a line is that of its column: neither is a change."""
    reading = read(
        grid(
            ("项目支出绩效自评表",),
            ("  单位名称：某某局", "", "  项目名称", "路灯\n维修 "),
            HEAD,
            ("产出指标", "数量指标", "  学生满\n意度（%）", "  ≥90%", " 95% ", 10, 10, "", "　无"),
        )
    )
    said = replace(reading.form.indicators[0], level3="学生满意度(%)")
    assert fill_edits(reading, replace(reading.form, indicators=(said,))).edits == ()
    other = replace(reading.form, unit="别的局", indicators=(replace(said, actual=parse("96%")),))
    assert fill_edits(reading, other).edits == (Edit(2, 1, "  单位名称：别的局"), Edit(4, 5, "96%"))


@pytest.mark.parametrize(
    ("head", "edits", "named"),
    [
        (("单位名称", "", "填报单位", ""), [(2, 2, "甲局"), (2, 4, "甲局")], ()),
        (("填报单位：", "", "部门名称：旧局", ""), [(2, 2, "甲局"), (2, 3, "部门名称：甲局")], ()),
        (("单位名称", "旧局", "填报单位", "旧局"), [(2, 2, "甲局"), (2, 4, "甲局")], ()),
        (("单位名称", "旧局", "填报单位", "二中"), [(2, 2, "甲局")], ("填报单位（那里写着“二中”）",)),
        (("单位名称", "", "实施单位", ""), [(2, 2, "甲局")], ()),
        (("单位名称", "", "主管部门", ""), [(2, 2, "甲局")], ()),
    ],
)
def test_a_head_that_asks_for_the_unit_twice_says_it_twice(
    head: tuple[str, ...], edits: list[tuple[int, int, str]], named: tuple[str, ...]
) -> None:
    """Another one, and one with another name in it, is not the unit that fills in: that is said."""
    reading = read(grid(("部门整体绩效自评表",), head, HEAD, ("产出指标", "数量指标", "办案", "≥1件")))
    filling = fill_edits(reading, Form(unit="甲局"))
    assert [(edit.row, edit.column, edit.value) for edit in filling.edits] == edits
    assert filling.skipped == named


def test_the_nearest_names_are_said_of_what_has_no_row() -> None:
    reading = small(
        ("产出指标", "数量指标", "培训人次（人次）"),
        ("", "", "培训场次"),
        ("", "", "办案"),
        ("", "质量指标", "验收合格率"),
    )
    data = form(row(name="培训次数"), row(name="办案"), row(name="一次验收合格率"), row(name="修路里程"))
    assert fill_edits(reading, data).near == (
        "“培训次数”最接近的是“培训场次”（C3）",
        "“一次验收合格率”最接近的是“验收合格率”（C5）",
    )
    assert fill_edits(reading, form(row(name="办案"))).near == ()


def test_new_indicators_go_to_blank_rows_of_their_level() -> None:
    reading = small(
        ("产出指标", "数量指标", ""),
        ("", "质量指标", ""),
        ("效益指标", "社会效益", ""),
        ("", "", "旧的", "≥1", "1", 1, 1),
    )
    data = form(
        row("有效", "有效", 5, name="新的", level1="效益指标", level2="社会效益"),
        row("≥1次", "1次", 5, name="新的二", level2="数量指标"),
    )
    assert filled(reading, data) == [
        (2, 3, "新的二"),
        (2, 4, "≥1次"),
        (2, 5, "1次"),
        (2, 6, D(5)),
        (4, 3, "新的"),
        (4, 4, "有效"),
        (4, 5, "有效"),
        (4, 6, D(5)),
    ]


def test_what_has_no_row_is_named() -> None:
    sheet = grid(
        ("项目资金", "", "全年预算数", "全年执行数"),
        ("", "年度资金总额", 1, 1),
        HEAD,
        ("产出指标", "数量指标", "办案", "≥1"),
    )
    data = form(
        row(name="别的"),
        row(name="办案"),
        row(name="办案"),
        funding=(money(None, 2, 1), money(None, 2, 1, item="其他资金")),
        tasks=(Task("任务一"),),
    )
    assert fill_edits(read(sheet), data).homeless == (
        "指标“别的”（产出指标／数量指标）",
        "指标“办案”（产出指标／数量指标）",
        "资金来源“其他资金”",
    )


def test_sources_of_money_are_paired_by_their_names() -> None:
    sheet = grid(
        ("项目资金", "", "全年预算数", "全年执行数"),
        ("", "年度资金总额（万元）"),
        ("", "其中：当年财政拨款"),
        ("", "上年结转资金"),
        ("", "其他资金"),
        HEAD,
        ("产出指标", "数量指标", "办案", "≥1"),
    )
    funding = (
        money(None, 6, 5, item="年度资金总额"),
        money(None, 1, 1, item="其他资金"),
        money(None, 2, 2, item="上年结转资金"),
        money(None, 3, 2, item="当年财政拨款"),
    )
    assert filled(read(sheet), form(funding=funding)) == [
        (2, 3, 6),
        (2, 4, 5),
        (3, 3, 3),
        (3, 4, 2),
        (4, 3, 2),
        (4, 4, 2),
        (5, 3, 1),
        (5, 4, 1),
    ]


def test_money_goes_into_a_sheet_in_yuan_as_yuan() -> None:
    sheet = grid(
        ("", "", "单位：元"),
        ("项目资金", "", "全年预算数", "全年执行数"),
        ("", "年度资金总额", 10000, 10000),
        HEAD,
        ("产出指标", "数量指标", "办案", "≥1"),
    )
    assert filled(read(sheet), form(funding=(money(None, 1, "0.5"),))) == [(3, 4, 5000)]


WORDED = {
    "label, amount and unit in one cell": (
        (
            "年初预算数：25万元",
            "",
            "全年预算数：",
            "25 万元",
            "全年执行数：21.5万元",
            "执行率：86%",
            "得分：8.6分",
        ),
        (
            "年初预算数：7.5万元",
            "",
            "全年预算数：",
            "8 万元",
            "全年执行数：6万元",
            "执行率：75%",
            "得分：7.5分",
        ),
    ),
    "all in one cell": (
        ("年初预算数：25万元，全年预算数：25万元  全年执行数：25万元",),
        ("年初预算数：7.5万元，全年预算数：8万元  全年执行数：6万元",),
    ),
    "blank, with its unit": (
        ("年初预算数：    万元", "全年预算数：万元", "全年执行数：  元"),
        ("年初预算数：    7.5万元", "全年预算数：8万元", "全年执行数：  60000元"),
    ),
    "the same, in another unit": (
        ("年初预算数：75,000元", "全年预算数：80000元", "全年执行数：0.0006亿元"),
        (),
    ),
}


@pytest.mark.parametrize(("before", "after"), WORDED.values(), ids=WORDED)
def test_amounts_keep_their_labels_units_and_words(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    rows = grid(
        ("项目支出绩效自评表",), before, HEAD, ("产出指标", "数量指标", "指甲", "≥5件", "6件", 90, 90)
    )
    reading = read(rows)
    wanted = money("7.5", 8, 6, rate="75%", score="7.5")
    edits = {column: value for row, column, value in filled(reading, form(funding=(wanted,))) if row == 2}
    assert edits == {
        column: text for column, text in enumerate(after, 1) if text and text != before[column - 1]
    }


def test_an_amount_keeps_the_words_behind_it() -> None:
    rows = grid(
        ("项目支出绩效自评表",),
        ("年度资金总额：", "", "854万（修路400万元，示范建设295万元）"),
        ("其中：财政拨款", "", "854万"),
        HEAD,
        ("产出指标", "数量指标", "指甲", "≥5件", "6件", 90, 90),
    )
    reading = read(rows)
    wanted = (money(900, item="年度资金总额"), money(854, item="其中：财政拨款"))
    assert (2, 3, "900万（修路400万元，示范建设295万元）") in filled(reading, form(funding=wanted))
    assert not [edit for edit in filled(reading, form(funding=wanted)) if edit[0] == 3]


@pytest.mark.parametrize("label", ["年度", "评价年度", "预算年度"])
def test_a_year_still_blank_is_filled_in(label: str) -> None:
    head = (label, "", "填报单位", "", "项目名称", "")
    reading = read(grid(("项目自评表",), head, HEAD, ("产出指标", "数量指标", "办案", "≥1")))
    data = form(year=2023, unit="某局", project="某项目")
    assert filled(reading, data) == [(2, 2, "2023"), (2, 4, "某局"), (2, 6, "某项目")]
    assert fill_edits(reading, data).skipped == ()


def test_what_has_no_place_is_named() -> None:
    funding = ("资金", "", "全年预算数", "全年执行数", "执行率")
    short = ("二级指标", "三级指标", "指标值", "实际完成值", "分值")
    ours = form(
        row("≥1", "1", 10, 10, name="办案", reason="多办", level1=""),
        funding=(money(9, 8, 7, 10, score=9),),
        total=D(99),
        grade="优",
        year=2023,
    )
    with_block = grid(funding, ("", "年度资金总额", 8), short, ("数量指标", "办案", "≥1", "", 10))
    assert fill_edits(read(with_block), ours).skipped == (
        "年度“2023”", "资金情况的年初预算数", "资金情况的分值", "资金情况的得分",
        "各指标的得分", "各指标的偏差原因", "总分“99”", "等级“优”",
    )  # fmt: skip
    without = grid(short, ("数量指标", "办案", "≥1", "", 10))
    assert "资金情况" in fill_edits(read(without), ours).skipped
    assert fill_edits(read(without), form(funding=(money(item="年度资金总额"),))).skipped == ()


def test_goal_unit_and_tasks() -> None:
    sheet = grid(
        ("部门名称", ""),
        ("年度目标", "预期目标", "实际完成情况"),
        ("", "", ""),
        ("主要任务", "任务名称", "主要内容", "实际完成情况"),
        ("", "", "", ""),
        ("绩效指标", "", "", ""),
        HEAD,
        ("产出指标", "数量指标", "办案", "≥1"),
    )
    data = form(unit="某局", goal=Goal("办好", "办好了"), tasks=(Task("任务一", "做", "做了"),))
    assert filled(read(sheet), data) == [
        (1, 2, "某局"),
        (3, 2, "办好"),
        (3, 3, "办好了"),
        (5, 2, "任务一"),
        (5, 3, "做"),
        (5, 4, "做了"),
    ]


def test_formulas_are_kept_when_filling() -> None:
    reading = small(("产出指标", "数量指标", "办案", "≥100%", "100%", 10, 10))
    sheet = reading.grid
    sheet.cells[2, 7] = Cell(None, formula="F2*0.9")
    sheet.cells[2, 5] = Cell(D(1), "0%", "H1")
    assert filled(read(sheet), form(row("≥100%", "90%", 10, 9, name="办案"))) == []


def test_numbers_keep_the_cells_way_of_showing_them() -> None:
    reading = small(("产出指标", "数量指标", "办案", "≥100%", "x", 10, 10))
    reading.grid.cells[2, 5] = Cell(D("0.5"), "0%")
    assert filled(read(reading.grid), form(row("≥100%", "98%", None, name="办案"))) == [(2, 5, D("0.98"))]
    reading.grid.cells[2, 5] = Cell(D(5), "0")
    assert filled(read(reading.grid), form(row("≥100%", "98", None, name="办案"))) == [(2, 5, D(98))]
    assert filled(read(reading.grid), form(row("≥100%", "98%", None, name="办案"))) == [(2, 5, "98%")]
    reading.grid.cells[2, 6] = Cell(D("0.1"), "0%")
    assert filled(read(reading.grid), form(row("≥100%", "5", 20, name="办案"))) == [(2, 6, D("0.2"))]


def test_results_beside_what_is_there() -> None:
    reading = small(
        ("产出指标", "数量指标", "办案", "≥99%", "98%", 4, 4), ("产出指标", "数量指标", "访", "1", "1", 5, 5)
    )
    edits = result_edits(
        reading,
        {},
        {0: Result(D("3.96"), D("-1.01")), 1: Result(D(5), D("0.00"))},
        Sums(D(9), D("8.96"), "优"),
    )
    assert edits == (
        Edit(2, 7, D("3.96")),
        Edit(2, 8, "-1.01%"),
        Edit(3, 8, "0.00%"),
        Edit(4, 7, D("8.96")),
    )
    again = read(reading.grid.edited(edits))
    assert (
        result_edits(
            again,
            {},
            {0: Result(D("3.96"), D("-1.01")), 1: Result(D(5), D("0.00"))},
            Sums(D(9), D("8.96"), "优"),
        )
        == ()
    )


def test_results_refresh_what_formulas_last_gave() -> None:
    reading = small(("产出指标", "数量指标", "办案", "≥99%", "98%", 4))
    sheet = reading.grid
    sheet.cells[2, 7] = Cell(None, formula="ROUND(F2*0.99,2)")
    sheet.cells[2, 8] = Cell(None, "0.00%", "E2/D2-1")
    sheet.cells[3, 6] = Cell(D(1), formula="SUM(F2)")
    sheet.cells[3, 7] = Cell(None, formula="SUM(G2)")
    edits = result_edits(read(sheet), {}, {0: Result(D("3.96"), D("-1.01"))}, Sums(D(4), D("3.96"), ""))
    assert edits == (
        Edit(2, 7, D("3.96")),
        Edit(2, 8, D("-0.0101")),
        Edit(3, 6, D(4)),
        Edit(3, 7, D("3.96")),
    )
    after = sheet.edited(edits)
    assert [after.cells[place].formula for place in ((2, 7), (2, 8), (3, 6), (3, 7))] == [
        "ROUND(F2*0.99,2)",
        "E2/D2-1",
        "SUM(F2)",
        "SUM(G2)",
    ]


def test_a_typed_sum_of_weights_is_the_clerks() -> None:
    reading = small(("产出指标", "数量指标", "办案", "≥99%", "98%", 4))
    assert result_edits(reading, {}, {}, Sums(D(4), None, "")) == ()


def test_the_rate_of_execution_is_only_refreshed_where_a_formula_gives_it() -> None:
    sheet = grid(
        ("项目资金", "", "全年预算数", "全年执行数", "执行率", "得分"),
        ("", "年度资金总额", 10, 9, "90%"),
        ("", "当年财政拨款", 10, 9),
        HEAD,
        ("产出指标", "数量指标", "办案", "≥1"),
    )
    sheet.cells[3, 5] = Cell(None, "0%", "D3/C3")
    results = {0: Result(D(9), rate=D("0.9")), 1: Result(None, rate=D("0.9"))}
    assert result_edits(read(sheet), results, {}, NO_SUMS) == (Edit(2, 6, D(9)), Edit(3, 5, D("0.9")))


def test_hints_are_written_and_taken_away() -> None:
    sheet = grid((*HEAD, "校验提示"), ("产出指标", "数量指标", "办案", "≥1", 1, 5, 5, "", "", "旧的提示"))
    reading = read(sheet)
    assert result_edits(reading, {}, {0: Result(None, hint="请核对")}, NO_SUMS) == (Edit(2, 10, "请核对"),)
    assert result_edits(reading, {}, {0: Result(None)}, NO_SUMS) == (Edit(2, 10, None),)


def test_points_merged_over_rows_are_written_once() -> None:
    sheet = grid(
        HEAD,
        ("产出指标", "数量指标", "甲", 1, 1, 20),
        ("", "", "乙", 1, 1),
        merges=[(2, 6, 3, 6), (2, 7, 3, 7)],
    )
    edits = result_edits(read(sheet), {}, {0: Result(D(20)), 1: Result(D(5))}, NO_SUMS)
    assert edits == (Edit(2, 7, D(20)),)


SPLIT = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "完成值", "权重", "得分")


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("≥735人次", [("≥", 4), ("735", 5), ("人次", 6)]),
        ("98%", [("98", 5), ("%", 6)]),
        ("有效", [("有效", 5)]),
        ("≤2024年6月底", [("≤2024年6月底", 5)]),
    ],
)
def test_a_target_is_cut_where_sign_and_unit_have_columns(
    target: str, expected: list[tuple[str, int]]
) -> None:
    sheet = grid(
        SPLIT, ("产出指标", "数量指标", "办案", "", "", "", "", 5), ("总分", "", "", "", "", "", "", 5)
    )
    data = form(row(target, "", None, name="办案"))
    assert filled(read(sheet), data) == [(2, column, text) for text, column in expected]


def test_a_target_that_is_the_same_in_its_columns_is_left_alone() -> None:
    sheet = grid(SPLIT, ("产出指标", "数量指标", "办案", "≧", 735, "人次", "", 5), ("总分", *[""] * 6, 5))
    assert filled(read(sheet), form(row("≥735人次", "", None, name="办案"))) == []
    assert filled(read(sheet), form(row("≥736人次", "", None, name="办案"))) == [
        (2, 4, "≥"),
        (2, 5, D(736)),
    ]


def test_the_head_is_filled_line_by_line() -> None:
    sheet = grid(
        ("项目支出绩效自评表",),
        ("（2023年度）",),
        ("项目名称", "", "单位编码", ""),
        ("主管部门", "", "实施单位", ""),
        HEAD,
        ("产出指标", "数量指标", "办案", "≥1"),
    )
    data = form(
        unit="某局",
        unit_code="0012",
        project="修路",
        year=2024,
        details=(Detail("主管部门", "某厅"), Detail("项目用途", "道路")),
    )
    assert filled(read(sheet), data) == [
        (2, 1, "（2024年度）"),
        (3, 2, "修路"),
        (3, 4, "0012"),
        (4, 2, "某厅"),
        (4, 4, "某局"),
    ]
    assert fill_edits(read(sheet), data).skipped == ("项目用途“道路”",)


def test_of_labels_that_stand_twice_each_keeps_its_own_text() -> None:
    """Whose telephone is whose, through the data and back onto a form that asks for both."""

    def sheet_with(*phones: str) -> Grid:
        pairs = zip(("项目负责人", "填报人"), ("某甲", "某乙"), phones, strict=False)
        lines = ((label, name, "联系电话", phone) for label, name, phone in pairs)
        return grid(("项目支出绩效自评表",), *lines, HEAD, ("产出指标", "数量指标", "办案", "≥1"))

    both = data_of(read(sheet_with("11", "22")).form)
    assert both["details"] == {
        "项目负责人": "某甲", "联系电话": "11", "填报人": "某乙", "联系电话（第2个）": "22",
    }  # fmt: skip
    data = replace(form(), details=form_of(both).details)
    assert filled(read(sheet_with("", "")), data) == [(2, 4, "11"), (3, 4, "22")]
    assert fill_edits(read(sheet_with("")), data).skipped == ("填报人“某乙”", "联系电话“22”")


SHARES = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "单项得分", "得分系数", "得分")


@pytest.mark.parametrize(
    ("raw", "share", "expected"),
    [
        (100, 1, [(2, 7, D(80)), (2, 8, D("0.8"))]),
        (100, "100%", [(2, 7, D(80)), (2, 8, "80%")]),
        (100, 100, [(2, 7, D(80)), (2, 8, D(80))]),
        (80, D("0.8"), []),
        ("", "", []),
    ],
)
def test_shares_never_contradict_the_points(
    raw: object, share: object, expected: list[tuple[int, int, object]]
) -> None:
    sheet = grid(
        SHARES, ("产出指标", "数量指标", "办案", "10", "8", 10, raw, share, 8), ("总分", *[""] * 7, 8)
    )
    edits = result_edits(read(sheet), {}, {0: Result(D(8))}, NO_SUMS)
    assert [(edit.row, edit.column, edit.value) for edit in edits] == expected


@pytest.mark.parametrize(
    ("shown", "text", "expected"),
    [
        ("0%", "100%", D(1)),
        ("0.00%", "98.5%", D("0.985")),
        ("0%", "98.5%", "98.5%"),
        ("0%", "≥95%", "≥95%"),
        ("0%", "已完成", "已完成"),
        ("General", "100%", "100%"),
    ],
)
@pytest.mark.parametrize("before", ["", "未填"])
def test_a_percentage_stays_one_in_a_cell_that_shows_percentages(
    before: str, shown: str, text: str, expected: object
) -> None:
    reading = small(("产出指标", "数量指标", "办案", "", before, 10))
    cells = dict(reading.grid.cells)
    if before:
        cells[2, 5] = Cell(before, shown)
    sheet = replace(reading.grid, cells=cells, blanks={(2, 5): shown})
    data = form(row("", text, None, name="办案"))
    edits = fill_edits(read(sheet), data).edits
    assert [(edit.row, edit.column, edit.value) for edit in edits] == [(2, 5, expected)]
    again = read(sheet.edited(edits)).form.indicators[0].actual
    assert (again.percent, again.sign) == (parse(text).percent, parse(text).sign)


def test_no_total_is_written_where_the_form_has_no_place_for_it() -> None:
    sheet = grid(
        ("项目支出绩效自评表",),
        ("主管部门", "", "某局", "", "", "", "", "自评得分"),
        ("实施单位", "", "某中心", "", "", "", "", 96),
        HEAD[:8],
        ("产出指标", "数量指标", "办案", "≥1件", "1件", 90, 90),
        merges=[(2, 1, 2, 2), (3, 1, 3, 2)],
    )
    edits = result_edits(read(sheet), {}, {0: Result(D(80))}, Sums(D(90), D(80), "良"))
    assert all(edit.column <= 8 for edit in edits)
    assert fill_edits(read(sheet), form(total=D(80))).skipped in ((), ("总分“80”",))


@pytest.mark.parametrize("label", ["主管部门", "中央主管部门", "自治区主管部门", "上级主管部门"])
def test_the_unit_is_never_written_over_a_superior_department(label: str) -> None:
    sheet = grid(
        ("项目支出绩效自评表",),
        (label, "", "项目名称", ""),
        HEAD,
        ("产出指标", "数量指标", "办案", "≥1"),
    )
    for above in ("", "某厅"):
        sheet.cells[2, 2] = Cell(above)
        reading = read(sheet)
        assert filled(reading, form(unit="某局")) == []
        assert fill_edits(reading, form(unit="某局")).skipped == ("单位“某局”",)


def test_the_unit_is_never_written_over_the_name_of_a_project() -> None:
    sheet = grid(("项目支出绩效自评表",), ("项目名称", "修路"), HEAD, ("产出指标", "数量指标", "办案", "≥1"))
    assert filled(read(sheet), form(unit="某局")) == []
    assert filled(read(sheet), form(unit="某局", project="修桥")) == [(2, 2, "修桥")]
