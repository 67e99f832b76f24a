"""Collecting what units sent back (收表汇总), and chasing what they did not: what is said of it."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perf_excel.errors import UserError
from perf_excel.faces.speaking import CLEAN, FOUND, ends_with, harmless, save, say, say_json, today

if TYPE_CHECKING:
    from perf_excel.books.summary.returned_forms import Entry
    from perf_excel.jobs.collect import Collected

_NAMED = 20


def collect(arguments: argparse.Namespace) -> int:
    """Read, check and score what came back, and write the summary."""
    from perf_excel.jobs.collect import Order, collect, is_ours
    from perf_excel.jobs.collecting.unfinished import forget

    ends_with(arguments.output, ".xlsx")
    if arguments.output.is_file() and not arguments.overwrite and not is_ours(arguments.output):
        raise UserError(
            f"{arguments.output.name}：已有同名文件，而且不是以前的汇总；请换一个文件名，"
            "确要替换请加 --overwrite（会先备份）。"
        )
    order = Order(
        tuple(arguments.sources),
        arguments.output,
        arguments.expect,
        arguments.on_duplicate,
        arguments.rules,
        arguments.jobs,
        arguments.dask,
        today(),
    )
    screen = Screen()
    try:
        collected = collect(order, screen.tell)
    finally:
        screen.end()
    save(arguments, collected.data)
    forget(arguments.output)
    if arguments.json:
        say_json(answer(collected))
    else:
        say(*lines(collected, listed=arguments.expect is not None))
    return CLEAN if _is_clean(collected) else FOUND


def chase(arguments: argparse.Namespace) -> int:
    """Write a reply to each unit, and the list of whom to phone."""
    from perf_excel.faces.chase_words import chase_words
    from perf_excel.jobs.chase import chase
    from perf_excel.jobs.sending.delivery import delivery, refuse_taken

    chased = chase(arguments.file, today())
    target = arguments.output
    backup = ""
    if chased.files:
        refuse_taken(target, chased.files, overwrite=arguments.overwrite)
        with delivery(target) as out:
            for name, data in chased.files.items():
                out.write(name, data)
            backup = out.arrive(list(chased.files))
    say(*chase_words(chased, target, backup))
    return CLEAN


class Screen:
    """The line on which a long job says how far it is: on a terminal always the same one."""

    def __init__(self) -> None:
        self._live = sys.stderr is not None and sys.stderr.isatty()
        self._width = 0

    def tell(self, words: str) -> None:
        """Show how far it is; nothing where nobody watches."""
        if self._live:
            # A Chinese character is two columns wide.
            width = sum(2 if ord(sign) > 0x2E80 else 1 for sign in words)
            blank = " " * max(self._width - width, 0)
            print(f"\r{harmless(words)}{blank}", end="", file=sys.stderr, flush=True)  # noqa: T201
            self._width = width

    def end(self) -> None:
        """Leave the line."""
        if self._live and self._width:
            print(file=sys.stderr)  # noqa: T201


def answer(collected: Collected) -> dict[str, Any]:
    """Return what ``--json`` says: units, those that are missing, every file with its status."""
    judged = collected.judged
    missing = judged.missing_units
    return {
        "units": len(judged.units),
        "returned": len(judged.units) - len(missing),
        "missing": missing,
        "files": [
            {
                "file": entry.file,
                "unit": entry.unit,
                "status": entry.status,
                "reason": "；".join(filter(None, (entry.reason, entry.note))),
                "total": _plain(entry.total),
                "grade": entry.grade,
                "errors": entry.errors,
                "warnings": entry.warnings,
            }
            for entry in judged.entries
        ],
    }


def _plain(text: str) -> int | float | None:
    from perf_excel.forms.data_writing import plain_number

    return plain_number(Decimal(text)) if text else None


def lines(collected: Collected, *, listed: bool) -> list[str]:
    """Say what came of it, what is to be looked at, and what to do next."""
    from perf_excel.books.summary.returned_forms import STATUS_NAMES

    judged = collected.judged
    missing = judged.missing_units
    said = [
        f"读了 {collected.read} 个文件"
        + (f"，另有 {collected.known} 个与上次相同，没有再读" if collected.known else "")
        + (f"，{len(collected.passed)} 个没有看（见“处理记录”）" if collected.passed else "")
        + "。"
    ]
    if listed:
        there = len(judged.units) - len(missing)
        said.append(f"应报 {len(judged.units)} 个单位，已报 {there} 个，未报 {len(missing)} 个。")
    else:
        said.append(f"共 {len(judged.units)} 个单位；没有给下发清单（--expect），没有与名单对照谁没有交。")
    counts = Counter(entry.status for entry in judged.entries)
    said.append(
        "、".join(f"{name} {counts[key]} 份" for key, name in STATUS_NAMES.items() if counts[key]) + "。"
    )
    wrong = [entry for entry in judged.entries if entry.status != "ok"]
    said += [_line(entry) for entry in wrong[:_NAMED]]
    if len(wrong) > _NAMED:
        said.append(f"  ……共 {len(wrong)} 份，见“处理记录”。")
    if missing:
        said.append(f"未报：{'、'.join(missing[:_NAMED])}{'……' if len(missing) > _NAMED else ''}。")
    said += [f"请注意：{hint}。" for hint in judged.hints[:_NAMED]]
    if judged.undecided:
        said.append(f"请先确定以哪一份为准：{'、'.join(judged.undecided)}。")
    if missing or any(entry.errors or entry.status != "ok" for entry in judged.entries):
        said.append("要退回、催报的，可用 chase 命令写出每个单位的函和催报名单。")
    return said


def _line(entry: Entry) -> str:
    from perf_excel.books.summary.returned_forms import STATUS_NAMES

    unit = f"（{entry.unit}）" if entry.unit else ""
    return f"  {STATUS_NAMES[entry.status]}  {entry.file}{unit}：{entry.reason}"


def _is_clean(collected: Collected) -> bool:
    """Whether nothing is left to be done: all is there, right, and without errors."""
    judged = collected.judged
    fine = ("ok", "duplicate-identical")
    return not judged.missing and all(
        entry.status in fine and not (entry.counts and entry.errors) for entry in judged.entries
    )
