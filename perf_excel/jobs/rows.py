"""Rows (增删行): indicator rows put into a form of a closed workbook, or taken out of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from perf_excel.errors import UserError
from perf_excel.forms.indicator_pairing import name_of
from perf_excel.forms.model import Indicator
from perf_excel.jobs.examination.examining import Examined, Found, examined
from perf_excel.jobs.examination.filled import SIGNED
from perf_excel.jobs.examination.marking import marked
from perf_excel.jobs.examination.refreshing import found_again, refreshed
from perf_excel.jobs.examination.row_changes import changed_merges, changed_sums, unreached_sums
from perf_excel.jobs.inplace.journal import SHEET as JOURNAL
from perf_excel.rules.findings import Finding
from perf_excel.rules.waiving import key_of
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.moved_rows import in_words
from perf_excel.sheets.writing.planning import Plan, plan_blank, rows_of_indicators
from perf_excel.sheets.writing.removal import plan_removal

MOST = 200
"""Rows that are put in at once."""
_RANGE = re.compile(r"([0-9]{1,7})(?:[-–—~～]([0-9]{1,7}))?")
_FIGURES = re.compile(r"[A-Z]{0,3}[0-9][0-9.]*")
_NAMED = 8


@dataclass(frozen=True)
class Changed:
    """A workbook with more rows or fewer: its bytes, the form as it then stands, and what to say of it."""

    data: bytes
    examined: Examined
    done: str
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]
    """Those that there were not before."""


def added(found: Found, after: str, count: int = 1, level1: str = "", level2: str = "") -> Changed:
    """Put blank rows behind an indicator row; they are like it, and of its group.

    Args:
        found: the form.
        after: the row: its number in the sheet, or the indicator's name.
        count: how many rows.
        level1: a first level (一级指标) of their own: then they stand behind the row's group.
        level2: likewise a second level (二级指标).

    Raises:
        UserError: there is no such row or it is not clear which one is meant, or the workbook cannot be
            changed.
    """
    _check(found, level1, level2)
    rows = _rows(found, after)
    if len(rows) != 1:
        raise UserError(
            f"{found.book.name}：在哪一行之后增加，只能是一行，现为“{after}”，请写一个行号或一个指标名称。"
        )
    plan = plan_blank(found.reading, rows[0], count, level1, level2)
    (insertion,) = plan.moves.insertions
    new = plan.moves.new_rows(insertion.after)
    group = f"，新的{'一' if level1 else '二'}级指标“{level1 or level2}”" if level1 or level2 else ""
    label = _label(found.reading, insertion.after)
    done = f"已在第 {insertion.after} 行{label}后面增加 {count} 行：{in_words(new)}{group}"
    return _changed(found, plan, done, new)


def removed(found: Found, wanted: Sequence[str]) -> Changed:
    """Take indicator rows out.

    Args:
        found: the form.
        wanted: the rows: numbers in the sheet (5, 7-9), or names of indicators.

    Raises:
        UserError: there is no such row or it is not clear which one is meant, all rows would go, something
            needs a cell of theirs, or the workbook cannot be changed.
    """
    _check(found)
    reading = found.reading
    rows = sorted({row for one in wanted for row in _rows(found, one)})
    if set(rows) >= set(reading.layout.indicators.rows):
        raise UserError(
            f"{found.book.name}：这样表里一个指标行也不剩了，没有删除；表里至少要留一个指标行，内容可以清空。"
        )
    plan = plan_removal(reading, rows)
    named = [f"第 {row} 行{_label(reading, row)}" for row in rows]
    more = f"等 {len(named)} 行" if len(named) > _NAMED else ""
    return _changed(found, plan, f"已删除{'、'.join(named[:_NAMED])}{more}", ())


def _check(found: Found, level1: str = "", level2: str = "") -> None:
    """Refuse a form whose rows cannot come and go, and levels that it has no column for.

    Raises:
        UserError: it is one.
    """
    name, reading = found.book.name, found.reading
    if found.row_by_row:
        raise UserError(
            f"{name}：本表由旧版程序生成，各行与隐藏的“计算”表一一对应，不能增删行；请",
            by_command="用 export 导出数据（.json），再用 new --data 生成新表。",
            by_hand="先导出数据（.json），再在“新建一张表”里以它为来源。",
        )
    if reading.grid.strips:
        sheets = "、".join(f"“{sheet}”" for sheet in reading.sheets)
        raise UserError(f"{name}：这张表跨 {sheets} 几个工作表，不能增删行，请在 Excel 或 WPS 里自己增删。")
    if not reading.layout.indicators.rows:
        raise UserError(f"{name}：表里没有指标行，不能增删行。")
    for level, text in (("一", level1), ("二", level2)):
        role = "level1" if level == "一" else "level2"
        if text and role not in reading.layout.indicators.columns:
            raise UserError(f"{name}：表里没有{level}级指标一栏，不能增加新的{level}级指标。")


def _rows(found: Found, wanted: str) -> list[int]:
    """The rows that a number, a range or a name means; all rows of an indicator that has several."""
    reading, name = found.reading, found.book.name
    if numbers := _RANGE.fullmatch(wanted.strip()):
        first, last = int(numbers[1]), int(numbers[2] or numbers[1])
        rows = reading.layout.indicators.rows
        asked = range(first, min(last, max(rows) + 1) + 1)
        others = [row for row in asked if row not in rows] or ([] if asked else [first])
        if first > last:
            raise UserError(f"{name}：“{wanted}”的起始行在结束行之后，没有改动，请写成 {last}-{first}。")
        if others:
            raise UserError(f"{name}：{in_words(others)}不是指标行，没有改动；指标行是{in_words(rows)}。")
        return sorted({row for one in asked for row in _whole(reading, one)})
    named = dict(_named(reading))
    same = [row for row, one in named.items() if name_of(one.level3) == name_of(wanted)]
    if len(same) == 1:
        return list(_whole(reading, same[0]))
    if same:
        rows = "、".join(f"第 {row} 行（{named[row].level2 or named[row].level1}）" for row in same[:_NAMED])
        raise UserError(f"{name}：有 {len(same)} 个指标叫“{wanted}”：{rows}，请改用行号。")
    raise UserError(
        f"{name}：没有名为“{wanted}”的指标，没有改动；{_candidates(named, wanted)}请写明名称或行号。"
    )


def _named(reading: Reading) -> Iterator[tuple[int, Indicator]]:
    """Yield the indicators that have a name, with their rows."""
    rows = rows_of_indicators(reading)
    for index, one in enumerate(reading.form.indicators):
        if one.level3 and index in rows:
            yield rows[index], one


def _candidates(named: dict[int, Indicator], wanted: str) -> str:
    """Say which names are like the one that was asked for, else which ones there are."""
    names = {row: one.level3 for row, one in named.items()}
    like = get_close_matches(wanted, names.values(), n=_NAMED, cutoff=0.4)
    within = [
        one for one in names.values() if name_of(wanted) in name_of(one) or name_of(one) in name_of(wanted)
    ]
    shown = [row for row, one in names.items() if one in {*like, *within}]
    rows = shown or list(names)
    listed = "、".join(f"第 {row} 行“{names[row]}”" for row in rows[:_NAMED])
    more = "等" if len(rows) > _NAMED else ""
    return f"{'相近的有' if shown else '表里有'}{listed}{more}，" if listed else ""


def _whole(reading: Reading, row: int) -> range:
    """The rows of the sheet that an indicator takes up: its name may be merged over several."""
    columns = reading.layout.indicators.columns
    span = columns.get("level3") or columns.get("level2") or (0, 0)
    area = reading.grid.area(row, span[0])
    return range(area.top, area.bottom + 1)


def _label(reading: Reading, row: int) -> str:
    name = dict(_named(reading)).get(row)
    return f"“{name.level3}”" if name else "（空白行）" if row in reading.free else ""


def _changed(found: Found, plan: Plan, done: str, new: Collection[int]) -> Changed:
    """Make the change, and look at what came of it.

    Raises:
        UserError: the workbook cannot be changed, or the form is not read as it should be afterwards.
    """
    workbook, sheet = found.book.editable(), found.reading.grid.sheet
    before, moves = found.reading.grid, plan.moves
    grown = workbook.with_rows(sheet, moves, forgetful=[JOURNAL])
    grid = grown.grid(sheet).edited(plan.edits)
    reading = found_again(found, grid, moves)
    if _kept(found.reading, plan) != [_said(one) for one in reading.form.indicators]:
        raise UserError(
            f"{found.book.name}：改动之后指标读出来与原来的不同，没有改动，请在 Excel 或 WPS 里自己增删行。"
        )
    edits, final = refreshed(found, reading, ())
    there = {_key(one) for one in examined(found).findings}
    findings = tuple(one for one in final.counted if _key(one) not in there)
    notes = [
        *([SIGNED] if workbook.signed else []),
        # Of our own forms every range is made to stretch.
        *(() if found.own else changed_sums(before, grid, moves)),
        *changed_merges(before, grid, moves),
        *unreached_sums(reading, new),
        *_stale(found),
    ]
    data = grown.fill(reading.by_sheet([*plan.edits, *edits]))
    return Changed(data, final, done, tuple(notes), findings)


def _key(finding: Finding) -> tuple[str, str, str]:
    """By what a finding is known although cells that it names have moved, or there are more or fewer."""
    check, label, message = key_of(finding)
    return check, label, _FIGURES.sub("", message)


def _kept(reading: Reading, plan: Plan) -> list[tuple[str, ...]]:
    """The indicators that are to be there afterwards."""
    rows = rows_of_indicators(reading)
    return [
        _said(one)
        for index, one in enumerate(reading.form.indicators)
        if not plan.moves.gone(rows.get(index, 0))
    ]


def _said(one: Indicator) -> tuple[str, ...]:
    return one.level1, one.level2, one.level3, one.target.text, one.actual.text, str(one.weight), one.reason


def _stale(found: Found) -> Iterator[str]:
    """Say that a list of findings speaks of cells as they were."""
    sheet = marked(found.book, found.reading).sheet
    if sheet in found.book.sheets:
        yield f"“{sheet}”表写的是改动前的单元格，请再校验一次、重新写出（已填的处理和理由会保留）"
