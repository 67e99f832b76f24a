"""Showing a file to the user (打开): in the application that the system opens it with."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from perf_excel.errors import UserError

_SHEETS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods")
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

STARTED: list[subprocess.Popen[bytes]] = []
"""What was started to show files, and runs still."""


def show(path: Path, sheet: str = "", cell: str = "") -> bool:
    """Open a file or folder as a double click on it would; tell whether a cell is shown, or can be asked for.

    Raises:
        UserError: it is not there, or nothing opens it.
    """
    if not path.exists():
        raise UserError(f"{path.name}：找不到该文件，可能已被移走或改名。")
    if sys.platform == "win32":
        if cell and _go_to(path, sheet, cell):
            return True
        os.startfile(path)  # noqa: S606  (the user's own file, opened as by a double click)
        return False
    from perf_excel.office import surroundings

    listening = _listening(path)
    if listening is None:
        program = shutil.which("xdg-open")
        if program is None:
            raise UserError(f"{path.name}：没有找到能打开它的程序，请安装 WPS 或 LibreOffice。")
        listening = [program]
    # Those that have ended are let go; the others stay the user's when the window closes.
    STARTED[:] = [one for one in STARTED if one.poll() is None]
    STARTED.append(
        subprocess.Popen(  # noqa: S603  (found by us; the file is the user's own)
            [*listening, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=surroundings(),
            start_new_session=True,
        )
    )
    return len(listening) > 1


def _listening(path: Path) -> list[str] | None:
    """The command of a LibreOffice that opens workbooks and listens; None where the user has another one.

    One that runs already takes the command over, and listens from then on.
    """
    from perf_excel.office import find_soffice

    office = find_soffice()
    if office is None or path.suffix.lower() not in _SHEETS:
        return None
    if (usual := _usual()) and "libreoffice" not in usual:
        return None
    from perf_excel.live.libreoffice.listening import address

    return [str(office), f"--accept={address()};urp;StarOffice.ComponentContext"]


def _usual() -> str:
    """The program that opens workbooks, as the desktop knows it; empty where it cannot say."""
    asking = shutil.which("xdg-mime")
    if asking is None:
        return ""
    command = [asking, "query", "default", _KIND]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=5)  # noqa: S603  (found by us)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace").lower()


def _go_to(path: Path, sheet: str, cell: str) -> bool:
    """Show a cell in Excel or WPS, whichever opens the file; False where neither can be told.

    Not tried on a real Windows yet.
    """
    if importlib.util.find_spec("win32com") is None:
        return False
    client = importlib.import_module("win32com.client")
    try:
        book = client.GetObject(str(path.absolute()))
        book.Application.Visible = True
        book.Windows(1).Visible = True
        book.Application.Goto(book.Worksheets(sheet).Range(cell))
    except Exception:  # noqa: BLE001  (pywin32's com_error, whatever the application says)
        return False
    return True
