"""A table (表格): sorted by a click on a head, copied to the clipboard, as wide as there is room."""

from __future__ import annotations

import re
import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from tkinter import ttk
from typing import NamedTuple

from perf_excel.faces.window.scrolling import with_bars
from perf_excel.faces.window.theme import SEVERITY_COLOURS, Look

_PARTS = re.compile(r"(\d+(?:\.\d+)?)")


class Column(NamedTuple):
    """A column: its head, and its width on a usual screen; the last of a table takes what is left."""

    head: str
    width: int


class Row(NamedTuple):
    """A line of the table; ``tag`` is a severity whose colour it has, or nothing."""

    values: tuple[str, ...]
    tag: str = ""


class Table(ttk.Frame):
    """Rows under heads. ``chosen`` are the places of the selected ones among those that were put."""

    def __init__(
        self,
        parent: tk.Misc,
        look: Look,
        columns: Sequence[Column],
        *,
        lines: int = 5,
        pick: Callable[[], None] | None = None,
        lead: Callable[[], None] | None = None,
    ) -> None:
        """Draw it empty.

        Args:
            parent: what it stands in.
            look: the screen.
            columns: from left to right.
            lines: so many are seen at least.
            pick: called when other rows are selected.
            lead: called by a double click or the return key on a row.
        """
        row = round(look.line * 1.35)
        super().__init__(parent, width=look.px(200), height=row * (lines + 1) + look.px(14))
        self.grid_propagate(False)  # noqa: FBT003  (the columns must not decide how wide the page is)
        self._look, self.columns = look, tuple(columns)
        self._places: dict[str, int] = {}
        self._sorted: tuple[int, bool] | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.tree = self._drawn()
        self.tree.grid(row=0, column=0, sticky="nsew")
        self.tree.bind("<Configure>", lambda _: self._fill())
        with_bars(self, self.tree)
        for event, command in (
            ("<Control-c>", self.copy), ("<Control-a>", self.choose_all),
            ("<Return>", lead), ("<Double-1>", lead),
        ):  # fmt: skip
            if command is not None:
                self.tree.bind(event, lambda _, command=command: _stop(command))
        if pick is not None:
            self.tree.bind("<<TreeviewSelect>>", lambda _: pick())

    def _drawn(self) -> ttk.Treeview:
        """Return the heads, under which no row stands yet."""
        names = [str(number) for number in range(len(self.columns))]
        tree = ttk.Treeview(self, columns=names, show="headings", height=1)
        for name, column in zip(names, self.columns, strict=True):
            tree.heading(name, text=column.head, anchor="w", command=lambda name=name: self.sort(int(name)))
            last = name == names[-1]
            width = self._look.px(column.width)
            least = width if last else self._look.px(30)
            tree.column(name, width=width, minwidth=least, anchor="w", stretch=last)
        for severity, colour in SEVERITY_COLOURS.items():
            tree.tag_configure(severity, foreground=colour)
        return tree

    def put(self, rows: Iterable[Row]) -> None:
        """Show these rows, in the order last asked for."""
        self.tree.delete(*self.tree.get_children())
        self._places = {
            self.tree.insert("", "end", values=row.values, tags=(row.tag,)): place
            for place, row in enumerate(rows)
        }
        if self._sorted is not None:
            self._order(*self._sorted)

    @property
    def chosen(self) -> list[int]:
        """The places of the selected rows, as they were put."""
        return [self._places[one] for one in self.tree.selection()]

    def choose(self, place: int) -> None:
        """Select a row by its place and bring it into view."""
        for name, own in self._places.items():
            if own == place:
                self.tree.selection_set(name)
                self.tree.focus(name)
                self.tree.see(name)

    def choose_all(self) -> None:
        """Select every row."""
        self.tree.selection_set(self.tree.get_children())

    def show_columns(self, numbers: Sequence[int]) -> None:
        """Show only these columns."""
        self.tree.configure(displaycolumns=[str(number) for number in numbers])
        self._fill()

    def sort(self, number: int) -> None:
        """Sort by a column; again: the other way round."""
        down = self._sorted == (number, False)
        self._order(number, down)
        for other, column in enumerate(self.columns):
            mark = "" if other != number else " ▼" if down else " ▲"
            self.tree.heading(str(other), text=column.head + mark)

    def copy(self) -> None:
        """Copy the selected rows, or all where none is selected, with their heads, as Excel takes them."""
        shown = [int(one) for one in self._shown()]
        lines = ["\t".join(self.columns[number].head for number in shown)]
        for name in self.tree.selection() or self.tree.get_children():
            values = [str(value) for value in self.tree.item(name, "values")]
            lines.append("\t".join(" ".join(values[number].split()) for number in shown))
        self.clipboard_clear()
        self.clipboard_append("\n".join(lines) + "\n")

    def _fill(self) -> None:
        """Give the last column the room that is left; Tk itself forgets to when columns come or go."""
        if not (shown := self._shown()):
            return
        *others, last = shown
        taken = sum(int(self.tree.column(one, "width")) for one in others)
        room = self.tree.winfo_width() - taken - self._look.px(4)
        self.tree.column(last, width=max(room, self._look.px(self.columns[int(last)].width)))

    def _shown(self) -> Sequence[str]:
        shown = [str(one) for one in self.tree["displaycolumns"]]
        return [str(number) for number in range(len(self.columns))] if shown == ["#all"] else shown

    def _order(self, number: int, down: bool) -> None:  # noqa: FBT001
        self._sorted = (number, down)
        names = sorted(
            self.tree.get_children(),
            key=lambda name: natural(str(self.tree.set(name, str(number)))),
            reverse=down,
        )
        for place, name in enumerate(names):
            self.tree.move(name, "", place)


def natural(text: str) -> list[tuple[int, float, str]]:
    """Return what a text is sorted by: its numbers as numbers, so that F9 comes before F10."""
    parts = (part for part in _PARTS.split(text) if part)
    return [(0, float(part), "") if _PARTS.fullmatch(part) else (1, 0.0, part) for part in parts]


def _stop(command: Callable[[], object]) -> str:
    command()
    return "break"
