"""How the window looks (外观): sharp on dense screens, a Chinese font, sizes that follow the screen."""

from __future__ import annotations

import contextlib
import sys
import tkinter as tk
from tkinter import font as fonts
from tkinter import ttk
from typing import Any

_FAMILIES = (
    "Microsoft YaHei UI",
    "微软雅黑",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
_NAMED = ("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont", "TkTooltipFont", "TkCaptionFont")
_POINTS_PER_INCH = 72
_USUAL_DPI = 96

PAPER, INK, SOFT, LINE, DARK = "#ffffff", "#1f2933", "#5f6b7a", "#d5dbe3", "#1d4e89"
SIDE = "#f1f4f8"
_NATIVE = "vista"
"""The theme that Tk has on Windows alone."""
SEVERITY_COLOURS = {"error": "#b3261e", "warning": "#9a5b00", "info": SOFT}


def sharpen() -> None:
    """Ask Windows for real pixels, before the first window: else it blows up a small picture."""
    if sys.platform == "win32":
        import ctypes

        with contextlib.suppress(AttributeError, OSError):
            ctypes.windll.shcore.SetProcessDpiAwareness(1)


class Look:
    """Sizes and styles for one screen."""

    def __init__(self, root: tk.Tk) -> None:
        self.scale = max(1.0, root.winfo_fpixels("1i") / _USUAL_DPI)
        root.tk.call("tk", "scaling", self.scale * _USUAL_DPI / _POINTS_PER_INCH)
        installed = set(fonts.families(root))
        family = next((name for name in _FAMILIES if name in installed), None)
        for name in _NAMED:
            options: dict[str, Any] = {"size": 10, **({"family": family} if family else {})}
            fonts.nametofont(name, root).configure(**options)
        self.title = fonts.nametofont("TkDefaultFont", root).copy()
        self.title.configure(size=14, weight="bold")
        self.strong = fonts.nametofont("TkDefaultFont", root).copy()
        self.strong.configure(weight="bold")
        self.line = fonts.nametofont("TkDefaultFont", root).metrics("linespace")
        root.configure(background=PAPER)
        self._style(ttk.Style(root))

    def px(self, pixels: int) -> int:
        """Return a length for this screen; ``pixels`` is that of a usual one."""
        return round(pixels * self.scale)

    def _style(self, style: ttk.Style) -> None:
        native = _NATIVE in style.theme_names()
        # Elsewhere the one theme that looks alike everywhere and takes colours.
        style.theme_use(_NATIVE if native else "clam")
        style.configure(".", background=PAPER, foreground=INK, bordercolor=LINE, focuscolor=DARK)
        style.configure("TButton", padding=(self.px(10), self.px(4)))
        if not native:  # Windows draws its buttons itself, and white letters would be lost on them
            style.configure("Main.TButton", background=DARK, foreground=PAPER)
            style.map(
                "Main.TButton",
                background=[("disabled", LINE), ("active", "#163d6b")],
                foreground=[("disabled", SOFT)],
            )
            for name in ("TCheckbutton", "TRadiobutton"):
                style.configure(name, indicatorsize=self.px(11))
            for name in ("TCombobox", "TScrollbar"):
                style.configure(name, arrowsize=self.px(12))
            style.configure("TMenubutton", padding=(self.px(10), self.px(4)), background=PAPER)
            style.map("TCombobox", fieldbackground=[("readonly", PAPER)], background=[("readonly", SIDE)])
            style.configure("TNotebook", background=PAPER)
            style.configure("TNotebook.Tab", background=SIDE, padding=(self.px(10), self.px(4)))
            style.map("TNotebook.Tab", background=[("selected", PAPER)])
            style.configure("TScrollbar", background="#c3ccd8", troughcolor=SIDE, bordercolor=SIDE)
            style.map("TScrollbar", background=[("disabled", SIDE)])
            style.configure("TProgressbar", background=DARK, troughcolor=SIDE)
        style.configure("Side.TFrame", background=SIDE)
        style.configure("Side.TLabel", background=SIDE, foreground=SOFT)
        style.configure("Side.TRadiobutton", background=SIDE, padding=(self.px(14), self.px(7)), anchor="w")
        # Without the little circle: a step is chosen as a line of a list is.
        label = ("Radiobutton.label", {"sticky": "nswe"})
        focus = ("Radiobutton.focus", {"sticky": "nswe", "children": [label]})
        plain: Any = [("Radiobutton.padding", {"sticky": "nswe", "children": [focus]})]
        style.layout("Side.TRadiobutton", plain)
        style.map(
            "Side.TRadiobutton",
            background=[("selected", DARK), ("active", "#dfe6ef")],
            foreground=[("selected", PAPER)],
        )
        style.configure("Title.TLabel", font=self.title, foreground=DARK)
        style.configure("Soft.TLabel", foreground=SOFT)
        style.configure("Bad.TLabel", foreground=SEVERITY_COLOURS["error"])
        style.configure("Warning.TLabel", foreground=SEVERITY_COLOURS["warning"])
        style.configure("Score.TLabel", font=self.strong, foreground=DARK)
        style.configure("Treeview", rowheight=round(self.line * 1.35), fieldbackground=PAPER)
        style.configure("Treeview.Heading", padding=(self.px(4), self.px(4)))
