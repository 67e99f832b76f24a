"""Levels merged over their rows (一级、二级指标合并): while a form of ours is filled, each says them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from perf_excel.books.xlsx.trees import add, children, find, remove
from perf_excel.sheets.grid import Area, Grid, address

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]


class Levels(NamedTuple):
    """Where the levels stand, and a column beside them whose cells look as theirs are to look."""

    side: int | None
    """The column of what is said beside the whole table (绩效指标), from its head on."""
    columns: tuple[int, ...]
    header: int
    rows: tuple[int, ...]
    like: int

    @property
    def all_columns(self) -> tuple[int, ...]:
        """The columns of the levels and of what is said beside the whole table."""
        return self.columns if self.side is None else (self.side, *self.columns)


def merge_levels(tree: Element, grid: Grid, levels: Levels) -> None:
    """Merge what neighbouring rows say alike."""
    cells = {cell.get("r", ""): cell for row in children(tree, "sheetData", "row") for cell in row}
    merges = find(tree, "mergeCells")
    for area in _areas(grid, levels):
        looks = cells.get(address(levels.rows[0], levels.like))
        for row in range(area.top, area.bottom + 1):
            cell = cells.get(address(row, area.left))
            if cell is None:
                continue
            if row in levels.rows and looks is not None:
                cell.set("s", looks.get("s", "0"))
            if row > area.top:
                remove(list(cell))
                cell.attrib.pop("t", None)
        if merges is not None and area.top < area.bottom:
            corner = f"{address(area.top, area.left)}:"
            remove([one for one in merges if one.get("ref", "").startswith(corner)])
            add(merges, "mergeCell", ref=f"{corner}{address(area.bottom, area.left)}")
            merges.set("count", str(len(merges)))


def say_on_each_page(tree: Element, areas: Iterable[Area], begins: Collection[int]) -> None:
    """Part merged areas of one column where pages begin, and say in each part what the whole says."""
    cells = {cell.get("r", ""): cell for row in children(tree, "sheetData", "row") for cell in row}
    merges = {one.get("ref", ""): one for one in children(tree, "mergeCells", "mergeCell")}
    for area in areas:
        tops = [area.top, *(row for row in sorted(begins) if area.top < row <= area.bottom)]
        corners = [address(top, area.left) for top in tops]
        merge, says = merges.get(f"{corners[0]}:{address(area.bottom, area.left)}"), cells.get(corners[0])
        if merge is None or says is None or any(corner not in cells for corner in corners):
            continue
        for corner in corners[1:]:
            cell = cells[corner]
            cell.attrib.update({key: value for key, value in says.attrib.items() if key != "r"})
            cell.extend(deepcopy(list(says)))
        bottoms = (*(row - 1 for row in tops[1:]), area.bottom)
        for corner, top, bottom in zip(corners, tops, bottoms, strict=True):
            if top < bottom:
                part = deepcopy(merge)
                part.set("ref", f"{corner}:{address(bottom, area.left)}")
                merge.addprevious(part)
        remove([merge])
    if (all_merges := find(tree, "mergeCells")) is not None:
        all_merges.set("count", str(len(all_merges)))


def _areas(grid: Grid, levels: Levels) -> Iterator[Area]:
    if levels.side is not None:
        yield from _runs(grid, [levels.side], (levels.header, *levels.rows))
    for place in range(len(levels.columns)):
        yield from _runs(grid, levels.columns[: place + 1], levels.rows)


def _runs(grid: Grid, columns: list[int] | tuple[int, ...], rows: tuple[int, ...]) -> Iterator[Area]:
    """Yield the areas of the last column in which rows say the same in all columns."""
    said = {row: [grid.at(row, column).value for column in columns] for row in rows}
    first = rows[0]
    for row, follows in zip(rows, (*rows[1:], 0), strict=True):
        if follows != row + 1 or said[follows] != said[row] or said[row][-1] is None:
            yield Area(grid.area(first, columns[-1]).top, columns[-1], row, columns[-1])
            first = follows
