"""How long the program takes to answer --version, against Python doing nothing."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

from timing import in_turn


def run() -> list[str]:
    """Return printable lines."""
    name = "perf-excel.exe" if sys.platform == "win32" else "perf-excel"
    program = Path(sysconfig.get_path("scripts")) / name
    taken = in_turn(
        {
            "version": lambda: subprocess.run([program, "--version"], capture_output=True, check=True),
            "bare": lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        },
        15,
    )
    ratio = taken["version"] / taken["bare"]
    line = (
        f"启动：--version {taken['version'] * 1e3:.1f} 毫秒，空 Python {taken['bare'] * 1e3:.1f} 毫秒，"
        f"{ratio:.2f} 倍（目标 ≤ 2 倍）"
    )
    return [line]
