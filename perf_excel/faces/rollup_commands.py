"""The command that rolls units' forms up into their department's (汇总), and what it says of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from perf_excel.faces.commands import expanded
from perf_excel.faces.progress import Progress
from perf_excel.faces.speaking import CLEAN, FOUND, UNUSABLE, complain, ends_with, save, say, say_json, today

if TYPE_CHECKING:
    from perf_excel.jobs.rollup import RolledUp
    from perf_excel.rules.consolidating.joining import Rolled

_SAID = 40
"""So many notes are said on the screen; all of them stand on the sheet of sources or in the JSON."""


def rollup(arguments: argparse.Namespace) -> int:
    """Roll returned forms up into the department's own."""
    from perf_excel.books.opening import open_book
    from perf_excel.jobs.examination.examining import find
    from perf_excel.jobs.rollup import rolled_up
    from perf_excel.jobs.rollup_answers import rollup_data
    from perf_excel.jobs.rollup_files import collected
    from perf_excel.jobs.rollup_gathering import files_in

    found = find(open_book(arguments.into), arguments.rules, arguments.sheet, arguments.table)
    ends_with(arguments.output, found.book.editable().suffix)
    files = files_in(expanded(arguments.files), arguments.into, arguments.output)
    progress = Progress("已读")
    try:
        units = collected(files, found.reading.form, arguments.rules, progress, arguments.jobs)
    finally:
        progress.end()
    done = rolled_up(found, units, today())
    save(arguments, done.data, arguments.into, *(sent.file for sent in files.files))
    for one in units.left_out:
        complain(one.why)
    if arguments.json:
        say_json(rollup_data(done))
    else:
        say(*_lines(done))
    if units.left_out:
        return UNUSABLE
    return FOUND if done.partial else CLEAN


def _lines(done: RolledUp) -> Iterator[str]:
    from perf_excel.rules.consolidating.joining import METHOD_NAMES
    from perf_excel.rules.scoring.arithmetic import shown

    rolled = done.consolidated.rolled
    yield f"汇总了 {len(done.collected.forms)} 份表："
    for one in rolled:
        value = one.text if one.value is not None else "（没有汇总）"
        unit = "万元" if one.spot.part == "funding" else ""
        more = "" if one.partial or not one.notes else f"；{'；'.join(one.notes)}"
        yield f"  {one.label}：{value}{unit}（{METHOD_NAMES[one.method]}{_count(done, one)}）{more}"
    said = [f"{one.label}：{note}" for one in rolled if one.partial for note in one.notes]
    said += [*done.notes]
    yield from (f"请注意：{note}。" for note in said[:_SAID])
    if len(said) > _SAID:
        yield f"请注意：另有 {len(said) - _SAID} 条，见“来源”表的说明一栏，或用 --json 看全部。"
    scores = done.examined.scores
    if scores.total is not None:
        grade = f"，{scores.grade}" if scores.grade else "（还有不能计分的行，不评等级）"
        yield f"先汇总、再打分：{shown(scores.total)} 分{grade}。每个数由哪些单位的数得来，见“来源”表。"
    yield "年度目标、主要任务、偏差原因等文字没有汇总，请部门自己填写。"


def _count(done: RolledUp, one: Rolled) -> str:
    if not one.given:
        return ""
    whole = len(done.collected.forms)
    counted = len(one.counted)
    return f"，{counted} 家" if counted == whole else f"，{whole} 家中的 {counted} 家"
