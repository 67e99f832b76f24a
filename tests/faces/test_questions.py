"""The dialogs of the window are in Chinese, also where they are Tk's own."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from tkinter import ttk
from typing import Any

from screen import needs_screen

from perf_excel.faces.window.app import Window
from perf_excel.faces.window.name_dialog import NameDialog
from perf_excel.faces.window.questions import ask_name


def below(widget: tk.Misc) -> Iterator[tk.Misc]:
    for child in widget.winfo_children():
        yield child
        yield from below(child)


def when_asked(window: Window, act: Callable[[NameDialog], object]) -> None:
    """Do something once the dialog is there."""

    def look() -> None:
        for one in window.root.winfo_children():
            if isinstance(one, NameDialog) and one.winfo_viewable():
                act(one)
                return
        window.root.after(20, look)

    window.root.after(20, look)


def typed(text: str, button: str) -> Callable[[NameDialog], None]:
    def act(dialog: NameDialog) -> None:
        dialog.entry.delete(0, "end")
        dialog.entry.insert(0, text)
        for one in below(dialog):
            if isinstance(one, ttk.Button) and str(one.cget("text")) == button:
                one.invoke()

    return act


@needs_screen
def test_a_name_is_asked_for_in_chinese(window: Window) -> None:
    when_asked(window, typed(" 本市表 ", "确定"))
    assert ask_name(window.root, "改名为：", "旧名") == "本市表"
    when_asked(window, typed("不要", "取消"))
    assert ask_name(window.root, "改名为：", "旧名") is None
    when_asked(window, typed("  ", "确定"))
    assert ask_name(window.root, "改名为：", "旧名") is None


@needs_screen
def test_tk_s_own_dialogs_are_in_chinese(window: Window) -> None:
    tcl: Any = window.root.tk
    words = ("&Open", "&Save", "&Cancel", "&OK", "&Yes", "&No", "File &name:", "Files of &type:")
    told = [str(tcl.eval(f"namespace eval ::tk {{mc {{{word}}}}}")) for word in words]
    assert not [text for text in told if text in words]
