"""Points printed behind an indicator's name, in a table without a column for them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from typed import grid

from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Edit
from perf_excel.sheets.reading.form_reading import Reading, read_form
from perf_excel.sheets.writing.form_edits import fill_edits

TITLE = ("项目支出绩效自评表",)
HEAD = ("一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分")


def read(*rows: tuple[str | int, ...]) -> Reading:
    sheet = grid(TITLE, *rows)
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout)


@pytest.mark.parametrize(
    ("printed", "name", "weight"),
    [
        ("抽检合格率（12分）", "抽检合格率", 12),
        ("抽检合格率 ( 7.5 分 )", "抽检合格率", Decimal("7.5")),
        ("抽检合格率（90%）", "抽检合格率（90%）", None),
        ("抽检合格率", "抽检合格率", None),
    ],
)
def test_points_behind_the_name_are_its_weight(printed: str, name: str, weight: Decimal | None) -> None:
    (row,) = read(HEAD, ("产出指标", "质量指标", printed, "≥98%", "99%", 10)).form.indicators
    assert (row.level3, row.weight) == (name, weight)


def test_a_column_of_weights_goes_before_them() -> None:
    rows = (*HEAD, "分值"), ("产出指标", "质量指标", "抽检合格率（12分）", "≥98%", "99%", 10, 10)
    (row,) = read(*rows).form.indicators
    assert (row.level3, row.weight) == ("抽检合格率（12分）", 10)


def test_the_name_stays_when_a_form_is_filled() -> None:
    reading = read(HEAD, ("产出指标", "质量指标", "抽检合格率（12分）", "≥98%", "99%", 10))
    (row,) = reading.form.indicators
    again = replace(reading.form, indicators=(replace(row, weight=Decimal(15), score=Decimal(11)),))
    filling = fill_edits(reading, again)
    assert filling.edits == (Edit(3, 3, "抽检合格率（15分）"), Edit(3, 6, Decimal(11)))
    assert filling.skipped == fill_edits(reading, reading.form).edits == ()


WEIGHED = (*HEAD, "分值")


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (
            (
                ("产出指标（40分）", "数量指标 10分", "培训次数", "≥5次", "6次", 10, 10),
                ("", "质量指标（30分）", "合格率", "≥90%", "95%", 30, 30),
                ("效益指标（30）", "社会效益", "知晓率", "≥90%", "95%", 30, 30),
            ),
            (("产出指标（40分）", "A3", 45), ("数量指标 10分", "B3", 15)),
        ),
        (
            (
                ("一、产出指标（10分）",),
                ("1.培训次数", "≥5次", "6次", 10, 10),
                ("二、效益指标（30分）",),
                ("1.知晓率", "≥90%", "95%", 30, 30),
            ),
            (("一、产出指标（10分）", "A3", 15),),
        ),
    ],
    ids=["in columns", "in rows of their own"],
)
def test_points_in_the_names_of_levels_are_named_where_the_data_has_others(
    rows: tuple[tuple[str | int, ...], ...], named: tuple[tuple[str, str, int], ...]
) -> None:
    head = WEIGHED if len(rows[-1]) == len(WEIGHED) else ("指标名称", *WEIGHED[3:])
    reading = read(head, *rows)
    first, *others = reading.form.indicators
    assert fill_edits(reading, reading.form).skipped == ()
    again = replace(reading.form, indicators=(replace(first, weight=Decimal(15)), *others))
    assert fill_edits(reading, again).skipped == tuple(
        f"“{text}”（{where}）里写的分值（数据中是 {points} 分）" for text, where, points in named
    )


def test_points_of_a_level_that_the_data_says_itself_are_named() -> None:
    reading = read(WEIGHED, ("产出指标（40分）", "数量指标", "培训次数", "≥5次", "6次", 10, 10))
    (row,) = reading.form.indicators
    again = replace(reading.form, indicators=(replace(row, level1="产出指标（50分）"),))
    assert fill_edits(reading, again).skipped == ("“产出指标（40分）”（A3）里写的分值（数据中是 50 分）",)


def test_points_are_no_part_of_a_level_where_a_new_indicator_looks_for_its_row() -> None:
    reading = read(
        WEIGHED,
        ("产出指标（40分）", "数量指标 10分", "", "", "", "", ""),
        ("", "质量指标", "合格率", "≥90%", "95%", 30, 30),
    )
    _, old = (None, *reading.form.indicators)
    new = replace(old, level1="产出指标", level2="数量指标", level3="培训次数")
    filling = fill_edits(reading, replace(reading.form, indicators=(new,)))
    assert filling.homeless == ()
    assert Edit(3, 3, "培训次数") in filling.edits
