"""Choosing a rule set (规则集) by the name of its region; those of the user's own beside the shipped ones."""

from __future__ import annotations

import contextlib
import tkinter as tk
from pathlib import Path
from tkinter import ttk
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.faces.window import settings
from perf_excel.rules.rulesets.library import DEFAULT, ruleset, ruleset_names
from perf_excel.rules.rulesets.parameters import RuleSet

AUTOMATIC = "自动识别"


class Region(NamedTuple):
    """A choice of rule set: its line in the list, and its name or file (empty: by the workbook itself)."""

    line: str
    name: str

    @property
    def own(self) -> bool:
        """Whether it is a file of the user's own."""
        return self.name.endswith(".toml")


def regions(*, automatic: bool = False, drawn: bool = False) -> list[Region]:
    """Return the rule sets to choose from: ``automatic`` first if asked for, then the national ones.

    ``drawn``: only those with forms. A file of the user's own that cannot be used is left out.
    """
    names = sorted(ruleset_names(), key=lambda name: (not name.startswith("national"), name))
    found = [Region(ruleset(name).name, name) for name in names if ruleset(name).forms or not drawn]
    for file in settings.load().own_rules:
        with contextlib.suppress(UserError):
            rules = ruleset(file)
            if rules.forms or not drawn:
                found.append(Region(f"{rules.name}，自己的规则“{Path(file).stem}”", file))
    return [*([Region(AUTOMATIC, "")] if automatic else []), *found]


class RegionBox(ttk.Combobox):
    """A list of the rule sets (规则集)."""

    def __init__(
        self, parent: tk.Misc, *, automatic: bool = False, drawn: bool = False, chosen: str = ""
    ) -> None:
        """Draw it with a rule set chosen: ``automatic``, else the national one, where none is named."""
        self._kind = {"automatic": automatic, "drawn": drawn}
        self._regions = regions(**self._kind)
        super().__init__(parent, state="readonly", width=34, postcommand=self._refresh)
        self._refresh()
        self.choose(chosen or ("" if automatic else DEFAULT))

    def choose(self, name: str) -> None:
        """Choose a rule set by its name, the first of all where there is none of it."""
        names = [one.name for one in self._regions]
        self.current(names.index(name) if name in names else 0)

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

    def _refresh(self) -> None:
        """Read which there are: the user may have added a file since."""
        chosen = self.get()
        self._regions = regions(**self._kind)
        lines = [one.line for one in self._regions]
        self.configure(values=lines)
        if chosen and chosen not in lines:
            self.current(0)
