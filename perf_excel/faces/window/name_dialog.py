"""A dialog that asks for a name (起名): Tk's own speaks English."""

from __future__ import annotations

import tkinter as tk
from tkinter import simpledialog, ttk


class NameDialog(simpledialog.Dialog):
    """A question, a line to type in, 确定 and 取消."""

    def __init__(self, root: tk.Tk, title: str, question: str, name: str) -> None:
        """Ask, and wait for the answer; ``given`` is what was typed, empty where it was cancelled."""
        self._question, self._name = question, name
        self.given = ""
        super().__init__(root, title)

    def body(self, master: tk.Frame) -> tk.Misc:
        """Draw the question and the line."""
        ttk.Label(master, text=self._question).grid(row=0, column=0, sticky="w", pady=6)
        self.entry = ttk.Entry(master, width=36)
        self.entry.insert(0, self._name)
        self.entry.select_range(0, "end")
        self.entry.grid(row=1, column=0, sticky="ew")
        return self.entry

    def buttonbox(self) -> None:
        """Draw the buttons; return and escape do the same."""
        box = ttk.Frame(self, padding=8)
        self.keep_button = ttk.Button(box, text="确定", command=self.ok, style="Main.TButton")
        self.cancel_button = ttk.Button(box, text="取消", command=self.cancel)
        self.keep_button.grid(row=0, column=0, padx=6)
        self.cancel_button.grid(row=0, column=1, padx=6)
        self.bind("<Return>", self.ok)
        self.bind("<Escape>", self.cancel)
        box.pack()

    def apply(self) -> None:
        """Take what was typed."""
        self.given = self.entry.get().strip()
