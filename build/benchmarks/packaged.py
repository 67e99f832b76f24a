"""The packaged program against the least that such programs can be: one prints hello, one shows it."""

from __future__ import annotations

import contextlib
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "package"
sys.path.insert(0, str(PACKAGE))

import make  # noqa: E402  (stands in the folder of the packager)
import smoke  # noqa: E402
from timing import in_turn  # noqa: E402
from virtual_screen import virtual_screen  # noqa: E402

_RUNS = 15
_WINDOWS = 9
_AIM = 3.5 if smoke.WINDOWS else 3
_PRINTS = 'print("hello")\n'
_SHOWS = """import tkinter
root = tkinter.Tk(className="perf-excel")
tkinter.Label(root, text="hello").pack()
root.mainloop()
"""


def run() -> list[str]:
    """Return printable lines."""
    with tempfile.TemporaryDirectory(prefix="perf-excel-") as name:
        place = Path(name)
        lines = measured(place / "program")
        without = make.build(place / "without-pandas", pandas=False)
        own, less = megabytes(place / "program" / make.NAME), megabytes(without)
        lines.append(f"打包程序大小：{own:.0f} MB，其中 pandas {own - less:.0f} MB（目标 ≤ 100 MB）")
        return lines


def measured(target: Path) -> list[str]:
    """Build the program into a folder; return lines for its start and its window."""
    folder = make.build(target)
    with tempfile.TemporaryDirectory(prefix="perf-excel-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        hello = _hello(place, "hello", _PRINTS)
        taken = in_turn(
            {"hello": _started(hello), "version": _started(folder / smoke.CONSOLE, "--version")}, _RUNS
        )
        started, least = taken["version"], taken["hello"]
        figures = f"{started * 1e3:.0f} 毫秒，最小的 {least * 1e3:.0f} 毫秒，{started / least:.2f} 倍"
        lines = [f"打包程序启动：--version {figures}（目标 ≤ 1.6 倍）"]
        shown, plain = _windows(folder / smoke.WINDOW, _hello(place, "shows", _SHOWS, "--windowed"), place)
        figures = f"{shown * 1e3:.0f} 毫秒出现，只有一个词的窗口 {plain * 1e3:.0f} 毫秒"
        return [*lines, f"打包程序窗口：{figures}，{shown / plain:.2f} 倍（目标 ≤ {_AIM} 倍）"]


def _hello(place: Path, name: str, source: str, *options: str) -> Path:
    """Build a program of a few lines as this one is built."""
    script = place / f"{name}.py"
    script.write_text(source, encoding="utf-8")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *options]
    command += [] if smoke.WINDOWS else ["--strip"]
    subprocess.run(
        [*command, "--distpath", place / "hello", "--workpath", place / "work", "--specpath", place, script],
        check=True,
    )
    return place / "hello" / name / f"{name}{smoke.ENDING}"


def _started(program: Path, *arguments: str):  # noqa: ANN202  (a job for the clock)
    return lambda: subprocess.run([program, *arguments], capture_output=True, check=True)


def _windows(program: Path, hello: Path, home: Path) -> tuple[float, float]:
    """Return the seconds until either window shows, turn about."""
    with contextlib.nullcontext("") if smoke.WINDOWS else virtual_screen() as display:
        pairs = [
            (smoke.window_seconds(program, [], display, home), smoke.window_seconds(hello, [], display, home))
            for _ in range(_WINDOWS)
        ]
    return statistics.median(one for one, _ in pairs), statistics.median(one for _, one in pairs)


def megabytes(folder: Path) -> float:
    """Return what the files of a folder weigh."""
    return (
        sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
        / 1e6
    )


if __name__ == "__main__":
    print(*measured(Path(sys.argv[1])), sep="\n", flush=True)
