"""Where the workbooks of a pack are made and written (做表的工作台), in this process or in others."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial

from perf_excel.errors import UserError
from perf_excel.jobs.sending.delivery import Delivery
from perf_excel.jobs.sending.own_values import Recipient
from perf_excel.jobs.sending.preparing import Prepared
from perf_excel.jobs.working.in_order import in_order
from perf_excel.jobs.working.workers import usual
from perf_excel.sheets.sent_pack import SentBook

_EACH = 64
"""So many workbooks go to a process at a time: each takes a fraction of a millisecond."""


@dataclass(frozen=True, slots=True)
class Job:
    """A workbook to be made: of which template, for whom, and its path in the pack."""

    template: int
    recipient: Recipient
    file: str


@dataclass(frozen=True, slots=True)
class Bench:
    """Templates, ready, and where the files go."""

    templates: Sequence[Prepared]
    out: Delivery

    def make(self, job: Job) -> SentBook | Exception:
        """Make and write a workbook; return what the list says of it, or what kept it from being written."""
        prepared, one = self.templates[job.template], job.recipient
        try:
            made = prepared.make(one)
            self.out.write(job.file, made.data)
        except (UserError, OSError) as error:
            return error
        return SentBook(
            job.file, prepared.name, one.unit, one.code, one.year, one.project, one.superior,
            made.fingerprint, made.values, one.contacts,
        )  # fmt: skip


def all_made(bench: Bench, jobs: Sequence[Job], processes: int | None = None) -> Generator[SentBook]:
    """Make and write workbooks; yield what the list says of each, in order.

    Args:
        bench: the templates, and where the files go.
        jobs: the workbooks.
        processes: how many processes make them; by default this one, since writing files takes longest, and
            two that write into one folder wait for each other.

    Raises:
        UserError: a workbook cannot be made.
        OSError: it cannot be written.
    """
    workers = usual(processes or 1, len(jobs), 0, partial(_settle, bench))
    work = bench.make if workers.count == 1 else _made_there
    for made in in_order(jobs, workers, work, _lost, _EACH, to_the_end=True):
        if isinstance(made, Exception):
            raise made
        yield made


_THERE: list[Bench] = []
"""The bench of a process that does nothing but make workbooks."""


def _settle(bench: Bench) -> None:
    _THERE[:] = [bench]


def _made_there(job: Job) -> SentBook | Exception:
    return _THERE[0].make(job)


def _lost(job: Job) -> Exception:
    return UserError(
        f"{job.file}：做这个文件时工作进程两次意外结束（可能是内存不足），没有下发任何文件；"
        "请关闭其他程序后重试。"
    )
