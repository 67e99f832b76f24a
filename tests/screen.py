"""A screen for tests of the window: a virtual one, a mouse and a keyboard that it takes for real ones."""

from __future__ import annotations

import atexit
import contextlib
import importlib
import os
import shutil
import subprocess
import sys
import time
import tkinter as tk
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tkinter import ttk
from typing import Any, TypeVar, cast

import pytest
from virtual_screen import virtual_screen

from perf_excel.faces.window.app import Window

WINDOWS = sys.platform == "win32"
TOOLS = () if WINDOWS else ("Xvfb", "xdotool", "import")
REQUIRED = os.environ.get("PERF_EXCEL_REQUIRE_OFFICE") == "1"
SECONDS = 20.0

_USER: Any = getattr(importlib.import_module("ctypes"), "windll").user32 if WINDOWS else None  # noqa: B009
_DOWN, _UP, _RELEASED = 2, 4, 2
_CODES = {"alt": 0x12, "Return": 0x0D}

P = TypeVar("P", bound=ttk.Frame)
Test = TypeVar("Test", bound=Callable[..., object])


def needs_screen(test: Test) -> Test:
    """Mark a test that needs a virtual screen: it skips without one, or fails if ``REQUIRED``."""
    missing = any(shutil.which(tool) is None for tool in TOOLS)
    return pytest.mark.skipif(missing and not REQUIRED, reason=f"needs {'、'.join(TOOLS)}")(test)


_SCREENS = contextlib.ExitStack()
atexit.register(_SCREENS.close)


@cache
def screen(size: str = "1280x860", dpi: int = 96) -> str:
    """Name a virtual screen, which stays until the tests end; on Windows there is one, without a name.

    Tk never lets go of a display that it has once used, and ends the process when one is taken away.
    """
    return "" if WINDOWS else _SCREENS.enter_context(virtual_screen(size, dpi))


class Hand:
    """A clerk's hand: it points, clicks and types, and waits until something has happened."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        end = time.monotonic() + SECONDS
        while not until():
            assert time.monotonic() < end, "nothing happened"
            self._root.update()
            time.sleep(0.01)

    def settle(self) -> None:
        """Let the window draw itself."""
        for _ in range(10):
            self._root.update()
            time.sleep(0.01)

    def click(self, widget: tk.Misc, x: int | None = None, y: int | None = None, *, times: int = 1) -> None:
        """Click on a widget, in its middle if nowhere else."""
        self.settle()
        left = widget.winfo_rootx() + (widget.winfo_width() // 2 if x is None else x)
        top = widget.winfo_rooty() + (widget.winfo_height() // 2 if y is None else y)
        if WINDOWS:
            _USER.SetCursorPos(left, top)
            for _ in range(times):
                _USER.mouse_event(_DOWN, 0, 0, 0, 0)
                _USER.mouse_event(_UP, 0, 0, 0, 0)
        else:
            clicks = ["click", "--repeat", str(times), "--delay", "40", "1"]
            subprocess.run(["xdotool", "mousemove", str(left), str(top), *clicks], check=True)
        self.settle()

    def key(self, *keys: str) -> None:
        """Press keys, by their X names (Return, alt+2)."""
        if WINDOWS:
            for key in keys:
                codes = [_CODES.get(one) or _USER.VkKeyScanW(ord(one)) & 0xFF for one in key.split("+")]
                for code in codes:
                    _USER.keybd_event(code, 0, 0, 0)
                for code in reversed(codes):
                    _USER.keybd_event(code, 0, _RELEASED, 0)
        else:
            subprocess.run(["xdotool", "key", *keys], check=True)
        self.settle()

    def type(self, text: str) -> None:
        """Type letters, figures and blanks."""
        if WINDOWS:
            self.key(*text)
        else:
            subprocess.run(["xdotool", "type", "--delay", "5", text], check=True)
            self.settle()

    def roll(self, widget: tk.Misc, *, up: bool) -> None:
        """Turn the wheel at the left edge of a widget."""
        left, top = widget.winfo_rootx() + 2, widget.winfo_rooty() + 2
        turn = ["click", "--repeat", "3", "4" if up else "5"]
        subprocess.run(["xdotool", "mousemove", str(left), str(top), *turn], check=True)
        self.settle()

    def picture(self, path: Path) -> None:
        """Keep a picture of the screen."""
        self.settle()
        subprocess.run(["import", "-window", "root", str(path)], check=True)


def page(window: Window, kind: type[P]) -> P:
    """Return a page that was opened."""
    return next(one for one in window.pages.values() if isinstance(one, kind))


def rows(table: ttk.Treeview) -> list[list[str]]:
    """Return what a table shows."""
    return [[str(value) for value in table.item(row, "values")] for row in table.get_children()]


def middle_of(table: ttk.Treeview, row: int, column: str) -> tuple[int, int]:
    """Return where to click on a cell of a table."""
    x, y, width, height = cast("tuple[int, int, int, int]", table.bbox(table.get_children()[row], column))
    return x + width // 2, y + height // 2


def text_of(paper: tk.Text) -> str:
    """Return what a text says."""
    return paper.get("1.0", "end-1c")
