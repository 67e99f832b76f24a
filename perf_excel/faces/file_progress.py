"""How far a long job has come (进度): one line on the screen, with count, rate and the time that is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

_EVERY = 0.2
"""Seconds between two lines: a terminal is slow."""
_FEW = 20
"""So many files are done before anybody asks how long they take."""


class FileProgress:
    """A line that is written over again and again; silent where nobody looks (a pipe, a file)."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._start = self._last = time.monotonic()
        self._shown = False

    def __call__(self, done: int, of: int) -> None:
        """Say how many are done."""
        now = time.monotonic()
        if of < _FEW or not sys.stderr.isatty() or (now - self._last < _EVERY and done < of):
            return
        self._last, taken = now, now - self._start
        rate = done / taken if taken else 0.0
        left = f"，每秒 {rate:.0f} 份，还需 {(of - done) / rate:.0f} 秒" if rate else ""
        self._write(f"\r{self._doing} {done}/{of}{left}  ")
        self._shown = True

    def close(self) -> None:
        """Leave the line behind."""
        if self._shown:
            self._write("\n")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


@contextmanager
def file_progress(doing: str) -> Generator[FileProgress]:
    """Show how far a job has come while it goes on."""
    line = FileProgress(doing)
    try:
        yield line
    finally:
        line.close()
