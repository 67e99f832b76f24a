"""How far a long job is (进度): how many, how fast, how long still; to stderr, and only now and then."""

from __future__ import annotations

import sys
import time

_EVERY = 0.5
"""Seconds between two lines on a terminal."""
_EVERY_LOGGED = 10.0
"""Seconds between two lines in a file."""
_FIRST = 1.0
"""A job that takes no longer says nothing."""


class Progress:
    """Told how many are done, it says so; on a terminal in one line, which is gone at the end."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._terminal = sys.stderr.isatty()
        self._next = time.monotonic() + _FIRST
        self._shown = False
        self._first: tuple[float, int] | None = None

    def __call__(self, done: int, of: int) -> None:
        """Say how far it is, if it is time to."""
        now = time.monotonic()
        if self._first is None:
            self._first = now, done  # what had to be made ready before says nothing of the rate
            self._next = max(self._next, now + _EVERY)
        since, before = self._first
        if now < self._next or done >= of or done == before:
            return
        self._next = now + (_EVERY if self._terminal else _EVERY_LOGGED)
        line = f"{self._what} {pace(done, of, now - since, before)}"
        self._write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        self._shown = self._terminal

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._write("\r\x1b[K")

    @staticmethod
    def _write(text: str) -> None:
        print(text, end="", file=sys.stderr, flush=True)  # noqa: T201


def pace(done: int, of: int, seconds: float, before: int = 0) -> str:
    """Return how far a job is: 3/12，每秒 2 个，还要 5 秒.

    Args:
        done: how many are done.
        of: how many there are.
        seconds: how long those took that were done since ``before``.
        before: how many were done before that; fewer than ``done``.
    """
    rate = (done - before) / max(seconds, 1e-6)
    each = f"每秒 {rate:.0f} 个" if rate >= 1 else f"每个 {lasting(1 / rate)}"
    return f"{done}/{of}，{each}，还要 {lasting((of - done) / rate)}"


def lasting(seconds: float) -> str:
    """Return a length of time in words, a second at least."""
    if seconds < 60:
        return f"{max(1, round(seconds))} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分钟" if minutes < 60 else f"{minutes // 60} 小时 {minutes % 60} 分钟"
