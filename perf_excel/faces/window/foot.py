"""The line that says how it goes (状态栏): a sentence, what became of a file, progress, and 取消."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from perf_excel.faces.window.clerk_words import for_clerk
from perf_excel.faces.window.flowing import Sentence
from perf_excel.faces.window.theme import Look
from perf_excel.faces.window.work import Progress


class Foot(ttk.Frame):
    """Stands below every page."""

    def __init__(self, parent: tk.Misc, look: Look, stop: Callable[[], None]) -> None:
        super().__init__(parent, padding=(look.px(16), look.px(6)))
        self._gap = look.px(6)
        self._saved: Path | None = None
        self.columnconfigure(0, weight=1)
        self._sentence = Sentence(self)
        self._sentence.grid(row=0, column=0, sticky="ew")
        self.status = self._sentence.label
        self.open_button = ttk.Button(self, text="打开文件", command=self._open)
        self.folder_button = ttk.Button(self, text="打开所在文件夹", command=self._open_folder)
        self.bar = ttk.Progressbar(self, length=look.px(140))
        self.cancel = ttk.Button(self, text="取消", command=stop)

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say a sentence, in red if something is wrong; what was saved before is no longer offered."""
        self._sentence.put(for_clerk(text), "Bad.TLabel" if bad else "Soft.TLabel")
        for button in (self.open_button, self.folder_button):
            button.grid_remove()

    def offer(self, saved: Path) -> None:
        """Offer to open a file that was saved, and its folder."""
        self._saved = saved
        for column, button in enumerate((self.open_button, self.folder_button), 1):
            button.grid(row=0, column=column, padx=(self._gap, 0))

    def progress(self, progress: Progress | None) -> None:
        """Show how far a job is; None: there is none."""
        if progress is None:
            self.bar.stop()
            self.bar.grid_remove()
            self.cancel.grid_remove()
            self.say("完成。")
            return
        self.say(progress.text)
        self.bar.grid(row=0, column=3, padx=self._gap)
        self.cancel.grid(row=0, column=4)
        if progress.total:
            self.bar.stop()
            self.bar.configure(mode="determinate", maximum=progress.total, value=progress.done)
        else:
            self.bar.configure(mode="indeterminate")
            self.bar.start()

    def _open(self) -> None:
        if self._saved is not None:
            _show(self._saved)

    def _open_folder(self) -> None:
        if self._saved is not None:
            _show(self._saved.absolute().parent)


def _show(path: Path) -> None:
    from perf_excel.faces.window import launching  # what it needs is not needed to draw the window

    launching.show(path)
