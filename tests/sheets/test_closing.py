"""The total and the grade of a form, wherever and however it gives them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from typed import grid

from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.finding.tickboxes import tick, ticked
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.form_edits import fill_edits

TITLE = ("项目支出绩效自评表",)
TABLE = (
    ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
    ("产出指标", "数量指标", "下访次数", "≥12次", "12次", 100, 95),
)
TOTAL = ("总分", "", "", "", "", 100, 95)
Rows = Sequence[Sequence[Any]]


def read(*below: Sequence[Any], above: Rows = (), merges: Sequence[Sequence[int]] = ()) -> Reading:
    sheet = grid(TITLE, *above, *TABLE, *below, merges=merges)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


def closing(form: Form) -> tuple[Decimal | None, str]:
    return form.total, form.grade


WEIGHTS = 6
"""The column of the weights in TABLE."""
SUM = Spot("total", 0, "weight")


@pytest.mark.parametrize(
    ("total", "row"),
    [
        pytest.param(TOTAL, 4, id="the total row's own cell"),
        pytest.param(("总分", "", "", "", "", "", 95), 4, id="still blank"),
        pytest.param((), 3, id="no total row: the first weight"),
    ],
)
def test_what_is_said_of_the_sum_of_the_weights_points_at_a_weight(total: Sequence[Any], row: int) -> None:
    assert read(total).place(SUM) == (row, WEIGHTS)


def test_a_total_cell_that_goes_across_all_columns_is_no_weight() -> None:
    assert read(("总分：95",), merges=[(4, 1, 4, 7)]).place(SUM) == (3, WEIGHTS)


def test_points_that_are_judged_are_typed_where_the_score_stands_unless_they_have_a_column() -> None:
    without = read(TOTAL)
    assert without.place(Spot("indicator", 0, "judged")) == without.places[Spot("indicator", 0, "score")]


LABELS = """
    自评等级 项目自评等级 项目绩效自评等级 项目评价等级 部门自评等级 单位自评等级 绩效自评结果
    绩效自评结论 评价结论
    自评评级 评级 绩效评级 等级评定 自评档次 评价等次 评价结果"""


@pytest.mark.parametrize("label", LABELS.split())
def test_the_grade_is_known_by_its_label(label: str) -> None:
    assert closing(read(TOTAL, (label, "", "优")).form) == (95, "优")


@pytest.mark.parametrize("blank", range(4))
def test_the_grade_may_stand_further_down(blank: int) -> None:
    assert read(TOTAL, *[()] * blank, ("评价等次：优",)).form.grade == "优"


def test_prose_is_no_grade() -> None:
    assert read(TOTAL, ("评价结论", "总体执行良好，得分95分")).form.grade == ""


def test_the_grade_of_the_next_form_is_not_that_of_this_one() -> None:
    sheet = grid(TITLE, *TABLE, TOTAL, TITLE, ("自评得分", 80, "自评等级", "良"), *TABLE)
    first, second = (read_form(sheet, layout).form for layout in find_forms(sheet))
    assert (closing(first), closing(second)) == ((95, ""), (80, "良"))


TOTALS: dict[str, tuple[Rows, tuple[int | None, str]]] = {
    "left of its column, the grade under it": (
        [("总分", "", "", 95, "自评等级", "", "优")],
        (95, "优"),
    ),
    "behind 得分, beside the sum of the weights": (
        [("总分", 100, "", "", "自评得分：95", "", "自评等级：优")],
        (95, "优"),
    ),
    "blank, the sum of the weights in its column": ([("总分", "", "", "", "", 100)], (None, "")),
    "behind 总分": ([("总分：95", "", "", "", "", "", "")], (95, "")),
    "with the grade": ([("自评得分及等级", "", "", "", "", 100, "95分，优")], (95, "优")),
}


@pytest.mark.parametrize(("rows", "expected"), TOTALS.values(), ids=TOTALS.keys())
def test_the_total_is_found_in_its_row(rows: Rows, expected: tuple[int | None, str]) -> None:
    assert closing(read(*rows).form) == expected


def test_a_total_is_never_filled_in_over_the_grade() -> None:
    reading = read(("总分", "", "", "", "自评等级", "", "优"))
    edits = fill_edits(reading, Form(total=Decimal(95), grade="良")).edits
    assert [(edit.row, edit.column, edit.value) for edit in edits] == [(4, 2, 95), (4, 7, "良")]


ABOVE: dict[str, Rows] = {
    "in cells": [("单位名称", "某局", "自评得分", 95, "自评等级", "优")],
    "in their labels' cells": [("自评总分：95分", "", "", "评价等级：优")],
    "in one cell": [("自评总分：95分    评价等级：优",)],
}


@pytest.mark.parametrize("rows", ABOVE.values(), ids=ABOVE.keys())
def test_total_and_grade_may_stand_above_the_table(rows: Rows) -> None:
    assert closing(read(above=rows).form) == (95, "优")


def test_the_total_row_goes_before_what_stands_above() -> None:
    assert read(TOTAL, above=[("自评得分：88",)]).form.total == 95


def test_what_stands_before_a_blank_label_keeps_its_own_blank_cell() -> None:
    for label in ("自评总分", "自评等级", "年度"):
        reading = read(above=[("单位名称", "", label, "")])
        assert reading.form.unit == ""
        assert reading.places[Spot("head", 0, "unit")] == (2, 2)


def test_nothing_else_above_is_a_total_or_a_grade() -> None:
    rows = [("项目级别", "市级"), ("预算", "合计", "得分"), ("资金", "合计", 100)]
    assert closing(read(above=rows).form) == (None, "")


def test_total_and_grade_above_are_filled_in() -> None:
    reading = read(above=[("自评得分", "", "自评等级", "")])
    edits = fill_edits(reading, Form(total=Decimal(95), grade="优")).edits
    assert [(edit.row, edit.column, edit.value) for edit in edits] == [(2, 2, 95), (2, 4, "优")]


CHOICES = {
    "优☑ 良□ 中□ 差□": "优",
    "优□  良☑  中□  差□": "良",
    "☑优 □良 □中 □差": "优",
    "□优 ■良 □中 □差": "良",
    "优（√） 良（ ） 中（ ） 差（ ）": "优",
    "优（ ）良（√）中（ ）差（ ）": "良",
    "（ ）优 （√）良": "良",
    "优（90-100分）√  良（80-90分）  中（60-80分）  差（60分以下）": "优",
    "优  良√  中  差": "良",
    "优 √良 中 差": "良",
    "√优": "优",
    "优秀□ 良好☑ 一般□ 较差□": "良好",
    "优□ 良□ 中□ 差□": "",
    "优☑ 良☑ 中□ 差□": "",
    "优、良、中、差": "",
}


@pytest.mark.parametrize(("text", "grade"), CHOICES.items())
def test_the_grade_is_the_one_that_is_ticked(text: str, grade: str) -> None:
    assert ticked(text) == grade
    assert read(TOTAL, ("自评等级", text)).form.grade == grade


@pytest.mark.parametrize("text", ["优", "", "95分", "其中一般", "总体良好√"])
def test_anything_else_is_no_choice(text: str) -> None:
    assert ticked(text) is None


@pytest.mark.parametrize("text", CHOICES)
@pytest.mark.parametrize("grade", ["优", "良"])
def test_a_tick_set_is_the_tick_read(text: str, grade: str) -> None:
    changed = tick(text, grade)
    read_back = ticked(changed)
    assert (changed if read_back is None else read_back)[:1] == grade


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("优☑ 良□ 中□ 差□", "优□ 良☑ 中□ 差□"),
        ("■优 □良 □中", "□优 ■良 □中"),
        ("优（√） 良（ ）", "优（ ） 良（√）"),
        ("优□ 良□", "优□ 良☑"),
        ("优√ 良 中", "优 良√ 中"),
        ("优", "良"),
    ],
)
def test_only_the_tick_moves(text: str, changed: str) -> None:
    reading = read(TOTAL, ("自评等级", text))
    (edit,) = fill_edits(reading, Form(grade="良")).edits
    assert edit.value == changed


def test_grades_in_cells_of_their_own() -> None:
    assert read(TOTAL, ("自评等级", "优", "", "良", "√", "中", "")).form.grade == "良"
    assert read(TOTAL, ("自评等级", "√", "优", "", "良", "", "中")).form.grade == "优"
