"""What takes as many lines as it needs (换行): rows of buttons and sentences, whatever the window's width."""

from __future__ import annotations

import tkinter as tk
from tkinter import font as tkfont
from tkinter import ttk
from typing import Any

from perf_excel.faces.window.line_breaking import broken


class Flow(ttk.Frame):
    """Controls side by side, on further lines where one is full. They are its children, in their order."""

    def __init__(self, parent: tk.Misc, gap: int) -> None:
        super().__init__(parent, width=1, height=1)
        self._gap = gap
        self._shown: list[tk.Widget] = []
        self.bind("<Configure>", lambda _: self._place())

    def show(self, *controls: tk.Widget) -> None:
        """Show these controls, in this order."""
        for control in self._shown:
            control.place_forget()
        self._shown = list(controls)
        self._place()

    def _place(self) -> None:
        room = max(self.winfo_width(), 1)
        lines: list[list[tk.Widget]] = [[]]
        x = 0
        for control in self._shown:
            wide = control.winfo_reqwidth()
            if lines[-1] and x + wide > room:
                lines.append([])
                x = 0
            lines[-1].append(control)
            x += wide + self._gap
        y = 0
        for line in lines:
            x, high = 0, max((control.winfo_reqheight() for control in line), default=0)
            for control in line:
                control.place(x=x, y=y + (high - control.winfo_reqheight()) // 2)
                x += control.winfo_reqwidth() + self._gap
            y += high + self._gap
        widest = max((control.winfo_reqwidth() for control in self._shown), default=1)
        self.configure(width=widest, height=max(y - self._gap, 1))


_EDGES = 6
"""Pixels that a theme may put beside the text of a label."""


class WrappedLabel(ttk.Label):
    """A label that breaks its lines as Chinese is broken; its text is what was put, without the breaks."""

    def __init__(self, parent: tk.Misc, text: str, style: str) -> None:
        super().__init__(parent, style=style, anchor="w", justify="left")
        self._text, self._width = text, 0
        self._draw()

    def configure(self, cnf: Any = None, **options: Any) -> Any:  # noqa: ANN401  (as Tk has it)
        """Change the label as any other."""
        if "text" in options:
            self._text = str(options.pop("text"))
        known: Any = super()
        changed = known.configure(cnf, **options) if cnf or options else None
        self._draw()
        return changed

    def cget(self, key: str) -> Any:  # noqa: ANN401  (as Tk has it)
        """Return an option of the label; the text as it was put."""
        return self._text if key == "text" else super().cget(key)

    def wrap(self, width: int) -> None:
        """Break the lines for this width."""
        if width != self._width:
            self._width = width
            self._draw()

    def _draw(self) -> None:
        named = ttk.Style(self).lookup(str(super().cget("style")) or "TLabel", "font") or "TkDefaultFont"
        font = tkfont.nametofont(str(named), self)
        super().configure(text=broken(self._text, self._width, font.measure) if self._width else self._text)


class Sentence(ttk.Frame):
    """A label whose text goes on on the next line; ``label`` is what to configure."""

    def __init__(self, parent: tk.Misc, text: str = "", style: str = "Soft.TLabel") -> None:
        super().__init__(parent, width=1, height=1)
        self.label = WrappedLabel(self, text, style)
        self.label.place(x=0, y=0, relwidth=1)
        self.bind("<Configure>", lambda event: self.label.wrap(max(event.width - _EDGES, 1)))
        self.label.bind("<Configure>", lambda _: self._fit())

    def put(self, text: str, style: str = "Soft.TLabel") -> None:
        """Say something else."""
        self.label.configure(text=text, style=style)
        self._fit()

    def _fit(self) -> None:
        self.configure(height=max(self.label.winfo_reqheight(), 1))
