"""Files dropped on the window (拖放), where the system has the extension for it."""

from __future__ import annotations

import importlib
import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_FILES = "DND_Files"


def make_root() -> tk.Tk:
    """Return the window's root: one that takes drops where that is possible, else a plain one."""
    try:
        extension: Any = importlib.import_module("tkinterdnd2.TkinterDnD")
        root: tk.Tk = extension.Tk(className="perf-excel")
    except (ImportError, RuntimeError, tk.TclError):
        return tk.Tk(className="perf-excel")
    return root


def accept_files(widget: tk.Widget, take: Callable[[Sequence[Path]], None]) -> None:
    """Let files be dropped on a control."""
    able: Any = widget
    tcl: Any = widget.tk
    if not hasattr(able, "drop_target_register"):
        return

    def dropped(event: Any) -> str:  # noqa: ANN401  (the extension's own event)
        if paths := [Path(name) for name in tcl.splitlist(event.data)]:
            take(paths)
        return "copy"

    try:
        able.drop_target_register(_FILES)
        able.dnd_bind("<<Drop>>", dropped)
    except (tk.TclError, AttributeError):
        return  # a plain root: its controls know the word, its Tcl does not
