"""改动清单: what units changed of the forms that they were sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from perf_excel.books.summary.cells import Column, Content
from perf_excel.books.summary.linking import link_to
from perf_excel.books.summary.returned_forms import Entry
from perf_excel.books.summary.table_sheet import Table

NAME = "改动清单"
BARRED, ALLOWED = "不该改", "可以改"


def _paint(row: Sequence[Content]) -> dict[int, str]:
    return {4: "bad" if row[4] == BARRED else "good"}


TABLE = Table(
    NAME,
    "交回的表与下发时相比，公式、分值、指标值、表头、行列等的改动；单位该填的格不算。增加、删除行在表允许时不算违规。",
    (
        Column("序号", 6, "count"),
        Column("单位", 26),
        Column("表种", 10, "centre"),
        Column("项目", 18),
        Column("性质", 8, "centre"),
        Column("改动", 14, "centre"),
        Column("位置", 18, "link"),
        Column("下发时位置", 16, "centre"),
        Column("内容", 30, "long"),
        Column("下发时", 24, "long"),
        Column("交回时", 24, "long"),
        Column("文件", 30),
    ),
    2,
    _paint,
)


def rows_of(entries: Iterable[Entry], folder: Path) -> Iterator[list[Content]]:
    """Yield its rows: those of forms that count."""
    count = 0
    for entry in entries:
        for one in entry.changes if entry.counts else ():
            count += 1
            sheet, _, cell = one.cell.rpartition("!")
            yield [
                count,
                entry.unit,
                entry.form_name,
                entry.project,
                ALLOWED if one.allowed else BARRED,
                one.kind,
                link_to(entry, folder, one.cell, sheet, cell) if one.cell else "（已不在）",
                one.was,
                one.what,
                one.sent,
                one.returned,
                entry.file,
            ]
