"""Questions that need an answer before anything is done (询问): the system's own dialogs, in Chinese."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TITLE = "绩效自评"

_WORDS = {
    "&Open": "打开(&O)", "&Save": "保存(&S)", "&Cancel": "取消(&C)", "&OK": "确定(&O)", "Open": "打开",
    "Save As": "另存为", "&Yes": "是(&Y)", "&No": "否(&N)", "&Directory:": "文件夹(&D)：",
    "File &name:": "文件名(&N)：", "File &names:": "文件名(&N)：", "Files of &type:": "文件类型(&T)：",
    "&Selection:": "选定(&S)：", "Choose Directory": "选择文件夹", "&Filter": "筛选(&F)",
    'File "%1$s" already exists.\nDo you want to overwrite it?': "“%1$s”已经存在，要替换它吗？",
    'File "%1$s" does not exist.': "没有“%1$s”这个文件。",
}  # fmt: skip
"""Tk's own dialogs, which stand in where the system has none (X11)."""


def speak_chinese(root: tk.Tk) -> None:
    """Let Tk's own dialogs be in Chinese, and pass over hidden files."""
    tcl: Any = root.tk
    for locale in tcl.splitlist(tcl.call("::msgcat::mcpreferences")):
        for word, chinese in _WORDS.items():
            tcl.call("namespace", "eval", "::tk", ("::msgcat::mcset", locale, word, chinese))
    if str(tcl.call("tk", "windowingsystem")) == "x11":
        # Loads the dialog, so that what it shows can be set.
        tcl.eval("catch {tk_getOpenFile -no-such-option}; set ::tk::dialog::file::showHiddenVar 0")


def ask_files(root: tk.Tk, kinds: Sequence[tuple[str, str]], folder: str) -> list[Path]:
    """Let the user choose files; none where the dialog was cancelled."""
    from tkinter import filedialog

    names = filedialog.askopenfilenames(parent=root, filetypes=kinds, initialdir=folder)
    return [Path(name) for name in names]


def ask_target(root: tk.Tk, name: str, suffix: str, folder: str) -> Path | None:
    """Let the user choose where to save, and agree that a file there be replaced; None: cancelled."""
    from tkinter import filedialog

    chosen = filedialog.asksaveasfilename(
        parent=root, initialfile=name, defaultextension=suffix, initialdir=folder
    )
    return Path(chosen) if chosen else None


def ask_folder(root: tk.Tk, folder: str) -> Path | None:
    """Let the user choose a folder; None where the dialog was cancelled."""
    from tkinter import filedialog

    chosen = filedialog.askdirectory(parent=root, initialdir=folder)
    return Path(chosen) if chosen else None


def agreed(root: tk.Tk, question: str) -> bool:
    """Ask a question of yes or no."""
    from tkinter import messagebox

    return messagebox.askyesno(TITLE, question, parent=root)


def ask_name(root: tk.Tk, question: str, name: str) -> str | None:
    """Ask for a name; None where the dialog was cancelled or nothing was typed."""
    from perf_excel.faces.window.name_dialog import NameDialog

    return NameDialog(root, TITLE, question, name).given or None
