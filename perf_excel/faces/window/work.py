"""Long work beside the window (后台任务): a thread for the job, its progress and result back."""

from __future__ import annotations

import logging
import queue
import threading
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from perf_excel.errors import UserError
from perf_excel.stopping import stop_if_asked, stopped_by

Result = TypeVar("Result")
Report = Callable[[int, int, str], None]
"""Called by a job between its parts: how many are done, of how many, and what comes next."""

_LOOK_EVERY = 50
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
        self._show(Progress(0, 0, text))
        self._thread = threading.Thread(target=self._run, args=(job, done), daemon=True)
        self._thread.start()
        self._root.after(_LOOK_EVERY, self._look)
        return True

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._stop.set()

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
        stop_if_asked()
        self._news.put(lambda: self._show(Progress(done, total, text)))

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
