"""Choosing a form (表样): those of every rule set and the user's own, in one list, by their names."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import ttk
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.dropping import accept_files
from perf_excel.faces.window.fields import Lines
from perf_excel.faces.window.regions import regions
from perf_excel.jobs.examination.shelf import Template, templates
from perf_excel.rules.rulesets.library import DEFAULT, ruleset

_OWN = "自己收的表样"


class FormChoice(NamedTuple):
    """A form to choose: its line in the list, its rule set and its name there; or a template of one's own."""

    line: str
    rules: str
    form: str
    own: Template | None = None

    @property
    def named(self) -> str:
        """The name by which a form is sent to units."""
        return self.own.name if self.own else f"{self.rules}:{self.form}"

    @property
    def suffix(self) -> str:
        """The ending of a workbook of it."""
        return self.own.suffix if self.own else ".xlsx"


def form_choices() -> list[FormChoice]:
    """Return the user's own forms, then those of every rule set."""
    own = [FormChoice(f"{one.name}（{_OWN}）", one.rules, one.name, one) for one in templates()]
    drawn = [
        FormChoice(f"{layout.name}（{region.line}）", region.name, layout.name)
        for region in regions(drawn=True)
        for layout in ruleset(region.name).forms
    ]
    return [*own, *drawn]


class FormBox(ttk.Combobox):
    """A list of the forms; what is chosen stays chosen when the list is read anew."""

    def __init__(self, parent: tk.Misc, *, rules: str = "") -> None:
        """Draw it, with the first form of a rule set chosen."""
        super().__init__(parent, state="readonly", width=44)
        self._choices: list[FormChoice] = []
        self.refresh()
        wanted = rules or DEFAULT
        usual = (at for at, one in enumerate(self._choices) if one.rules == wanted and not one.own)
        self.current(next(usual, 0))

    def refresh(self) -> None:
        """Read which forms there are: one may have been adopted since."""
        chosen = self.get()
        self._choices = form_choices()
        lines = [one.line for one in self._choices]
        self.configure(values=lines)
        if chosen and chosen not in lines:
            self.set("")

    @property
    def choice(self) -> FormChoice:
        """The chosen form.

        Raises:
            UserError: none is chosen.
        """
        if self.current() < 0:
            raise UserError("请先选择表样。")
        return self._choices[self.current()]


class FormList(ttk.Frame):
    """Several forms: chosen from the list, or workbooks; where none was added, the one that is chosen."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._named: list[str] = []
        gap = desk.look.px(6)
        self.columnconfigure(0, weight=1)
        self.box = FormBox(self, rules=desk.settings.rules)
        self.box.grid(row=0, column=0, sticky="ew", padx=(0, gap))
        self.add_button = ttk.Button(self, text="加上这一种", command=self._add_form)
        self.book_button = ttk.Button(self, text="加上工作簿…", command=self._add_books)
        self.add_button.grid(row=0, column=1, padx=(0, gap), sticky="ew")
        self.book_button.grid(row=0, column=2)
        self.list = Lines(self, height=2, activestyle="dotbox", exportselection=False)
        self.list.grid(row=1, column=0, columnspan=2, sticky="ew", padx=(0, gap), pady=(gap, 0))
        self.drop_button = ttk.Button(self, text="移除选中", command=self._drop)
        self.drop_button.grid(row=1, column=2, sticky="new", pady=(gap, 0))
        self.list.bind("<Delete>", lambda _: self._drop())
        accept_files(self.list, self.add_books)

    def add_books(self, paths: Sequence[Path]) -> None:
        """Add workbooks."""
        for path in paths:
            self._add(str(path), str(path))

    def named(self) -> list[str]:
        """Return the forms by the names under which they are sent.

        Raises:
            UserError: there is none.
        """
        return list(self._named) or [self.box.choice.named]

    def _add_form(self) -> None:
        choice = self.box.choice
        self._add(choice.named, choice.line)

    def _add_books(self) -> None:
        self.add_books(self._desk.ask_files())

    def _add(self, named: str, line: str) -> None:
        if named not in self._named:
            self._named.append(named)
            self.list.insert("end", line)

    def _drop(self) -> None:
        for at in reversed(self.list.chosen):
            del self._named[at]
            self.list.delete(at)
