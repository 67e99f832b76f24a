"""The list of findings (校验结果) on a sheet of its own, as the program writes it and the clerk marks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perf_excel.forms.text import plain
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.shown_text import printed

SHEET = "校验结果"
WAIVE = "忽略"
COLUMNS = ("检查项", "级别", "工作表", "单元格", "指标或位置", "问题", "应为", "现为", "处理", "理由", "状态")
"""What heads the fields of a verdict, behind 序号."""
_NEEDED = frozenset({"检查项", "指标或位置", "问题", "处理", "理由"})
_HEAD_WITHIN = 30
_LONGEST = 5_000


class Verdict(NamedTuple):
    """A row of the list, every field as text; ``action`` and ``reason`` are the clerk's."""

    check: str
    level: str = ""
    sheet: str = ""
    cell: str = ""
    label: str = ""
    message: str = ""
    expected: str = ""
    printed: str = ""
    action: str = ""
    reason: str = ""
    state: str = ""

    @property
    def waives(self) -> bool:
        """Whether the clerk asks for the finding to be left as it is."""
        return plain(self.action) == WAIVE


def read_verdicts(grid: Grid) -> tuple[Verdict, ...] | None:
    """Return the rows of a list, None where the sheet is another's.

    Columns are found by their heads, so that the clerk may move or insert some.
    """
    if not grid.sheet.startswith(SHEET):
        return None
    for row in range(1, min(grid.bottom, _HEAD_WITHIN) + 1):
        heads = {plain(printed(cell)): column for column, cell in grid.row(row)}
        if heads.keys() >= _NEEDED:
            last = min(grid.bottom, row + _LONGEST)
            return tuple(
                verdict for below in range(row + 1, last + 1) if (verdict := _row(grid, below, heads)).check
            )
    return None


def _row(grid: Grid, row: int, heads: Mapping[str, int]) -> Verdict:
    found = Verdict(
        *(printed(grid.at(row, heads[head])).strip() if head in heads else "" for head in COLUMNS)
    )
    return found._replace(check=plain(found.check))
