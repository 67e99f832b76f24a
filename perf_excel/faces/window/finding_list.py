"""The table of findings (问题列表): a line each, its whole text below, a click away from its cell."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk
from typing import NamedTuple

from perf_excel.faces.window.theme import SEVERITY_COLOURS, Look

_COLUMNS = (
    ("severity", "级别", 60), ("check", "检查项", 60), ("file", "文件", 170), ("cell", "单元格", 80),
    ("label", "项目", 150), ("message", "问题", 420),
)  # fmt: skip
_CELL = f"#{1 + [name for name, _, _ in _COLUMNS].index('cell')}"


class Spotted(NamedTuple):
    """A line of the table: how severe, what its columns show, the whole text, and where it leads."""

    severity: str
    values: tuple[str, str, str, str, str, str]
    text: str
    place: tuple[Path, str, str] | None
    """Workbook, sheet and cell; None where the file could not be used."""


class FindingsTable(ttk.Frame):
    """Findings of one or more workbooks."""

    def __init__(
        self,
        parent: tk.Misc,
        look: Look,
        tell: Callable[[Sequence[str]], None],
        lead: Callable[[Path, str, str], None],
    ) -> None:
        super().__init__(parent)
        self._tell_text, self._lead = tell, lead
        self._lines: dict[str, Spotted] = {}
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.tree = ttk.Treeview(self, columns=[name for name, _, _ in _COLUMNS], show="headings", height=8)
        for name, text, width in _COLUMNS:
            self.tree.heading(name, text=text, anchor="w")
            self.tree.column(name, width=look.px(width), stretch=name == "message", anchor="w")
        for severity, colour in SEVERITY_COLOURS.items():
            self.tree.tag_configure(severity, foreground=colour)
        self.tree.grid(row=0, column=0, sticky="nsew")
        bar = ttk.Scrollbar(self, command=self.tree.yview)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        bar.grid(row=0, column=1, sticky="ns")
        self.tree.configure(yscrollcommand=bar.set)
        self.tree.bind("<<TreeviewSelect>>", lambda _: self._tell())
        self.tree.bind("<ButtonRelease-1>", self._clicked)
        self.tree.bind("<Double-1>", lambda _: self.open_chosen())
        self.tree.bind("<Return>", lambda _: self.open_chosen())

    def show(self, lines: Sequence[Spotted]) -> None:
        """Show these findings and no others."""
        self.tree.delete(*self.tree.get_children())
        self._lines = {
            self.tree.insert("", "end", values=line.values, tags=(line.severity,)): line for line in lines
        }

    def open_chosen(self) -> None:
        """Lead to the cell of the chosen line."""
        for row in self.tree.selection():
            if (place := self._lines[row].place) is not None:
                self._lead(*place)
                return

    def _tell(self) -> None:
        self._tell_text([self._lines[row].text for row in self.tree.selection()])

    def _clicked(self, event: tk.Event[tk.Misc]) -> None:
        if self.tree.identify_column(event.x) == _CELL and self.tree.identify_row(event.y):
            self.open_chosen()
