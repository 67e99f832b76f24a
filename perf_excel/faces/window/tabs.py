"""Tabs that are as high as what is on the one that is chosen (选项卡), not as the highest of all."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk


class Tabs(ttk.Notebook):
    """Tabs; Ctrl and Tab, or Alt and the underlined letter, turn to another one."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self.enable_traversal()
        self.bind("<<NotebookTabChanged>>", lambda _: self.after_idle(self._fit))

    def put(self, tab: ttk.Frame, title: str) -> None:
        """Add a tab."""
        self.add(tab, text=title)
        for part in tab.winfo_children():
            # A sentence that takes another line makes the tab higher.
            part.bind("<Configure>", lambda _: self._fit(), add=True)

    def turn_to(self, tab: ttk.Frame) -> None:
        """Show a tab."""
        self.select(tab)  # pyright: ignore[reportUnknownMemberType]

    def _fit(self) -> None:
        if chosen := str(self.select()):  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
            self.configure(height=self.nametowidget(chosen).winfo_reqheight())
