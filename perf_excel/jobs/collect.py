"""Collect (收表汇总): read whatever units sent back, hold it against what was sent, and write the summary."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from perf_excel.books.summary.missing_sheet import Missing
from perf_excel.books.summary.processing_sheet import Passed
from perf_excel.books.summary.records import FileRecord, FormRecord
from perf_excel.books.summary.returned_forms import Entry, entries_of
from perf_excel.books.summary.summary_book import SUMMARY, Contents, write_summary
from perf_excel.books.temporary import Stored
from perf_excel.books.xlsx.long_book import long_book
from perf_excel.errors import UserError
from perf_excel.jobs.collecting import remembering, unfinished
from perf_excel.jobs.collecting.archive import BROKEN
from perf_excel.jobs.collecting.duplicates import OnDuplicate
from perf_excel.jobs.collecting.expecting import Expected, read_expected
from perf_excel.jobs.collecting.first_page import overview_of
from perf_excel.jobs.collecting.gathering import Item, LeftOut, gather
from perf_excel.jobs.collecting.judging import Judged, judge, look_at
from perf_excel.jobs.collecting.pace import Progress, Tell
from perf_excel.jobs.collecting.read_all import WORTH, Reader, read_all
from perf_excel.jobs.collecting.reading_returns import Task, read_return
from perf_excel.jobs.collecting.spool import Spool
from perf_excel.jobs.collecting.summary_figures import figures
from perf_excel.jobs.working.workers import Workers, cluster, usual
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.identity import SHEET as IDENTITY_SHEET
from perf_excel.sheets.identity import read_identity


def _silent(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True)
class Order:
    """What is to be collected, and how.

    ``sources`` are folders, archives, files; ``output`` is where the summary is going to be kept; ``expect``
    is the list of what was sent. ``jobs`` is how many processes read, None for as many as are worth it;
    ``dask`` the address of a cluster that reads instead.
    """

    sources: tuple[Path, ...]
    output: Path
    expect: Path | None = None
    on_duplicate: OnDuplicate = "newest"
    rules: str | None = None
    jobs: int | None = None
    dask: str | None = None
    today: date = field(default_factory=date.today)


@dataclass(frozen=True)
class Collected:
    """The summary's file, and what came of all returns."""

    data: Stored
    judged: Judged
    passed: Sequence[Passed]
    read: int
    """How many files were read; the others were as they were in the last run."""
    known: int


def _not_counted(_: int, __: int) -> None:
    """Count nothing."""


def collect(
    order: Order,
    tell: Tell = _silent,
    *,
    count: Callable[[int, int], None] = _not_counted,
    reader: Reader = read_return,
    workers: Callable[[int], AbstractContextManager[Workers]] | None = None,
) -> Collected:
    """Collect what units sent back. Nothing is written: the sources stay as they are.

    What an interrupted run had read is kept beside the summary to be (``unfinished``), and not read again;
    whoever has written the summary forgets it.

    Args:
        order: what and how.
        tell: is told how far it is.
        count: is told after each file how many are done, and of how many; may stop it all.
        reader: reads one file; runs wherever the workers are.
        workers: gives the workers for so many files, in place of those that the order asks for.

    Raises:
        UserError: a source or the list cannot be read, there is no file at all, no such rule set.
        StoppedError: it was cancelled.
    """
    context = remembering.context(order.rules)
    expected = read_expected(order.expect) if order.expect else None
    with Spool() as before, Spool() as spool:
        memory = remembering.Memory(before)
        memory.take_in(order.output, context)
        memory.take_in_rows(unfinished.kept(order.output), context)
        desk = _Desk(order, memory)
        fresh, total = desk.count()
        if not total:
            raise UserError(f"{order.sources[0]}：里面没有可以收的文件，请核对文件夹或压缩包。")
        progress = Progress(total, tell)
        chosen_by = workers or partial(_workers, order)
        entries: list[Entry] = []
        stamps: list[tuple[str, int]] = []
        with chosen_by(fresh) as chosen:
            progress.start()
            with unfinished.keeping(
                order.output, context, lambda: ((stamp, spool.line(number)) for stamp, number in stamps)
            ):
                for record in read_all(desk.tasks(chosen), chosen, reader):
                    progress.step()
                    number = spool.put(record)
                    if record.digest:
                        stamps.append((desk.stamps.pop(record.file), number))
                    if record.kind == "own":
                        desk.passed.append(Passed(record.file, record.reason))
                    else:
                        found = entries_of(number, record)
                        for entry, form in zip(found, record.forms, strict=False):
                            look_at(entry, form, expected)
                        entries += found
                    count(progress.done, total)
        judged = judge(
            entries, expected, order.on_duplicate, lambda entry: spool.get(entry.number).forms[entry.form]
        )
        tell("正在写汇总")
        contents = _contents(order, judged, expected, spool, desk.passed)
        stamped = ((stamp, spool.line(number)) for stamp, number in stamps)
        contents = replace(contents, remembered=lambda: remembering.rows(context, stamped))
        folder = order.output.absolute().parent
        data = Stored()
        write_summary(contents, folder, order.today, data.file)
        return Collected(data, judged, desk.passed, desk.read, desk.known)


def is_ours(path: Path) -> bool:
    """Whether a file is a summary that this program wrote."""
    try:
        with long_book(path) as book:
            if book is None or IDENTITY_SHEET not in book.sheets:
                return False
            rows = dict(book.rows(IDENTITY_SHEET))
    except UserError:
        return False
    cells = {(row, column): cell for row, own in rows.items() for column, cell in own.items()}
    identity = read_identity(Grid(IDENTITY_SHEET, cells))
    return identity is not None and identity.form == SUMMARY


def _workers(order: Order, files: int) -> AbstractContextManager[Workers]:
    return cluster(order.dask) if order.dask else nullcontext(usual(order.jobs, files, WORTH))


class _Desk:
    """Where the files come in: what is known of them is taken from memory, the rest becomes tasks."""

    def __init__(self, order: Order, memory: remembering.Memory) -> None:
        self._order = order
        self._memory = memory
        self.passed: list[Passed] = []
        self.stamps: dict[str, str] = {}
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
        order = self._order
        output = os.path.realpath(order.output)
        backups = f"{order.output.stem}.备份-"
        folder = os.path.realpath(order.output.absolute().parent)
        expect = os.path.realpath(order.expect) if order.expect else ""
        left = os.path.realpath(unfinished.place_of(order.output))

        def passed_over(path: Path) -> str:
            real = os.path.realpath(path)
            if real == output:
                return "这就是要写的汇总"
            if expect and real == expect:
                return "这是下发清单"
            if real == left:
                return "这是上次没有收完时留下的记录"
            kept = path.name.startswith(backups) and path.suffix == order.output.suffix
            return "这是较早的汇总的备份" if kept and os.path.dirname(real) == folder else ""  # noqa: PTH120

        yield from gather(order.sources, passed_over)

    def _task(self, item: Item, *, far: bool) -> Task | FileRecord:
        path = str(item.path.absolute())
        self.stamps[item.name] = item.stamp
        known = self._memory.by_stamp(item.name, item.stamp)
        task = Task(item.name, path, item.modified, item.packed, rules=self._order.rules)
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


def _empty(judged: Judged, missing: Sequence[Missing]) -> frozenset[str]:
    """The heads of columns in which nothing would stand: where no form is a project's, say."""
    heads = {"项目": "project", "上级单位": "superior", "单位代码": "code", "应交的表": "form"}
    lines = (*judged.entries, *missing)
    return frozenset(head for head, name in heads.items() if not any(getattr(one, name, "") for one in lines))


def _shown(spool: Spool, entry: Entry) -> FormRecord:
    return spool.shown(entry.number).forms[entry.form]


def _contents(
    order: Order, judged: Judged, expected: Expected | None, spool: Spool, passed: Sequence[Passed]
) -> Contents:
    counted = [entry for entry in judged.entries if entry.counts]
    computed = figures(((entry, _shown(spool, entry)) for entry in counted), judged.entries)
    ordered = [one.entry for one in computed.ranked]
    missing = [
        Missing(due.unit, due.code, due.superior, due.form, due.project, due.year, reason, due.contacts)
        for due, reason in judged.missing
    ]
    heads = dict.fromkeys(head for due in (expected.dues if expected else ()) for head in due.contacts)
    return Contents(
        overview=overview_of(judged, computed, order.today, listed=expected is not None),
        ranked=computed.ranked,
        levels=computed.levels,
        forms=lambda: ((entry, _shown(spool, entry)) for entry in ordered),
        entries=judged.entries,
        missing=missing,
        contacts=list(heads),
        listed=expected is not None,
        passed=passed,
        remembered=tuple,
        memory_sheet=remembering.SHEET,
        empty=_empty(judged, missing),
    )
