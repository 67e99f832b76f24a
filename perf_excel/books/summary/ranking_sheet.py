"""得分排名: every form that counts, best first, with the points of each first level (一级指标)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from perf_excel.books.summary.cells import Column, Content
from perf_excel.books.summary.linking import link_to
from perf_excel.books.summary.records import number
from perf_excel.books.summary.returned_forms import STATUS_NAMES, Entry
from perf_excel.books.summary.table_sheet import Table

NAME = "得分排名"
MOST_LEVELS = 12
OTHERS = "其他一级指标"
UNRANKED = "不排名的原因"
_NOTE = (
    "同一种表内按总分排名，总分由程序按规则计算；“表填总分”是单位自己填的，两者不同的涂色。"
    "还有未计分的行的、改动了分值或指标值等（得分与别家不可比）的不排名，也不计入“总览”的平均得分和各项统计。"
)


class Ranked(NamedTuple):
    """A form, its rank among those of its kind (None for one that is not ranked), its levels' points."""

    entry: Entry
    rank: int | None
    levels: Mapping[str, Decimal]


def table_of(levels: Sequence[str]) -> Table:
    """Return the table with a column for each first level."""
    columns = (
        Column("表种", 10, "centre"),
        Column("名次", 6, "count"),
        Column("单位", 28),
        Column("上级单位", 18),
        Column("项目", 24),
        Column("年度", 7, "count"),
        Column("总分", 9, "points"),
        Column("表填总分", 9, "points"),
        Column("等级", 7, "centre"),
        *(Column(f"{name or '未分级'}得分", 11, "points") for name in levels),
        Column("错误", 6, "count"),
        Column("提醒", 6, "count"),
        Column("情况", 14, "centre"),
        Column(UNRANKED, 34),
        Column("文件", 44, "link"),
    )
    after = len(columns)

    def paint(row: Sequence[Content]) -> dict[int, str]:
        looks: dict[int, str] = {}
        if isinstance(row[6], Decimal) and isinstance(row[7], Decimal) and row[6] != row[7]:
            looks[7] = "doubtful"
        if row[after - 5]:
            looks[after - 5] = "bad"
        if row[after - 3] != STATUS_NAMES["ok"]:
            looks[after - 3] = "doubtful"
        if row[after - 2]:
            looks[after - 2] = "doubtful"
        return looks

    return Table(NAME, _NOTE, columns, 3, paint)


def rows_of(ranked: Iterable[Ranked], levels: Sequence[str], folder: Path) -> Iterator[list[Content]]:
    """Yield its rows."""
    for entry, rank, points in ranked:
        yield [
            entry.form_name,
            rank,
            entry.unit,
            entry.superior,
            entry.project,
            entry.year,
            number(entry.total) if entry.total else "无得分",
            number(entry.printed),
            entry.grade or ("未计完" if entry.total else ""),
            *(points.get(name) for name in levels),
            entry.errors,
            entry.warnings,
            STATUS_NAMES[entry.status],
            entry.unranked,
            link_to(entry, folder, entry.file.rpartition("/")[2]),
        ]
