"""Long work beside the window (后台任务): a thread for the job, its progress and result back."""

from __future__ import annotations

import logging
import queue
import threading
import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from perf_excel.errors import UserError
from perf_excel.faces.progress import pace
from perf_excel.stopping import stop_if_asked, stopped_by

Result = TypeVar("Result")
Report = Callable[[int, int, str], None]
"""Called by a job between its parts: how many are done, of how many, and what comes next."""

_LOOK_EVERY = 50
_TELL_EVERY = 0.1
"""Seconds between two words on a job: the window must not lag behind a fast one."""
_PACE_AFTER = 1.0
"""Seconds after which it can be said how long a job will take."""
_PATIENCE = 10.0
"""Seconds that closing waits for a cancelled job: LibreOffice is asked kindly first."""

INTERNAL = "程序内部出错（{name}），没有改动任何文件；请把日志文件 {log} 发给维护者。"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; ``total`` is 0 where that cannot be said."""

    done: int
    total: int
    text: str


class Work:
    """One job at a time. ``show`` hears of progress (None: nothing to do), ``fail`` of errors."""

    def __init__(
        self,
        root: tk.Misc,
        show: Callable[[Progress | None], None],
        fail: Callable[[str], None],
        log: logging.Logger,
        log_name: str,
    ) -> None:
        self._root, self._show, self._fail = root, show, fail
        self._log, self._log_name = log, log_name
        self._news: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._begun = self._told = 0.0

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self._thread is not None

    def start(self, text: str, job: Callable[[Report], Result], done: Callable[[Result], Any]) -> bool:
        """Run a job in the background, then hand its result to ``done``; False while another one runs."""
        if self._thread is not None:
            self._fail("上一项操作还没有完成，请稍候，或先点“取消”。")
            return False
        self._stop.clear()
        self._begun, self._told = time.monotonic(), 0.0
        self._show(Progress(0, 0, text))
        self._thread = threading.Thread(target=self._run, args=(job, done), daemon=True)
        self._thread.start()
        self._root.after(_LOOK_EVERY, self._look)
        return True

    def cancel(self) -> None:
        """Ask the job to stop; it does so at the next place where nothing is half done."""
        if self._thread is not None and not self._stop.is_set():
            self._stop.set()
            self._show(Progress(0, 0, "正在取消……"))

    def close(self) -> None:
        """Stop the job, and wait until it has tidied up."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(_PATIENCE)

    def _run(self, job: Callable[[Report], Result], done: Callable[[Result], Any]) -> None:
        try:
            with stopped_by(self._stop):
                result = job(self._report)
        except UserError as error:
            sentence = error.in_window
            self._log.info("%s", sentence)
            self._news.put(lambda: self._end(lambda: self._fail(sentence)))
        except Exception as error:  # noqa: BLE001  (whatever it is, the user gets a sentence)
            self._log.exception("internal error")
            sentence = INTERNAL.format(name=type(error).__name__, log=self._log_name)
            self._news.put(lambda: self._end(lambda: self._fail(sentence)))
        else:
            self._news.put(lambda: self._end(lambda: done(result)))

    def _report(self, done: int, total: int, text: str) -> None:
        """Pass a job's word on to the window, with how fast it goes and how long it will still take.

        Raises:
            StoppedError: the user has cancelled.
        """
        stop_if_asked()
        now = time.monotonic()
        if self._told and now - self._told < _TELL_EVERY:
            return
        self._told, taken = now, now - self._begun
        if 0 < done < total and taken >= _PACE_AFTER:
            text = f"{text}（{pace(done, total, taken)}）"
        self._news.put(lambda: self._show_unless_stopped(Progress(done, total, text)))

    def _show_unless_stopped(self, progress: Progress) -> None:
        if not self._stop.is_set():
            self._show(progress)

    def _end(self, then: Callable[[], Any]) -> None:
        self._thread = None
        self._show(None)
        then()

    def _look(self) -> None:
        while True:
            try:
                news = self._news.get_nowait()
            except queue.Empty:
                break
            news()
        if self._thread is not None:
            self._root.after(_LOOK_EVERY, self._look)
