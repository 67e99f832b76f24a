"""Try what the installer put on a Windows (试用已安装的程序): runs under the Windows Python, not on Linux."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / name) for name in ("build/package", "tests", "tests/windows_com")]

from office_client import office  # noqa: E402
from smoke import CONSOLE, FailedError, Program  # noqa: E402
from windows_habits import try_habits  # noqa: E402


def main(folder: str) -> int:
    """Run the installed program into what Windows refuses."""
    with tempfile.TemporaryDirectory(prefix="perf-excel-", ignore_cleanup_errors=True) as name:
        for line in try_habits(Path(folder), Path(name)):
            print(f"  {line}")
        print(f"  {_live(Program(Path(folder) / CONSOLE, Path(name)), Path(name) / '打开的 表.xlsx')}")
    return 0


def _live(program: Program, book: Path) -> str:
    """Check, score, clear and add a row where a process that plays Excel has the workbook open.

    Raises:
        FailedError: an answer is wrong, or it took too many calls.
    """
    program.run("new", "--rules", "national-2020", "-o", str(book))
    with office() as excel:
        excel.tell("open", str(book))
        program.run("live", "check", str(book), codes=(0, 1))
        calls = excel.calls()
        program.run("live", "score", str(book), codes=(0, 1))
        program.run("live", "add-row", str(book))
        program.run("live", "clear", str(book))
        if "校验结果" in excel.tell("sheets"):
            raise FailedError("live clear 留下了校验结果")
    return f"live：在扮演 Excel 的进程里校验（{calls} 次调用）、打分、加行、清除"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
