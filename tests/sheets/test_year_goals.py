"""The goal of the year and what was achieved of it, in the shapes that bureaus give them."""

from __future__ import annotations

import pytest
from readback import read
from typed import grid, table

from perf_excel.forms.model import Goal

INDICATORS = """
一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
产出指标 | 数量指标 | 指甲 | ≥5件 | 6件 | 50 | 50
"""


@pytest.mark.parametrize(
    ("rows", "goal"),
    [
        (
            """
            年度总体目标 | 年初设定目标 | 调整后目标 | 全年完成情况
             | 修路5公里 | 修路8公里 | 修了8公里
            """,
            Goal("修路8公里", "修了8公里"),
        ),
        (
            """
            年度总体目标 | 年初设定目标 | 调整后目标 | 全年完成情况
             | 修路5公里 |  | 修了5公里
            """,
            Goal("修路5公里", "修了5公里"),
        ),
        (
            "年度总体目标 | 年初设定：修路5公里，绿化2处。 |  | 完成情况：修了5公里。",
            Goal("修路5公里，绿化2处。", "修了5公里。"),
        ),
        ("年度履职目标 | 修路5公里。 | 修了5公里。", Goal("修路5公里。", "修了5公里。")),
        (
            """
            中长期目标 | 路网成环
            年度目标 | 修路5公里 | 修了5公里
            """,
            Goal("修路5公里", "修了5公里"),
        ),
        (
            """
            年度主要目标 | 修路5公里
            目标完成情况 | 修了5公里
            """,
            Goal("修路5公里", "修了5公里"),
        ),
        (
            """
            年度总体目标 | 年初设定目标 | 修路5公里
             | 年中调整目标 | 修路8公里
             | 全年完成情况 | 修了8公里
            """,
            Goal("修路8公里", "修了8公里"),
        ),
        (
            """
            年度总体目标 | 年初绩效目标 | 全年（调整）绩效目标 | 全年目标实际完成情况
             | 修路5公里 | 修路8公里 | 修了8公里
            """,
            Goal("修路8公里", "修了8公里"),
        ),
        (
            """
            二、年度绩效目标 | 修路5公里
            三、目标完成情况 | 修了5公里
            """,
            Goal("修路5公里", "修了5公里"),
        ),
        (
            """
            年初整体绩效目标 | 全年（调整）整体绩效目标 | 全年整体绩效目标完成情况
            修路5公里 | 修路8公里 | 修了8公里
            """,
            Goal("修路8公里", "修了8公里"),
        ),
        ("年度目标 | 预期目标：修路5公里。 实际完成情况：修了5公里。", Goal("修路5公里。", "修了5公里。")),
    ],
)
def test_the_goal_is_read(rows: str, goal: Goal) -> None:
    form = read(
        grid(*table(f"项目支出绩效自评表\n项目名称 | 某项目\n{rows.strip()}\n{INDICATORS.strip()}"))
    ).form
    assert form.goal == goal
    assert form.unread == ()
