"""The start page (开始): the year's steps, the files last worked on; at the first start region and unit."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING

from perf_excel import __version__
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.dropping import accept_files
from perf_excel.faces.window.fields import Lines
from perf_excel.faces.window.flowing import Sentence
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.settings import log_file

if TYPE_CHECKING:
    from perf_excel.faces.window.welcome import Welcome

CHECKING = "校验打分"


class StartPage(Page):
    """What can be done, and what was done last."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.welcome: Welcome | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        gap = desk.look.px(5)
        self.steps = ttk.Frame(self)
        self.steps.grid(row=1, column=0, sticky="ew")
        self.steps.columnconfigure(1, weight=1)
        Sentence(self, "最近的文件（双击或按回车校验；也可以把文件拖到这里）").grid(
            row=2, column=0, sticky="ew", pady=(gap * 2, gap)
        )
        self.recent = Lines(self, activestyle="dotbox", exportselection=False, height=5, width=20)
        self.recent.grid(row=3, column=0, sticky="nsew")
        self.recent.bind("<Double-1>", lambda _: self._check())
        self.recent.bind("<Return>", lambda _: self._check())
        accept_files(self.recent, lambda paths: desk.go(CHECKING, paths))
        foot = ttk.Frame(self)
        foot.grid(row=4, column=0, sticky="ew", pady=(gap, 0))
        foot.columnconfigure(0, weight=1)
        ttk.Label(foot, text=f"版本 {__version__}", style="Soft.TLabel").grid(row=0, column=0, sticky="w")
        ttk.Button(foot, text="查看日志", command=_show_log).grid(row=0, column=1)

    def offer(self, steps: list[Step]) -> None:
        """List the steps that can be taken; at the first start ask for region and unit."""
        gap = self._desk.look.px(2)
        for row, step in enumerate(one for one in steps if one.order):
            button = ttk.Button(
                self.steps,
                text=step.title,
                width=12,
                command=lambda title=step.title: self._desk.go(title, []),
            )
            button.grid(row=row, column=0, pady=gap, sticky="w")
            Sentence(self.steps, step.about, "TLabel").grid(row=row, column=1, sticky="ew", padx=gap * 5)
        if not (self._desk.settings.welcomed or self._desk.settings.rules):
            # Only now: the rule sets that it offers take longer to read than the page to draw.
            from perf_excel.faces.window.welcome import Welcome

            self.welcome = Welcome(self, self._desk, self._settled)
            self.welcome.grid(row=0, column=0, sticky="ew", pady=(0, gap * 5))

    def shown(self) -> None:
        """List the recent files anew; who has chosen a region elsewhere is not asked for it any more."""
        if self._desk.settings.welcomed or self._desk.settings.rules:
            self._settled()
        self.recent.put(self._desk.settings.recent)

    def _settled(self) -> None:
        if self.welcome is not None:
            self.welcome.grid_remove()

    def _check(self) -> None:
        if chosen := self.recent.chosen:
            self._desk.go(CHECKING, [Path(self._desk.settings.recent[chosen[0]])])


def _show_log() -> None:
    from perf_excel.faces.window import launching

    launching.show(log_file())


STEP = Step(0, "开始", "", StartPage)
