"""What every step of the window works with (工作台): settings, background work, messages, dialogs."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tkinter import filedialog, ttk
from typing import NamedTuple

from perf_excel.books.saving import write_atomic
from perf_excel.errors import UserError
from perf_excel.faces.window import settings as settings_of
from perf_excel.faces.window.look import Look
from perf_excel.faces.window.settings import Settings
from perf_excel.faces.window.work import Work
from perf_excel.rules.library import ruleset, ruleset_names
from perf_excel.rules.ruleset import RuleSet

WORKBOOKS = (("工作簿", "*.xlsx *.xlsm *.xls *.ods"), ("所有文件", "*"))
DATA = (("数据", "*.json"), ("所有文件", "*"))
AUTOMATIC = "自动识别"


@dataclass
class Desk:
    """Handed to every step when it is built."""

    root: tk.Tk
    look: Look
    work: Work
    settings: Settings
    say: Callable[[str], None]
    """Show a sentence in the window's status line."""
    complain: Callable[[str], None]
    """Show a sentence of what is wrong and what to do."""
    go: Callable[[str, Sequence[Path]], None]
    """Turn to another step, with files."""

    def remember(self, **changes: str) -> None:
        """Change the settings and keep them."""
        self.settings = replace(self.settings, **changes)
        settings_of.store(self.settings)

    def remember_file(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        self.settings = self.settings.with_file(path)
        settings_of.store(self.settings)

    def ask_files(self, kinds: Sequence[tuple[str, str]] = WORKBOOKS) -> list[Path]:
        """Let the user choose files; none where the dialog was cancelled."""
        names = filedialog.askopenfilenames(
            parent=self.root, filetypes=kinds, initialdir=self.settings.folder
        )
        return [Path(name) for name in names]

    def ask_target(self, name: str, suffix: str) -> Path | None:
        """Let the user choose where to save; None where the dialog was cancelled."""
        chosen = filedialog.asksaveasfilename(
            parent=self.root, initialfile=name, defaultextension=suffix, initialdir=self.settings.folder
        )
        return Path(chosen) if chosen else None

    def ask_folder(self) -> Path | None:
        """Let the user choose a folder; None where the dialog was cancelled."""
        chosen = filedialog.askdirectory(parent=self.root, initialdir=self.settings.folder)
        return Path(chosen) if chosen else None

    def save(self, target: Path, data: bytes) -> str:
        """Write a file, keeping what was there, and return the sentence to say.

        Raises:
            UserError: it cannot be written.
        """
        backup = write_atomic(target, data)
        return f"已保存：{target}" + (f"（原有文件已备份为 {backup.name}）" if backup else "")

    def saved(self, target: Path, sentence: str) -> None:
        """Say that a file was saved, and remember it."""
        self.remember(folder=str(target.parent.absolute()))
        self.remember_file(target)
        self.say(sentence)


class Region(NamedTuple):
    """A choice of rule set: its line in the list, and its name (empty: by the workbook itself)."""

    line: str
    name: str


def regions(*, automatic: bool) -> list[Region]:
    """Return the rule sets to choose from, ``automatic`` first if asked for."""
    found = [Region(f"{ruleset(name).name}（{name}）", name) for name in ruleset_names()]
    return [*([Region(AUTOMATIC, "")] if automatic else []), *found]


class RegionBox(ttk.Combobox):
    """A list of the rule sets (规则集)."""

    def __init__(self, parent: tk.Misc, *, automatic: bool, chosen: str = "") -> None:
        self._regions = regions(automatic=automatic)
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
