"""Collecting what a thousand units sent back, beside expat and pandas, with one and two jobs, in one run.

Processor time where one process works: what else the computer does falls out of the multiples. With ``--all``
ten and fifty thousand files are collected, too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd  # pyright: ignore[reportMissingTypeStubs]
from form_file import tokenise
from returned_files import FORM_PARTS, Returned, returned
from timing import seconds

from perf_excel.books.summary.records import FileRecord
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.jobs.collect import Order, collect
from perf_excel.jobs.collecting.reading_returns import Task, read_return

UNITS = 1000
MANY = (10_000, 50_000)
_USUAL = 15
"""So many files are read by pandas: it takes long enough."""
_WARM = 20


def run() -> list[str]:
    """Measure and return the lines to print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = returned(folder / "一千", UNITS)
        lines = [_of_files(found), *_of_jobs(found)]
    return [*lines, *(_of_many() if "--all" in sys.argv else ())]


def _of_files(found: Returned) -> str:
    """Each file by itself, turn about, so that a slow moment hits all ways alike."""
    files = sorted(found.folder.iterdir())
    tasks = [Task(file.name, str(file), 0.0) for file in files]
    sheet = next(iter(Workbook.open(files[0]).sheets))
    for file, task in zip(files[:_WARM], tasks, strict=False):
        tokenise(file, FORM_PARTS)
        Workbook.open(file).grid(sheet)
        read_return(task)
    tokens = read = whole = usual = 0.0
    records: dict[str, FileRecord] = {}

    def collected(task: Task) -> None:
        records[task.file] = read_return(task)

    for number, (file, task) in enumerate(zip(files, tasks, strict=True)):
        tokens += seconds(lambda: tokenise(file, FORM_PARTS), time.process_time)  # noqa: B023
        read += seconds(lambda: Workbook.open(file).grid(sheet), time.process_time)  # noqa: B023
        whole += seconds(lambda: collected(task), time.process_time)  # noqa: B023
        if number < _USUAL:
            usual += seconds(lambda: _pandas(file, sheet), time.process_time)  # noqa: B023
    order = Order((found.folder,), found.folder.parent / "没有写.xlsx", found.listed, jobs=1)
    rest = seconds(lambda: collect(order, reader=lambda task: _known(records, task)), time.process_time)
    pandas = usual / _USUAL * UNITS
    return (
        f"收表 {UNITS} 份：只读表每份 {read / UNITS * 1e3:.2f} ms，为 expat 逐词扫描同样部件的 "
        f"{read / tokens:.2f} 倍，比 pandas+openpyxl 快 {pandas / read:.0f} 倍；"
        f"读、认、打分、校验、取指纹每份 {whole / UNITS * 1e3:.1f} ms，为 expat 的 {whole / tokens:.1f} 倍；"
        f"核对、写汇总.xlsx 共 {rest:.1f} 秒，每份 {rest / UNITS * 1e3:.1f} ms"
    )


def _known(records: dict[str, FileRecord], task: Task) -> FileRecord:
    return records[task.file]._replace(file=task.file, path=task.path, modified=task.modified)


def _pandas(file: Path, sheet: str) -> None:
    pd.read_excel(file, sheet_name=sheet, header=None, engine="openpyxl")  # pyright: ignore[reportUnknownMemberType]


def _of_jobs(found: Returned) -> Iterator[str]:
    """The command itself, with one process and with two."""
    alone = _command(found, 1)
    both = _command(found, 2)
    yield alone.said(UNITS)
    yield (
        f"2 个进程：{both.wall:.1f} 秒，1 个进程的 {alone.wall / both.wall:.2f} 倍快"
        f"（处理器时间共 {both.cpu:.1f} 秒；电脑忙着别的时，只有处理器时间说得准）"
    )


class _Cost(NamedTuple):
    """What a command took: seconds, seconds of the processor, and megabytes at most."""

    wall: float
    cpu: float
    memory: float

    def said(self, count: int) -> str:
        return (
            f"collect 命令 {count} 份，1 个进程：{self.wall:.1f} 秒，"
            f"处理器时间每份 {self.cpu / count * 1e3:.1f} ms，内存最多 {self.memory:.0f} MB"
        )


def _command(found: Returned, jobs: int) -> _Cost:
    target = found.folder.parent / "汇总.xlsx"
    target.unlink(missing_ok=True)
    arguments = ["collect", str(found.folder), "--expect", str(found.listed), "-o", str(target)]
    begun = time.perf_counter()
    program = os.posix_spawn(
        sys.executable,
        [sys.executable, "-m", "perf_excel", *arguments, "--jobs", str(jobs)],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, _, used = os.wait4(program, 0)
    return _Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _of_many() -> Iterator[str]:
    for count in MANY:
        with tempfile.TemporaryDirectory() as name:
            yield _command(returned(Path(name) / "许多", count), 1).said(count)


if __name__ == "__main__":
    print("\n".join(run()))
