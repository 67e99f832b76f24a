"""Running numbers beside the indicators (序号) after rows came or went."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from perf_excel.books.opening import open_book
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.rows import added, removed

HEAD = ("序号", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
ROWS: tuple[tuple[str, ...], ...] = (
    ("产出指标", "数量指标", "接访批次", "≥10批", "10批", "20", "20"),
    ("", "质量指标", "按期办结率", "≥95%", "95%", "30", "30"),
    ("", "时效指标", "及时率", "≥95%", "95%", "30", "30"),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥95%", "95%", "20", "20"),
)


def saved(folder: Path, numbers: tuple[object, ...]) -> Path:
    """Save a bureau's form with these numbers before its rows."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in (("项目支出绩效自评表",), ("项目名称", None, "信访工作专项"), HEAD):
        sheet.append(line)
    for number, row in zip(numbers, ROWS, strict=True):
        sheet.append([number, *(int(text) if text.isdigit() else text or None for text in row)])
    sheet.append(["总分", None, None, None, None, None, 100, 100])
    sheet.merge_cells("A8:F8")
    path = folder / "自评表.xlsx"
    book.save(path)
    return path


def first_column(data: bytes, rows: range) -> list[object]:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(data)).active
    return [sheet.cell(row, 1).value for row in rows]


@pytest.mark.parametrize(
    ("numbers", "with_two_more", "without_the_second"),
    [
        ((1, 2, 3, 4), [1, 2, 3, 4, 5, 6], [1, 2, 3]),
        (("1", "2", "3", "4"), ["1", "2", "3", "4", "5", "6"], ["1", "2", "3"]),
        ((5, 6, 7, 8), [5, 6, 7, 8, 9, 10], [5, 6, 7]),
        # Not running numbers: nothing is counted anew.
        ((1, 2, 2, 3), [1, 2, None, None, 2, 3], [1, 2, 3]),
        (("甲", "乙", "丙", "丁"), ["甲", "乙", None, None, "丙", "丁"], ["甲", "丙", "丁"]),
        # Formulas count by themselves.
        (("=ROW()-3",) * 4, ["=ROW()-3"] * 6, ["=ROW()-3"] * 3),
    ],
)
def test_rows_are_counted_on(
    tmp_path: Path, numbers: tuple[object, ...], with_two_more: list[object], without_the_second: list[object]
) -> None:
    found = find(open_book(saved(tmp_path, numbers)), sheet=None)
    assert first_column(added(found, "按期办结率", 2).data, range(4, 10)) == with_two_more
    assert first_column(removed(found, ["按期办结率"]).data, range(4, 7)) == without_the_second
