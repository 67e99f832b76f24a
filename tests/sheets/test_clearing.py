"""What a unit filled in is taken out of a form, and what stands on is named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from typed import grid

from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.finding.tickboxes import ticked, untick
from perf_excel.sheets.grid import Place
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.clearing import cleared_marks, clearing, left_standing

HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因")
ROW = ("产出指标", "数量指标", "办案", "≥1件", "2件", 100, 100, "超额")
KEPT = ("产出指标", "数量指标", "办案", "≥1件", "", 100, "", "")


def read(above: Sequence[Sequence[Any]] = (), below: Sequence[Sequence[Any]] = ()) -> Reading:
    sheet = grid(("项目支出绩效自评表",), *above, HEAD, ROW, *below)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


def cleared(reading: Reading) -> dict[Place, object]:
    return {
        place: cell.value
        for place, cell in reading.grid.edited(clearing(reading)).cells.items()
        if cell.value not in (None, "")
    }


def rows(*lines: Sequence[Any]) -> dict[Place, object]:
    return {place: cell.value for place, cell in grid(*lines).cells.items() if cell.value not in (None, "")}


def test_a_mark_for_no_points_stays_and_any_other_mark_is_named() -> None:
    money = (
        ("项目资金", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("", "年度资金总额", 100, 100, 90, 10, "90%", 9),
        ("", "其中：财政拨款", 100, 100, 90, "—", "90%", "—"),
        ("", "其他资金", "/", 0, " / ", "—", "—", "－"),
    )
    reading = read(money)
    edits = clearing(reading)
    places = {(edit.row, edit.column) for edit in edits}
    assert {(3, 8), (5, 3), (5, 5), (5, 7)} <= places
    assert not {(4, 6), (4, 8), (5, 6), (5, 8)} & places
    assert [one for one in left(reading) if one[0][1] == 8] == [((4, 8), "—"), ((5, 8), "－")]
    assert list(cleared_marks(reading, edits)) == [((5, 3), "/"), ((5, 5), "/"), ((5, 7), "—")]


def test_an_indent_is_nothing_that_a_unit_filled_in() -> None:
    reading = read([("  单位名称：某某局", "", "  填报人：")], [("  备注：本表一式两份  ",)])
    assert [(edit.row, edit.value) for edit in clearing(reading) if edit.row != 4] == [(2, "  单位名称：")]


def left(reading: Reading) -> list[tuple[Place, str]]:
    return list(left_standing(reading, clearing(reading)))


def test_the_results_go_and_what_was_planned_stays() -> None:
    assert cleared(read()) == rows(("项目支出绩效自评表",), HEAD, KEPT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("年初预算数：25万元", "", "全年执行数：21.5万元"), ("年初预算数：万元", "", "全年执行数：万元")),
        (("资金情况（万元）", "", "854万（高标准农田400万元）"), ("资金情况（万元）",)),
        (("项目资金", "县级财政安排", "", 132), ("项目资金", "县级财政安排")),
    ],
    ids=["a label and its amount in one cell", "an amount with words", "a number beside a label"],
)
def test_amounts_go_also_where_the_money_was_not_read(before: Sequence[Any], after: Sequence[Any]) -> None:
    assert cleared(read([before])) == rows(("项目支出绩效自评表",), after, HEAD, KEPT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("总分：95  等级：优",), ("总分：  等级：",)),
        (("总分", "", "", "", "", 100, 95), ("总分", "", "", "", "", 100)),
    ],
)
def test_totals_go_and_their_labels_stay(before: Sequence[Any], after: Sequence[Any]) -> None:
    reading = read(below=[before])
    texts = {place: str(value).replace(" ", "") for place, value in cleared(reading).items() if place[0] == 4}
    wanted = {
        (4, column): str(value).replace(" ", "") for column, value in enumerate(after, 1) if value != ""
    }
    assert texts == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☑优 □良 □中 □差", "□优 □良 □中 □差"),
        ("优□ 良■ 中□", "优□ 良□ 中□"),
        ("优（√）良（ ）中（ ）", "优（ ）良（ ）中（ ）"),
    ],
)
def test_a_choice_of_grades_stays_without_its_tick(text: str, expected: str) -> None:
    assert untick(text) == expected
    assert ticked(expected) == ""


def test_a_grade_is_no_choice() -> None:
    assert untick("优") is None


def test_what_stands_on_is_named_for_the_clerk_to_decide() -> None:
    reading = read(
        [("复核意见", "请按上年口径填写", "")], [("填报人：某某　联系电话：1234",), ("填报日期：",)]
    )
    said = dict(left(reading))
    assert said[5, 1] if (5, 1) in said else said[4, 1]
    assert not any(text == "填报日期：" for text in said.values())


def test_a_cleared_form_names_nothing_of_its_own() -> None:
    assert left(read(below=[("总分", "", "", "", "", 100, 95)])) == []
