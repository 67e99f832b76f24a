"""Run one function in a child process (受限子进程) that cannot take the program down with it.

Parsers of old workbook formats may abort, loop or eat all memory on a hostile file. Such a parser runs here:
no standard input, a time limit, on POSIX a limit of its address space, and JSON (never pickle) as its answer.
Windows has the time limit only; its memory stays unlimited.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from perf_excel.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

SECONDS = 8.0
"""Time limit of a child, its start included: the whole job has ten."""

MEGABYTES = 400
"""Address space of a child: 500 MB for the whole job, less what the program itself takes."""


def call(
    function: str,
    arguments: Sequence[str],
    *,
    name: str,
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
) -> object:
    """Call ``module:function`` with texts in a child process and return its JSON answer.

    ``name`` is the file that the messages name. Raises UserError when the function does, and when the child
    crashes, is killed, runs out of time or memory, or answers with anything but JSON.
    """
    child = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        [*command(), function, json.dumps(list(arguments)), str(seconds), str(megabytes)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        answer, _ = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise UserError(_out_of_time(name, seconds)) from None
    finally:
        # Also on Ctrl-C: killing an ended child does nothing, waiting for it leaves no zombie.
        child.kill()
        child.communicate()
    return _unpack(answer, name)


def command() -> list[str]:
    """Return the command that starts a child: a frozen program (打包后) starts its own.

    ``-P`` keeps the working folder off the module path: a json.py beside a clerk's workbook never runs.
    """
    if getattr(sys, "frozen", False):
        # The window program has no standard output to answer on: its sister on the console has.
        sister = Path(sys.executable).with_name(f"perf-excel{Path(sys.executable).suffix}")
        return [str(sister), "--confined"]
    return [sys.executable, "-P", "-m", "perf_excel.books.older.confined"]


def main(argv: Sequence[str]) -> int:
    """Be the child: limit this process, call the function and write its answer to standard output."""
    function, arguments, seconds, megabytes = argv
    _limit(float(seconds), int(megabytes))
    # Whatever a parser prints would spoil the answer, so it gets another standard output.
    output = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    module, _, name = function.partition(":")
    try:
        answer = {"answer": getattr(importlib.import_module(module), name)(*json.loads(arguments))}
    except UserError as error:
        answer = {"sorry": str(error)}
    except ImportError as error:
        answer = {"unable": str(error)}
    with os.fdopen(output, "wb") as stream:
        stream.write(json.dumps(answer).encode())
    return 0


def _limit(seconds: float, megabytes: int) -> None:
    """Limit memory, and make sure that this process ends even when its parent was killed."""
    if sys.platform == "win32":
        return
    import resource
    import signal

    with contextlib.suppress(ValueError, OSError):  # a stricter limit set by the surroundings stays
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The default action of this signal ends the process, even in the middle of native code.
    signal.setitimer(signal.ITIMER_REAL, seconds + 1)
    if sys.platform == "linux":
        import ctypes

        set_parent_death_signal = 1  # PR_SET_PDEATHSIG
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def _unpack(answer: bytes, name: str) -> object:
    try:
        unpacked: dict[str, object] = json.loads(answer)
        if "sorry" in unpacked:
            raise UserError(str(unpacked["sorry"]))
        if "unable" in unpacked:
            raise UserError(
                f"{name}：没有读取，程序缺少读这种格式的部件（{unpacked['unable']}），文件未必有问题；"
                "请重新安装本程序，或在 Excel、WPS 中另存为 .xlsx 后再试。"
            )
        return unpacked["answer"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UserError(
            f"{name}：无法读取，文件已损坏、内容异常或过大，请用 Excel 或 WPS 打开检查，另存为 .xlsx 后再试。"
        ) from None


def _out_of_time(name: str, seconds: float) -> str:
    return (
        f"{name}：读取超过 {seconds:g} 秒，已停止，文件过大或已损坏，"
        "请删去多余的工作表和空行，另存为 .xlsx 后再试。"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
