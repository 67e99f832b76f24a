"""The command line (命令行): arguments in, an exit code out, and never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from perf_excel.errors import UserError, reason_of
from perf_excel.faces.arguments import Command, parser
from perf_excel.faces.live_commands import FROM_EXCEL, called_by_excel
from perf_excel.faces.speaking import CLEAN, UNUSABLE, complain, drop_output, say

DEBUG = "PERF_EXCEL_DEBUG"
"""Environment variable that lets an internal error show its traceback."""


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code. No error of the user's ever shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character (an English Windows) shows a question mark instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        return _obey(argv)
    except UserError as error:
        complain(str(error))
        return UNUSABLE
    except MemoryError:
        complain("内存不足，无法处理这个文件，请关闭其他程序后重试。")
        return UNUSABLE
    except KeyboardInterrupt:
        complain("已取消，没有改动任何文件。")
        return UNUSABLE
    except BrokenPipeError:
        # The reader of our output (head, more) has seen enough.
        drop_output()
        return CLEAN
    except OSError as error:
        # Files have sentences of their own: what remains is our own output, say into a full disk.
        drop_output()
        complain(f"系统拒绝了读写（{reason_of(error)}），请检查磁盘空间和权限后重试。")
        return UNUSABLE
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        complain(
            f"程序内部出错（{type(error).__name__}），没有改动任何文件；"
            f"请把命令和文件发给维护者（设环境变量 {DEBUG}=1 再运行可看到详情）。"
        )
        return UNUSABLE


def _obey(argv: Sequence[str]) -> int:
    if FROM_EXCEL in argv:
        return called_by_excel()
    if not argv:
        say(parser().format_help())
        return CLEAN
    arguments = parser().parse_args(argv)
    command: Command = arguments.command
    return command(arguments)
