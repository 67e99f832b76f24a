"""Formulas of the levels that a row stands under (一级、二级指标), whatever rows come and go above it."""

from __future__ import annotations

from perf_excel.books.template.columns import Row


def level_formulas(at: Row) -> dict[str, str]:
    """Return the formulas of a row's levels: its own names, else those of the nearest row above.

    Every row is drawn with its own; one that says none goes on with the row above. A second level does not
    outlast its first (reading/indicators.py). The ranges hold all indicators, and the row asks for its own
    place in them: so it is the same formula wherever it is copied to.
    """
    if "level1" not in at.columns:
        return {"level1": '""', "level2": at.here("level2")}
    names, levels = (at.helpers.down(at.columns["level1"]), at.helpers.all("level1"))
    formulas = {"level1": f"TRIM({_last(at, f'{names}<>' + _NOTHING, names)})", "level2": _NOTHING}
    if "level2" in at.columns:
        seconds, own, first = at.helpers.down(at.columns["level2"]), at.here("level2"), at("level1")
        begins = f'({seconds}<>"")+({levels}<>{first})'
        same = f"{_last(at, begins, levels)}={first}"
        formulas["level2"] = f'IF({own}<>"",{own},IF({same},{_last(at, begins, seconds)}&"",""))'
    return formulas


_NOTHING = '""'


def _last(at: Row, condition: str, values: str) -> str:
    """Return the value of the last row down to this one for which a condition holds."""
    above = f"(ROW({at.helpers.all('level1')})<=ROW())"
    return f"LOOKUP(2,1/((({condition})>0)*{above}),{values})"
