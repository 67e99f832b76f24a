"""Rule sets (规则集): what each demands and on what it is founded; a copy for the user's own changes."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import ttk

from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import Lines, paper, write
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.regions import regions
from perf_excel.faces.wording import ruleset_words
from perf_excel.jobs.rulesets_copy import copied
from perf_excel.rules.rulesets.library import ruleset


class RulesPage(Page):
    """The rule sets on the left, the chosen one in words on the right."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._regions = regions()
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, weight=1)
        self.list = Lines(self, width=32, height=8, exportselection=False, activestyle="dotbox")
        self.list.put(ruleset(one.name).name for one in self._regions)
        self.list.grid(row=0, column=0, sticky="ns", padx=(0, desk.look.px(10)))
        self.list.bind("<<ListboxSelect>>", lambda _: self._tell())
        self.words = paper(self, 12)
        self.words.grid(row=0, column=1, sticky="nsew")
        bar = ttk.Frame(self)
        bar.grid(row=1, column=1, sticky="w", pady=desk.look.px(8))
        self.copy_button = ttk.Button(bar, text="复制为自己的规则集…", command=self.copy)
        self.copy_button.grid(row=0, column=0)
        self.usual_button = ttk.Button(bar, text="设为我的地区", command=self._usual)
        self.usual_button.grid(row=0, column=1, padx=desk.look.px(8))
        names = [one.name for one in self._regions]
        self.list.selection_set(names.index(desk.settings.rules) if desk.settings.rules in names else 0)
        self._tell()

    @property
    def name(self) -> str:
        """The chosen rule set's name."""
        return self._regions[next(iter(self.list.chosen), 0)].name

    def _tell(self) -> None:
        write(self.words, ruleset_words(ruleset(self.name)))

    def _usual(self) -> None:
        self._desk.remember(rules=self.name)
        self._desk.say(f"已设为我的地区：{ruleset(self.name).name}。新建时先选用它。")

    def copy(self) -> None:
        """Write a copy for the user's own changes."""
        target = self._desk.ask_target(f"{self.name}-自定.toml", ".toml")
        if target is not None:
            self.copy_into(target)

    def copy_into(self, target: Path) -> None:
        """Write the copy to a file."""
        self._desk.saved(target, self._desk.save(target, copied(self.name, target)))


STEP = Step(40, "规则集", "查看各地区的计分规则和依据，复制后自行修改", RulesPage)
