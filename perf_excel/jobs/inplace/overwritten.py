"""Formulas that were typed over (公式被覆盖): a number that stands where its neighbours calculate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from perf_excel.forms.spot import Part, Spot
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.whereabouts import place_of
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES
from perf_excel.sheets.grid import EMPTY, Cell
from perf_excel.sheets.shown_text import printed
from perf_excel.sheets.verdicts import Verdict

CHECK = "公式"
_CALCULATED = ("score", "deviation", "rate")
"""What a form may calculate, row by row."""


def overwritten(form: Examined) -> Iterator[Verdict]:
    """Yield the typed numbers in columns of which most cells hold a formula."""
    reading = form.found.reading
    columns = defaultdict[tuple[Part, str], list[tuple[Spot, Cell]]](list)
    for spot, place in reading.places.items():
        if spot.part in ("funding", "indicator") and spot.field in _CALCULATED:
            columns[spot.part, spot.field].append((spot, reading.grid.cells.get(place, EMPTY)))
    for cells in columns.values():
        typed = [(spot, cell) for spot, cell in cells if cell.formula is None and cell.value is not None]
        if len(typed) * 2 < len(cells) - sum(cell == EMPTY for _, cell in cells):
            for spot, cell in typed:
                yield Verdict(
                    CHECK,
                    SEVERITY_NAMES["warning"],
                    **place_of(form, spot),
                    label=_label(form, spot),
                    message="这里原是公式，现为手填的数，不再随填报变动；请撤销，或从相邻的行复制公式",
                    printed=printed(cell),
                )


def _label(form: Examined, spot: Spot) -> str:
    rows = form.form.funding if spot.part == "funding" else form.form.indicators
    row = rows[spot.row]
    return getattr(row, "level3", "") or getattr(row, "item", "")
