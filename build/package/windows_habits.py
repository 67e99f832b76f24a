"""What only Windows does to a program (Windows 的脾气), tried on the packaged one under Windows or Wine."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from smoke import CONSOLE, FailedError, Program

LONGEST = 259
"""Characters of a path that Windows takes without asking."""
_HOLDING = "import sys, time; file = open(sys.argv[1], 'rb'); print('open', flush=True); time.sleep(300)"
_RESERVED = ("CON.xlsx", "nul.xlsx", "COM1.xlsx", "甲?.xlsx", "甲|乙.xlsx")


def try_habits(place: Path, work: Path) -> Iterator[str]:
    """Run the console program into everything that Windows refuses, and yield a line for each answer.

    Args:
        place: the folder of the program.
        work: an empty folder.

    Raises:
        FailedError: an answer is wrong, or something is left behind.
    """
    program = Program(place / CONSOLE, work)
    start = ["new", "--rules", "national-2020", "-o"]
    book = work / "表 一.xlsx"
    program.run(*start, str(book))
    yield from _names(program, start, work)
    yield _kept_open(program, book, work)
    yield _read_only(program, book, work)
    yield _long_path(program, start, work)
    said = program.run("check", "*.xlsx", codes=(0, 1))
    if book.name not in said:
        raise FailedError(f"check *.xlsx 没有找到 {book.name}：{said}")
    yield "通配符：check *.xlsx 找到文件"


def _names(program: Program, start: list[str], work: Path) -> Iterator[str]:
    before = _there(work)
    for name in _RESERVED:
        said = program.run(*start, str(work / name), codes=(2,))
        if "文件名" not in said or _there(work) != before:
            raise FailedError(f"{name}：{said}，留下 {_there(work) - before}")
    yield f"不能用的文件名：{'、'.join(_RESERVED)} 一句话拒绝，什么也没留下"


def _kept_open(program: Program, book: Path, work: Path) -> str:
    """Try to replace a file that another program has open: twice, since each try might leave something."""
    before = _there(work)
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDING, str(book)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    )
    try:
        if holder.stdout is None or not holder.stdout.readline():
            raise FailedError("没有能打开文件的另一个程序")
        for _ in range(2):
            program.run("score", str(book), "-o", str(book), "--overwrite", codes=(2,))
    finally:
        holder.kill()
        holder.wait()
    if _there(work) != before:
        raise FailedError(f"文件被占用时留下 {_there(work) - before}")
    return "文件被别的程序打开着：拒绝覆盖，没有多出备份和临时文件"


def _read_only(program: Program, book: Path, work: Path) -> str:
    before = _there(work)
    book.chmod(stat.S_IREAD)
    try:
        said = program.run("score", str(book), "-o", str(book), "--overwrite", codes=(2,))
    finally:
        book.chmod(stat.S_IREAD | stat.S_IWRITE)
    if "只读" not in said or _there(work) != before:
        raise FailedError(f"只读的文件：{said}，留下 {_there(work) - before}")
    return "只读的文件：一句话拒绝，没有多出备份和临时文件"


def _long_path(program: Program, start: list[str], work: Path) -> str:
    """Write where the path is longer than Windows takes without asking: whole, or a sentence."""
    folder = work
    while len(str(folder)) <= LONGEST:
        folder /= "很长的文件夹名称" * 4
    os.makedirs(f"\\\\?\\{folder}", exist_ok=True)  # noqa: PTH103  (the prefix lifts the limit)
    said = program.run(*start, str(folder / "表.xlsx"), codes=(0, 2))
    return f"路径 {len(str(folder)) + 7} 个字符：{'写好' if '已保存' in said else '一句话拒绝'}"


def _there(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
