"""The unit that a form's money is in (金额单位): as the nearest note says, in its block or above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from perf_excel.forms.measure import parse
from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import UNIT, amount, yuan_of
from perf_excel.sheets.cell_values import WAN
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.grid import Grid

_STATED = re.compile(rf"单位:(?:人民币)?({UNIT})")
_NAMED = re.compile("((?:亿|千万|百万|万|千)元)")
_BRACKETED = re.compile(rf"[(:/]({UNIT})[)]?|人民币({UNIT})|^({UNIT})$")
_LONGEST = 60
"""A longer text is prose, and says nothing of the unit of money."""


def money_scale(grid: Grid, layout: FormLayout) -> Decimal:
    """How many of the form's units of money are one 万元: by what stands in its block, else nearest above."""
    budget, block = layout.budget, layout.indicators
    if budget is None:
        return Decimal(1)
    end = min(budget.top, block.header)
    above = range(end - 1, min(layout.top, layout.title_row) - 1, -1)
    last = max((block.header, *block.rows))
    behind = range(budget.top - 1, last, -1) if budget.top > last else range(0)
    for rows in (range(budget.top, budget.bottom + 1), *([row] for row in (*behind, *above))):
        if (scale := stated_scale(grid, rows)) is not None:
            return scale
    return Decimal(1)


def stated_scale(grid: Grid, rows: Iterable[int]) -> Decimal | None:
    """How many of the unit of money that rows name are one 万元; None where they name none."""
    unit = _unit(list(texts_of(grid, rows)))
    return WAN / yuan_of(unit) if unit else None


def _unit(texts: list[str]) -> str:
    """The unit that texts name: one that says so, else one with a scale of its own, else 元 in brackets."""
    for pattern in (_STATED, _NAMED, _BRACKETED):
        for text in texts:
            if found := pattern.search(text):
                return next(filter(None, found.groups()))
    return ""


def texts_of(grid: Grid, rows: Iterable[int]) -> Iterator[str]:
    """What rows show, but for amounts: those that name a unit have it for themselves."""
    for row in rows:
        for column, _ in grid.row(row):
            text = plain(text_at(grid, row, column))
            if len(text) <= _LONGEST and parse(text).number is None and amount(text) is None:
                yield text
