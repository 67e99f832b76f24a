"""The indicator rows of a form and the total row behind them, read."""

from __future__ import annotations

import re
from decimal import Decimal

from perf_excel.forms.measure import parse, plain
from perf_excel.forms.model import FIELDS, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.sheets.around import read_named
from perf_excel.sheets.cells import measure_of, name_of, number_of
from perf_excel.sheets.grid import EMPTY, Cell, Grid
from perf_excel.sheets.labels import TOTAL, bare
from perf_excel.sheets.layout import FormLayout
from perf_excel.sheets.lines import value_place
from perf_excel.sheets.notes import Notes
from perf_excel.sheets.printing import printed
from perf_excel.sheets.surroundings import Block

_GRADED = re.compile(r"(\d+(?:\.\d+)?)分?[(,、，]?([优良中差合一较不][^)]{0,3})?[)]?")
"""A total with its grade in one cell: 99（优）."""


def read_indicators(notes: Notes, block: Block) -> tuple[Indicator, ...]:
    """Read the rows that say something; the others are noted as free."""
    rows: list[Indicator] = []
    level1 = level2 = ""
    for row in block.rows:
        cells = {
            field: notes.cell(Spot("indicator", len(rows), field), block, row)
            for field in ("level1", "level2", "level3", *sorted(FIELDS), "hint", "judged")
        }
        own1, own2, level3 = (name_of(cells[level]) for level in ("level1", "level2", "level3"))
        if "level3" not in block.columns:
            own2, level3 = "", own2
        level2 = own2 or ("" if own1 and own1 != level1 else level2)
        level1 = own1 or level1
        if not level3 and all(cell.formula or cell.value is None for cell in _inputs(cells)):
            notes.free[row] = (level1, level2)
            continue
        score = cells["score"]
        notes.expect(score)
        rows.append(
            Indicator(
                level1,
                level2,
                level3,
                target=measure_of(cells["target"]),
                actual=measure_of(cells["actual"]),
                weight=number_of(cells["weight"]),
                # A formula never calculated: what the clerk gave by hand is all there is.
                score=number_of(cells["judged"] if score.formula and score.value is None else score),
                deviation=measure_of(cells["deviation"]),
                reason=printed(cells["reason"]).strip(),
            )
        )
    return tuple(rows)


def _inputs(cells: dict[str, Cell]) -> list[Cell]:
    """The cells of an indicator row that say something of it, beside its place in the levels."""
    return [cells[field] for field in ("target", "actual", "weight", "score", "reason", "judged")]


def read_total(notes: Notes, layout: FormLayout, field: str) -> Decimal | None:
    """Read the total row's sum of the weights or of the scores.

    Args:
        notes: of this reading.
        layout: the form's.
        field: weight or score.
    """
    row, columns = layout.total_row, layout.indicators.columns
    if row is None:
        return None
    if field not in columns:
        return _number_behind(notes.grid, row) if field == "score" else None
    place = value_place(notes.grid, row, columns[field])
    notes.places[Spot("total", 0, field)] = place
    cell = notes.grid.cells.get(place, EMPTY)
    notes.expect(cell)
    number = number_of(cell)
    if number is None and isinstance(cell.value, str) and (found := _GRADED.fullmatch(bare(cell.value))):
        return Decimal(found[1])
    return _behind_label(notes.grid, row) if number is None and field == "score" else number


def _behind_label(grid: Grid, row: int) -> Decimal | None:
    """The total in its label's own cell (总分：95.81)."""
    texts = (printed(cell).replace("：", ":").partition(":") for _, cell in grid.row(row))
    return next((parse(behind).number for label, _, behind in texts if TOTAL.fullmatch(bare(label))), None)


def _number_behind(grid: Grid, row: int) -> Decimal | None:
    numbers = [number_of(cell) for _, cell in grid.row(row)]
    return next((number for number in reversed(numbers) if number is not None), None)


def read_grade(notes: Notes, layout: FormLayout) -> str:
    """Read the grade: of its own place, or in one cell with the total."""
    if layout.grade is None:
        found = _GRADED.fullmatch(plain(printed(notes.at(Spot("total", 0, "score")))))
        return found[2] or "" if found else ""
    return bare(read_named(notes, Spot("total", 0, "grade"), layout.grade))
