"""The first start (第一次使用): region and unit asked once, in words; both can be changed later."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from perf_excel.faces.speaking import today
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import labelled
from perf_excel.faces.window.flowing import Flow, Sentence
from perf_excel.faces.window.regions import RegionBox

_ASKED = "第一次使用，请先说两件事，以后新建、校验时就不用再选（都可以改，拿不准的照原样即可）。"


class Welcome(ttk.Labelframe):
    """Asks for region and unit; ``done`` is called when that is over."""

    def __init__(self, parent: tk.Misc, desk: Desk, done: Callable[[], None]) -> None:
        super().__init__(parent, text="从这里开始", padding=desk.look.px(10))
        self._desk, self._done = desk, done
        self.columnconfigure(1, weight=1)
        Sentence(self, _ASKED).grid(row=0, column=0, columnspan=2, sticky="ew")
        self.region = RegionBox(self, drawn=True, chosen=desk.settings.rules)
        self.unit = ttk.Entry(self)
        self.unit.insert(0, desk.settings.unit)
        labelled(self, desk, 1, "用哪里的表", self.region)
        self.region.grid(sticky="w")
        labelled(self, desk, 2, "单位名称", self.unit)
        bar = Flow(self, desk.look.px(6))
        bar.grid(row=3, column=1, sticky="ew", pady=(desk.look.px(6), 0))
        self.keep_button = ttk.Button(bar, text="就用这些", style="Main.TButton", command=self.keep)
        self.later_button = ttk.Button(bar, text="以后再说", command=self._over)
        bar.show(self.keep_button, self.later_button)

    def keep(self) -> None:
        """Remember region and unit."""
        self._desk.remember(rules=self.region.name, unit=self.unit.get().strip())
        self._desk.say(f"记住了：{self.region.get()}。下一步可以“新建与填报”，或把填好的表拖进来校验。")
        self._over()

    def _over(self) -> None:
        self._desk.remember(welcomed=today().isoformat())
        self._done()
