"""A process that has spoken to LibreOffice ends by itself, before anything can bring it to a fall."""

from __future__ import annotations

import locale
import subprocess
import sys

import pytest

CONSOLE = locale.getencoding() if sys.platform == "win32" else "utf-8"
MAIN = """
import atexit, sys, types
if {spoken}:
    sys.modules["pyuno"] = types.ModuleType("pyuno")
atexit.register(print, "tidied up")
sys.argv = ["perf-excel", *{arguments}]
from perf_excel.__main__ import main
sys.exit(main())
"""


ENDS = [(["rulesets"], 0, "henan"), (["check", "没有.xlsx"], 2, "")]


@pytest.mark.parametrize("spoken", [True, False])
@pytest.mark.parametrize(("arguments", "code", "says"), ENDS)
def test_what_was_said_and_the_exit_code_are_kept(
    arguments: list[str],
    code: int,
    says: str,
    *,
    spoken: bool,
) -> None:
    script = MAIN.format(spoken=spoken, arguments=arguments)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, encoding=CONSOLE)
    assert done.returncode == code
    assert says in done.stdout
    assert ("没有.xlsx" in done.stderr) == (code == 2)
    assert ("tidied up" in done.stdout) == (not spoken)
