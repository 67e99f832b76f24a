"""Getting to a cell (转到单元格): in the application that has the workbook open, or that will open it."""

from __future__ import annotations

import contextlib
import importlib
import sys
import time
from collections.abc import Generator
from pathlib import Path

from perf_excel.books.saving import lock_of
from perf_excel.errors import UserError
from perf_excel.faces.window import launching
from perf_excel.stopping import stop_if_asked

_PATIENCE = 40.0
"""Seconds that a LibreOffice may take to start and to open the workbook."""


def go_to(path: Path, sheet: str, cell: str) -> str:
    """Open a workbook at a cell, or say how to get there; return the sentence to say.

    Raises:
        UserError: the file is not there, or nothing opens it.
    """
    there = f"工作表“{sheet}”的 {cell}"
    if sys.platform == "win32":
        with speaking_to_office():
            done = launching.show(path, sheet, cell)
        return f"{path.name}：已转到{there}。" if done else _by_hand(path, sheet, cell)
    if _select(path, sheet, cell):
        return f"{path.name}：已转到{there}。"
    held = lock_of(path)
    # Whoever has it open is asked once more to show it; a LibreOffice then also begins to listen.
    if held is not None and not held.name.startswith(".~lock."):
        return _by_hand(path, sheet, cell, "已经打开着")
    if launching.show(path):
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            stop_if_asked()
            if _select(path, sheet, cell):
                return f"{path.name}：已转到{there}。"
            time.sleep(0.3)
    return _by_hand(path, sheet, cell)


@contextlib.contextmanager
def speaking_to_office() -> Generator[None]:
    """Let a thread other than the window's own speak to Excel or WPS (未在真实的 Windows 上运行过)."""
    if sys.platform != "win32":
        yield
        return
    pythoncom = importlib.import_module("pythoncom")
    pythoncom.CoInitialize()
    try:
        yield
    finally:
        pythoncom.CoUninitialize()


def _by_hand(path: Path, sheet: str, cell: str, how: str = "已打开") -> str:
    return f"{path.name}：{how}，请点工作表“{sheet}”，在左上角的名称框里输入 {cell} 后按回车，就到了那一格。"


def _select(path: Path, sheet: str, cell: str) -> bool:
    """Select the cell in a LibreOffice that listens and has the workbook open; False where none has."""
    from perf_excel.live.libreoffice.listening import open_book
    from perf_excel.live.selecting import show

    try:
        book = open_book(path.absolute())
    except UserError:
        return False  # its Python interface is not there
    if book is None:
        return False
    try:
        show(book, sheet, cell)
    except Exception:  # noqa: BLE001  (the application's own errors: it may be busy, or just closing)
        return False
    return True
