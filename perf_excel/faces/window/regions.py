"""Choosing a rule set (规则集) by the name of its region."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.rules.rulesets.library import ruleset, ruleset_names
from perf_excel.rules.rulesets.parameters import RuleSet

AUTOMATIC = "自动识别"


class Region(NamedTuple):
    """A choice of rule set: its line in the list, and its name (empty: by the workbook itself)."""

    line: str
    name: str


def regions(*, automatic: bool = False, drawn: bool = False) -> list[Region]:
    """Return the rule sets to choose from, ``automatic`` first if asked for; ``drawn``: those with forms."""
    found = [
        Region(f"{ruleset(name).name}（{name}）", name)
        for name in ruleset_names()
        if ruleset(name).forms or not drawn
    ]
    return [*([Region(AUTOMATIC, "")] if automatic else []), *found]


class RegionBox(ttk.Combobox):
    """A list of the rule sets (规则集)."""

    def __init__(
        self, parent: tk.Misc, *, automatic: bool = False, drawn: bool = False, chosen: str = ""
    ) -> None:
        self._regions = regions(automatic=automatic, drawn=drawn)
        super().__init__(parent, values=[one.line for one in self._regions], state="readonly", width=34)
        names = [one.name for one in self._regions]
        self.current(names.index(chosen) if chosen in names else 0)

    @property
    def name(self) -> str:
        """The chosen rule set's name, empty for automatic."""
        return self._regions[self.current()].name

    @property
    def rules(self) -> RuleSet:
        """The chosen rule set.

        Raises:
            UserError: none is chosen.
        """
        if not self.name:
            raise UserError("请先选择规则集（地区）。")
        return ruleset(self.name)
