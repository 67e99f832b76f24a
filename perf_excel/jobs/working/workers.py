"""Who does long work (工作进程): this process, several, or a cluster; the answer is the same (in_order)."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from perf_excel.errors import UserError

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

P = ParamSpec("P")
T = TypeVar("T")
Begin = Callable[[], object]
"""What each process does before its first work."""


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


def processes(count: int, begin: Begin | None = None) -> Workers:
    """Return so many processes on this computer; what ``begin`` holds goes to each of them once."""
    return Workers(partial(_pool, begin), count)


def _pool(begin: Begin | None, count: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(count, mp_context=_context(), initializer=_deaf, initargs=(begin,))


def _context() -> BaseContext:
    """How processes are started: forked, which is quickest, only where no thread would be cut off halfway.

    The window works in threads, and Windows has no other way than to start anew.
    """
    import multiprocessing

    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if alone else "spawn")


def _deaf(begin: Begin | None) -> None:
    """Leave Ctrl-C to the process that started this one."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if begin:
        begin()


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


def usual(jobs: int | None, count: int, worth: int, begin: Begin | None = None) -> Workers:
    """Return the workers for so much work.

    Args:
        jobs: how many processes were asked for; None for as many as the computer has use for.
        count: how many files there are.
        worth: from how many files on starting processes costs less than it saves.
        begin: what each process does first.
    """
    wanted = jobs or (min(os.cpu_count() or 1, 8) if count >= worth else 1)
    return here() if wanted == 1 else processes(wanted, begin)
