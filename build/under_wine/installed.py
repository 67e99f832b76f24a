"""Try what the installer put on a Windows (试用已安装的程序): runs under the Windows Python, not on Linux."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / name) for name in ("build/package", "tests", "tests/windows_com")]

from office_client import office  # noqa: E402
from script_host import ScriptHost  # noqa: E402
from smoke import CONSOLE, FailedError, Program  # noqa: E402
from windows_habits import try_habits  # noqa: E402


def main(folder: str) -> int:
    """Run the installed program into what Windows refuses."""
    with tempfile.TemporaryDirectory(prefix="perf-excel-", ignore_cleanup_errors=True) as name:
        for line in try_habits(Path(folder), Path(name)):
            print(f"  {line}")
        program = Program(Path(folder) / CONSOLE, Path(name))
        print(f"  {_live(program, Path(name) / '打开的 表.xlsx')}")
        print(f"  {_buttons(program, Path(name))}")
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


def _buttons(program: Program, work: Path) -> str:
    """Press buttons of a macro workbook; the macros find what was installed, and start it.

    Raises:
        FailedError: a message is not the right one, or what the button is for was not done.
    """
    book, folder = work / "100% 预算 & 决算" / "表.xlsm", work / "脚本"
    book.parent.mkdir()
    folder.mkdir()
    program.run("new", "--rules", "national-2020", "--macros", "-o", str(book))
    host = ScriptHost(book, folder)
    with office() as excel:
        excel.tell("open", str(book))
        _expect("已完成。表中有错误", host.press("PerfCheck"))
        if "校验结果" not in excel.tell("sheets"):
            raise FailedError("点了“校验”，没有写出校验结果")
        _expect("", host.press("PerfClear"))
        if "校验结果" in excel.tell("sheets"):
            raise FailedError("点了“清除”，校验结果还在")
    _expect("没有找到打开着它的 Excel", host.press("PerfCheck"))
    _expect("请先保存工作簿", replace(host, saved=False).press("PerfCheck"))
    # Not where programs are installed: the workbook itself knows the place, and asks.
    elsewhere = replace(host, variables={"LOCALAPPDATA": str(work)})
    _expect(CONSOLE, elsewhere.press("PerfCheck"))
    return "宏：在脚本宿主里点“校验”“清除”，装好的程序照办；没有打开、没有保存、不是装好的，各有一句话"


def _expect(said: str, shown: list[str]) -> None:
    if len(shown) != bool(said) or said not in "".join(shown):
        raise FailedError(f"宏应当说“{said}”，说的是 {shown}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
