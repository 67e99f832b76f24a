"""The command that ties the figures of budget tables (核对预算公开表), and how it says what came of it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from perf_excel.faces.speaking import CLEAN, FOUND, say, say_json

if TYPE_CHECKING:
    from perf_excel.jobs.budget import Audited
    from perf_excel.sheets.budgets.budget_claims import Spot

_NAMES = {"error": "错误", "warning": "提醒", "info": "提示"}
_NAMED = 50


def budget(arguments: argparse.Namespace) -> int:
    """Tie the figures of budget tables to one another."""
    from perf_excel.jobs.budget import budget, budget_data

    done = budget(arguments.files)
    if arguments.json:
        say_json(budget_data(done))
    else:
        say(*_lines(done, unmatched=arguments.unmatched))
    return FOUND if done.errors else CLEAN


def _lines(done: Audited, *, unmatched: bool) -> Iterator[str]:
    """Yield what a clerk reads: the tables, each finding, what could not be read or tied, the count."""
    from perf_excel.jobs.budget import message, without_unit

    several = len({table.source for table in done.tables}) > 1
    for source in dict.fromkeys(table.source for table in done.tables):
        mine = [table for table in done.tables if table.source == source]
        full = [table.title.text for table in mine if table.figures]
        empty = [table.title.text for table in mine if not table.figures]
        also = f"；空表 {len(empty)} 张：{_named(empty)}" if empty else ""
        yield f"{source}：预算表 {len(full)} 张：{_named(full)}{also}"
    if lacking := without_unit(done):
        yield f"请注意：{_named(lacking)}没有写金额单位，没有与别的表核对。"
    for claim in done.findings:
        where = _where(claim.spot, several=several)
        yield f"  [{_NAMES[claim.severity]} {claim.check}] {where} {message(claim)}"
    if done.doubts:
        yield f"读不准的格 {len(done.doubts)} 处（请对照原件）："
        for one in done.doubts[:_NAMED]:
            yield f"  {_where(one.spot, several=several)} “{one.text[:20]}”：{one.why}"
        if len(done.doubts) > _NAMED:
            yield f"  ……（其余 {len(done.doubts) - _NAMED} 处见 --json）"
    if unmatched and done.untied:
        yield "未能对应的数（请人工核对）："
        yield from (f"  {_where(spot, several=several)} {label} {text}" for spot, label, text in done.untied)
    rounded = f"（其中 {done.rounded} 处只差在四舍五入以内）" if done.rounded else ""
    yield (
        f"核对 {len(done.claims)} 处，对不上 {len(done.findings)} 处，未能对应 {len(done.untied)} 处{rounded}"
    )


def _named(titles: Iterable[str]) -> str:
    return "、".join(f"《{title}》" for title in titles)


def _where(spot: Spot, *, several: bool) -> str:
    sheet, _, _ = spot.table.grid.locate(*spot.place)
    title = spot.table.title.text
    named = f"{sheet}《{title}》" if title != sheet else f"《{title}》"
    return f"{f'{spot.table.source} ' if several else ''}{named} {spot.cell}"
