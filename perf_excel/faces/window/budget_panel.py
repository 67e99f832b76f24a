"""Published budget tables held against one another (核对预算公开表)."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from perf_excel.faces.window.audited_rows import FINDINGS, audited_rows, audited_words
from perf_excel.faces.window.compare_panel import Show
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.flowing import Sentence
from perf_excel.jobs.budget import Audited, budget


class BudgetPanel(ttk.Frame):
    """What is to be added, the button, and whether figures that speak of nothing are listed."""

    def __init__(self, parent: tk.Misc, desk: Desk, needed: Callable[[], list[Path]], show: Show) -> None:
        """Draw it.

        Args:
            parent: where it stands.
            desk: what all pages share.
            needed: returns the files of the page, or says that there are none.
            show: shows a table and the sentence above it.
        """
        super().__init__(parent, padding=desk.look.px(8))
        self._desk, self._needed, self._show = desk, needed, show
        self._done: tuple[Audited, list[Path]] | None = None
        self.columnconfigure(0, weight=1)
        Sentence(
            self,
            "在上面添加同一部门同一年的预算（决算）公开表，可以几个文件，不放别的年份和自评表："
            "各表的行、列、收支和相互之间是否对得上，逐格核对。",
        ).grid(row=0, column=0, sticky="ew")
        self.unmatched = tk.BooleanVar(self, value=False)
        bar = ttk.Frame(self)
        bar.grid(row=1, column=0, sticky="w", pady=(desk.look.px(4), 0))
        self.button = ttk.Button(bar, text="核对公开表", style="Main.TButton", command=self.audit)
        self.unmatched_box = ttk.Checkbutton(
            bar, text="列出未能对应的数", variable=self.unmatched, command=self._list
        )
        for column, widget in enumerate((self.button, self.unmatched_box)):
            widget.grid(row=0, column=column, padx=(0, desk.look.px(8)))

    def audit(self) -> None:
        """Tie the figures of the tables to one another."""
        files = self._needed()

        def done(audited: Audited) -> None:
            self._done = audited, files
            self._list()
            self._desk.say("公开表核对完了。")

        self._desk.work.start("正在核对公开表……", lambda _: budget(files), done)

    def _list(self) -> None:
        if self._done is not None:
            audited, files = self._done
            self._show(
                FINDINGS, audited_rows(audited, files, unmatched=self.unmatched.get()), audited_words(audited)
            )
