"""What does not fit scrolls (滚动): pages and lists on small screens, by wheel, bar and keyboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any, cast

_DOUBLE_CLICK = 500
"""Milliseconds between the two clicks, at most."""
_TURNING_BY_THEMSELVES = ("Treeview", "Text", "Listbox")
"""Controls that scroll what they hold."""


class Scrolling(ttk.Frame):
    """A frame whose ``body`` fills it where there is room; where there is not, bars appear."""

    def __init__(
        self, parent: tk.Misc, background: str, *, style: str = "TFrame", as_wide: bool = False
    ) -> None:
        """Draw it empty; ``as_wide`` as what is in it, else as its parent gives it room."""
        super().__init__(parent, style=style, width=1, height=1)
        self._as_wide = as_wide
        # One pixel: how large the window is must not depend on what is in it.
        self.view = tk.Canvas(
            self, width=1, height=1, highlightthickness=0, borderwidth=0, background=background
        )
        # The body's cell is never smaller than the canvas. Giving the body a size of its own instead would
        # keep its growth from being noticed.
        self._holder = ttk.Frame(self.view, style=style)
        self._holder.columnconfigure(0, weight=1)
        self._holder.rowconfigure(0, weight=1)
        self.body = ttk.Frame(self._holder, style=style)
        self.body.grid(row=0, column=0, sticky="nsew")
        self.view.create_window(0, 0, anchor="nw", window=self._holder)
        down, across = (_bar(self, self.view, way) for way in ("vertical", "horizontal"))
        self._bars = {"height": down, "width": across}
        self.view.configure(yscrollcommand=down.set, xscrollcommand=across.set)
        self.bind("<Configure>", lambda _: self._fit())
        self._holder.bind("<Configure>", lambda _: self._fit())

    def see(self, widget: tk.Misc) -> None:
        """Bring a control of the body into view."""
        self._fit()
        self.update_idletasks()
        top, height = widget.winfo_rooty() - self.body.winfo_rooty(), widget.winfo_height()
        whole, room = self.body.winfo_height(), self.view.winfo_height()
        above = self.view.canvasy(0)
        if top < above:
            self.view.yview_moveto(top / max(whole, 1))
        elif top + height > above + room:
            self.view.yview_moveto(min(top, top + height - room) / max(whole, 1))

    def turn(self, units: int) -> None:
        """Scroll by so many lines."""
        if self.body.winfo_reqheight() > self.view.winfo_height():
            self.view.yview_scroll(units, "units")

    def _fit(self) -> None:
        """Give the view the room that the bars leave, and bars only where something does not fit.

        All is put in its place by hand: Tk's grid leaves a control out that it finds no room for while bars
        come and go, and does not always show it afterwards.
        """
        wanted = {"width": self.body.winfo_reqwidth(), "height": self.body.winfo_reqheight()}
        whole = {"width": self.winfo_width(), "height": self.winfo_height()}
        down, across = self._bars["height"], self._bars["width"]
        thick = {"width": down.winfo_reqwidth(), "height": across.winfo_reqheight()}
        if self._as_wide:
            self.configure(width=wanted["width"])
            whole["width"] = max(whole["width"], wanted["width"])
        room = dict(whole)
        if wanted["height"] > room["height"]:
            room["width"] -= thick["width"]
        if wanted["width"] > room["width"]:
            room["height"] -= thick["height"]
            if wanted["height"] > room["height"]:
                room["width"] = whole["width"] - thick["width"]
        room = {side: max(length, 1) for side, length in room.items()}
        self.view.place(x=0, y=0, **room)
        if wanted["height"] > room["height"]:
            down.place(x=room["width"], y=0, height=room["height"])
        else:
            down.place_forget()
        if wanted["width"] > room["width"]:
            across.place(x=0, y=room["height"], width=room["width"])
        else:
            across.place_forget()
        self._holder.columnconfigure(0, minsize=room["width"])
        self._holder.rowconfigure(0, minsize=room["height"])
        within = {side: max(wanted[side], room[side]) for side in wanted}
        self.view.configure(scrollregion=(0, 0, within["width"], within["height"]))


def with_bars(parent: tk.Misc, of: tk.Text | ttk.Treeview | tk.Listbox) -> None:
    """Put bars beside a list or text that fills the first cell of its parent; they show where needed."""
    down, across = _bar(parent, of, "vertical"), _bar(parent, of, "horizontal")
    down.grid(row=0, column=1, sticky="ns")
    across.grid(row=1, column=0, sticky="ew")
    of.configure(yscrollcommand=_shown_where_needed(down), xscrollcommand=_shown_where_needed(across))


def _shown_where_needed(bar: ttk.Scrollbar) -> Callable[[float, float], None]:
    def moved(first: float, last: float) -> None:
        if float(first) <= 0 and float(last) >= 1:  # Tk gives them as texts
            bar.grid_remove()
        else:
            bar.grid()
        bar.set(first, last)

    return moved


def scroll_by_wheel(root: tk.Tk) -> None:
    """Let the wheel scroll what is under the pointer, and the page show what the keyboard is at."""
    for event, units in (("<Button-4>", -2), ("<Button-5>", 2)):
        root.bind_all(event, lambda event, units=units: _turn(root, event, units))
        root.unbind_class("TCombobox", event)  # who scrolls a page must not change what is chosen on it
    root.bind_all("<MouseWheel>", lambda event: _turn(root, event, -round(event.delta / 60)))
    root.unbind_class("TCombobox", "<MouseWheel>")
    root.bind_all("<FocusIn>", lambda event: bring_into_view(event.widget))


def _bar(parent: tk.Misc, of: Any, way: str) -> ttk.Scrollbar:  # noqa: ANN401
    vertical = way == "vertical"
    return ttk.Scrollbar(
        parent,
        orient="vertical" if vertical else "horizontal",
        command=of.yview if vertical else of.xview,
    )


def _turn(root: tk.Tk, event: tk.Event[tk.Misc], units: int) -> None:
    try:
        widget = root.winfo_containing(event.x_root, event.y_root)
    except KeyError:
        return  # the list of a drop-down is Tk's own, which Python has no object of
    while widget is not None:
        if widget.winfo_class() in _TURNING_BY_THEMSELVES and cast("Any", widget).yview() != (0.0, 1.0):
            return
        if isinstance(widget, Scrolling):
            widget.turn(units)
            return
        widget = widget.master


def bring_into_view(widget: object) -> None:
    """Let the page that a control stands on show it."""
    one = widget if isinstance(widget, tk.Misc) else None
    while one is not None:
        if isinstance(one, Scrolling):
            one.see(cast("tk.Misc", widget))
            return
        one = one.master


def bring_into_view_soon(widget: tk.Misc) -> None:
    """Let the page show a control once a double click is over: between its clicks nothing may move."""
    widget.after(_DOUBLE_CLICK, lambda: bring_into_view(widget))
