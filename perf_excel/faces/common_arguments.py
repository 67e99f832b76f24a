"""Options that many commands have (通用的选项): which workbook, which form, which rules, where to."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

Command = Callable[[argparse.Namespace], int]


class Adding(Protocol):
    """Adds a command by its name, what it does, and what runs it (none: its own commands do)."""

    def __call__(self, name: str, text: str, run: Command | None = None, /) -> argparse.ArgumentParser:
        """Return where the command's options go."""
        ...


def workbook(command: argparse.ArgumentParser) -> None:
    """Add the workbook that the command is about, and which form of it."""
    command.add_argument("file", type=Path, metavar="文件", help="工作簿")
    choices(command)


def choices(command: argparse.ArgumentParser) -> None:
    """Add by which rule set, and which form of a workbook with several."""
    command.add_argument(
        "--rules", metavar="规则集", help="规则集名称或 .toml 文件；省略时由工作簿的标识或版式决定"
    )
    table(command)


def table(command: argparse.ArgumentParser) -> None:
    """Add which form of a workbook with several."""
    command.add_argument("--sheet", metavar="工作表", help="只看这个工作表上的绩效表")
    command.add_argument(
        "--table",
        type=number("表号"),
        metavar="表号",
        help="第几张绩效表，按 check 列出的从 1 数起（有 --sheet 时只数那个工作表上的）；有多张表时需要",
    )


def as_json(command: argparse.ArgumentParser) -> None:
    """Add whether the answer is for another program."""
    command.add_argument("--json", action="store_true", help="以 JSON 输出")


def output(command: argparse.ArgumentParser, *, required: bool, text: str = "目标文件") -> None:
    """Add where the result goes; nothing is replaced without a backup."""
    command.add_argument("-o", "--output", type=Path, required=required, metavar="目标", help=text)
    command.add_argument(
        "--overwrite", action="store_true", help="允许目标就是输入文件；替换已有文件前总是先备份"
    )


def jobs(verb: argparse.ArgumentParser, what: str) -> None:
    """Add how many processes do the work; what they do is the same however many they are."""
    text = f"用几个进程{what}"
    verb.add_argument("--jobs", type=number("进程数"), metavar="进程数", help=text)


def number(what: str) -> Callable[[str], int]:
    """Return what reads a number that counts from 1."""

    def read(text: str) -> int:
        """Read it.

        Raises:
            argparse.ArgumentTypeError: it is none.
        """
        if re.fullmatch(r"[1-9][0-9]{0,3}", text):
            return int(text)
        raise argparse.ArgumentTypeError(f"应为从 1 数起的{what}，现为 {text}")

    return read


def year(text: str) -> int:
    """Read a year of four digits.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if re.fullmatch(r"(?:19|20)[0-9]{2}", text):
        return int(text)
    raise argparse.ArgumentTypeError(f"应为四位年份，现为 {text}")
