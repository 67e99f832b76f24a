"""Which level of its standard (评价标准) a row reached: 优秀, 良好, 一般, 较差."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perf_excel.forms.model import Indicator
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.form_score import band_of, kept_date
from perf_excel.rules.scoring.numeric import attempt, reach


def level_reached(row: Indicator, rules: RuleSet, levels: Sequence[str]) -> str:
    """Return the name of the level that a row reached, empty where that is judgement.

    Args:
        row: the indicator; by its bounds, else by its kept target, else by the words of a band.
        rules: the rule set.
        levels: names from the best level down.
    """
    tried = attempt(row, rules)
    if tried is not None:
        reached = reach(tried, row, Decimal(1), rules)
        if reached.way == "level":
            return levels[min(int(reached.figure), len(levels)) - 1]
        return levels[0] if tried.met else ""
    if row.target.kind in ("empty", "number") or row.actual.kind == "empty" or kept_date(row) is not None:
        return ""
    band = band_of(row, rules)
    return band.name if band in rules.text.bands else ""
