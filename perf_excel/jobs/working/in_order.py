"""Work handed out, its answers in order (按序收回), whoever does it and however many they are.

What takes its worker down with it (one that was killed, a computer that went away) is tried once more, by
itself; what does so twice is said to be lost.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from perf_excel.jobs.working.workers import Workers

T = TypeVar("T")
R = TypeVar("R")
_BATCHES = 2
"""So many batches wait for a worker: enough to keep it busy, and few enough to hold what they carry."""
_MOST_KNOWN = 64
"""So many answers that are known wait for a batch to be full."""


@dataclass(frozen=True, slots=True)
class Known(Generic[R]):
    """An answer that nobody has to work for; it takes its place among the others."""

    answer: R


def in_order(
    tasks: Iterable[T | Known[R]],
    workers: Workers,
    work: Callable[[T], R],
    lost: Callable[[T], R],
    each: int = 4,
    *,
    to_the_end: bool = False,
) -> Iterator[R]:
    """Yield the answer to every task in order. Only so many are asked for as the workers can take.

    Args:
        tasks: what is to be done, and answers that are known already.
        workers: who does it.
        work: does one task; a function that another process finds by its name, but for workers in this one.
        lost: the answer to a task that ends its worker each time.
        each: how many tasks go to a worker at a time.
        to_the_end: whether who stops asking waits for what is being done, since that writes files.
    """
    each, most = (each, _BATCHES * workers.count) if workers.count > 1 else (1, 1)
    desk = _Desk(workers, work, lost)
    waiting = deque[_Batch[T, R]]()
    try:
        for batch in _batches(tasks, each):
            desk.submit(batch)
            waiting.append(batch)
            while len(waiting) >= most:
                yield from desk.answers(waiting.popleft())
        while waiting:
            yield from desk.answers(waiting.popleft())
    finally:
        desk.close(wait=to_the_end)


class _Batch(Generic[T, R]):
    """Tasks that go to a worker together, and answers that are known between them."""

    def __init__(self) -> None:
        self.items: list[T | Known[R]] = []
        self.tasks: list[T] = []
        self.answers: Future[list[R]] | None = None


def _batches(tasks: Iterable[T | Known[R]], each: int) -> Iterator[_Batch[T, R]]:
    batch = _Batch[T, R]()
    for task in tasks:
        batch.items.append(task)
        if not isinstance(task, Known):
            batch.tasks.append(task)
        if len(batch.tasks) == each or len(batch.items) == _MOST_KNOWN:
            yield batch
            batch = _Batch[T, R]()
    if batch.items:
        yield batch


def _worked(work: Callable[[T], R], tasks: list[T]) -> list[R]:
    return [work(task) for task in tasks]


class _Desk(Generic[T, R]):
    """Where tasks are handed out and answers come in."""

    def __init__(self, workers: Workers, work: Callable[[T], R], lost: Callable[[T], R]) -> None:
        self._workers, self._work, self._lost = workers, work, lost
        self._executor: Executor | None = None
        self._single: Executor | None = None

    def submit(self, batch: _Batch[T, R]) -> None:
        """Hand out the tasks of a batch; where the workers are gone, to new ones."""
        for _ in range(2 if batch.tasks else 0):
            if self._executor is None:
                self._executor = self._workers.make(self._workers.count)
            try:
                batch.answers = self._executor.submit(_worked, self._work, batch.tasks)
            except RuntimeError:  # a broken pool, or one that was closed
                self._drop()
            else:
                return

    def answers(self, batch: _Batch[T, R]) -> Iterator[R]:
        """Wait for the answers of a batch; where none come, let each of its tasks be tried by itself."""
        came: Iterator[R] | None = None
        try:
            came = iter(batch.answers.result()) if batch.answers else None
        except (Exception, CancelledError):  # noqa: BLE001  (whatever it was, each is tried once more)
            came = None
        for item in batch.items:
            if isinstance(item, Known):
                yield cast("Known[R]", item).answer
            else:
                yield next(came) if came else self._again(item)

    def _again(self, task: T) -> R:
        """Do a task by itself; twice, for the first time it may have been another one's fault."""
        for _ in range(2):
            try:
                if self._single is None:
                    self._single = self._workers.make(1)
                return self._single.submit(self._work, task).result()
            except (Exception, CancelledError):  # noqa: BLE001
                if self._single is not None:
                    _leave(self._single)
                self._single = None
        return self._lost(task)

    def _drop(self) -> None:
        if self._executor is not None:
            _leave(self._executor)
        self._executor = None

    def close(self, *, wait: bool) -> None:
        """Send everybody home; what nobody asks for any more is not begun."""
        for executor in (self._executor, self._single):
            if executor is not None:
                _leave(executor, wait=wait)


def _leave(executor: Executor, *, wait: bool = False) -> None:
    with contextlib.suppress(Exception):
        executor.shutdown(wait=wait, cancel_futures=True)
