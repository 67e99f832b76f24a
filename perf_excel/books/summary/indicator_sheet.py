"""指标明细: one row for each indicator of each form that counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perf_excel.books.summary.cells import Column, Content
from perf_excel.books.summary.records import FormRecord, number
from perf_excel.books.summary.returned_forms import Entry
from perf_excel.books.summary.table_sheet import Table

NAME = "指标明细"


def _paint(row: Sequence[Content]) -> dict[int, str]:
    weight, printed, points = row[8], row[9], row[10]
    looks: dict[int, str] = {}
    if isinstance(printed, Decimal) and isinstance(points, Decimal) and printed != points:
        looks[9] = "doubtful"
    if isinstance(points, Decimal) and isinstance(weight, Decimal) and points < weight:
        looks[10] = "known"
    return looks


TABLE = Table(
    NAME,
    "每个指标一行，可按单位、指标筛选。“得分”由程序按规则计算，低于分值的涂蓝；表填的得分与它不同的涂黄。",
    (
        Column("单位", 26),
        Column("表种", 10, "centre"),
        Column("项目", 20),
        Column("一级指标", 15),
        Column("二级指标", 20),
        Column("指标", 32),
        Column("指标值", 16, "centre"),
        Column("实际完成值", 16, "centre"),
        Column("分值", 7, "points"),
        Column("表填得分", 8, "points"),
        Column("得分", 8, "points"),
        Column("得分率", 9, "percent"),
        Column("偏差度", 10, "centre"),
        Column("偏差原因分析及改进措施", 44, "long"),
        Column("单元格", 8, "centre"),
    ),
    1,
    _paint,
)


def rows_of(entry: Entry, form: FormRecord) -> Iterator[list[Content]]:
    """Yield the rows of a form."""
    named = [entry.unit, entry.form_name, entry.project]
    for row in form.indicators:
        weight, points = number(row.weight), number(row.points)
        yield [
            *named,
            row.level1,
            row.level2,
            row.name,
            row.target,
            row.actual,
            weight,
            number(row.score),
            points,
            points / weight if weight and points is not None else None,
            row.deviation,
            row.reason,
            row.cell,
        ]
