"""A form read back from whatever sheet it was typed on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from facts import shangjie
from readback import NAMED, assert_read_back, read
from typed import (
    Typing,
    as_full_width,
    as_percent_cell,
    grid,
    grid_of,
    grouped,
    in_yuan,
    sheet_of,
    typed,
)

from perf_excel.forms.model import Goal, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Area, Cell, Grid
from perf_excel.sheets.reading.form_reading import read_form

FORM = shangjie()
WITH_GOAL = replace(FORM, goal=Goal("办好各项工作", "都办好了"))
IN_NO_MONEY = replace(FORM, funding=(replace(FORM.funding[0], item="部门预算总额"), *FORM.funding[1:]))
"""Its first row does not say 万元, so that the sheet may say 元."""

TYPINGS = {
    "as printed": Typing(),
    "columns merged over two of the sheet": Typing(width=2),
    "a head of two rows": Typing(two_rows=True),
    "the head repeated on every page": Typing(page=10),
    "pages, subtotals and a head of two rows": Typing(page=7, subtotals=True, two_rows=True),
    "subtotals": Typing(subtotals=True),
    "nothing merged": Typing(merged=False),
    "no side label": Typing(side_label=False),
    "percent cells": Typing(value=as_percent_cell),
    "full-width digits": Typing(value=as_full_width),
    "rows above the title": Typing(above=("附件2", "（财预〔2020〕10号，2020年2月印发）")),
    "shifted": Typing(top=7, left=4),
    "the unit in its label's cell": Typing(unit="填报单位："),
    "money as text": Typing(amount=grouped),
    "the grade in the total row": Typing(grade="等级"),
    "the grade below": Typing(grade="↓自评等级"),
    "remarks below": Typing(
        below=("备注：1.分值可作调整。", "填表人：　　联系电话：", "说明：一档最高不超过分值。")
    ),
    "extra columns": Typing(
        columns=(
            "+序号",
            *NAMED,
            "+指标解释",
            "target",
            "actual",
            "+得分系数",
            "weight",
            "score",
            "deviation",
            "reason",
            "+备注",
        )
    ),
    "weight before target": Typing(
        columns=(*NAMED, "weight", "target", "actual", "score", "deviation", "reason")
    ),
    "reason first": Typing(columns=("reason", *NAMED, "actual", "target", "score", "weight", "deviation")),
    "no second level": Typing(columns=("level1", "level3", "target", "actual", "weight", "score")),
    "no levels": Typing(columns=("level3", "target", "actual", "weight", "score")),
    "no weights": Typing(columns=(*NAMED, "target", "actual", "score")),
    "no scores": Typing(columns=(*NAMED, "target", "actual", "reason")),
    "targets only": Typing(columns=(*NAMED, "target")),
    "budget without initial": Typing(budget_columns=("annual", "executed", "weight", "rate", "score")),
    "budget columns in another order": Typing(
        budget_columns=("weight", "score", "executed", "annual", "initial", "rate")
    ),
}


@pytest.mark.parametrize("how", TYPINGS.values(), ids=TYPINGS.keys())
def test_a_form_typed_otherwise_says_the_same(how: Typing) -> None:
    assert_read_back(FORM, how)


def test_a_form_with_goals() -> None:
    assert_read_back(WITH_GOAL, Typing(goal=True))


@pytest.mark.parametrize(
    "how", [Typing(), Typing(width=3, two_rows=True, page=9, grade="等级", top=3, left=2)]
)
def test_a_form_typed_into_a_file_says_the_same(how: Typing) -> None:
    assert_read_back(FORM, how, grid_of(typed(FORM, how)))


YUAN = {
    "above the table, though a name speaks of 万元": Typing(
        title="100万元以上项目支出绩效自评表", under="单位：元", amount=in_yuan
    ),
    "above the table": Typing(under="单位：元", amount=in_yuan),
    "above the table, longer": Typing(under="金额单位：人民币元", amount=in_yuan),
    "in the head": Typing(
        labels={"budget.annual": "全年预算数（元）", "budget.executed": "全年执行数（元）"}, amount=in_yuan
    ),
    "on every amount": Typing(amount=lambda number: None if number is None else f"{in_yuan(number):,.2f}元"),
    "万元 on every amount": Typing(under="单位：元", amount=lambda number: f"{number}万元"),
}


@pytest.mark.parametrize("how", YUAN.values(), ids=YUAN.keys())
def test_money_in_yuan_becomes_wan_yuan(how: Typing) -> None:
    assert_read_back(IN_NO_MONEY, how)


HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分")


def first(*below: tuple[object, ...], merges: tuple[tuple[int, ...], ...] = ()) -> tuple[Indicator, ...]:
    return read(grid(HEAD, *below, merges=merges)).form.indicators


def test_levels_are_carried_down_where_they_are_not_repeated() -> None:
    got = first(
        ("产出", "数量", "甲", 1, 1), ("", "", "乙", 1, 1), ("", "质量", "丙", 1, 1), ("效益", "", "丁", 1, 1)
    )
    assert [(row.level1, row.level2) for row in got] == [
        ("产出", "数量"),
        ("产出", "数量"),
        ("产出", "质量"),
        ("效益", ""),
    ]


def test_where_the_second_level_is_the_last_it_is_the_name() -> None:
    sheet = grid(
        ("一级指标", "二级指标", "指标值", "完成值"), ("产出", "培训次数", 1, 1), ("", "下访次数", 1, 1)
    )
    assert [(row.level1, row.level2, row.level3) for row in read(sheet).form.indicators] == [
        ("产出", "", "培训次数"),
        ("产出", "", "下访次数"),
    ]


def test_points_merged_down_count_once() -> None:
    got = first(
        ("产出", "数量", "甲", 1, 1, 20, 20), ("", "", "乙", 1, 1), merges=((2, 6, 3, 6), (2, 7, 3, 7))
    )
    assert [(row.weight, row.score) for row in got] == [(20, 20), (None, None)]


def test_names_broken_over_lines_are_one_name() -> None:
    assert first(("产出\n指标", "数量", "下访\n 次数", 1, 1, 1, 1))[0].level1 == "产出指标"


def test_rows_still_blank_are_kept_for_filling() -> None:
    reading = read(grid(HEAD, ("产出", "数量", "甲", 1, 1, 5, 5), ("", "质量", "", "")))
    assert [row.level3 for row in reading.form.indicators] == ["甲"]
    assert reading.free == {3: ("产出", "质量")}


@pytest.mark.parametrize(
    ("shown", "weight"),
    [
        ("10分", 10),
        ("10", 10),
        ("１０", 10),
        ("10%", 10),
        (Cell(Decimal("0.1"), "0%"), 10),
        ("十分", None),
        ("-", None),
    ],
)
def test_a_weight_however_it_is_typed(shown: object, weight: int | None) -> None:
    sheet = grid(HEAD, ("产出", "数量", "甲", 1, 1, "x", 1))
    sheet.cells[2, 6] = shown if isinstance(shown, Cell) else Cell(str(shown))
    assert read(sheet).form.indicators[0].weight == weight


TOTALS = {
    "under its columns": (("总分", "", "", "", "", 100, 95.5), 95.5, 100),
    "as text": (("总分", "", "", "", "", "100分", "95.5分"), 95.5, 100),
    "in the label's own cell": (("总分：95.5分",), 95.5, None),
    "left blank": (("总分",), None, None),
}


@pytest.mark.parametrize(("row", "total", "weight"), TOTALS.values(), ids=TOTALS.keys())
def test_the_total_row(row: tuple[object, ...], total: float | None, weight: int | None) -> None:
    form = read(grid(HEAD, ("产出", "数量", "甲", 1, 1, 100, 95.5), row)).form
    assert (form.total, form.total_weight) == (total if total is None else Decimal(str(total)), weight)


def test_the_total_merged_over_the_column_of_the_weights_is_no_sum_of_them() -> None:
    rows = ("产出", "数量", "甲", 1, 1, 100, 98), ("总分", "", "", 98, "", "", "等级", "优")
    sheet = replace(grid(HEAD, *rows), merges=(Area(3, 4, 3, 6),))
    form = read(sheet).form
    assert (form.total, form.total_weight, form.grade) == (Decimal(98), None, "优")


GRADES = {
    "in the total row": [("总分", "", "", "", "", 100, 95, "等级", "优")],
    "by itself": [("总分", "", "", "", "", 100, 95, "优")],
    "in the label's cell": [("总分", "", "", "", "", 100, 95, "等级：优")],
    "in the row below": [("总分", "", "", "", "", 100, 95), ("自评结论", "优")],
    "in the row below, one cell": [("总分", "", "", "", "", 100, 95), ("自评等级：优",)],
}


@pytest.mark.parametrize("below", GRADES.values(), ids=GRADES.keys())
def test_the_grade(below: list[tuple[object, ...]]) -> None:
    assert read(grid(HEAD, ("产出", "数量", "甲", 1, 1, 100, 95), *below)).form.grade == "优"


YEARS = {
    "below the title": [("项目支出绩效自评表",), ("（2023年度）",)],
    "in the title": [("2023年度项目支出绩效自评表",)],
    "with blanks": [("项目支出绩效自评表",), ("（ 2023 年度 ）",)],
    "above the title": [("2023年度",), ("项目支出绩效自评表",)],
    "not that of a document cited above": [
        ("附件（2020年2月印发）",),
        ("项目支出绩效自评表",),
        ("(2023年度)",),
    ],
}


@pytest.mark.parametrize("above", YEARS.values(), ids=YEARS.keys())
def test_the_year(above: list[tuple[object, ...]]) -> None:
    assert read(grid(*above, (), HEAD, ("产出", "数量", "甲", 1, 1, 5, 5))).form.year == 2023


def test_the_units_name_is_written_behind_its_label_in_the_same_cell() -> None:
    reading = read(grid(("填报单位：某局", "", "单位：万元"), HEAD, ("产出", "数量", "甲", 1, 1, 5, 5)))
    spot = Spot("head", 0, "unit")
    assert (reading.form.unit, reading.places[spot]) == ("某局", (1, 1))
    assert reading.framed(spot, "另一局") == "填报单位：另一局"


def test_every_field_has_its_place() -> None:
    reading = read(sheet_of(FORM, Typing(top=3, left=2)))
    places = {spot: place for spot, place in reading.places.items() if spot.part == "indicator"}
    assert len({spot.row for spot in places}) == 31
    for spot in (Spot("indicator", 5, "score"), Spot("indicator", 30, "reason")):
        assert reading.grid.at(*places[spot]).value == getattr(FORM.indicators[spot.row], spot.field) or (
            spot.field == "reason"
        )
    assert reading.place(Spot("indicator", 5, "nonsense"))[0] == places[Spot("indicator", 5, "score")][0]


def test_numbers_typed_as_text_matter_where_formulas_need_them() -> None:
    rows = (("三级指标", "指标值", "实际完成值", "分值", "得分"), ("办案", "≥1件", "1件", "5分"))
    text = {
        (row, column): Cell(value)
        for row, values in enumerate(rows, 1)
        for column, value in enumerate(values, 1)
    }
    for formula, expected in ((None, set[Spot]()), ("D2", {Spot("indicator", 0, "weight")})):
        sheet = Grid("表1", {**text, (2, 5): Cell(Decimal(5), formula=formula)})
        (layout,) = find_forms(sheet)
        assert read_form(sheet, layout).form.text_numbers == expected
