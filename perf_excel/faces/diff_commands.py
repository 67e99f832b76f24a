"""The command that holds two forms together (对比), and what it says of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from perf_excel.faces.aligned_text import aligned
from perf_excel.faces.speaking import CLEAN, FOUND, ends_with, save, say, say_json

if TYPE_CHECKING:
    from perf_excel.forms.differences import Change
    from perf_excel.forms.model import Form, Indicator
    from perf_excel.jobs.diff import Compared

_SCORE = ("indicator", "score", False)
_NAMED = 60
_LONG = 40
"""So many changes are said on the screen, and so many characters of each value."""
_LABEL = 36
"""Columns of a terminal for the name of an indicator."""


def diff(arguments: argparse.Namespace) -> int:
    """Say in what two forms differ."""
    from perf_excel.jobs.diff import compare, diff_data
    from perf_excel.jobs.examination.choosing import Choice

    if arguments.output:
        ends_with(arguments.output, ".xlsx")
    choice = Choice(arguments.sheet, arguments.table)
    done = compare(arguments.one, arguments.other, arguments.rules, choice)
    if arguments.output:
        from perf_excel.books.difference_book import difference_book

        totals = _total(done.one), _total(done.other)
        book = difference_book(done.names, totals, done.found)
        save(arguments, book, arguments.one, arguments.other)
    if arguments.json:
        say_json(diff_data(done))
    else:
        say(*_lines(done))
    return CLEAN if done.found.same else FOUND


def _lines(done: Compared) -> Iterator[str]:
    from perf_excel.rules.scoring.arithmetic import shown

    found = done.found
    looked = f"对比了 {found.compared_rows} 行、{found.compared_cells} 格"
    yield f"前一份：{done.names[0]}（{done.one.unit or '未写单位'}，{_total(done.one)}）"
    yield f"后一份：{done.names[1]}（{done.other.unit or '未写单位'}，{_total(done.other)}）"
    if found.same:
        yield f"完全一致：{looked}。"
        return
    if done.one.total is not None and done.other.total is not None and done.one.total != done.other.total:
        grown = _signed(done.other.total - done.one.total)
        yield f"总分 {shown(done.one.total)} → {shown(done.other.total)}（{grown}）"
    yield from _points(done)
    # The points of indicators stand in the table above.
    changes = [one for one in found.changes if (one.part, one.field, one.by is None) != _SCORE]
    besides = f"，得分以外的 {len(changes)} 格" if len(changes) < len(found.changes) else ""
    yield f"不同的 {len(found.changes)} 格{besides}{'：' if changes else '。'}"
    yield from map(_change, changes[:_NAMED])
    if len(changes) > _NAMED:
        yield f"  另有 {len(changes) - _NAMED} 格，用 -o 对比.xlsx 或 --json 看全部。"
    for which, names in (("前", found.only_one), ("后", found.only_other)):
        if names:
            more = f"等 {len(names)} 项" if len(names) > _NAMED else ""
            yield f"只有{which}一份有：{'、'.join(names[:_NAMED])}{more}"
    if found.left_out:
        yield f"没有比较的栏：{'；'.join(found.left_out)}"
    yield f"{looked}。"


def _points(done: Compared) -> Iterator[str]:
    """The points of the indicators that differ in them, as a table."""
    rows = [row for row in done.found.rows if row.one is None or row.other is None or row.by]
    if not any(_figures(row.one)[1] or _figures(row.other)[1] for row in rows):
        return
    table = [("得分不同的指标", "分值", "前得分", "后得分", "增减", "前扣分", "后扣分")]
    for row in rows:
        (weight, score, taken), (weight2, score2, taken2) = _figures(row.one), _figures(row.other)
        weights = "/".join(dict.fromkeys(filter(None, (weight, weight2))))
        by = "—" if row.by is None else _signed(row.by)
        table.append((_cut(row.label, _LABEL), weights, score or "—", score2 or "—", by, taken, taken2))
    yield from aligned(table)


def _figures(row: Indicator | None) -> tuple[str, str, str]:
    """Weight, score and points taken off, in words; empty where there are none."""
    from perf_excel.forms.differences import lost
    from perf_excel.forms.value_likeness import shown_value

    if row is None:
        return "", "", ""
    return shown_value(row.weight), shown_value(row.score), shown_value(lost(row))


def _change(change: Change) -> str:
    from perf_excel.forms.differences import FIELD_NAMES, PART_NAMES

    where = change.label if change.label and change.part != "goal" else PART_NAMES[change.part]
    by = f"（{_signed(change.by)}）" if change.by else ""
    one, other = (f"“{_cut(text, _LONG)}”" if text else "空白" for text in (change.one, change.other))
    return f"  {_cut(where, _LONG)}·{FIELD_NAMES[change.field]}：{one} → {other}{by}"


def _total(form: Form) -> str:
    from perf_excel.forms.value_likeness import shown_value

    total = f"{shown_value(form.total)} 分" if form.total is not None else "没有总分"
    return f"{total} {form.grade}".rstrip()


def _signed(number: Decimal) -> str:
    from perf_excel.rules.scoring.arithmetic import shown

    return f"+{shown(number)}" if number > 0 else shown(number)


def _cut(text: str, most: int) -> str:
    """A text on one line, the beginning of a long one."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most]}…"
