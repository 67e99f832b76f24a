"""Results put into words and files: cell edits for a workbook, plain data for JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perf_excel.forms.data import plain_number
from perf_excel.forms.model import Waiver
from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.examining import Examined
from perf_excel.rules.findings import Finding
from perf_excel.rules.scoring.form_score import execution
from perf_excel.rules.scoring.points import RowScore
from perf_excel.rules.scoring.reaching import level_reached
from perf_excel.sheets.grid import EMPTY, Edit, Place, address
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.score_edits import Result, Sums, result_edits

SEVERITIES = {"error": "错误", "warning": "提醒", "info": "提示"}


def edits_of(examined: Examined) -> tuple[Edit, ...]:
    """Return the edits that write an examined form's results into its sheet."""
    form, rules = examined.form, examined.found.rules
    funding: dict[int, Result] = {}
    points = {row.at: row.points for row in examined.scores.budget}
    for index, row in enumerate(form.funding):
        rate = execution(row, rules)
        fraction = rate.part / rate.whole if rate and row.executed is not None else None
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


def _levels(examined: Examined) -> tuple[str, ...]:
    """The names of the levels that a form of this program prints; none for another's."""
    found = examined.found
    name = found.identity.form if found.identity else ""
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
        f"【{SEVERITIES[finding.severity]} {finding.check}】{finding.message}"
        for finding in examined.counted
        if finding.spot.part == "indicator" and finding.spot.row == row.at
    )


def where(examined: Examined, spot: Spot) -> str:
    """Return the A1 address of a spot, with its sheet's name where the form stands on several."""
    reading = examined.found.reading
    return address_of(reading, reading.place(spot))


def address_of(reading: Reading, place: Place) -> str:
    """Return a place's A1 address, with its sheet's name where the form stands on several (续表!H5)."""
    sheet, row, column = reading.locate(place)
    return f"{sheet}!{address(row, column)}" if len(reading.sheets) > 1 else address(row, column)


def place_of(examined: Examined, spot: Spot) -> dict[str, str]:
    """Return where a spot really stands: its sheet and cell."""
    reading = examined.found.reading
    sheet, row, column = reading.locate(reading.place(spot))
    return {"sheet": sheet, "cell": address(row, column)}


def _head(examined: Examined) -> dict[str, Any]:
    """Which form of which file, and by which rules."""
    found = examined.found
    return {
        "file": str(found.book.path),
        "table": found.table,
        "sheets": list(found.reading.sheets),
        "form": found.reading.form.form,
        "rules": found.rules.id,
        "why": found.why,
    }


def check_data(examined: Examined) -> dict[str, Any]:
    """Return what ``check --json`` says of one file."""
    return {
        **_head(examined),
        "findings": [_finding(examined, finding) for finding in examined.findings],
        "gone": [_waiver(waiver) for waiver in examined.gone],
    }


def _finding(examined: Examined, finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        **place_of(examined, finding.spot),
        "label": finding.label,
        "message": finding.message,
        "expected": _plain(finding.expected),
        "printed": _plain(finding.printed),
        "waived": finding.waived,
        "note": finding.note,
    }


def _waiver(waiver: Waiver) -> dict[str, str]:
    return {
        "check": waiver.check, "label": waiver.label, "message": waiver.message, "reason": waiver.reason,
    }  # fmt: skip


def score_data(examined: Examined) -> dict[str, Any]:
    """Return what ``score --json`` says of one file; deviations are percent (-1.01 for −1.01%)."""
    scores = examined.scores
    return {
        **_head(examined),
        "total": plain_number(scores.total),
        "grade": scores.grade,
        "rows": [
            {
                "kind": row.kind,
                "label": row.label,
                "level1": row.level1,
                "weight": plain_number(row.weight),
                "score": plain_number(row.points),
                "printed": plain_number(row.printed),
                "deviation": plain_number(row.deviation),
                "why": row.why,
                **place_of(examined, row.spot("score")),
            }
            for row in scores.rows
        ],
        "level1": [
            {"name": level.name, "weight": plain_number(level.weight), "score": plain_number(level.points)}
            for level in scores.levels
        ],
    }


def _plain(value: str | Decimal | None) -> str | float | None:
    return plain_number(value) if isinstance(value, Decimal) else value
