"""What every step of the window works with (工作台): settings, background work, messages, dialogs."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tkinter import filedialog

from perf_excel.books.saving import write_atomic
from perf_excel.faces.window import settings as settings_of
from perf_excel.faces.window.settings import Settings
from perf_excel.faces.window.theme import Look
from perf_excel.faces.window.work import Work

WORKBOOKS = (("工作簿", "*.xlsx *.xlsm *.xltx *.xltm *.xls *.ods *.docx *.pdf"), ("所有文件", "*"))
DATA = (("数据", "*.json"), ("所有文件", "*"))
SOURCES = (("数据或申报表", "*.json *.xlsx *.xlsm *.xltx *.xltm *.xls *.ods *.docx *.pdf"), ("所有文件", "*"))


def written_suffix(path: Path) -> str:
    """Return the ending of what is written from a file: of a template or a document a workbook is made."""
    suffix = path.suffix.lower()
    return ".xlsx" if suffix in (".docx", ".pdf") else suffix.replace(".xlt", ".xls")


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
