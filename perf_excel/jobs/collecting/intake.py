"""Where returned files come in (收件): what is known of them from before need not be read again."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from perf_excel.books.summary.processing_sheet import Passed
from perf_excel.books.summary.records import FileRecord
from perf_excel.errors import UserError
from perf_excel.jobs.collecting import unfinished
from perf_excel.jobs.collecting.archive import BROKEN
from perf_excel.jobs.collecting.gathering import Item, LeftOut, gather
from perf_excel.jobs.collecting.reading_returns import Task
from perf_excel.jobs.collecting.remembering import Memory
from perf_excel.jobs.working.workers import Workers


class Ours:
    """What nobody sent back, though it may lie among the returns: the summary and what belongs to it."""

    def __init__(self, output: Path, expect: Path | None) -> None:
        """Know it by where the summary is going to be kept, and by the list of what was sent."""
        self._backups, self._suffix = f"{output.stem}.备份-", output.suffix
        self._folder = os.path.realpath(output.absolute().parent)
        self._files = {
            os.path.realpath(unfinished.place_of(output)): "这是上次没有收完时留下的记录",
            **({os.path.realpath(expect): "这是下发清单"} if expect else {}),
            os.path.realpath(output): "这就是要写的汇总",
        }

    def why_not(self, path: Path) -> str:
        """Say why a file is none that was sent back, or nothing."""
        real = os.path.realpath(path)
        if (why := self._files.get(real)) is not None:
            return why
        backup = path.name.startswith(self._backups) and path.suffix == self._suffix
        return "这是较早的汇总的备份" if backup and os.path.dirname(real) == self._folder else ""  # noqa: PTH120


class Intake:
    """Where the files come in: what is known of them is taken from memory, the rest becomes tasks."""

    def __init__(self, sources: Sequence[Path], ours: Ours, rules: str | None, memory: Memory) -> None:
        """Open it.

        Args:
            sources: folders, archives, files.
            ours: what among them nobody sent back.
            rules: the rule set that was asked for.
            memory: what is known from before.
        """
        self._sources, self._ours, self._rules, self._memory = sources, ours, rules, memory
        self.passed: list[Passed] = []
        """The files that are no returns, and why."""
        self.stamps: dict[str, str] = {}
        """By the names of the files what tells that they are as before."""
        self.read = self.known = 0

    def count(self) -> tuple[int, int]:
        """Return how many files there are to be read, and how many in all."""
        fresh = total = 0
        for item in self._gathered():
            if isinstance(item, Item):
                total += 1
                fresh += not self._memory.knows(item.name, item.stamp)
            else:
                total += item.spoiled
        return fresh, total

    def tasks(self, workers: Workers) -> Iterator[Task | FileRecord]:
        """Yield what is to be read, and the records of what need not be."""
        for item in self._gathered():
            if isinstance(item, Item):
                yield self._task(item, far=workers.far)
            elif item.spoiled:
                path = str(item.path.absolute()) if item.path else ""
                yield FileRecord(item.name, "unreadable", item.reason, "", 0.0, path, packed=True)
            else:
                self.passed.append(Passed(item.name, item.reason))

    def _gathered(self) -> Iterator[Item | LeftOut]:
        return gather(self._sources, self._ours.why_not)

    def _task(self, item: Item, *, far: bool) -> Task | FileRecord:
        path = str(item.path.absolute())
        self.stamps[item.name] = item.stamp
        known = self._memory.by_stamp(item.name, item.stamp)
        task = Task(item.name, path, item.modified, item.packed, rules=self._rules)
        data: bytes | None = None
        if known is None and (item.packed or far or len(self._memory)):
            try:
                data = item.read()
            except UserError as error:
                return _unread(task, error.in_window.removeprefix(f"{item.path.name}：").rstrip("。"))
            except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
                return _unread(task, BROKEN)
            known = self._memory.by_bytes(data)
        if known is not None:
            self.known += 1
            return known._replace(file=item.name, modified=item.modified, path=path, packed=item.packed)
        self.read += 1
        return replace(task, data=data if item.packed or far else None)


def _unread(task: Task, reason: str) -> FileRecord:
    return FileRecord(task.file, "unreadable", reason, "", task.modified, task.path, task.packed)
