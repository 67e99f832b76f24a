"""New forms and filling (新建与填报)."""

from __future__ import annotations

import re
import tkinter as tk
from dataclasses import replace
from pathlib import Path
from tkinter import ttk

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.faces.speaking import today
from perf_excel.faces.window.desk import DATA, SOURCES, Desk, written_suffix
from perf_excel.faces.window.fields import FileField, labelled, paper, write
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.regions import RegionBox
from perf_excel.faces.window.work import Report
from perf_excel.faces.wording import next_steps
from perf_excel.jobs.examination.datafile import load_data
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.examination.filled import Filled, filled_with_list
from perf_excel.jobs.fill import fill
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.new_from import start


class FillingPage(Page):
    """Two tabs: a new form from a rule set, and data into a form that is there."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        tabs = ttk.Notebook(self)
        tabs.grid(row=0, column=0, sticky="ew")
        tabs.add(self._new(tabs), text="新建一张表")
        tabs.add(self._fill(tabs), text="把数据填入已有的表")
        tabs.enable_traversal()
        self.tabs = tabs
        self.notes = paper(self, 8)
        self.notes.grid(row=1, column=0, sticky="nsew", pady=(desk.look.px(8), 0))
        write(self.notes, ["新建的表带有公式，用 Excel、WPS 或 LibreOffice 打开即可填写，分数自动算出。"])

    def _tab(self, parent: ttk.Notebook) -> ttk.Frame:
        tab = ttk.Frame(parent, padding=self._desk.look.px(14))
        tab.columnconfigure(1, weight=1)
        return tab

    def _new(self, parent: ttk.Notebook) -> ttk.Frame:
        desk, tab = self._desk, self._tab(parent)
        self.region = RegionBox(tab, drawn=True, chosen=desk.settings.rules)
        self.region.bind("<<ComboboxSelected>>", lambda _: self._forms())
        self.form = ttk.Combobox(tab, state="readonly", width=34)
        self.unit, self.year = ttk.Entry(tab), ttk.Entry(tab, width=8)
        self.unit.insert(0, desk.settings.unit)
        self.year.insert(0, desk.settings.year)
        self.data = FileField(tab, desk, lambda: next(iter(desk.ask_files(SOURCES)), None))
        self.target = FileField(tab, desk, lambda: desk.ask_target(f"{self.form.get()}.xlsx", ".xlsx"))
        for row, (text, widget) in enumerate(
            (
                ("规则集", self.region), ("表样", self.form), ("单位", self.unit), ("年度", self.year),
                ("数据或申报表（可不选）", self.data), ("保存为", self.target),
            )
        ):  # fmt: skip
            labelled(tab, desk, row, text, widget)
        for short in (self.region, self.form, self.year):
            short.grid(sticky="w")
        self.new_button = ttk.Button(tab, text="新建", style="Main.TButton", command=self.make)
        self.new_button.grid(row=6, column=1, sticky="w", pady=desk.look.px(6))
        self._forms()
        return tab

    def _fill(self, parent: ttk.Notebook) -> ttk.Frame:
        desk, tab = self._desk, self._tab(parent)
        self.book = FileField(tab, desk, lambda: next(iter(desk.ask_files()), None))
        self.values = FileField(tab, desk, lambda: next(iter(desk.ask_files(DATA)), None))
        self.filled = FileField(tab, desk, lambda: desk.ask_target(_filled_name(self.book.path), ".xlsx"))
        for row, (text, widget) in enumerate(
            (("已有的表", self.book), ("数据（.json）", self.values), ("保存为", self.filled))
        ):
            labelled(tab, desk, row, text, widget)
        self.fill_button = ttk.Button(tab, text="填入", style="Main.TButton", command=self.fill)
        self.fill_button.grid(row=3, column=1, sticky="w", pady=desk.look.px(6))
        return tab

    def _forms(self) -> None:
        names = [layout.name for layout in self.region.rules.forms]
        self.form.configure(values=names)
        self.form.set(names[0] if names else "")

    def make(self) -> None:
        """Make the new form."""
        desk = self._desk
        year, unit = self.year.get().strip(), self.unit.get().strip()
        if year and not re.fullmatch(r"(?:19|20)[0-9]{2}", year):
            raise UserError(f"年度应为四位年份，如 2024，现为“{year}”。")
        target, source = self.target.needed("保存的位置"), self.data.path
        rules, form = self.region.rules, self.form.get()
        desk.remember(rules=rules.id, unit=unit, year=year)

        def job(_: Report) -> tuple[Filled, str]:
            order = Order(rules, form, unit=unit, year=int(year) if year else None)
            made = _made(order, source, target)
            return made, desk.save(target, made.data)

        desk.work.start("正在新建……", job, lambda result: self._done(target, *result))

    def fill(self) -> None:
        """Fill the data into the form."""
        desk = self._desk
        source, values = self.book.needed("已有的表"), self.values.needed("数据文件")
        target = self.filled.needed("保存的位置")

        def job(_: Report) -> tuple[Filled, str]:
            if target.exists() and target.samefile(source):
                raise UserError(f"{target.name}：目标就是原文件，请换一个文件名保存。")
            data = load_data(values)
            filled = filled_with_list(fill(find(open_book(source)), data), data.waivers, today())
            return filled, desk.save(target, filled.data)

        desk.work.start("正在填写……", job, lambda result: self._done(target, *result))

    def _done(self, target: Path, filled: Filled, sentence: str) -> None:
        notes = [f"请注意：{note}" for note in filled.notes]
        write(self.notes, [sentence, *next_steps(filled.examined), *notes])
        self._desk.saved(target, sentence)


def _made(order: Order, source: Path | None, target: Path) -> Filled:
    """Make a form: blank, with data in it (.json), or with the targets of a declaration (申报表)."""
    if source is None:
        return make(order, target)
    if source.suffix.lower() != ".json":
        return start(order, source, target)
    data = load_data(source)
    return filled_with_list(make(replace(order, data=data), target), data.waivers, today())


def _filled_name(book: Path | None) -> str:
    return f"{book.stem}（已填）{written_suffix(book)}" if book else "已填.xlsx"


STEP = Step(10, "新建与填报", "按所在地区的表样新建自评表、申报表，或把数据填入财政部门发来的表", FillingPage)
