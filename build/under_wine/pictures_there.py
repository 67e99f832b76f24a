"""Pictures of the window on a Windows under Wine (窗口截图): of the installed program, and of every page."""

from __future__ import annotations

import contextlib
import hashlib
import subprocess
from collections.abc import Generator, Iterator
from pathlib import Path

from wine import CONSOLE, Wine, WineError, wait, windows_path

_LOOKED = 6
"""Pictures one after the other that say whether a window has come to rest: at most its caret blinks."""


def of_program(wine: Wine, place: Path, name: str, shot: Path) -> None:
    """Open a form with the installed window program, as dropped on its icon; take a picture once it rests.

    Its settings name the form as soon as it is taken in: long after the window shows on a busy computer.

    Raises:
        WineError: nothing shows, or the form is not taken in.
    """
    book, settings = wine.drive / "自评 表.xlsx", wine.drive / "设置"
    wine.run(place / "perf-excel.exe", "new", "--rules", "national-2020", "-o", windows_path(book))
    kept = settings / "settings.json"
    there = Wine(wine.prefix, {**wine.environment, "PERF_EXCEL_SETTINGS": windows_path(settings)})
    with _running(there, place / f"{name}.exe", windows_path(book), said=subprocess.DEVNULL):
        wait("窗口没有打开交给它的表", lambda: kept.is_file() and book.name in kept.read_text("utf-8"))
        wait("没有出现窗口", lambda: _shows(wine, name))
        _picture(wine, shot)


def of_pages(wine: Wine, python: Path, folder: Path) -> Iterator[Path]:
    """Yield a picture of every page of the window, with forms at work in it, from the Windows Python.

    A page stays until its picture is there.

    Raises:
        WineError: a page is missing.
    """
    folder.mkdir(exist_ok=True)
    pages = windows_path(Path(__file__).with_name("window_pages.py"))
    with _running(wine, python, pages, windows_path(folder), said=subprocess.PIPE) as process:
        lines: list[str] = []
        while process.stdout is not None and (line := process.stdout.readline()):
            lines.append(line.decode(CONSOLE, "replace").strip())
            if not lines[-1].endswith(".png"):
                continue
            shot = folder / lines[-1]
            unfinished = shot.with_name("…" + shot.name)
            _picture(wine, unfinished)
            yield unfinished.rename(shot)
        if code := process.wait():
            raise WineError(f"窗口各页没有走完，退出码 {code}：{lines}")


@contextlib.contextmanager
def _running(wine: Wine, *command: str | Path, said: int) -> Generator[subprocess.Popen[bytes]]:
    """Run a program that is ended with the block.

    Not until its output ends: what Wine starts beside it keeps the pipe open. A program with a window never
    comes up when its input is a pipe.
    """
    process = subprocess.Popen(
        ["wine", *command],
        env=wine.environment,
        stdin=subprocess.DEVNULL,
        stdout=said,
        stderr=subprocess.DEVNULL if said == subprocess.DEVNULL else subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _picture(wine: Wine, shot: Path) -> None:
    seen: list[bytes] = []

    def rests() -> bool:
        subprocess.run(["import", "-window", "root", "-strip", shot], env=wine.environment, check=True)
        seen.append(hashlib.sha256(shot.read_bytes()).digest())
        last = seen[-_LOOKED:]
        return len(last) == _LOOKED and len(set(last)) <= 2 and last.count(last[-1]) >= _LOOKED // 2

    wait("窗口一直在变", rests)


def _shows(wine: Wine, title: str) -> bool:
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", title],
        env=wine.environment,
        capture_output=True,
        check=False,
    )
    return bool(found.stdout.strip())
