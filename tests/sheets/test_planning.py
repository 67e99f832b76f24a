"""Rows that a form gets more of: behind which rows, and how they join their groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from small import form, row
from typed import grid

from perf_excel.forms.model import Form, Task
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Area
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.moved_rows import Insertion
from perf_excel.sheets.writing.planning import Plan, plan_rows

HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分")
OUTPUT, EFFECT = "产出指标", "效益指标"


def read(*rows: Sequence[Any], merges: Sequence[Sequence[int]] = ()) -> Reading:
    sheet = grid(HEAD, *rows, ("总分", "", "", "", "", 100), merges=merges)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


def wanted(*names: tuple[str, str, str]) -> Form:
    return form(*(row(name=name, level1=level1, level2=level2) for level1, level2, name in names))


def planned(reading: Reading, data: Form) -> Plan:
    plan = plan_rows(reading, data)
    assert plan
    return plan


def written(plan: Plan) -> list[tuple[int, int, object]]:
    return sorted((edit.row, edit.column, edit.value) for edit in plan.edits)


MERGED = read(
    (OUTPUT, "数量指标", "甲", 1),
    ("", "", "乙", 1),
    ("", "质量指标", "丙", 1),
    (EFFECT, "社会效益", "丁", 1),
    merges=[(2, 1, 4, 1), (2, 2, 3, 2)],
)
"""Rows 2 to 5 under the head; levels are merged over their rows."""


def test_a_form_with_room_needs_no_rows() -> None:
    assert plan_rows(MERGED, wanted((OUTPUT, "数量指标", "甲"))) is None


def test_a_group_grows_at_its_end_and_its_levels_with_it() -> None:
    plan = planned(MERGED, wanted((OUTPUT, "数量指标", "戊"), (OUTPUT, "数量指标", "己")))
    assert plan.moves.insertions == (Insertion(3, 2, since=2),)
    assert plan.moves.joined == (Area(2, 2, 5, 2),)
    assert written(plan) == [(4, 3, "戊"), (5, 3, "己")]


def test_a_group_of_one_row_is_merged_as_the_others_are() -> None:
    plan = planned(MERGED, wanted((EFFECT, "社会效益", "戊"), (OUTPUT, "质量指标", "己")))
    assert plan.moves.insertions == (Insertion(4, 1, since=4), Insertion(5, 1, since=5))
    assert set(plan.moves.joined) == {Area(2, 1, 5, 1), Area(4, 2, 5, 2), Area(6, 1, 7, 1), Area(6, 2, 7, 2)}


def test_a_new_second_level_stands_at_the_end_of_its_first() -> None:
    data = wanted((OUTPUT, "时效指标", "戊"), (OUTPUT, "时效指标", "己"), (OUTPUT, "质量指标", "庚"))
    plan = planned(MERGED, data)
    assert plan.moves.insertions == (Insertion(4, 1, since=4), Insertion(4, 2, since=2))
    assert set(plan.moves.joined) == {Area(2, 1, 7, 1), Area(4, 2, 5, 2), Area(6, 2, 7, 2)}
    assert written(plan) == [(5, 3, "庚"), (6, 2, "时效指标"), (6, 3, "戊"), (7, 3, "己")]


def test_a_new_first_level_stands_behind_the_last_row() -> None:
    data = wanted(
        ("满意度指标", "满意度", "戊"), ("成本指标", "经济成本", "己"), ("满意度指标", "其他满意度", "庚")
    )
    plan = planned(MERGED, data)
    assert plan.moves.insertions == (Insertion(5, 1, 2), Insertion(5, 1, 2), Insertion(5, 1, 2))
    assert written(plan) == [
        (6, 1, "满意度指标"),
        (6, 2, "满意度"),
        (6, 3, "戊"),
        (7, 2, "其他满意度"),
        (7, 3, "庚"),
        (8, 1, "成本指标"),
        (8, 2, "经济成本"),
        (8, 3, "己"),
    ]
    assert plan.moves.joined == (Area(6, 1, 7, 1),)


def test_levels_said_again_in_every_row_are_said_in_the_new_ones() -> None:
    reading = read((OUTPUT, "数量指标", "甲", 1), (OUTPUT, "数量指标", "乙", 1))
    plan = planned(reading, wanted((OUTPUT, "数量指标", "丙")))
    assert written(plan) == [(4, 1, OUTPUT), (4, 2, "数量指标"), (4, 3, "丙")]
    assert plan.moves.joined == ()


def test_a_new_level_is_said_in_every_row_where_nothing_is_merged() -> None:
    reading = read((OUTPUT, "数量指标", "甲", 1), (EFFECT, "社会效益", "丁", 1))
    plan = planned(reading, wanted((OUTPUT, "质量指标", "乙"), (OUTPUT, "质量指标", "丙")))
    assert [edit[2] for edit in sorted(plan.edits) if edit[1] == 2] == ["质量指标", "质量指标"]
    assert plan.moves.joined == ()


def test_levels_said_once_without_a_merge_are_not_said_again() -> None:
    reading = read((OUTPUT, "数量指标", "甲", 1), ("", "", "乙", 1), (EFFECT, "社会效益", "丁", 1))
    assert written(planned(reading, wanted((OUTPUT, "数量指标", "丙")))) == [(4, 3, "丙")]


def test_the_label_down_the_side_grows_with_the_table() -> None:
    sheet = grid(
        ("绩效指标", *HEAD), ("", OUTPUT, "数量指标", "甲", 1), ("总分", "", "", "", "", "", 100),
        merges=[(1, 1, 2, 1)],
    )  # fmt: skip
    (layout,) = find_forms(sheet)
    plan = planned(read_form(sheet, layout), wanted((OUTPUT, "数量指标", "乙")))
    assert Area(1, 1, 3, 1) in plan.moves.joined


def test_what_is_said_beside_every_row_is_said_beside_new_ones() -> None:
    sheet = grid(
        ("", *HEAD), ("绩效", OUTPUT, "数量指标", "甲", 1), ("绩效", OUTPUT, "数量指标", "乙", 1),
        ("总分", "", "", "", "", "", 100),
    )  # fmt: skip
    (layout,) = find_forms(sheet)
    plan = planned(read_form(sheet, layout), wanted((OUTPUT, "数量指标", "丙")))
    assert written(plan) == [(4, 1, "绩效"), (4, 2, OUTPUT), (4, 3, "数量指标"), (4, 4, "丙")]


def test_without_a_column_for_its_level_nothing_can_be_planned() -> None:
    sheet = grid(("二级指标", "三级指标", "指标值", "分值"), ("数量指标", "甲", 1, 5), ("总分", "", "", 100))
    (layout,) = find_forms(sheet)
    assert plan_rows(read_form(sheet, layout), wanted((OUTPUT, "时效指标", "乙"))) is None


def test_tasks_go_behind_the_last_task() -> None:
    sheet = grid(
        ("主要任务", "任务名称", "主要内容", "实际完成情况"),
        ("", "任务一", "", ""),
        ("绩效指标", "", "", ""),
        HEAD,
        (OUTPUT, "数量指标", "甲", "≥1"),
        merges=[(1, 1, 2, 1)],
    )
    (layout,) = find_forms(sheet)
    data = replace(wanted((OUTPUT, "数量指标", "甲")), tasks=(Task("任务一"), Task("任务二", "做", "做了")))
    plan = planned(read_form(sheet, layout), data)
    assert plan.moves.insertions == (Insertion(2, 1, since=2),)
    assert plan.moves.joined == (Area(1, 1, 3, 1),)
    assert written(plan) == [(3, 2, "任务二"), (3, 3, "做"), (3, 4, "做了")]


def test_free_rows_under_a_level_merged_to_the_end_of_the_table_are_used_first() -> None:
    """Nothing stands below them: neither a total row nor a remark."""
    sheet = grid(
        HEAD,
        (OUTPUT, "数量指标", "甲", 1),
        (EFFECT, "社会效益", "丁", 1),
        ("", "", "", ""),
        ("", "", "", ""),
        merges=[(3, 1, 5, 1), (3, 2, 5, 2)],
    )
    (layout,) = find_forms(sheet)
    reading = read_form(sheet, layout)
    assert reading.free == {4: (EFFECT, "社会效益"), 5: (EFFECT, "社会效益")}
    assert plan_rows(reading, wanted((EFFECT, "社会效益", "戊"), (EFFECT, "社会效益", "己"))) is None
    plan = planned(reading, wanted(*((EFFECT, "社会效益", name) for name in "戊己庚")))
    assert [(one.after, one.rows) for one in plan.moves.insertions] == [(5, 1)]


def test_a_merge_down_the_whole_sheet_makes_no_rows() -> None:
    sheet = grid(HEAD, (OUTPUT, "数量指标", "甲", 1), merges=[(2, 1, 900, 1)])
    (layout,) = find_forms(sheet)
    assert layout.indicators.rows == (2,)
