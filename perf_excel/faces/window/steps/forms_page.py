"""Forms (表样): those there are, with their rules; and a bureau's own form kept as one."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

from perf_excel.faces.window.adopt_panel import AdoptPanel
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.forms_panel import FormsPanel
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.tabs import Tabs


class FormsPage(Page):
    """Two tabs: the forms there are, and one to be kept."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.tabs = Tabs(self)
        self.tabs.grid(row=0, column=0, sticky="nsew")
        self.forms = FormsPanel(self.tabs, desk, lambda: self.tabs.turn_to(self.adopt))
        self.adopt = AdoptPanel(self.tabs, desk, self._kept)
        self.tabs.put(self.forms, "现有的表样")
        self.tabs.put(self.adopt, "收一张表作表样")

    def shown(self) -> None:
        """Read which forms there are."""
        self.forms.refresh()

    def take(self, paths: Sequence[Path]) -> None:
        """Keep this form."""
        self.tabs.turn_to(self.adopt)
        self.adopt.take(paths[0])

    def _kept(self) -> None:
        self.forms.refresh(self.adopt.name.get().strip())


STEP = Step(5, "表样", "看各地区的表样和计分规则，或把财政部门发来的表收作表样", FormsPage)
