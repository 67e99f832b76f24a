"""Scored tables above the indicators (资金管理情况, 10分): names, what was found, weight and points."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from perf_excel.forms.measure import parse
from perf_excel.sheets.finding.choosing_columns import LEVELS
from perf_excel.sheets.finding.closing_words import SUBTOTAL
from perf_excel.sheets.finding.header import Heads
from perf_excel.sheets.finding.lines import Lines, text_at
from perf_excel.sheets.finding.money_lines import is_amount
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import Label

_TOLD = frozenset({"actual", "reason", "remark"})
"""What a column of words may be called in such a table."""
_SAYS = re.compile(".{0,6}(?:情况|说明|评价|依据|结果)(?:说明)?")
_POINTS = re.compile(r"[(（]\s{0,9}\d{1,3}\s{0,9}分\s{0,9}[)）]")
"""The points of the table behind its name."""


class Scored(NamedTuple):
    """A scored table: its rows and columns, and the name of the level that its rows belong to."""

    block: Block
    level1: str


def scored_tables(lines: Lines, rows: range, heads: Heads, taken: Container[int]) -> tuple[Scored, ...]:
    """Return the scored tables in the rows above the head of the indicators, from top to bottom.

    Args:
        lines: the sheet's.
        rows: from below the title to before the head of the indicators.
        heads: gives what labels mean.
        taken: rows that belong to the money.
    """
    found: list[Scored] = []
    last = 0
    for row in rows:
        if row <= last or row in taken or not heads.may_begin(row):
            continue
        if (table := _table(lines, row, rows.stop, heads)) and table.block.rows:
            found.append(table)
            last = table.block.rows[-1]
    return tuple(found)


def _table(lines: Lines, row: int, end: int, heads: Heads) -> Scored | None:
    named = heads.named(row, row)
    roles = [one.role for one in named]
    if "weight" not in roles or "score" not in roles or not LEVELS.isdisjoint(roles):
        return None
    weight, score = (next(one.label for one in named if one.role == role) for role in ("weight", "score"))
    below = max(lines.grid.area(row, one.left).bottom for one in (weight, score)) + 1
    kept = tuple(_rows(lines, range(below, end), weight, score))
    if not kept:
        return None
    side = _side(lines, row, kept[-1])
    name = _name(lines, kept[0], side.right if side else 0)
    columns = {"level3": name, "weight": (weight.left, weight.right), "score": (score.left, score.right)}
    for one in named:
        span = (one.label.left, one.label.right)
        words = one.role in _TOLD or (not one.role and _SAYS.fullmatch(one.label.text))
        if words and name[1] < span[0] < score.left:
            columns.setdefault("actual", span)
        elif words and span[0] > score.left:
            columns.setdefault("reason", span)
    return Scored(Block(below - 1, columns, kept), side.text if side else "")


def _rows(lines: Lines, rows: range, weight: Label, score: Label) -> Iterator[int]:
    """The rows that name something and give it points, subtotals left out."""
    for row in rows:
        points = parse(text_at(lines.grid, row, weight.left))
        names = [one for one in lines.own(row) if one.left < weight.left]
        given = parse(text_at(lines.grid, row, score.left))
        if points.number is None or points.unit not in ("", "分") or not names:
            return
        if any(is_amount(one.text) for one in names):
            return  # money with points, in a shape that was not read
        if given.kind not in ("number", "empty") or given.unit not in ("", "分"):
            return
        if not SUBTOTAL.fullmatch(names[0].text):
            yield row


def _side(lines: Lines, head: int, last: int) -> Label | None:
    """The label that names the table: beside all of it, or in the head's row before its columns."""
    first = next(iter(lines.labels(head)), None)
    if first is None:
        return None
    area = lines.grid.area(head, first.left)
    return first if area.bottom >= last or _POINTS.search(text_at(lines.grid, head, first.left)) else None


def _name(lines: Lines, row: int, beyond: int) -> tuple[int, int]:
    """The column of the names: the first label of a row that is its own."""
    own = [one for one in lines.own(row) if one.left > beyond] or lines.own(row)
    return own[0].left, own[0].right
