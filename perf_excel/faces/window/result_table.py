"""A table of what came out (结果表): other columns for other results, each row leading to its file."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk

from perf_excel.faces.window.scrolling import bring_into_view
from perf_excel.faces.window.tables import Column, Table
from perf_excel.faces.window.tables import Row as Line
from perf_excel.faces.window.theme import Look


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its texts, how it looks (error, warning, info), and what it leads to."""

    texts: tuple[str, ...]
    tag: str = ""
    path: Path | None = None
    detail: str = ""
    """What is to be read of it at length."""


class ResultTable(ttk.Frame):
    """A table whose columns and rows are shown together."""

    def __init__(
        self,
        parent: tk.Misc,
        look: Look,
        *,
        lead: Callable[[Row], object] | None = None,
        tell: Callable[[Row], object] | None = None,
        lines: int = 8,
    ) -> None:
        """Draw it empty.

        Args:
            parent: where it stands.
            look: sizes.
            lead: is given the row that is opened.
            tell: is given the row that is chosen.
            lines: rows that are seen, at least.
        """
        super().__init__(parent)
        self._look, self._lead, self._tell, self._lines = look, lead, tell, lines
        self.rows: list[Row] = []
        """The rows as they were put."""
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._table = self._drawn(())

    def show(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show these rows and no others, and bring them into view; columns without anything are left out."""
        if tuple(columns) != self._table.columns:
            self._table.destroy()
            self._table = self._drawn(columns)
        self.rows = list(rows)
        self._table.put(Line(row.texts, row.tag) for row in rows)
        used = [number for number in range(len(columns)) if any(row.texts[number] for row in rows)]
        self._table.show_columns(used or range(len(columns)))
        if rows:
            self.after_idle(lambda: bring_into_view(self))

    @property
    def tree(self) -> ttk.Treeview:
        """The table itself."""
        return self._table.tree

    @property
    def chosen(self) -> list[Row]:
        """The chosen rows."""
        return [self.rows[place] for place in self._table.chosen]

    def _drawn(self, columns: Sequence[Column]) -> Table:
        table = Table(self, self._look, columns, lines=self._lines, pick=self._picked, lead=self._opened)
        table.grid(row=0, column=0, sticky="nsew")
        return table

    def _picked(self) -> None:
        if self._tell and (chosen := self.chosen):
            self._tell(chosen[0])

    def _opened(self) -> None:
        if self._lead and (chosen := self.chosen):
            self._lead(chosen[0])
