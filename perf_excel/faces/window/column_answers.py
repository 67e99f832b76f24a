"""What each column of a form means (各列的含义): a drop-down for each, those that are not known first."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from tkinter import ttk

from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.flowing import Sentence
from perf_excel.sheets.reading.meanings import COLUMN_NAMES, HeadedColumn, column_name

UNKNOWN = "（请选择）"
_ACROSS = 2
"""So many drop-downs stand side by side."""
_LONGEST = 14


class ColumnAnswers(ttk.Frame):
    """The columns of one form; empty until a form was looked at."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._columns: Sequence[HeadedColumn] = ()
        self.boxes: dict[int, ttk.Combobox] = {}
        for across in range(_ACROSS):
            self.columnconfigure(2 * across + 1, weight=1)
        self._about = Sentence(self)

    def show(self, columns: Sequence[HeadedColumn]) -> None:
        """Ask about these columns."""
        for child in self.winfo_children():
            if child is not self._about:
                child.destroy()
        self._columns = sorted(columns, key=lambda one: bool(one.role))
        unknown = [one for one in columns if not one.role]
        named = "、".join(f"{one.letter} 列“{one.head}”" for one in unknown)
        self._about.put(
            f"请说明这几列是什么：{named}；不用的选“忽略”。" if unknown else "各列都认出来了，认错的可以改。",
            "Warning.TLabel" if unknown else "Soft.TLabel",
        )
        self._about.grid(row=0, column=0, columnspan=2 * _ACROSS, sticky="ew")
        gap, names = self._desk.look.px(3), sorted(COLUMN_NAMES.values())
        self.boxes = {}
        for place, one in enumerate(self._columns):
            row, across = divmod(place, _ACROSS)
            head = one.head if len(one.head) <= _LONGEST else f"{one.head[:_LONGEST]}…"
            label = ttk.Label(self, text=f"{one.letter} 列“{head}”")
            if not one.role:
                label.configure(style="Warning.TLabel")
            label.grid(row=row + 1, column=2 * across, sticky="w", pady=gap, padx=(0, gap))
            box = ttk.Combobox(self, values=names, state="readonly", width=18)
            box.set(column_name(one.role) or UNKNOWN)
            box.grid(row=row + 1, column=2 * across + 1, sticky="w", pady=gap, padx=(0, 3 * gap))
            self.boxes[one.column] = box

    def answers(self) -> dict[int, str]:
        """Return what the clerk said that the program had not found by itself: column → role."""
        roles = {name: role for role, name in COLUMN_NAMES.items()}
        return {
            one.column: roles[said]
            for one in self._columns
            if (said := self.boxes[one.column].get()) != (column_name(one.role) or UNKNOWN)
        }

    def unanswered(self) -> list[str]:
        """Return the columns that nobody has explained."""
        return [
            f"{one.letter} 列“{one.head}”" for one in self._columns if self.boxes[one.column].get() == UNKNOWN
        ]
