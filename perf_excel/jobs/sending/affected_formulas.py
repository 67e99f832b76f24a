"""Formulas whose results change with what is put into a form (受影响的公式), found once for a template."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from perf_excel.sheets.calculating.calculation import Calculation
from perf_excel.sheets.calculating.formula_tree import Call, Node, One, Range, tree_of
from perf_excel.sheets.calculating.recalculated import same_result
from perf_excel.sheets.grid import Area, Edit, Grid, Place


def dependants(grid: Grid, places: Collection[Place]) -> list[Place]:
    """Return the cells with formulas that refer to some places, or to such cells; in the sheet's order."""
    areas = {
        place: list(_areas(tree))
        for place, cell in grid.cells.items()
        if cell.formula is not None and (tree := tree_of(cell.formula)) is not None
    }
    changed = set(places)
    found: set[Place] = set()
    while True:
        new = {
            place
            for place, own in areas.items()
            if place not in found and any(_holds(area, one) for area in own for one in changed)
        }
        if not new:
            return sorted(found)
        found |= new
        changed = new


def results(grid: Grid, edits: list[Edit], places: Collection[Place]) -> Iterator[Edit]:
    """Yield the results that formulas at some places have once a sheet is edited, where they are others."""
    after = grid.edited(edits)
    work = Calculation(after)
    for place in places:
        result = work.result(place)
        if result is not None and not same_result(result, after.cells[place].value):
            yield Edit(*place, result)


def _areas(node: Node) -> Iterator[Area]:
    if isinstance(node, One):
        yield Area(*node.place, *node.place)
    elif isinstance(node, Range):
        yield node.area
    elif isinstance(node, Call):
        for one in node.arguments:
            yield from _areas(one)


def _holds(area: Area, place: Place) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right
