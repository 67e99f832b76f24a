"""What ``rollup --json`` says: every rolled-up value with its parts, as plain data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from perf_excel.forms.data_writing import plain_number
from perf_excel.forms.measure import Day
from perf_excel.jobs.examination.whereabouts import place_of
from perf_excel.jobs.rollup import RolledUp
from perf_excel.rules.consolidating.contributions import Contribution
from perf_excel.rules.consolidating.joining import Rolled


def rollup_data(done: RolledUp) -> dict[str, Any]:
    """Return what a roll-up came to; money in 万元, percentages as numbers (98.5)."""
    scores = done.examined.scores
    return {
        "file": str(done.examined.found.book.path),
        "rules": done.examined.found.rules.id,
        "files": [str(one.file) for one in done.collected.forms],
        "left_out": [{"file": str(one.file), "reason": one.why} for one in done.collected.left_out],
        "rows": [_row(done, one) for one in done.consolidated.rolled],
        "total": plain_number(scores.total),
        "grade": scores.grade,
        "partial": done.partial,
        "notes": list(done.notes),
    }


def _row(done: RolledUp, one: Rolled) -> dict[str, Any]:
    where = place_of(done.examined, one.spot) if one.spot in done.examined.found.reading.places else {}
    return {
        "indicator": one.label,
        "part": one.spot.part,
        "field": one.spot.field,
        "method": one.method,
        "value": _plain(one.value),
        "text": one.text,
        "unit": one.unit,
        "partial": one.partial,
        **where,
        "parts": [_part(done, part) for part in one.given],
        "notes": list(one.notes),
    }


def _part(done: RolledUp, part: Contribution) -> dict[str, Any]:
    unit = done.collected.forms[part.part]
    sheet, cell = unit.places.get(part.spot, ("", "")) if part.spot else ("", "")
    return {
        "unit": unit.part.name,
        "file": str(unit.file),
        "sheet": sheet,
        "cell": cell,
        "text": part.text,
        "value": _plain(part.value),
        "weight": plain_number(part.weight),
        "note": part.note,
    }


def _plain(value: Decimal | Day | str | None) -> str | float | None:
    """A value as JSON has it; a day as 2024-05-31, without its year where none is known."""
    if isinstance(value, Day):
        year = f"{value.year:04d}-" if value.year else ""
        return f"{year}{value.month:02d}-{value.day:02d}"
    return plain_number(value) if isinstance(value, Decimal) else value
