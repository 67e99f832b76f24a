"""处理记录: every file that was found, and what became of it; nothing is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from perf_excel.books.summary.cells import Column, Content
from perf_excel.books.summary.linking import link_to
from perf_excel.books.summary.records import number
from perf_excel.books.summary.returned_forms import STATUS_NAMES, Entry
from perf_excel.books.summary.table_sheet import Table

NAME = "处理记录"
PASSED_OVER = "没有看"
YES, NO = "是", "否"


def _paint(row: Sequence[Content]) -> dict[int, str]:
    state = row[4]
    if state == STATUS_NAMES["ok"]:
        return {4: "good"}
    return {4: "known" if state == PASSED_OVER else "doubtful" if row[3] == YES else "bad"}


TABLE = Table(
    NAME,
    "找到的每个文件各一行（一个文件里有几张表的，每张一行）：是不是计入，不计入的原因。没有看的文件也列出。",
    (
        Column("序号", 6, "count"),
        Column("文件", 46, "link"),
        Column("单位", 26),
        Column("计入", 6, "centre"),
        Column("情况", 16, "centre"),
        Column("说明", 60, "long"),
        Column("表", 28),
        Column("总分", 9, "points"),
        Column("等级", 7, "centre"),
        Column("错误", 6, "count"),
        Column("提醒", 6, "count"),
        Column("修改时间", 17, "centre"),
    ),
    2,
    _paint,
)


class Passed(NamedTuple):
    """A file that was not looked at, and why."""

    file: str
    reason: str


def rows_of(entries: Iterable[Entry], passed: Iterable[Passed], folder: Path) -> Iterator[list[Content]]:
    """Yield its rows, by the names of the files."""
    lines = [(entry.file, entry.form, entry, "") for entry in entries]
    lines += [(one.file, -1, None, one.reason) for one in passed]
    for count, (file, _, entry, reason) in enumerate(sorted(lines, key=lambda one: one[:2]), 1):
        if entry is None:
            yield [count, file, "", NO, PASSED_OVER, reason, "", None, "", None, None, ""]
            continue
        read = entry.form >= 0
        yield [
            count,
            link_to(entry, folder, file),
            entry.unit,
            YES if entry.counts else NO,
            STATUS_NAMES[entry.status],
            "；".join(filter(None, (entry.reason, entry.note))),
            entry.title,
            number(entry.total),
            entry.grade,
            entry.errors if read else None,
            entry.warnings if read else None,
            when(entry.modified),
        ]


def when(modified: float) -> str:
    """Say when a file was changed last, by this computer's clock."""
    return f"{datetime.fromtimestamp(modified).astimezone():%Y-%m-%d %H:%M:%S}" if modified else ""
