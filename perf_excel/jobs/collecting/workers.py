"""Who reads the files (工作进程): this process, several, or a cluster; the answer is the same, in order.

Whatever takes a file down with it (a worker that was killed, a computer that went away) is tried once more,
by itself; a file that does so twice is named.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, replace
from typing import Any, ParamSpec, TypeVar

from perf_excel.books.summary.records import FileRecord
from perf_excel.errors import UserError
from perf_excel.jobs.collecting.reading_returns import Task, read_return

P = ParamSpec("P")
T = TypeVar("T")
Reader = Callable[[Task], FileRecord]

_EACH = 8
"""So many files wait for a worker: enough to keep it busy, and few enough to hold their bytes."""
_MOST_READY = 256
"""So many records wait for one that is slow."""
_WORTH = 40
"""From so many files on, starting processes costs less than it saves."""
_LOST = "处理这个文件时工作进程两次意外结束（可能是内存不足），没有读取，请单独打开检查"


class InProcess(Executor):
    """The executor that works at once, here."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do it; what goes wrong is kept for whoever asks for the result, but for Ctrl-C."""
        future = Future[T]()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (as every executor does)
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Workers:
    """How to get workers: ``make`` starts so many of them. ``far`` ones cannot see this computer's files."""

    make: Callable[[int], Executor]
    count: int = 1
    far: bool = False


def here() -> Workers:
    """Return this process as the only worker."""
    return Workers(lambda _: InProcess())


def processes(count: int) -> Workers:
    """Return so many processes on this computer."""
    return Workers(_pool, count)


def _pool(count: int) -> Executor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Not forked: the window's threads would be cut off halfway, and Windows has no other way.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_deaf)


def _deaf() -> None:
    """Leave Ctrl-C to the process that started this one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def cluster(address: str) -> Generator[Workers]:
    """Return the workers of a Dask cluster (分布式集群), by the address of its scheduler.

    Raises:
        UserError: the package is not installed, or nobody answers there.
    """
    try:
        from distributed import Client  # pyright: ignore[reportMissingTypeStubs]
    except ImportError:
        raise UserError(
            "--dask 需要另外安装 distributed（pip install 'perf-excel[dask]'）；"
            "只有一台电脑时用 --jobs 即可。"
        ) from None
    try:
        client: Any = Client(address, timeout=10)
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(
            f"{address}：连不上 Dask 调度器（{type(error).__name__}），请核对地址（如 tcp://主机:8786）。"
        ) from None
    try:
        threads: int = sum(client.nthreads().values())
        if not threads:
            raise UserError(f"{address}：这个 Dask 集群现在没有工作进程，请先启动 dask worker。")
        yield Workers(lambda _: client.get_executor(pure=False), threads, far=True)
    finally:
        client.close()


def usual(jobs: int | None, files: int) -> Workers:
    """Return so many processes as were asked for, else as many as the computer can use for these files."""
    count = jobs or (min(os.cpu_count() or 1, 8) if files >= _WORTH else 1)
    return here() if count == 1 else processes(count)


def read_all(
    tasks: Iterable[Task | FileRecord], workers: Workers, reader: Reader = read_return
) -> Iterator[FileRecord]:
    """Yield the record of every task in order; a record among them is one that is known already.

    Only so many files are asked for as the workers can take.
    """
    desk = _Desk(workers, reader)
    waiting = deque[FileRecord | tuple[Task, Future[FileRecord]]]()
    asked, most = 0, workers.count * _EACH if workers.count > 1 else 1
    try:
        for task in tasks:
            if isinstance(task, Task):
                waiting.append((task, desk.submit(task)))
                asked += 1
            else:
                waiting.append(task)
            while waiting and (
                asked >= most or len(waiting) > _MOST_READY or isinstance(waiting[0], FileRecord)
            ):
                first = waiting.popleft()
                asked -= not isinstance(first, FileRecord)
                yield first if isinstance(first, FileRecord) else desk.answer(*first)
        while waiting:
            first = waiting.popleft()
            yield first if isinstance(first, FileRecord) else desk.answer(*first)
    finally:
        desk.close()


class _Desk:
    """Where tasks are handed out and answers come in."""

    def __init__(self, workers: Workers, reader: Reader) -> None:
        self._workers = workers
        self._reader = reader
        self._executor: Executor | None = None
        self._single: Executor | None = None

    def submit(self, task: Task) -> Future[FileRecord]:
        """Hand out a task; where the workers are gone, to new ones."""
        for _ in range(2):
            if self._executor is None:
                self._executor = self._workers.make(self._workers.count)
            try:
                return self._executor.submit(self._reader, task)
            except RuntimeError:  # a broken pool, or one that was closed
                self._drop()
        failed = Future[FileRecord]()
        failed.set_exception(RuntimeError("no workers"))
        return failed

    def answer(self, task: Task, future: Future[FileRecord]) -> FileRecord:
        """Wait for an answer; where none comes, let the file be read once more, by itself."""
        try:
            return future.result()
        except (Exception, CancelledError):  # noqa: BLE001  (a reader puts its own errors into the record)
            return self._again(task)

    def _again(self, task: Task) -> FileRecord:
        """Read a file by itself; twice, for the first time it may have been another one's fault."""
        for _ in range(2):
            try:
                if self._single is None:
                    self._single = self._workers.make(1)
                return self._single.submit(self._reader, task).result()
            except (Exception, CancelledError):  # noqa: BLE001
                if self._single is not None:
                    _leave(self._single)
                self._single = None
        return FileRecord(task.file, "unreadable", _LOST, "", task.modified, task.path, task.packed)

    def _drop(self) -> None:
        if self._executor is not None:
            _leave(self._executor)
        self._executor = None

    def close(self) -> None:
        """Send everybody home, without waiting for what nobody asks for any more."""
        for executor in (self._executor, self._single):
            if executor is not None:
                _leave(executor)


def _leave(executor: Executor) -> None:
    with contextlib.suppress(Exception):
        executor.shutdown(wait=False, cancel_futures=True)


def shipped(task: Task, data: bytes) -> Task:
    """Return a task that carries the file's bytes with it."""
    return replace(task, data=data)
