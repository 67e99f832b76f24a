"""For how long indicators are set (长期、年度), as a label over or beside their table says."""

from __future__ import annotations

import re

from perf_excel.forms.text import plain, remembered
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import Grid

_TERM = re.compile(
    "(?:(中长期|长期|中期|实施期|[三五]年|总体)|(?:20\\d\\d)?年?度?)(?:绩效)*(?:指标|目标)(?:完成情况)?"
)
"""A label of a table of indicators that says for how long they are set."""
_OF_YEAR = "年度"


def term_above(grid: Grid, block: Block) -> str:
    """For how long the targets of a table are set, as a label over its columns says; empty for the year."""
    left, right = block.columns["level3"][0], block.columns["target"][1]
    for row in range(block.header, 0, -1):
        for column in range(left, right + 1):
            if (found := _TERM.match(plain(text_at(grid, row, column)))) and found.end() >= len("目标"):
                return found[1] or ""
    return ""


def terms_of(grid: Grid, block: Block) -> dict[int, str]:
    """What the rows of several tables in one form are for (长期, 年度), as a label beside or over them says.

    Empty for those of the year; where all rows are for one term, nothing is said of it.
    """
    found: dict[int, str] = {}
    rows, first, term = frozenset(block.rows), min(left for left, _ in block.columns.values()), ""
    for row in range(block.header, max((block.header, *rows)) + 1):
        last = first - 1 if row in rows else first
        said = (_named_by(text_at(grid, row, column)) for column in range(1, last + 1))
        term = next(filter(None, said), term)
        if row in rows:
            found[row] = term
    named = {one for one in found.values() if one != _OF_YEAR}
    if named == set(found.values()):
        return {}
    return {row: "" if one == _OF_YEAR else one for row, one in found.items()}


@remembered
def _named_by(text: str) -> str:
    """The term that a label names; nothing where it is none."""
    found = _TERM.fullmatch(plain(text))
    return (found[1] or _OF_YEAR) if found else ""
