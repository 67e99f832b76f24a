"""Money that a form speaks of where none was read (没有读到的资金): labels, and amounts beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.sheets.amounts import amount
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.lines import Lines, text_at
from perf_excel.sheets.grid import Grid, Place

_MONEY = re.compile("资金|预算|经费|投资|金额|拨款|收入|支出|补助")
_NO_MONEY = re.compile("单位|部门|名称|编码|代码|用途|来源$|率|权重|分值|得分|指标|目标|年[度份]|电话|人$")
_LONGEST = 24
_FEW = 5
"""So many rows behind the table are still the form's."""


def unread_money(grid: Grid, layout: FormLayout) -> Iterator[tuple[Place, str]]:
    """Yield the places of amounts beside or below labels of money, each with label and amount."""
    block, lines = layout.indicators, Lines(grid)
    scored = {row for table in layout.scored for row in table.block.rows}
    last = max((block.header, *block.rows))
    for row in (
        *range(layout.title_row + 1, block.header),
        *range(last + 1, min(last + _FEW, grid.bottom) + 1),
    ):
        for label in () if row in scored else lines.labels(row):
            own = grid.area(row, label.left)
            named = len(label.text) <= _LONGEST and _MONEY.search(label.text)
            if own.top != row or not named or _NO_MONEY.search(label.text):
                continue
            for place in ((row, own.right + 1), (own.bottom + 1, label.left)):
                text = text_at(grid, *place)
                if text and amount(text) and (place in grid.cells):
                    yield place, f"{label.text}：{text}"
                    break
