"""What every step of the window works with (工作台): settings, background work, messages, dialogs."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.faces.window import questions
from perf_excel.faces.window import settings as settings_of
from perf_excel.faces.window.settings import Settings
from perf_excel.faces.window.theme import Look
from perf_excel.faces.window.work import Work

WORKBOOKS = (("工作簿", "*.xlsx *.xlsm *.xltx *.xltm *.xls *.et *.ods *.docx *.pdf"), ("所有文件", "*"))
RULES = (("规则文件", "*.toml"), ("所有文件", "*"))
DATA = (("数据", "*.json"), ("所有文件", "*"))
SOURCES = (
    ("数据或申报表", "*.json *.xlsx *.xlsm *.xltx *.xltm *.xls *.et *.ods *.docx *.pdf"),
    ("所有文件", "*"),
)


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
    offer: Callable[[Path], None]
    """Offer to open a file that was saved, and its folder."""
    asked: str = ""
    """The topic of the help that F1 asks for."""
    wanted: str = ""
    """The form, by its line in the list, that another page asks a new one of."""
    _replaceable: set[Path] = field(default_factory=set[Path])
    """Files of which the user has said that they may be replaced."""

    def remember(self, **changes: str | tuple[str, ...]) -> None:
        """Change the settings and keep them."""
        self.settings = replace(self.settings, **changes)  # pyright: ignore[reportArgumentType]
        settings_of.store(self.settings)

    def remember_file(self, path: Path) -> None:
        """Put a file first among the recent ones."""
        self.settings = self.settings.with_file(path)
        settings_of.store(self.settings)

    def ask_files(self, kinds: Sequence[tuple[str, str]] = WORKBOOKS) -> list[Path]:
        """Let the user choose files; none where the dialog was cancelled."""
        return questions.ask_files(self.root, kinds, self.settings.folder)

    def ask_target(self, name: str, suffix: str) -> Path | None:
        """Let the user choose where to save; None where the dialog was cancelled.

        The dialog asks before a file may be replaced.
        """
        target = questions.ask_target(self.root, name, suffix, self.settings.folder)
        if target is not None:
            self._replaceable.add(target.absolute())
        return target

    def ask_folder(self) -> Path | None:
        """Let the user choose a folder; None where the dialog was cancelled."""
        return questions.ask_folder(self.root, self.settings.folder)

    def ask_name(self, question: str, name: str) -> str | None:
        """Ask for a name; None where the dialog was cancelled."""
        return questions.ask_name(self.root, question, name)

    def agreed(self, question: str) -> bool:
        """Ask a question of yes or no."""
        return questions.agreed(self.root, question)

    def may_write(self, target: Path) -> bool:
        """Whether a file may be written: there is none yet, or the user agrees that it be replaced.

        To be asked before the work starts: a job in the background cannot ask.
        """
        question = f"{target.name} 已经存在，要替换它吗？原有的文件会先备份。"
        return (
            not target.exists()
            or target.absolute() in self._replaceable
            or self.may_replace(target, question)
        )

    def may_replace(self, target: Path, question: str) -> bool:
        """Ask whether a file may be replaced; its backup is kept."""
        if not self.agreed(question):
            return False
        self._replaceable.add(target.absolute())
        return True

    def save(self, target: Path, data: bytes) -> str:
        """Write a file, keeping what was there, and return the sentence to say.

        Raises:
            UserError: it cannot be written, or would replace a file that nobody asked the user about.
        """
        there = target.absolute()
        if target.exists() and there not in self._replaceable:
            raise UserError(
                f"{target.name}：已有同名的文件，请换一个名称；要替换它，请点“浏览…”选中它并确认。"
            )
        self._replaceable.discard(there)
        return self.put(target, data)

    def put(self, target: Path, data: bytes) -> str:
        """Write a file where the user has already said what is to become of one that is there.

        Raises:
            UserError: it cannot be written.
        """
        from perf_excel.books.saving import write_atomic

        backup = write_atomic(target, data)
        return f"已保存：{target}" + (f"（原有文件已备份为 {backup.name}）" if backup else "")

    def saved(self, target: Path, sentence: str) -> None:
        """Say that a file was saved, remember it, and offer to open it."""
        self.remember(folder=str(target.parent.absolute()))
        self.remember_file(target)
        self.say(sentence)
        self.offer(target)
