"""Showing a workbook to the user (打开): in the application that the system opens it with."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from perf_excel.errors import UserError


def show(path: Path, sheet: str = "", cell: str = "") -> None:
    """Open a file as a double click on it would, at a cell where the application can be told.

    Raises:
        UserError: it is not there, or nothing opens it.
    """
    if not path.exists():
        raise UserError(f"{path.name}：找不到该文件，可能已被移走或改名。")
    if sys.platform == "win32":
        if not (cell and _go_to(path, sheet, cell)):
            os.startfile(path)  # noqa: S606  (the user's own file, opened as by a double click)
        return
    from perf_excel.office import find_soffice

    program = shutil.which("xdg-open") or find_soffice()
    if program is None:
        raise UserError(f"{path.name}：没有找到能打开它的程序，请安装 WPS 或 LibreOffice。")
    subprocess.Popen(  # noqa: S603  (found by us; the file is the user's own)
        [str(program), str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


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
