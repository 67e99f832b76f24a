"""What the program says and saves (输出): Chinese lines, JSON, files; and the exit codes."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from perf_excel.books.temporary import Stored
from perf_excel.errors import MESSAGE_FILE, UserError

CLEAN, FOUND, UNUSABLE = 0, 1, 2
"""Exit codes: nothing wrong, error findings, unusable input."""


def say(*lines: str) -> None:
    """Print lines; nothing where there are none."""
    if not lines:
        return
    print(harmless("\n".join(lines)), flush=True)  # noqa: T201


_ACTING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]|\r(?!\n)"
)
"""Characters on which a terminal acts, other than line breaks and tabs, and those that turn a line round."""
_NO_TEXT = re.compile("[\x7f-\x9f\ud800-\udfff]")


def harmless(text: str) -> str:
    """Return a text with what would act on a terminal spelled out: names and cells come from anybody."""
    return _ACTING.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def drop_output() -> None:
    """Send what is still unwritten nowhere: Python would try again at its end, and fail with a traceback."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def complain(sentence: str) -> None:
    """Print one sentence of what is wrong, to stderr; and to where the macros of a workbook look for it."""
    print(harmless(f"perf-excel：{sentence}"), file=sys.stderr)  # noqa: T201
    if path := os.environ.get(MESSAGE_FILE):
        with (
            contextlib.suppress(OSError, ValueError),
            open(path, "a", encoding="utf-16-le", errors="replace", newline="") as file,  # noqa: PTH123  (no import at start)
        ):
            file.write(("\r\n" if file.tell() else "\ufeff") + sentence)


def say_json(data: object) -> None:
    """Print data as JSON in UTF-8."""
    # Another program reads this: its encoding must not depend on the console's.
    reconfigure: Callable[..., None] | None = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8", errors="replace")
    text = json.dumps(data, ensure_ascii=False, indent=1)
    # A name that is no UTF-8 holds lone surrogates; JSON can say them, and whoever reads it has the name.
    say(_NO_TEXT.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def save(arguments: argparse.Namespace, data: bytes | Stored, *inputs: Path) -> None:
    """Write the output, keeping what was there; to stderr where stdout is taken by JSON."""
    from perf_excel.books.saving import write_atomic

    target: Path = arguments.output
    for path in inputs:
        if not arguments.overwrite and same(target, path):
            raise UserError(
                f"{target.name}：目标就是输入文件；确要覆盖请加 --overwrite（会先备份），或换一个文件名。"
            )
    backup = write_atomic(target, data)
    lines = [f"已保存：{target}", *([f"原有文件已备份为：{backup.name}"] if backup else [])]
    print(harmless("\n".join(lines)), file=sys.stderr if getattr(arguments, "json", False) else sys.stdout)


def ends_with(target: Path, suffix: str) -> None:
    """Refuse a file name that does not fit what is going to be in the file."""
    if target.suffix.lower() != suffix and not target.is_dir():
        raise UserError(f"{target.name}：目标文件名应以 {suffix} 结尾，请改名后重试。")


def same(target: Path, path: Path) -> bool:
    """Tell whether two paths lead to one file; a path that leads nowhere is no file's."""
    try:
        return target.samefile(path)
    except (OSError, ValueError):
        return False


def today() -> date:
    """The clerk's own day."""
    return datetime.now().astimezone().date()
