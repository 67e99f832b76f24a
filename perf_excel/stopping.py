"""Stopping a long job (取消): whoever runs it sets a flag, whatever takes long looks at it now and then."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event

from perf_excel.errors import UserError

_STOP: ContextVar[Event | None] = ContextVar("stop", default=None)


class StoppedError(UserError):
    """The user cancelled a job; nothing was written, unless the sentence says so."""

    def __init__(self, sentence: str = "已取消，没有改动任何文件。") -> None:
        super().__init__(sentence)


@contextmanager
def stopped_by(flag: Event) -> Generator[None]:
    """Let a flag stop what runs inside, in this thread."""
    token = _STOP.set(flag)
    try:
        yield
    finally:
        _STOP.reset(token)


def stop_if_asked() -> None:
    """Go on, unless the user has cancelled.

    Raises:
        StoppedError: the flag is set.
    """
    flag = _STOP.get()
    if flag is not None and flag.is_set():
        raise StoppedError
