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
    assert fill_edits(reading, again).edits == (Edit(3, 6, Decimal(11)),)
    assert fill_edits(reading, reading.form).edits == ()
