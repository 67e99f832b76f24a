"""What the levels of an indicator are called: in cells of its row, in one cell for two, in a line above."""

from __future__ import annotations

import re
from collections.abc import Mapping

from perf_excel.forms.placeholder import is_placeholder
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import folded, remembered, without
from perf_excel.sheets.cell_values import name_of
from perf_excel.sheets.finding.lines import text_at
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import Cell, Grid
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.reading.section_rows import ORDINAL, POINTS
from perf_excel.sheets.shown_text import printed

_BOTH = re.compile(r"([^/／]{2,10}?指标)\s{0,3}[/／—-]{1,2}\s{0,3}([^/／]{2,16})")
"""Two levels in one cell: 产出指标/数量指标."""


def own_names(
    notes: Notes, block: Block, spots: Mapping[str, Spot], cells: Mapping[str, Cell]
) -> tuple[str, str, str]:
    """The names of the levels that a row has itself, without their points."""
    own1, own2, level3 = (name_of(cells[level]) for level in ("level1", "level2", "level3"))
    if "level3" not in block.columns:
        own2, level3 = "", own2
    if _share_a_cell(notes, spots):
        own2 = ""  # one cell for both: 满意度指标 has no second level here
        notes.forget([spots["level2"]])
    if "level2" not in block.columns and (both := _BOTH.fullmatch(own1)):
        own1, own2 = both.groups()
    return without_points(own1), without_points(own2), level3


def _share_a_cell(notes: Notes, spots: Mapping[str, Spot]) -> bool:
    """Whether the first two levels stand in one cell."""
    if "level1" not in spots or "level2" not in spots:
        return False
    own = notes.places.get(spots["level1"])
    return own is not None and own == notes.places.get(spots["level2"])


def heading(grid: Grid, block: Block, rows: range) -> str:
    """The level that a line across the table names (一、产出指标（50分）), where no column does."""
    last = max(right for _, right in block.columns.values())
    for row in reversed(rows):
        texts = [(column, printed(cell)) for column, cell in grid.row(row) if column <= last]
        if len(texts) == 1 and grid.area(row, texts[0][0]).right > texts[0][0]:
            return _section(texts[0][1])
    return ""


def named_beside(grid: Grid, block: Block) -> str:
    """The level that a label with points names along a table without levels: 债券管理（10分）."""
    first = min(left for left, _ in block.columns.values())
    area = grid.area(block.header, max(1, first - 1))
    name = text_at(grid, area.top, area.left).strip()
    along = area.left < first and area.bottom >= max(block.rows, default=area.bottom)
    return _section(name) if along and POINTS.search(folded(name)) else ""


def _section(text: str) -> str:
    return without(POINTS, without(ORDINAL, text.strip()))


@remembered
def without_points(name: str) -> str:
    """A name without the points behind it: 产出指标（50分） is 产出指标."""
    return without(POINTS, name)


def unless_template(name: str) -> str:
    """A name, or nothing where it is the template's own."""
    return "" if is_placeholder(name) else name
