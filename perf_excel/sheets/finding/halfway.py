"""A form that its title calls a monitoring form (监控表): its results are not those of the year."""

from __future__ import annotations

from dataclasses import replace

from perf_excel.sheets.finding.lines import Columns
from perf_excel.sheets.finding.money_lines import Budget, Line


def monitored(columns: Columns, budget: Budget | None) -> tuple[Columns, Budget | None]:
    """Return columns and money with results taken for what was done so far; a scored form as it is."""
    if "score" in columns:
        return columns, budget
    found = dict(columns)
    if "actual" in found and "progress" not in found:
        found["progress"] = found.pop("actual")
    return found, budget and replace(budget, lines=tuple(map(_so_far, budget.lines)))


def _so_far(line: Line) -> Line:
    places = dict(line.places)
    if "executed" in places and "so_far" not in places:
        places["so_far"] = places.pop("executed")
    return replace(line, places=places)
