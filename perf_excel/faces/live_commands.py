"""The commands for a workbook that is open in an application (live): what its buttons call, too."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Generator

from perf_excel.faces.speaking import CLEAN, FOUND, say
from perf_excel.live.attach import attach, caller

FROM_EXCEL = "--from_xl=1"
"""What xlwings' RunFrozenPython passes, beside the workbook's name and its Excel's window."""


SILENT = (
    "打开着的表：Excel、WPS 或 LibreOffice 中途没有应答，可能已经退出，或者正停在对话框、单元格编辑里；"
    "请回到表里看一看（编辑中的先按回车），再试一次。"
)


@contextlib.contextmanager
def _answering() -> Generator[None]:
    """Say in a sentence that the application has ended, or is busy with what is being typed."""
    from perf_excel.live.live_edits import refusals

    with refusals(SILENT):
        yield


def live_check(arguments: argparse.Namespace) -> int:
    """Check the forms of an open workbook."""
    from perf_excel.faces import macros, wording

    with _answering():
        done = macros.check(attach(arguments.file))
    for form in done.forms:
        say(*wording.check_lines(form))
    say(*(f"请注意：{note}" for note in done.notes))
    return FOUND if done.errors else CLEAN


def live_score(arguments: argparse.Namespace) -> int:
    """Score the forms of an open workbook, and check them."""
    from perf_excel.faces import macros, wording

    with _answering():
        done = macros.score(attach(arguments.file))
    for form in done.forms:
        say(*wording.score_lines(form))
    say(*(f"请注意：{note}" for note in done.notes))
    return FOUND if done.errors else CLEAN


def live_clear(arguments: argparse.Namespace) -> int:
    """Take away what check and score wrote."""
    from perf_excel.faces import macros

    with _answering():
        done = macros.clear(attach(arguments.file))
    say("已清除程序写入的内容。", *(f"请注意：{note}" for note in done.notes))
    return CLEAN


def live_add_row(arguments: argparse.Namespace) -> int:
    """Add an indicator row."""
    from perf_excel.faces import macros

    with _answering():
        added = macros.add_row(attach(arguments.file))
    say(f"已在工作表“{added.sheet}”第 {added.row} 行增加一个指标行，请填写，并调整分值使合计相符。")
    return CLEAN


def called_by_excel() -> int:
    """Check the workbook from which Excel called the program."""
    from perf_excel.faces import macros

    with _answering():
        return FOUND if macros.check(caller()).errors else CLEAN
