"""The commands that put indicator rows into a form and take them out (增删行), and what they say of it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from perf_excel.errors import UserError
from perf_excel.faces.speaking import CLEAN, ends_with, save, say

if TYPE_CHECKING:
    from perf_excel.jobs.examination.examining import Found
    from perf_excel.jobs.rows import Changed

_NAMED = 8


def rows_add(arguments: argparse.Namespace) -> int:
    """Put blank rows behind an indicator row."""
    from perf_excel.jobs.rows import MOST, added

    if arguments.number > MOST:
        raise UserError(f"一次最多增加 {MOST} 行，现为 {arguments.number} 行，请分几次增加。")
    changed = added(_found(arguments), arguments.after, arguments.number, arguments.level1, arguments.level2)
    return _saved(arguments, changed)


def rows_remove(arguments: argparse.Namespace) -> int:
    """Take indicator rows out."""
    from perf_excel.jobs.rows import removed

    return _saved(arguments, removed(_found(arguments), arguments.rows))


def _found(arguments: argparse.Namespace) -> Found:
    from perf_excel.books.opening import open_book
    from perf_excel.jobs.examination.examining import find

    found = find(open_book(arguments.file), arguments.rules, arguments.sheet, arguments.table)
    ends_with(arguments.output, found.book.editable().suffix)
    return found


def _saved(arguments: argparse.Namespace, changed: Changed) -> int:
    from perf_excel.faces.wording import found_line, next_steps

    save(arguments, changed.data, arguments.file)
    say(f"{changed.done}。", *(f"请注意：{note}。" for note in changed.notes))
    if changed.findings:
        say(
            f"改动之后多出 {len(changed.findings)} 个问题：",
            *(found_line(changed.examined, one) for one in changed.findings[:_NAMED]),
        )
        if len(changed.findings) > _NAMED:
            say("  ……")
    say(*next_steps(changed.examined))
    return CLEAN
