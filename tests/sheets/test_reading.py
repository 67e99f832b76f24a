"""A form read back from whatever sheet it was typed on."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from facts import shangjie
from typed import (
    Typing,
    as_full_width,
    as_percent_cell,
    as_typed,
    grid,
    grid_of,
    grouped,
    in_yuan,
    sheet_of,
    typed,
)

from perf_excel.forms.measure import Measure
from perf_excel.forms.model import Form, Goal, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.sheets.grid import Cell, Grid
from perf_excel.sheets.layout import find_forms
from perf_excel.sheets.reading import Reading, read_form

FORM = shangjie()
NAMED = ("level1", "level2", "level3")
MEASURED = ("target", "actual", "deviation")
PLAIN = ("weight", "score", "reason")


def read(sheet: Grid) -> Reading:
    forms = find_forms(sheet)
    assert len(forms) == 1
    return read_form(sheet, forms[0])


def value(measure: Measure) -> tuple[object, ...]:
    """What a value says, however it is printed."""
    return (measure.kind, measure.sign, measure.number, measure.unit, measure.day)


def rows(form: Form, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """The indicators of a form in the columns that are typed."""
    return [
        {name: getattr(row, name) for name in (*NAMED, *PLAIN) if name in columns}
        | {name: value(getattr(row, name)) for name in MEASURED if name in columns}
        for row in form.indicators
    ]


def facts(form: Form, how: Typing) -> dict[str, object]:
    """All that must not depend on how a form was typed."""
    columns = tuple(how.columns)
    amounts = tuple(name for name in how.budget_columns if name != "rate")
    return {
        "rows": rows(form, columns),
        "funding": [(row.item, *(getattr(row, name) for name in amounts)) for row in form.funding],
        "rates": [row.rate.number for row in form.funding] if "rate" in how.budget_columns else [],
        "total": form.total if "score" in columns else None,
        "unit": form.unit,
        "year": form.year,
        "goal": form.goal if how.goal else None,
        "grade": form.grade if how.grade else None,
    }


def assert_read_back(form: Form, how: Typing, sheet: Grid | None = None) -> None:
    got = read(sheet_of(form, how) if sheet is None else sheet).form
    assert facts(got, how) == facts(form, how)
    assert got.form == how.title


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


ACTUALS = (
    "实际完成值",
    "完成值",
    "全年实际值",
    "全年完成情况",
    "自评完成值",
    "实际完成值（B）",
    "全年实际完成值",
)
TARGETS = ("年度指标值", "指标值", "目标值", "预期指标值", "年初目标值（A）", "计划值")
WEIGHTS = ("分值", "分 值", "权重", "指标分值", "标准分", "分值（100分）")
SCORES = ("得分", "自评得分", "得 分", "自评分", "实际得分")
REASONS = ("偏差原因分析及改进措施", "未完成原因分析", "偏差原因", "原因分析", "扣分原因")
EXTRA = ("+序号", "+备注", "+指标解释", "+计量单位", "+数据来源", "+评分标准", "+得分系数")
VALUES: tuple[Any, ...] = (as_typed, as_percent_cell, as_full_width)


def generated(seed: int) -> Typing:
    """A layout put together by chance."""
    rng = random.Random(seed)  # noqa: S311
    columns = [*MEASURED, *PLAIN]
    rng.shuffle(columns)
    at = rng.randint(0, 2)
    columns[at:at] = NAMED  # levels stand together, though not always first
    for extra in rng.sample(EXTRA, rng.randint(0, 3)):
        columns.insert(rng.choice([0, rng.randint(0, len(columns))]), extra)
    if columns[0] in PLAIN:
        columns.insert(0, "+序号")  # the total's label stands before the points
    return Typing(
        title=rng.choice(
            ["部门整体自评表", "2022年度部门（单位）整体绩效自评表", "部门整体支出绩效自评情况表"]
        ),
        columns=tuple(columns),
        labels={
            "actual": rng.choice(ACTUALS),
            "target": rng.choice(TARGETS),
            "weight": rng.choice(WEIGHTS),
            "score": rng.choice(SCORES),
            "reason": rng.choice(REASONS),
            "level3": rng.choice(["三级指标", "三级指标名称", "指标名称", "三 级\n指 标"]),
            "budget.annual": rng.choice(["全年预算数", "全年预算数(A)", "调整后预算数", "预算数"]),
            "budget.executed": rng.choice(["全年执行数", "执行数(B)", "实际支出", "支出数"]),
            "budget.rate": rng.choice(["执行率", "执行率（B/A）", "预算执行率"]),
        },
        top=rng.randint(1, 6),
        left=rng.randint(1, 5),
        side_label=rng.random() < 0.6,
        merged=rng.random() < 0.6,
        value=rng.choice(VALUES),
        amount=rng.choice([lambda number: number, grouped]),
        above=rng.choice([(), ("附件3",), ("附件", "绩效资料")]),
        unit=rng.choice(["部门（单位）名称", "填报单位：", "单位名称", "预算单位:"]),
        under=rng.choice(["", "单位：万元"]),
        goal=rng.random() < 0.5,
        width=rng.choice([1, 1, 2, 3]),
        two_rows=rng.random() < 0.3,
        page=rng.choice([0, 0, 5, 12, 30]),
        subtotals=rng.random() < 0.3,
        total=rng.choice(["总分", "合计", "总 分", "自评总分"]),
        grade=rng.choice(["", "等级", "↓自评等级", "评价等级"]),
        below=rng.choice([(), ("备注：分值可作调整",), ("填表人：", "联系电话：")]),
    )


def test_some_hundred_layouts_are_read_without_one_error() -> None:
    for seed in range(400):
        how = generated(seed)
        got, expected = facts(read(sheet_of(WITH_GOAL, how)).form, how), facts(WITH_GOAL, how)
        assert got == expected, f"seed {seed}: {how}"


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


def test_the_units_name_in_its_labels_cell_has_no_place_to_write_to() -> None:
    reading = read(grid(("填报单位：某局", "", "单位：万元"), HEAD, ("产出", "数量", "甲", 1, 1, 5, 5)))
    assert reading.form.unit == "某局"
    assert Spot("head", 0, "unit") not in reading.places


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
