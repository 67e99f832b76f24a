"""An examined form's results as cell edits (得分写回): points, rates, sums, grade, and 校验提示."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from perf_excel.forms.error_value import is_error_value
from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.examining import Examined
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES
from perf_excel.rules.scoring.form_score import execution
from perf_excel.rules.scoring.points import RowScore
from perf_excel.rules.scoring.reaching import level_reached
from perf_excel.sheets.grid import EMPTY, Cell, Edit
from perf_excel.sheets.writing.score_edits import Result, Sums, result_edits


def edits_of(examined: Examined) -> tuple[Edit, ...]:
    """Return the edits that write an examined form's results into its sheet."""
    form, rules = examined.form, examined.found.rules
    funding: dict[int, Result] = {}
    points = {row.at: row.points for row in examined.scores.budget}
    for index, row in enumerate(form.funding):
        # On a monitoring form the rate is that of what was spent so far.
        spent = replace(row, executed=row.so_far) if form.monitors else row
        rate = execution(spent, rules)
        fraction = rate.part / rate.whole if rate and spent.executed is not None else None
        if row.annual == 0 and row.executed == 0:
            fraction = Decimal(0)  # as published forms print it, and the template's formula
        funding[index] = Result(points.get(index), rate=fraction)
    levels = _levels(examined)
    indicators = {
        row.at: Result(
            row.points,
            row.deviation,
            hint=_hint(examined, row),
            reached=level_reached(form.indicators[row.at], rules, levels) if levels else "",
        )
        for row in examined.scores.indicators
    }
    scores = examined.scores
    weights = [row.weight for row in scores.rows if row.weight is not None]
    sums = Sums(sum(weights, Decimal(0)), scores.total, scores.grade, scores.complete)
    return result_edits(examined.found.reading, funding, indicators, sums)


def cached_edits(examined: Examined) -> list[Edit]:
    """Return those of the results' edits that only refresh what a formula gives."""
    cells = examined.found.reading.grid.cells
    return [
        edit for edit in edits_of(examined) if cells.get((edit.row, edit.column), EMPTY).formula is not None
    ]


def keeping_errors(examined: Examined, edits: Iterable[Edit]) -> list[Edit]:
    """Return edits without those over a formula that shows an error: its cell shall say so."""
    cells = examined.found.reading.grid.cells
    return [edit for edit in edits if not _shows_error(cells.get((edit.row, edit.column), EMPTY))]


def _shows_error(cell: Cell) -> bool:
    return cell.formula is not None and isinstance(cell.value, str) and is_error_value(cell.value)


def _levels(examined: Examined) -> tuple[str, ...]:
    """The names of the levels that a form of this program prints; none for another's."""
    found = examined.found
    name = found.identity.form if found.identity and found.own else ""
    return next((layout.levels for layout in found.rules.forms if layout.name == name), ())


def hints_of(examined: Examined) -> tuple[Edit, ...]:
    """Return what the 校验提示 cells are to hold: all of them, so that they are written in one piece."""
    reading = examined.found.reading
    places = (
        (row, reading.places.get(Spot("indicator", row.at, "hint"))) for row in examined.scores.indicators
    )
    return tuple(
        Edit(*place, _hint(examined, row) or None)
        for row, place in places
        if place and reading.grid.cells.get(place, EMPTY).formula is None
    )


def _hint(examined: Examined, row: RowScore) -> str:
    """What the checks say of an indicator, for its 校验提示 cell."""
    return "\n".join(
        f"【{SEVERITY_NAMES[finding.severity]} {finding.check}】{finding.message}"
        for finding in examined.counted
        if finding.speaks_of("indicator", row.at)
    )
