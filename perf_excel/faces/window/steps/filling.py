"""New forms and filling (新建与填报)."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import paper, write
from perf_excel.faces.window.fill_panel import FillPanel
from perf_excel.faces.window.new_panel import NewPanel
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.rows_panel import RowsPanel
from perf_excel.faces.window.scrolling import bring_into_view
from perf_excel.faces.window.tabs import Tabs


class FillingPage(Page):
    """Three tabs: a new form, data into a form that is there, rows put in and taken out."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.tabs = Tabs(self)
        self.tabs.grid(row=0, column=0, sticky="nsew")
        self.new = NewPanel(self.tabs, desk, self._tell)
        self.fill = FillPanel(self.tabs, desk, self._tell)
        self.rows = RowsPanel(self.tabs, desk, self._tell)
        self.tabs.put(self.new, "新建一张表")
        self.tabs.put(self.fill, "把数据填入已有的表")
        self.tabs.put(self.rows, "增删行")
        self.notes = paper(self, 5)
        self.notes.grid(row=1, column=0, sticky="nsew", pady=(desk.look.px(6), 0))
        write(self.notes, ["新建的表带有公式，用 Excel、WPS 或 LibreOffice 打开即可填写，分数自动算出。"])

    def shown(self) -> None:
        """Read which forms there are: one may have been adopted since, or is asked for by another page."""
        self.new.form.refresh()
        if self._desk.wanted:
            self.new.form.set(self._desk.wanted)
            self._desk.wanted = ""
            self.tabs.turn_to(self.new)
            self.new.form.event_generate("<<ComboboxSelected>>")

    def take(self, paths: Sequence[Path]) -> None:
        """Start from a file."""
        self.new.source.put(paths[0])

    def _tell(self, lines: list[str]) -> None:
        write(self.notes, lines)
        self.notes.after_idle(lambda: bring_into_view(self.notes))


STEP = Step(10, "新建与填报", "按所在地区的表样新建自评表、申报表，填入数据，增删指标行", FillingPage)
