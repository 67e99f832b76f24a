"""Data as a plain table (数据表): a head and a row for each indicator, as other systems give it."""

from __future__ import annotations

from collections.abc import Mapping

from perf_excel.forms.model import Form, Indicator
from perf_excel.sheets.cell_values import measure_of, name_of, number_of
from perf_excel.sheets.finding.column_words import INDICATOR
from perf_excel.sheets.finding.labels import Roles, bare, roles
from perf_excel.sheets.grid import EMPTY, Grid
from perf_excel.sheets.shown_text import printed

_HEAD_WITHIN = 20
_NAMES = ("level3", "name")
_VALUES = ("target", "actual", "weight", "reason")


def table_form(grid: Grid) -> Form | None:
    """Return what a table says of indicators, None where the sheet has no head with names and values.

    Levels (一级指标, 二级指标) that are left blank, or merged, are those of the row above.
    """
    known = roles(INDICATOR, {})
    for row in range(1, min(grid.bottom, _HEAD_WITHIN) + 1):
        columns = _columns(grid, row, known)
        name = next((role for role in _NAMES if role in columns), None)
        if name and any(role in columns for role in _VALUES):
            return Form(indicators=tuple(_rows(grid, row, {**columns, "level3": columns[name]})))
    return None


def _columns(grid: Grid, row: int, known: Roles) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, cell in grid.row(row):
        if role := known.of(bare(printed(cell))):
            found.setdefault(role, number)
    return found


def _rows(grid: Grid, head: int, columns: Mapping[str, int]) -> list[Indicator]:
    rows: list[Indicator] = []
    above = {"level1": "", "level2": ""}
    for row in range(head + 1, grid.bottom + 1):
        cells = {role: grid.at(row, number) for role, number in columns.items()}
        for level in above:
            if level in cells and (text := name_of(cells[level])):
                above[level] = text
        if name := name_of(cells["level3"]):
            rows.append(
                Indicator(
                    above["level1"],
                    above["level2"],
                    name,
                    target=measure_of(cells.get("target", EMPTY)),
                    actual=measure_of(cells.get("actual", EMPTY)),
                    weight=number_of(cells.get("weight", EMPTY)),
                    reason=printed(cells.get("reason", EMPTY)).strip(),
                )
            )
    return rows
