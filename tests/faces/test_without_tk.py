"""Without tkinter the program says which package to install."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
sys.modules["tkinter"] = None
from perf_excel.faces.cli import run
sys.exit(run(["window"]))
"""


def test_the_package_to_install_is_named() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert "没有窗口用的 tkinter" in done.stderr
    assert "python3-tk" in done.stderr
    assert len(done.stderr.splitlines()) == 1
