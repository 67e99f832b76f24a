"""Where this program lies (程序位置): what the buttons of a macro workbook start."""

from __future__ import annotations

import sys
from pathlib import Path

from perf_excel.books.vba.button_words import USER
from perf_excel.errors import UserError
from perf_excel.home import home

_NAME = "perf-excel"


def program_folder() -> str:
    """Return the folder of the program's executable; empty where Python runs it without one.

    Workbooks go round: a folder under the user's own is told without the user's name.
    """
    started = Path(sys.executable if getattr(sys, "frozen", False) else sys.argv[0])
    if sys.platform == "win32":
        # pip's launcher takes the ending off its own name.
        started = started.with_suffix(".exe")
    if started.stem != _NAME or not started.is_file():
        return ""
    folder = started.resolve().parent
    try:
        own = home()
    except UserError:
        return str(folder)
    return str(Path(USER) / folder.relative_to(own)) if folder.is_relative_to(own) else str(folder)
