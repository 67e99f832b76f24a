"""Places of a form that are there and hold nothing: unit, year, what was achieved, the unit of measure."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from facts import PUBLISHED
from test_published import LAYOUTS, published
from typed import grid, sheet_of

from perf_excel.forms.spot import Spot
from perf_excel.rules.checks.still_blank import blank_parts
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.form_reading import Reading, read_form

HEAD = ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "实际完成值", "分值", "得分")
UNIT, YEAR, GOAL = Spot("head", 0, "unit"), Spot("head", 0, "year"), Spot("goal", 0, "achieved")
NONE: frozenset[Spot] = frozenset()


def read(sheet: Grid) -> Reading:
    return read_form(sheet, find_forms(sheet)[0])


def rows(unit: Any = "某局", year: Any = "2023", achieved: Any = "办完了", *units: Any) -> Grid:
    units = (*units, "次", "%", None)[:3]
    return grid(
        ("项目支出绩效自评表",),
        ("实施单位", unit, None, "年度", year),
        ("预期目标", None, None, "实际完成情况"),
        ("办好会议", None, None, achieved),
        HEAD,
        ("产出指标", "数量指标", "会议次数", "≥", 3, units[0], 4, 10, 10),
        ("产出指标", "质量指标", "合格率", "≥", 95, units[1], 96, 10, 10),
        ("效益指标", "社会效益指标", "环境", "定性", "改善", units[2], "改善", 10, 10),
        merges=((2, 2, 2, 3), (3, 1, 3, 3), (3, 4, 3, 9), (4, 1, 4, 3), (4, 4, 4, 9)),
    )


@pytest.mark.parametrize(
    ("sheet", "blank"),
    [
        (rows(), NONE),
        (rows(None), {UNIT}),
        (rows("  "), {UNIT}),
        (rows("某局", None), {YEAR}),
        (rows("某局", "2023", None), {GOAL}),
        (rows("某局", "2023", "办完了", None, "%"), {Spot("indicator", 0, "unit")}),
        (rows("某局", "2023", "办完了", "次", None), {Spot("indicator", 1, "unit")}),
    ],
)
def test_a_place_without_anything_is_blank(sheet: Grid, blank: frozenset[Spot]) -> None:
    assert read(sheet).form.blanks == blank
    assert len(list(blank_parts(read(sheet).form))) == len(blank)
    assert {*read(sheet).places} >= {*blank}


def test_a_year_in_the_title_is_not_missing() -> None:
    sheet = rows("某局", None)
    cells = dict(sheet.cells)
    cells[1, 1] = cells[1, 1]._replace(value="2023年度项目支出绩效自评表")
    assert read(replace(sheet, cells=cells)).form.blanks == NONE


def test_tasks_without_a_result() -> None:
    sheet = grid(
        ("部门整体自评表",),
        ("单位名称", "某局"),
        ("年度主要任务", "任务名称", "主要内容", "实际完成情况"),
        (None, "信访", "接访", "完成"),
        (None, "督查", "督查三次", None),
        (None, "培训", None, " "),
        (None, None, None, None),
        ("绩效指标",),
        ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分"),
        ("产出指标", "数量指标", "会议次数", "≥3次", "4次", 10, 10),
        merges=((3, 1, 7, 1),),
    )
    form = read(sheet).form
    assert form.blanks == {Spot("task", 1, "achieved"), Spot("task", 2, "achieved")}
    (problem,) = blank_parts(form)
    assert problem.label == "各任务"
    assert problem.message == "2 项任务的完成情况尚未填写，请补填"
    assert problem.also == (Spot("task", 2, "achieved"),)


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_a_form_has_no_place_for_is_not_missing(name: str) -> None:
    assert read(sheet_of(published(name), LAYOUTS[name])).form.blanks == NONE
