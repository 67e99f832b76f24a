"""Where the indicators end: texts behind them, and blank rows that wait for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from typed import grid

from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import read_form

TITLE = ("项目支出绩效自评表",)
HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分")
ROW = ("产出指标", "数量指标", "下访次数", "≥12次", "12次", 100, 95)
TOTAL = ("总分", "", "", "", "", 100, 95)
Merges = Sequence[Sequence[int]]


def layout(*rows: Sequence[Any], merges: Merges = ()) -> FormLayout:
    (form,) = find_forms(grid(TITLE, HEAD, *rows, merges=merges))
    return form


TEXTS = (
    ("存在问题", "办理周期偏长，群众反映强烈"),
    ("改进措施", "优化流程"),
    ("自评结论", "本项目完成较好"),
    ("其他需要说明的问题", "无"),
    ("其他需说明的事项", "无"),
    ("有关建议", "加强监控"),
)


@pytest.mark.parametrize("text", TEXTS, ids=[name for name, _ in TEXTS])
@pytest.mark.parametrize("wide", [True, False], ids=["merged", "unmerged"])
@pytest.mark.parametrize("summed", [True, False], ids=["total below", "no total"])
def test_a_text_behind_the_indicators_is_none_of_them(
    text: tuple[str, str], *, wide: bool, summed: bool
) -> None:
    form = layout(ROW, text, *([TOTAL] if summed else []), merges=[(4, 2, 4, 7)] if wide else [])
    assert form.indicators.rows == (3,)
    assert form.total_row == (5 if summed else None)


def test_any_wide_text_is_no_indicator() -> None:
    form = layout(ROW, ("绩效分析", "任务全部完成"), ROW, TOTAL, merges=[(4, 2, 4, 7)])
    assert form.indicators.rows == (3, 5)


def test_a_conclusion_with_a_grade_sums_up() -> None:
    assert layout(ROW, ("自评结论", "", "", "", "", 100, 95)).total_row == 4
    assert layout(ROW, ("自评结论", "优")).total_row == 4


def test_blank_rows_within_a_level_wait_for_indicators_without_any_total() -> None:
    rows = ("产出指标", "数量指标"), (), (), ("效益指标",)
    sheet = grid(TITLE, HEAD, *rows, merges=[(3, 1, 5, 1), (3, 2, 5, 2)])
    (form,) = find_forms(sheet)
    free = read_form(sheet, form).free
    assert free == dict.fromkeys((3, 4, 5), ("产出指标", "数量指标")) | {6: ("效益指标", "")}


def test_blank_rows_below_the_levels_wait_for_nothing() -> None:
    form = layout(ROW, (), (), ("填表人", "某某"), merges=[(3, 1, 4, 1)])
    assert form.indicators.rows == (3, 4)
