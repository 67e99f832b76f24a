"""All returned files read (读全部回收的表), by whatever workers; none is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from perf_excel.books.summary.records import FileRecord
from perf_excel.jobs.collecting.reading_returns import Task, read_return
from perf_excel.jobs.working.in_order import Known, in_order
from perf_excel.jobs.working.workers import Workers

Reader = Callable[[Task], FileRecord]
WORTH = 40
"""From so many files on, starting processes costs less than it saves."""
_TOLD = "处理这个文件时工作进程两次意外结束（可能是内存不足），没有读取，请单独打开检查"


def read_all(
    tasks: Iterable[Task | FileRecord], workers: Workers, reader: Reader = read_return
) -> Iterator[FileRecord]:
    """Yield the record of every task in order; a record among them is one that is known already."""
    known = (task if isinstance(task, Task) else Known(task) for task in tasks)
    return in_order(known, workers, reader, _lost)


def _lost(task: Task) -> FileRecord:
    return FileRecord(task.file, "unreadable", _TOLD, "", task.modified, task.path, task.packed)
