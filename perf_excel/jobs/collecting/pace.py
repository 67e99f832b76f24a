"""How far a long job is (进度): so many of so many, how fast, how much longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

Clock = Callable[[], float]
Tell = Callable[[str], None]


@dataclass
class Progress:
    """Counts what is done and now and then tells it; the last word is told anyhow."""

    total: int
    tell: Tell
    every: float = 0.5
    """Seconds between two words."""
    clock: Clock = time.monotonic
    done: int = 0
    _start: float = field(default=-1.0, init=False)
    _said: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Begin to count the time."""
        self._start = self._said = self.clock()

    def step(self) -> None:
        """Count one more."""
        self.done += 1
        now = self.clock()
        if now - self._said >= self.every or self.done == self.total:
            self._said = now
            self.tell(self.words(now))

    def words(self, now: float) -> str:
        """Say how far it is."""
        taken = max(now - self._start, 1e-6)
        rate = self.done / taken
        left = (self.total - self.done) / rate if rate else 0.0
        rest = f"，约剩 {duration(left)}" if self.done < self.total else f"，用时 {duration(taken)}"
        return f"已处理 {self.done}/{self.total} 个文件，每秒 {rate:.1f} 个{rest}"


def duration(seconds: float) -> str:
    """Return a length of time in words."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} 秒"
    return (
        f"{whole // 60} 分 {whole % 60} 秒"
        if whole < 3600
        else f"{whole // 3600} 小时 {whole % 3600 // 60} 分"
    )
