"""A report held against the forms and against itself (核对报告)."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.window import launching
from perf_excel.faces.window.compared_rows import FINDINGS, compared_rows, compared_words
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField, labelled
from perf_excel.faces.window.result_table import Row
from perf_excel.faces.window.suggested_names import COMMENTED, marked_stem
from perf_excel.faces.window.tables import Column
from perf_excel.jobs.compare import Compared, compare, with_comments

_REPORTS = (("报告", "*.docx *.pdf *.txt"), ("所有文件", "*"))
Show = Callable[[Sequence[Column], Sequence[Row], str], object]
"""Shows a table and the sentence above it."""


class ComparePanel(ttk.Frame):
    """The report, what is done with it, and whether figures that speak of nothing are listed."""

    def __init__(self, parent: tk.Misc, desk: Desk, forms: Callable[[], list[Path]], show: Show) -> None:
        super().__init__(parent, padding=desk.look.px(8))
        self._desk, self._forms, self._show = desk, forms, show
        self._compared: Compared | None = None
        self.columnconfigure(1, weight=1)
        self.report = FileField(self, desk, lambda: next(iter(desk.ask_files(_REPORTS)), None))
        labelled(self, desk, 0, "要核对的报告", self.report)
        self.unmatched = tk.BooleanVar(self, value=False)
        bar = ttk.Frame(self)
        bar.grid(row=1, column=1, sticky="w", pady=(desk.look.px(4), 0))
        self.button = ttk.Button(bar, text="核对报告", style="Main.TButton", command=self.compare)
        self.comments_button = ttk.Button(bar, text="另存带批注的副本…", command=self._comment)
        self.unmatched_box = ttk.Checkbutton(
            bar, text="列出未能对应的数", variable=self.unmatched, command=self._list
        )
        for column, widget in enumerate((self.button, self.comments_button, self.unmatched_box)):
            widget.grid(row=0, column=column, padx=(0, desk.look.px(8)))

    def compare(self) -> None:
        """Hold a report against the forms, and against itself."""
        path, files = self.report.needed("要核对的报告"), self._forms()

        def done(compared: Compared) -> None:
            self._compared = compared
            self._list()
            self._desk.say(f"核对完了：{compared.path.name}。")

        self._desk.work.start("正在核对报告……", lambda _: compare(path, files), done)

    def open(self) -> None:
        """Open the report that was compared: where in it, the rows say."""
        if self._compared is not None:
            launching.show(self._compared.path)

    def _list(self) -> None:
        if (done := self._compared) is not None:
            self._show(FINDINGS, compared_rows(done, unmatched=self.unmatched.get()), compared_words(done))

    def _comment(self) -> None:
        done = self._compared
        if done is None:
            raise UserError("请先核对报告，再另存带批注的副本。")
        name = f"{marked_stem(done.path.stem, COMMENTED)}.docx"
        if (target := self._desk.ask_target(name, ".docx")) is not None:
            self.comment_into(done, target)

    def comment_into(self, done: Compared, target: Path) -> None:
        """Save a copy of the report with a comment at each figure that does not agree."""
        desk = self._desk
        if desk.may_write(target):
            desk.work.start(
                "正在写批注……",
                lambda _: desk.save(target, with_comments(done)),
                lambda sentence: desk.saved(target, sentence),
            )
