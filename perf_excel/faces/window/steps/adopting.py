"""A bureau's own form as a template (收表样): stored, explained cell by cell, and used for new forms."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.template_words import adopted_lines, template_line
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField, Lines, labelled, paper, write
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.regions import RegionBox
from perf_excel.faces.window.work import Report
from perf_excel.forms.model import Form
from perf_excel.jobs.adopt import Adopted, adopt, from_template
from perf_excel.jobs.examination import shelf
from perf_excel.jobs.examination.named_columns import answers_of


class AdoptingPage(Page):
    """The form to keep above, the templates that are there on the left, what was recognised on the right."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.columnconfigure(1, weight=1)
        self.rowconfigure(5, weight=1)
        self.file = FileField(self, desk, lambda: next(iter(desk.ask_files()), None))
        self.name, self.columns = ttk.Entry(self), ttk.Entry(self)
        self.region = RegionBox(self, automatic=True)
        for row, (text, widget) in enumerate(
            (
                ("表样", self.file), ("模板名称", self.name), ("规则集", self.region),
                ("补充说明各列（如 H=得分 F=忽略，可不填）", self.columns),
            )
        ):  # fmt: skip
            labelled(self, desk, row, text, widget)
        self.region.grid(sticky="w")
        bar, gap = ttk.Frame(self), desk.look.px(8)
        bar.grid(row=4, column=1, sticky="w", pady=gap)
        self.keep_button = ttk.Button(bar, text="收作模板", style="Main.TButton", command=self.keep)
        self.new_button = ttk.Button(bar, text="用选中的模板新建…", command=self.new)
        self.keep_button.grid(row=0, column=0)
        self.new_button.grid(row=0, column=1, padx=gap)
        self.list = Lines(self, width=28, height=8, exportselection=False, activestyle="dotbox")
        self.list.grid(row=5, column=0, sticky="ns", padx=(0, gap))
        self.list.bind("<<ListboxSelect>>", lambda _: self._tell())
        self.words = paper(self, 14)
        self.words.grid(row=5, column=1, sticky="nsew")

    def shown(self) -> None:
        """List the templates that are there."""
        self.list.put(one.name for one in shelf.templates())

    def take(self, paths: Sequence[Path]) -> None:
        """Start with this form."""
        self.file.put(paths[0])

    def keep(self) -> None:
        """Keep the form as a template."""
        path, name = self.file.needed("表样"), self.name.get().strip()
        if not name:
            raise UserError("请给模板起一个名称。")
        rules, answers = self.region.name or None, answers_of(self.columns.get().split())

        def job(_: Report) -> Adopted:
            adopted = adopt(path, name, rules, None, None, answers)
            shelf.keep(adopted.template, adopted.data, overwrite=False)
            return adopted

        self._desk.work.start("正在收表样……", job, self._kept)

    def new(self) -> None:
        """Make a new form from the chosen template."""
        one = self._chosen()
        target = self._desk.ask_target(f"{one.name}{one.suffix}", one.suffix)
        if target is not None:
            self.new_into(target)

    def new_into(self, target: Path) -> None:
        """Write a new form from the chosen template to a file."""
        one, settings = self._chosen(), self._desk.settings
        year = int(settings.year) if settings.year.isdecimal() else None

        def job(_: Report) -> tuple[str, list[str]]:
            made = from_template(one, target, Form(unit=settings.unit, year=year))
            return self._desk.save(target, made.data), [f"请注意：{note}" for note in made.notes]

        def done(result: tuple[str, list[str]]) -> None:
            write(self.words, [result[0], *result[1]])
            self._desk.saved(target, result[0])

        self._desk.work.start("正在新建……", job, done)

    def _kept(self, adopted: Adopted) -> None:
        write(self.words, adopted_lines(adopted))
        self.shown()
        self._desk.say(f"已收作模板“{adopted.template.name}”，以后可以用它新建。")

    def _chosen(self) -> shelf.Template:
        there, chosen = shelf.templates(), self.list.chosen
        if not chosen or chosen[0] >= len(there):
            raise UserError("请先在左边选一个模板；还没有模板时，先把一张表收作模板。")
        return there[chosen[0]]

    def _tell(self) -> None:
        write(self.words, [template_line(self._chosen())])


STEP = Step(15, "收表样", "把财政部门发来的表收作模板，说明认出了什么，以后用它新建", AdoptingPage)
