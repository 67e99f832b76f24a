"""What only a monitoring form (监控表) says, read: kinds of reasons, likelihood, and to which month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from perf_excel.forms.likelihood import LIKELIHOODS
from perf_excel.forms.text import plain
from perf_excel.sheets.finding.layout import FormLayout
from perf_excel.sheets.finding.lines import Columns, text_at
from perf_excel.sheets.finding.tickboxes import is_tick
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import Cell, Grid
from perf_excel.sheets.reading.money_unit import texts_of
from perf_excel.sheets.shown_text import printed

CAUSES = tuple(f"cause{number}" for number in range(1, 9))
LIKELY = dict(zip(("sure", "maybe", "never"), LIKELIHOODS, strict=True))
"""The columns of the three likelihoods, and what a tick in each of them says."""
SAYS_LIKELY = frozenset({"likelihood", *LIKELY})
FIELDS = ("progress", "expected", "likelihood", *LIKELY, *CAUSES, "remark")

_UNTICKED = frozenset({"", "无", "否", "×", "✗", "0", "-", "—", "——", "/", "□", "○", "☐"})
_TO_MONTH = re.compile(
    r"1月?份?[-—–~～至到](\d{1,2})月|截[至止]到?(?:20\d\d年?)?(\d{1,2})月|(?<!\d)(\d{1,2})月份?[底末]"
)
_PARTS = (("前三季度", 9), ("三季度", 9), ("前[两二]个?季度", 6), ("二季度", 6), ("一季度", 3), ("半年", 6))


class Causes(NamedTuple):
    """The kinds of reasons that are ticked, and what was written instead of a tick."""

    kinds: tuple[str, ...]
    text: str


_NO_CAUSES = Causes((), "")


def cause_labels(grid: Grid, block: Block) -> dict[str, str]:
    """Return what the columns of kinds of reasons (经费保障、制度保障 …) are called."""
    places = {role: block.columns[role][0] for role in CAUSES if role in block.columns}
    return {role: plain(text_at(grid, block.header, left)) for role, left in places.items()}


def read_causes(called: Mapping[str, str], cells: Mapping[str, Cell]) -> Causes:
    """Read the kinds of reasons of a row from its cells, given by field.

    Args:
        called: what their columns are called.
        cells: the row's.
    """
    if not called:
        return _NO_CAUSES
    kinds: list[str] = []
    texts: list[str] = []
    for role, kind in called.items():
        text = printed(cells[role]).strip()
        if text not in _UNTICKED:
            kinds.append(kind)
            if not _is_mark(text):
                texts.append(f"{kind}：{text}")
    return Causes(tuple(kinds), "；".join(texts))


def read_likelihood(columns: Columns, cells: Mapping[str, Cell]) -> str:
    """Read how likely the target is to be met: what stands in its column, or which of three is ticked."""
    if not LIKELY.keys() & columns.keys():
        return printed(cells["likelihood"]).strip()
    return "、".join(
        word
        for role, word in LIKELY.items()
        if role in columns and printed(cells[role]).strip() not in _UNTICKED
    )


def _is_mark(text: str) -> bool:
    return is_tick(text) or plain(text) in ("是", "1", "y", "Y", "v", "V")


def read_months(grid: Grid, layout: FormLayout) -> int | None:
    """Read to the end of which month a monitoring form says what was done: by its heads, else its title."""
    budget = layout.budget
    heads = texts_of(grid, _head_rows(grid, layout))
    money = texts_of(grid, range(budget.top, budget.top + 2)) if budget else ()
    return months_of((*heads, *money, layout.title))


def _head_rows(grid: Grid, layout: FormLayout) -> range:
    header = layout.indicators.header
    tops = [grid.area(header, left).top for left, _ in layout.indicators.columns.values()]
    return range(min(tops), header + 1)


def months_of(texts: Iterable[str]) -> int | None:
    """Return the month that texts reckon to (1-7月, 截至6月底, 上半年, 前三季度), None where none does."""
    for text in map(plain, texts):
        if found := _TO_MONTH.search(text):
            month = int(next(filter(None, found.groups())))
            if 1 <= month <= 12:
                return month
        for words, month in _PARTS:
            if re.search(words, text):
                return month
    return None
