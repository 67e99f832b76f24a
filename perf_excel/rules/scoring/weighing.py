"""What a row is worth (分值): its own column, or what a rule set puts in its place."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from perf_excel.forms.model import Form, Indicator
from perf_excel.forms.text import plain, remembered
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.arithmetic import half_up, rounded
from perf_excel.rules.scoring.numeric import attempt, reach

_POINTS = re.compile("[(（][^（()）]*[)）]$")
_DIGITS = (0, 1, 2)
"""Decimals that a weight is printed with, the likeliest first."""


@remembered
def bare_level(level: str) -> str:
    """Return a first-level name without blanks, 指标 and points: 产出 and 产出指标（50分） are the same."""
    return _POINTS.sub("", plain(level)).removesuffix("指标")


def level_of(row: Indicator) -> str:
    """Return the bare first level of a row; a summary (评价内容) names its levels as its rows."""
    return bare_level(row.level1 or row.level3)


def weights_of(form: Form, rules: RuleSet) -> list[Decimal | None]:
    """Return the weight of each indicator: from its column, else as the rule set says; None for none."""
    source = rules.weights.source
    if source == "score":
        return [_implied(row, rules) if row.weight is None else row.weight for row in form.indicators]
    if source == "group":
        shares = _shares(form, rules)
        return [shares.get(level_of(row)) if row.weight is None else row.weight for row in form.indicators]
    return [row.weight for row in form.indicators]


def _shares(form: Form, rules: RuleSet) -> dict[str, Decimal]:
    """What each row without a weight gets of what its first level has left beside the printed ones."""
    left = {bare_level(level.name): level.weight for level in rules.total.levels}
    for row in form.indicators:
        if row.weight is not None and level_of(row) in left:
            left[level_of(row)] -= row.weight
    blank = Counter(level_of(row) for row in form.indicators if row.weight is None)
    return {level: max(rest, Decimal(0)) / blank[level] for level, rest in left.items() if blank[level]}


def _implied(row: Indicator, rules: RuleSet) -> Decimal | None:
    """The weight that a score tells: the score itself, where the target was missed score ÷ share."""
    tried = attempt(row, rules)
    if row.score is None or tried is None or tried.met:
        return row.score
    reached = reach(tried, row, row.score, rules)
    if reached.way != "ratio" or not reached.share.part:
        return None
    weight = row.score * reached.share.whole / reached.share.part
    shown = (half_up(weight, digits) for digits in _DIGITS)
    fits = (one for one in shown if rounded(reached.share.of(one), rules.rounding) == row.score)
    return next(fits, half_up(weight, _DIGITS[-1]))
