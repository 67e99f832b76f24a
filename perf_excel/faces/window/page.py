"""A step of the year (年度步骤) and its page in the window."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk

from perf_excel.faces.window.desk import Desk


class Page(ttk.Frame):
    """The page of a step."""

    def take(self, paths: Sequence[Path]) -> None:
        """Start with these files; a page that needs none leaves them."""

    def topic(self) -> str:
        """The topic of the help for what is at hand; empty for that of the page itself."""
        return ""

    def shown(self) -> None:
        """Come to the front."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its place in the order of the year, its name, what it is for, and its page."""

    order: int
    title: str
    about: str
    page: Callable[[tk.Misc, Desk], Page]
