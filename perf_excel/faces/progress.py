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
        rate = (done - before) / max(now - since, 1e-6)
        line = f"{self._what} {done}/{of}，每秒 {rate:.0f} 个，还要 {_lasting((of - done) / rate)}"
        self._write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        self._shown = self._terminal

    def end(self) -> None:
        """Clear the line."""
        if self._shown:
            self._write("\r\x1b[K")

    @staticmethod
    def _write(text: str) -> None:
        print(text, end="", file=sys.stderr, flush=True)  # noqa: T201


def _lasting(seconds: float) -> str:
    if seconds < 60:
        return f"{max(1, round(seconds))} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分钟" if minutes < 60 else f"{minutes // 60} 小时 {minutes % 60} 分钟"
