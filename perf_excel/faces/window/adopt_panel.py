"""A bureau's own form kept as a template (收一张表): looked at, explained column by column, then kept."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.window.adopted_words import adopted_words
from perf_excel.faces.window.column_answers import ColumnAnswers
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField, labelled, paper, write
from perf_excel.faces.window.flowing import Flow
from perf_excel.faces.window.regions import RegionBox
from perf_excel.jobs.adopt import Adopted, adopt
from perf_excel.jobs.examination import shelf
from perf_excel.sheets.reading.meanings import headed_columns

_HOW = (
    "选财政部门发来的表（最好是空表），点“看看认出了什么”，核对各列的含义，再收下；以后年年用它新建、下发。"
)


class AdoptPanel(ttk.Frame):
    """The file, its name and rules above; below what was recognised; ``kept`` hears of a template."""

    def __init__(self, parent: tk.Misc, desk: Desk, kept: Callable[[], None]) -> None:
        super().__init__(parent, padding=desk.look.px(8))
        self._desk, self._kept = desk, kept
        self._seen: Path | None = None
        self.columnconfigure(1, weight=1)
        self.rowconfigure(5, weight=1)
        self.file = FileField(self, desk, lambda: next(iter(desk.ask_files()), None))
        self.name = ttk.Entry(self)
        self.region = RegionBox(self, automatic=True)
        for row, (text, widget) in enumerate(
            (("要收的表", self.file), ("给它起的名称", self.name), ("计分规则", self.region))
        ):
            labelled(self, desk, row, text, widget)
        self.region.grid(sticky="w")
        gap = desk.look.px(6)
        bar = Flow(self, gap)
        bar.grid(row=3, column=1, sticky="ew", pady=gap)
        self.look_button = ttk.Button(bar, text="看看认出了什么", command=self.look)
        self.keep_button = ttk.Button(bar, text="收作表样", style="Main.TButton", command=self.keep)
        bar.show(self.look_button, self.keep_button)
        self.columns = ColumnAnswers(self, desk)
        self.columns.grid(row=4, column=0, columnspan=2, sticky="ew")
        self.words = paper(self, 7)
        self.words.grid(row=5, column=0, columnspan=2, sticky="nsew", pady=(gap, 0))
        write(self.words, [_HOW])

    def take(self, path: Path) -> None:
        """Start with this form."""
        self.file.put(path)

    def look(self) -> None:
        """Say what is recognised on the form, and ask about the rest."""
        path, rules = self.file.needed("要收的表"), self.region.name or None

        def done(adopted: Adopted) -> None:
            self._seen = path
            self.columns.show(headed_columns(adopted.found.reading))
            write(self.words, adopted_words(adopted))
            if not self.name.get().strip():
                self.name.insert(0, path.stem)
            self._desk.say("看过了，请核对各列的含义，再点“收作表样”。")

        self._desk.work.start("正在看这张表……", lambda _: adopt(path, path.stem, rules), done)

    def keep(self) -> None:
        """Keep the form as a template."""
        path, name = self.file.needed("要收的表"), self.name.get().strip()
        if not name:
            raise UserError("请给表样起一个名称。")
        if path != self._seen:
            raise UserError("请先点“看看认出了什么”，核对各列的含义。")
        open_questions = self.columns.unanswered()
        if open_questions and not self._desk.agreed(
            f"还没有说明 {'、'.join(open_questions)} 是什么，这些列将不读取。仍然收下吗？"
        ):
            return
        taken = name in shelf.damaged() or any(one.name == name for one in shelf.templates())
        if taken and not self._desk.agreed(f"已有名为“{name}”的表样，要替换它吗？原有的会先备份。"):
            return
        rules, answers = self.region.name or None, self.columns.answers()

        def job(_: object) -> Adopted:
            adopted = adopt(path, name, rules, None, None, answers)
            shelf.keep(adopted.template, adopted.data, overwrite=taken)
            return adopted

        def done(adopted: Adopted) -> None:
            write(self.words, adopted_words(adopted))
            self._kept()
            self._desk.say(f"已收作表样“{name}”，新建、下发时都可以选它。")

        self._desk.work.start("正在收表样……", job, done)
