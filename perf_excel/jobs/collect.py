"""Collect (收表汇总): read whatever units sent back, hold it against what was sent, and write the summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from perf_excel.books.summary.processing_sheet import Passed
from perf_excel.books.summary.summary_book import SUMMARY, write_summary
from perf_excel.books.temporary import Stored
from perf_excel.books.xlsx.long_book import long_book
from perf_excel.errors import UserError
from perf_excel.jobs.collecting import remembering, unfinished
from perf_excel.jobs.collecting.duplicates import OnDuplicate
from perf_excel.jobs.collecting.expecting import read_expected
from perf_excel.jobs.collecting.intake import Intake, Ours
from perf_excel.jobs.collecting.judging import Judged, judge
from perf_excel.jobs.collecting.pace import Progress, Tell
from perf_excel.jobs.collecting.read_all import WORTH, Reader, read_all
from perf_excel.jobs.collecting.reading_returns import read_return
from perf_excel.jobs.collecting.spool import Spool
from perf_excel.jobs.collecting.summarising import contents_of
from perf_excel.jobs.collecting.taken_in import TakenIn
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
        intake = Intake(order.sources, Ours(order.output, order.expect), order.rules, memory)
        fresh, total = intake.count()
        if not total:
            raise UserError(f"{order.sources[0]}：里面没有可以收的文件，请核对文件夹或压缩包。")
        taken = TakenIn(spool, expected)
        progress = Progress(total, tell)
        with (workers or partial(_workers, order))(fresh) as chosen:
            progress.start()
            with unfinished.keeping(order.output, context, taken.lines):
                for record in read_all(intake.tasks(chosen), chosen, reader):
                    progress.step()
                    taken.take(record, intake.stamps.pop(record.file, None))
                    count(progress.done, total)
        judged = judge(taken.entries, expected, order.on_duplicate, taken.whole)
        tell("正在写汇总")
        passed = [*intake.passed, *taken.passed]
        contents = contents_of(taken, judged, passed, context, order.today)
        data = Stored()
        write_summary(contents, order.output.absolute().parent, order.today, data.file)
        return Collected(data, judged, passed, intake.read, intake.known)


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
