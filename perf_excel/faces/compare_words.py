"""The command that compares a report (核对报告), and how it says what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from perf_excel.faces.speaking import CLEAN, FOUND, ends_with, save, say, say_json

if TYPE_CHECKING:
    from perf_excel.jobs.compare import Compared

_NAMES = {"error": "错误", "warning": "提醒", "info": "提示"}


def compare(arguments: argparse.Namespace) -> int:
    """Compare a report with forms and itself, and write a copy with comments if asked."""
    from perf_excel.jobs.compare import compare, compare_data, with_comments

    done = compare(arguments.report, arguments.files, arguments.rules)
    if arguments.output:
        ends_with(arguments.output, ".docx")
        save(arguments, with_comments(done), arguments.report, *arguments.files)
    if arguments.json:
        say_json(compare_data(done))
    else:
        say(*_lines(done, unmatched=arguments.unmatched))
    return FOUND if done.outcome.errors else CLEAN


def _lines(done: Compared, *, unmatched: bool) -> Iterator[str]:
    """Yield what a clerk reads: against what, each finding, the figures of no claim, the count."""
    from perf_excel.words.phrasing import message

    outcome = done.outcome
    against = "、".join(done.forms) if done.forms else "没有给出表，只核对报告自身"
    yield f"{done.path.name}：对照 {against}"
    yield from (f"请注意：{note}。" for note in done.manuscript.notes)
    for claim in outcome.findings:
        yield f"  [{_NAMES.get(claim.severity, claim.severity)} {claim.check}] {message(claim)}"
    if unmatched and outcome.unmatched:
        yield "未能对应的数（请人工核对）："
        yield from (f"  {one.sentence.place}“{one.text}”" for one in outcome.unmatched)
    yield f"核对 {outcome.facts} 处，对不上 {outcome.wrong} 处，未能对应 {len(outcome.unmatched)} 处"
