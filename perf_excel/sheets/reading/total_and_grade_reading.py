"""The total and the grade of a form (总分、等级), read."""

from __future__ import annotations

import re
from decimal import Decimal

from perf_excel.forms.measure import parse
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import folded, plain
from perf_excel.sheets.cell_values import number_of
from perf_excel.sheets.finding.closing_words import CONCLUSION, GRADE, GRADED, GRADES, TOTAL
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import Lines, text_at, value_place
from perf_excel.sheets.finding.particulars import PART, SEAL
from perf_excel.sheets.finding.tickboxes import ticked
from perf_excel.sheets.grid import EMPTY, Cell, Grid, Place
from perf_excel.sheets.reading.record import Notes
from perf_excel.sheets.shown_text import printed

_SCORE, _GRADE = Spot("total", 0, "score"), Spot("total", 0, "grade")


def read_total_weight(notes: Notes, layout: FormLayout) -> Decimal | None:
    """Read the total row's sum of the weights."""
    row, columns = layout.total_row, layout.indicators.columns
    if row is None or "weight" not in columns:
        return None
    place = value_place(notes.grid, row, columns["weight"])
    if place == layout.total:  # 总分 | 98, merged over the weights' column: the points
        return None
    notes.places[Spot("total", 0, "weight")] = place
    cell = notes.grid.cells.get(place, EMPTY)
    notes.expect(cell)
    return _number(cell)


def read_total(notes: Notes, layout: FormLayout) -> Decimal | None:
    """Read the total: of the row that sums up, or wherever else the form has it."""
    row, columns = layout.total_row, layout.indicators.columns
    if row is not None and "share" in columns and "score" in columns:
        notes.places[Spot("total", 0, "share")] = value_place(notes.grid, row, columns["share"])
    if layout.total is None:
        return None if row is None or "score" in columns else _last_number(notes.grid, row)
    if (inside := _inside(notes.grid, layout.total, TOTAL)) is not None:
        return parse(inside).number
    notes.places[_SCORE] = layout.total
    cell = notes.grid.cells.get(layout.total, EMPTY)
    notes.expect(cell)
    return _number(cell)


def _number(cell: Cell) -> Decimal | None:
    number = number_of(cell)
    if number is None and isinstance(cell.value, str) and (found := GRADED.fullmatch(bare(cell.value))):
        return Decimal(found[1])
    return number


def _last_number(grid: Grid, row: int) -> Decimal | None:
    numbers = [number_of(cell) for _, cell in grid.row(row)]
    return next((number for number in reversed(numbers) if number is not None), None)


def _inside(grid: Grid, place: Place, *spellings: re.Pattern[str]) -> str | None:
    """What a label names in its own cell (总分：95.81); None where no such label stands there."""
    for found in PART.finditer(folded(text_at(grid, *place))):
        if any(one.fullmatch(bare(found["name"]).lstrip("(")) for one in spellings):
            return found["text"]
    return None


def read_grade(notes: Notes, layout: FormLayout) -> str:
    """Read the grade: of its own place, ticked or written, or in one cell with the total."""
    if layout.grade is None:
        found = GRADED.fullmatch(plain(printed(notes.at(_SCORE))))
        return found[2] or "" if found else ""
    return _grade(notes, layout.grade, _GRADE)


def _grade(notes: Notes, place: Place, spot: Spot) -> str:
    inside = _inside(notes.grid, place, GRADE, CONCLUSION)
    cells = _choice(notes.grid, place)
    if inside is None and not cells:
        # In its label's own cell, and where each grade has a cell, it has no place to write to.
        notes.places[spot] = place
    text = folded(cells or (text_at(notes.grid, *place) if inside is None else inside))
    chosen = ticked(text)
    return bare(SEAL.sub("", text)) if chosen is None else chosen


def read_above(notes: Notes, layout: FormLayout) -> tuple[Decimal | None, str]:
    """Read the total and the grade that a form says a second time, above its table."""
    total, grade = None, ""
    if place := layout.total_above:
        inside = _inside(notes.grid, place, TOTAL)
        if inside is None:
            notes.places[Spot("total", 1, "score")] = place
        total = _number(notes.grid.cells.get(place, EMPTY)) if inside is None else parse(inside).number
    if place := layout.grade_above:
        grade = _grade(notes, place, Spot("total", 1, "grade"))
    return total, grade


def _choice(grid: Grid, place: Place) -> str:
    """A choice of grades that have cells of their own, blank ones as boxes: 优 | √ | 良 | | 中."""
    row, first = place
    found = [label for label in Lines(grid).labels(row) if label.right >= first]
    if sum(bool(GRADES.fullmatch(label.text)) for label in found) < 2:
        return ""
    texts: list[str] = []
    column = first
    while column <= grid.right:
        texts.append(text_at(grid, row, column) or "□")
        column = grid.area(row, column).right + 1
    return "".join(texts)
