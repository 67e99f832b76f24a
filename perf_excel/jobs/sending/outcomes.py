"""What the formulas of a form give once a unit's values are in it (预填后的结果), unit by unit.

The same results as reading, scoring and writing the form anew would give, from what is known of the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.jobs.examination.examining import Examined, Found
from perf_excel.jobs.examination.outcome_edits import cached_edits
from perf_excel.jobs.examination.refreshing import refreshed
from perf_excel.jobs.sending.affected_formulas import dependants, results
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.cell_values import measure_of, money_of, number_of
from perf_excel.sheets.grid import EMPTY, Edit, Place

_AMOUNTS = frozenset({"initial", "annual", "executed"})
_SCORED = {"funding": _AMOUNTS, "indicator": frozenset({"actual", "target", "weight"})}
"""What the rules score by, and can be put in place in a form that was read."""
_RESULTS = frozenset({"score", "deviation", "rate", "share", "reached", "hint", "grade", "raw"})
"""What the rules give."""


class Outcomes:
    """The results of a template's formulas that change with what is put into some places."""

    def __init__(self, found: Found, places: Sequence[Place]) -> None:
        """Find which formulas those are.

        Args:
            found: the form.
            places: the places that differ from unit to unit.
        """
        self._found = found
        reading = found.reading
        self._spots: dict[Place, Spot] = {
            place: spot
            for spot, place in reading.places.items()
            if spot.part in _SCORED and spot.field not in _RESULTS
        }
        own = dependants(reading.grid, places)
        touched = {self._spots[place] for place in (*places, *own) if place in self._spots}
        self._scored = any(spot.field in _SCORED[spot.part] and self._counts(spot) for spot in touched)
        """Whether points may change, which only the rules know."""
        self._plain = all(spot.field in _SCORED[spot.part] and spot not in reading.frames for spot in touched)
        """Whether they follow from what can be put in place."""
        # Points of other rows change with weights and targets only, or where rows share theirs.
        alone = not reading.form.shared and not any(spot.field in ("weight", "target") for spot in touched)
        rows = {spot[:2] for spot in touched}
        formulas = [
            place
            for spot, place in reading.places.items()
            if (spot.part == "total" or (spot.field in _RESULTS and (not alone or spot[:2] in rows)))
            and reading.grid.cells.get(place, EMPTY).formula is not None
        ]
        self._first = own
        self.places = own
        """The cells whose results change."""
        if self._scored:
            self.places = sorted({*own, *formulas, *dependants(reading.grid, [*places, *formulas])})

    def _counts(self, spot: Spot) -> bool:
        """Whether a field is scored: budgets only where something was spent already."""
        if spot.field in ("initial", "annual"):
            return any(row.executed is not None for row in self._found.reading.form.funding)
        return True

    def edits(self, put_in: list[Edit]) -> list[Edit]:
        """Return the edits of a unit with the results that formulas then give."""
        grid = self._found.reading.grid
        if not self.places:
            return put_in
        edits = [*put_in, *results(grid, put_in, self._first)]
        if not self._scored:
            return edits
        if not self._plain:
            return refreshed(self._found, self._found.reading, put_in)[0]
        form = self._form(edits)
        reading = replace(self._found.reading, form=form)
        found = replace(self._found, reading=reading)
        edits += cached_edits(Examined(found, score(form, found.rules), []))
        return [*edits, *results(grid, edits, self.places)]

    def _form(self, edits: Iterable[Edit]) -> Form:
        """Return the form with what edits put into its scored fields."""
        reading = self._found.reading
        changed: dict[tuple[str, int], dict[str, Any]] = {}
        for row, column, value in edits:
            spot = self._spots.get((row, column))
            if spot is None or spot.field not in _SCORED[spot.part]:
                continue
            cell = reading.grid.own((row, column))._replace(value=value)
            if spot.part == "funding":
                said: object = money_of(cell, reading.per_wan)
            else:
                said = number_of(cell) if spot.field == "weight" else measure_of(cell)
            changed.setdefault((spot.part, spot.row), {})[spot.field] = said
        funding, indicators = list(reading.form.funding), list(reading.form.indicators)
        for (part, number), fields in changed.items():
            if part == "funding":
                funding[number] = replace(funding[number], **fields)
            else:
                indicators[number] = replace(indicators[number], **fields)
        return replace(reading.form, funding=tuple(funding), indicators=tuple(indicators))
