"""Where this program lies (程序位置): what the buttons of a macro workbook start."""

from __future__ import annotations

import sys
from pathlib import Path

_NAME = "perf-excel"


def program_folder() -> str:
    """Return the folder of the program's executable; empty where Python runs it without one."""
    if getattr(sys, "frozen", False):
        return str(Path(sys.executable).resolve().parent)
    started = Path(sys.argv[0])
    return str(started.resolve().parent) if started.stem == _NAME and started.is_file() else ""
