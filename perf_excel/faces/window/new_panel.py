"""A new form (新建一张表): which, from what, for whom, of which year; all of it said before it is written."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tkinter import ttk

from perf_excel.books.vba.inject import with_macros
from perf_excel.errors import UserError
from perf_excel.faces.program import program_folder
from perf_excel.faces.speaking import today
from perf_excel.faces.window.desk import SOURCES, Desk
from perf_excel.faces.window.fields import labelled
from perf_excel.faces.window.filling_words import KINDS, filled_lines, kind_words, look_words, order_words
from perf_excel.faces.window.flowing import Sentence
from perf_excel.faces.window.form_choice import FormBox, FormChoice
from perf_excel.faces.window.suggested_names import new_stem
from perf_excel.faces.window.watched_field import WatchedField
from perf_excel.faces.window.work import Report
from perf_excel.faces.window.years import year_of
from perf_excel.forms.model import Form
from perf_excel.jobs.adopt import from_template
from perf_excel.jobs.examination.data_sources import data_of
from perf_excel.jobs.examination.filled import Filled, filled_with_list
from perf_excel.jobs.new import Order
from perf_excel.jobs.new_from_source import Look, SourceKind, look_at, made_from
from perf_excel.rules.rulesets.library import ruleset


class NewPanel(ttk.Frame):
    """What a new form is made of; ``tell`` shows what came of it."""

    def __init__(self, parent: tk.Misc, desk: Desk, tell: Callable[[list[str]], object]) -> None:
        super().__init__(parent, padding=desk.look.px(8))
        self._desk, self._tell = desk, tell
        self.columnconfigure(1, weight=1)
        self.form = FormBox(self, rules=desk.settings.rules)
        self.source = WatchedField(self, desk, lambda: next(iter(desk.ask_files(SOURCES)), None), self._look)
        self.kind = ttk.Combobox(self, state="readonly", values=list(KINDS), width=36)
        self._unit, self._year = tk.StringVar(self), tk.StringVar(self)
        self.unit, self.year = (
            ttk.Entry(self, textvariable=self._unit),
            ttk.Entry(self, textvariable=self._year, width=8),
        )
        self._unit.set(desk.settings.unit)
        self._year.set(desk.settings.year)
        self.macros = tk.BooleanVar(self, value=False)
        self.macro_box = ttk.Checkbutton(
            self, text="带校验、打分按钮（宏工作簿；禁用宏的电脑请不要勾选）", variable=self.macros,
            command=self._change_suffix,
        )  # fmt: skip
        self.target = WatchedField(self, desk, self._ask, lambda _: self._say_order())
        for row, (text, widget) in enumerate(
            (
                ("表样", self.form), ("来源（可不选）", self.source), ("来源是", self.kind),
                ("单位", self.unit), ("年度", self.year), ("", self.macro_box), ("保存为", self.target),
            )
        ):  # fmt: skip
            labelled(self, desk, row, text, widget)
        for short in (self.form, self.kind, self.year, self.macro_box):
            short.grid(sticky="w")
        self.seen = Sentence(self)
        self.seen.grid(row=7, column=0, columnspan=2, sticky="ew", pady=(desk.look.px(4), 0))
        self.order = Sentence(self)
        self.order.grid(row=8, column=0, columnspan=2, sticky="ew")
        self.button = ttk.Button(self, text="新建", style="Main.TButton", command=self.make)
        self.button.grid(row=9, column=1, sticky="w", pady=desk.look.px(6))
        for box in (self.form, self.kind):
            box.bind("<<ComboboxSelected>>", lambda _: self._say_order())
        self.kind.bind("<<ComboboxSelected>>", lambda _: self._next_year(), add=True)
        for variable in (self._unit, self._year):
            variable.trace_add("write", self._typed)
        self._source: Look | None = None
        self._looking = self._wanted = False
        self._say_order()

    def _look(self, path: Path | None) -> None:
        """See what a source is: its unit and year are those of the new form where none was typed."""
        self._source = None
        self.seen.put("")
        self.kind.set("")
        if path is None or not path.is_file():
            return
        year = year_of(self.year.get())

        def job(_: Report) -> Look | UserError:
            try:
                return look_at(path, year)
            except UserError as error:
                return error

        self._wanted = False
        self._looking = self._desk.work.start(
            f"正在看 {path.name}……", job, lambda seen: self._seen(path, seen)
        )

    def _seen(self, path: Path, seen: Look | UserError) -> None:
        """Say what a source is; then make the form, if that was asked for in the meantime."""
        self._looking = False
        if isinstance(seen, UserError):
            self._desk.complain(seen.in_window)
            return
        if self.source.path != path:
            return
        self._source = seen
        self.kind.set(kind_words(seen.kind))
        if not self.unit.get().strip():
            self._unit.set(seen.unit)
        if not self.year.get().strip() and seen.year:
            self._year.set(str(seen.year + (seen.kind == "last-year")))
        self.seen.put(look_words(seen))
        self._say_order()
        if self._wanted:
            self.make()

    def _next_year(self) -> None:
        """Of last year's form the year after is made."""
        seen = self._source
        if seen and seen.year and self.kind.get() == kind_words("last-year"):
            if self.year.get().strip() == str(seen.year):
                self._year.set(str(seen.year + 1))
            self._say_order()

    def _typed(self, *_: str) -> None:
        self._say_order()

    def _say_order(self) -> None:
        target = str(self.target.path or "")
        self.order.put(order_words(self.form.get(), self.unit.get().strip(), self.year.get().strip(), target))

    def _suffix(self) -> str:
        return ".xlsm" if self.macros.get() else self.form.choice.suffix

    def _change_suffix(self) -> None:
        if self.target.path is not None:
            self.target.put(self.target.path.with_suffix(self._suffix()))

    def _ask(self) -> Path | None:
        suffix, form = self._suffix(), self.form.choice.form
        return self._desk.ask_target(f"{new_stem(self.unit.get(), self.year.get(), form)}{suffix}", suffix)

    def make(self) -> None:
        """Make the new form; a source that is still being looked at, is looked at first."""
        self._wanted = self._looking and self._desk.work.busy
        if self._wanted:
            return
        desk, choice = self._desk, self.form.choice
        unit, year = self.unit.get().strip(), year_of(self.year.get())
        target, source = self.target.needed("保存的位置"), self.source.path
        kind: SourceKind = KINDS.get(self.kind.get(), "data")
        macros = self.macros.get()
        if target.suffix.lower() != self._suffix():
            raise UserError(f"{target.name}：文件名应以 {self._suffix()} 结尾，请改名。")
        if choice.own and macros:
            raise UserError("自己收的表样不能加按钮，请去掉“带校验、打分按钮”的勾。")
        if choice.own and source and kind != "data":
            raise UserError("自己收的表样只能带入数据，请把“来源是”改成“数据”，或换一个表样。")
        if not desk.may_write(target):
            return
        desk.remember(unit=unit, year=self.year.get().strip())
        if not choice.own:
            desk.remember(rules=choice.rules)

        def job(_: Report) -> tuple[Filled, str]:
            if source is not None and not source.is_file():
                raise UserError(f"{source.name}：找不到该文件，请重新选择来源。")
            made = _made(choice, source, kind, target, (unit, year))
            data = with_macros(made.data, target.name, program_folder()) if macros else made.data
            return made, desk.save(target, data)

        def done(result: tuple[Filled, str]) -> None:
            made, sentence = result
            self._tell(filled_lines(made, sentence))
            desk.saved(target, sentence)

        desk.work.start("正在新建……", job, done)


def _made(
    choice: FormChoice, source: Path | None, kind: SourceKind, target: Path, whose: tuple[str, int | None]
) -> Filled:
    """Make a form of a rule set, or one from a template of the user's own."""
    unit, year = whose
    if choice.own is None:
        order = Order(ruleset(choice.rules), choice.form, unit=unit, year=year)
        return made_from(order, source, kind, target, today())
    data = data_of(source) if source else Form()
    data = replace(data, unit=unit or data.unit, year=year or data.year)
    return filled_with_list(from_template(choice.own, target, data), data.waivers, today())
