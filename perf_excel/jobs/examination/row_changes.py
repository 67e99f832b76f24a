"""What rows that came or went did to a workbook (增删行之后): which sums changed, and which should have."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from perf_excel.books.xlsx.moving.shifting import rows_of
from perf_excel.forms.text import plain
from perf_excel.sheets.grid import EMPTY, Area, Grid, address
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.moved_rows import Moves
from perf_excel.sheets.writing.planning import rows_with_levels

_NAMED = 5


def unreached_sums(reading: Reading, new: Collection[int]) -> Iterator[str]:
    """Say which formulas read the rows around new ones, or all of their group, and not these."""
    levels = {row: plain(level1) for row, level1, _ in rows_with_levels(reading)}
    added = sorted({*new} & levels.keys())
    for place, cell in sorted(reading.grid.cells.items()):
        if cell.formula is None or place[0] in levels:
            continue
        read = rows_of(cell.formula) & levels.keys()
        if len(read) > 1 and any(_is_missed(one, read, levels, added) for one in added):
            yield f"{address(*place)} 的公式“={cell.formula}”没有包括新插入的行，请修改这个公式"


def _is_missed(row: int, read: set[int], levels: dict[int, str], added: Collection[int]) -> bool:
    """Whether a formula that reads some rows should read a new one."""
    old = [one for one in levels if one not in added]
    above, below = [one for one in old if one < row], [one for one in old if one > row]
    if row in read or not above or max(above) not in read:
        return False
    groups = {levels[one] for one in read}
    return groups == {levels[row]} or (min(below) in read if below else len(groups) > 1)


def changed_sums(before: Grid, after: Grid, moves: Moves) -> Iterator[str]:
    """Say which formulas of the sheet read more rows than before, or fewer."""
    found: list[str] = []
    for (row, column), cell in sorted(before.cells.items()):
        if cell.formula is None or moves.gone(row):
            continue
        place = moves.row(row), column
        now = after.cells.get(place, EMPTY).formula
        if now is not None and len(rows_of(now)) != len(rows_of(cell.formula)):
            found.append(f"{address(*place)} 由“={cell.formula}”改为“={now}”")
    if found:
        yield f"公式随之改变：{_listed(found)}"


def changed_merges(before: Grid, after: Grid, moves: Moves) -> Iterator[str]:
    """Say which merged areas have become larger or smaller, or are none any more."""
    now = {(area.top, area.left): area for area in after.merges}
    found: list[str] = []
    for area in sorted(before.merges):
        if moves.swallows(area.top, area.bottom):
            continue
        top = moves.row(area.top)
        new = now.get((top, area.left), Area(top, area.left, top, area.left))
        if new.bottom - new.top != area.bottom - area.top:
            found.append(f"{_area(area)}→{_area(new)}")
    if found:
        yield f"合并单元格随之改变：{_listed(found)}"


def _area(area: Area) -> str:
    first, last = address(area.top, area.left), address(area.bottom, area.right)
    return first if first == last else f"{first}:{last}"


def _listed(found: list[str]) -> str:
    more = f"等 {len(found)} 处" if len(found) > _NAMED else ""
    return "；".join(found[:_NAMED]) + more
