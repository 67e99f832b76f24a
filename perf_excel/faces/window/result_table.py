"""A table of what came out (结果表): sorted by a click on a head, opened by Enter, copied as text."""

from __future__ import annotations

import re
import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tkinter import ttk

from perf_excel.faces.window.scrolling import bring_into_view, with_bars
from perf_excel.faces.window.theme import SEVERITY_COLOURS, Look

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LEAST, _LEAST_WIDE = 40, 160
"""Pixels of a column that is made narrower, and of the one that takes the room that is left."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in pixels of a usual screen, whether it takes what room is left."""

    head: str
    width: int
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its texts, how it looks (error, warning, info), and what it leads to."""

    texts: tuple[str, ...]
    tag: str = ""
    path: Path | None = None
    detail: str = ""
    """What is to be read of it at length."""


@dataclass
class _Shown:
    rows: list[Row] = field(default_factory=list[Row])
    columns: tuple[Column, ...] = ()
    by: str = ""


class ResultTable(ttk.Frame):
    """A table whose columns and rows are shown together."""

    def __init__(
        self,
        parent: tk.Misc,
        look: Look,
        *,
        lead: Callable[[Row], object] | None = None,
        tell: Callable[[Row], object] | None = None,
        height: int = 8,
    ) -> None:
        """Draw it empty.

        Args:
            parent: where it stands.
            look: sizes.
            lead: is given the row that is opened.
            tell: is given the row that is chosen.
            height: rows that are seen, at least.
        """
        line = int(str(ttk.Style(parent).lookup("Treeview", "rowheight")) or look.line)
        super().__init__(parent, width=1, height=line * (height + 1) + look.px(20))
        # How wide its columns are must not make the page wider than the window: the table itself scrolls.
        self.grid_propagate(False)  # noqa: FBT003  (Tk's own)
        self._look, self._lead, self._tell = look, lead, tell
        self._shown = _Shown()
        self._of: dict[str, Row] = {}
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.tree = ttk.Treeview(self, show="headings", height=height, selectmode="extended")
        for severity, colour in SEVERITY_COLOURS.items():
            self.tree.tag_configure(severity, foreground=colour)
        self.tree.grid(row=0, column=0, sticky="nsew")
        with_bars(self, self.tree)
        self.tree.bind("<<TreeviewSelect>>", lambda _: self._told())
        self.tree.bind("<Double-1>", self._double)
        self.tree.bind("<Return>", lambda _: self.open_chosen())
        for key in ("<Control-c>", "<Control-C>", "<<Copy>>"):
            self.tree.bind(key, lambda _: self.copy())

    def show(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show these rows and no others."""
        tree, columns = self.tree, tuple(columns)
        if columns != self._shown.columns:
            tree.delete(*tree.get_children())
            tree.configure(columns=[str(number) for number in range(len(columns))])
            for number, column in enumerate(columns):
                name = str(number)
                tree.heading(name, text=column.head, anchor="w", command=lambda name=name: self._sort(name))
                width = self._look.px(column.width)
                least = self._look.px(_LEAST_WIDE) if column.wide else min(width, self._look.px(_LEAST))
                tree.column(name, width=width, minwidth=least, stretch=column.wide, anchor="w")
        self._shown = _Shown(list(rows), columns)
        self._fill(self._shown.rows)
        if rows:
            self.after_idle(lambda: bring_into_view(self))

    @property
    def rows(self) -> list[Row]:
        """The rows as they stand."""
        return [self._of[name] for name in self.tree.get_children()]

    @property
    def chosen(self) -> list[Row]:
        """The chosen rows."""
        return [self._of[name] for name in self.tree.selection()]

    def open_chosen(self) -> None:
        """Open what the first chosen row leads to."""
        if self.chosen and self._lead:
            self._lead(self.chosen[0])

    def copy(self) -> None:
        """Put the chosen rows on the clipboard, or all, as a spreadsheet takes them."""
        lines = ["\t".join(row.texts) for row in self.chosen or self.rows]
        heads = "\t".join(column.head for column in self._shown.columns)
        self.clipboard_clear()
        self.clipboard_append("\n".join([heads, *lines]))

    def _fill(self, rows: Sequence[Row]) -> None:
        self.tree.delete(*self.tree.get_children())
        self._of = {self.tree.insert("", "end", values=row.texts, tags=(row.tag,)): row for row in rows}

    def _sort(self, name: str) -> None:
        """Sort by a column; by the same one again, the other way round."""
        back = self._shown.by == name
        at = int(name)
        self._fill(sorted(self._shown.rows, key=lambda row: _order(row.texts[at]), reverse=back))
        self._shown.by = "" if back else name

    def _told(self) -> None:
        if self.chosen and self._tell:
            self._tell(self.chosen[0])

    def _double(self, event: tk.Event[tk.Misc]) -> None:
        if self.tree.identify_row(event.y):
            self.open_chosen()


def _order(text: str) -> tuple[int, float, str]:
    """Numbers by size, then words; what is empty stands last."""
    if _NUMBER.fullmatch(text):
        return 0, float(text), ""
    return (1, 0.0, text) if text else (2, 0.0, "")
