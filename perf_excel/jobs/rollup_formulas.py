"""Formulas that add the units' values up (来源表的公式), in the columns of the sheet of sources."""

from __future__ import annotations

from collections.abc import Mapping

from perf_excel.forms.text import plain
from perf_excel.rules.checks.derived import ADJUSTED, CARRIED_OVER
from perf_excel.rules.consolidating.joining import Rolled
from perf_excel.rules.rulesets.parameters import RuleSet

VALUE, WEIGHT = 7, 9
"""The columns, counted from 0, of the values and of what they are weighted with or divided by."""


def source_formula(
    one: Rolled, area: tuple[int, int], words: Mapping[int, str], cells: Mapping[str, str], rules: RuleSet
) -> str:
    """Return the formula, without its equals sign, that gives a value from its parts; one there is.

    Args:
        one: the value, of a method that joins.
        area: the first and last row of its parts.
        words: what units gave in words, by their numbers.
        cells: for a derived rate the cells that sum up each amount of the budget that there is.
        rules: for the decimals, and for what the rate of execution is of.
    """
    digits = rules.consolidation.decimals
    values, weights = area_of(VALUE, area), area_of(WEIGHT, area)
    if one.method == "derived":
        # As the rate itself is worked out (rules/scoring/form_score.py).
        base = cells["initial" if rules.budget.base == "initial" or "annual" not in cells else "annual"]
        if plain(one.label) in ADJUSTED:
            share = f"ABS({cells['annual']}-{cells['initial']})/{cells['initial']}"
        elif plain(one.label) in CARRIED_OVER:
            share = f"({cells['annual']}-{cells['executed']})/{cells['annual']}"
        else:
            share = f"{cells['executed']}/{base}"
        return f"ROUND({share}*100,{digits})"
    if one.method == "majority":
        same = (at for at, part in enumerate(one.given) if words.get(part.part) == one.value)
        return f"{column(VALUE)}{area[0] + next(same)}"
    return {
        "sum": f"SUM({values})",
        "max": f"MAX({values})",
        "min": f"MIN({values})",
        "latest": f"MAX({values})",
        "mean": f"ROUND(AVERAGE({values}),{digits})",
        "weighted": f"ROUND(SUMPRODUCT({values},{weights})/SUM({weights}),{digits})",
        "ratio": f"ROUND(SUM({values})/SUM({weights})*100,{digits})",
    }.get(one.method, "")


def column(index: int) -> str:
    """Return the letter of one of the first columns, counted from 0."""
    return chr(ord("A") + index)


def area_of(index: int, rows: tuple[int, int]) -> str:
    """Return the cells of a column from one row to another: H6:H35."""
    return f"{column(index)}{rows[0]}:{column(index)}{rows[1]}"
