"""Deviation (偏差度) of a row: (actual − target) ÷ target where the target was missed."""

from __future__ import annotations

from decimal import Decimal

from perf_excel.forms.model import Indicator
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.arithmetic import half_up
from perf_excel.rules.scoring.numeric import Attempt

_ZERO = Decimal(0)


def deviation_of(row: Indicator, tried: Attempt | None, rules: RuleSet) -> Decimal | None:
    """Return a row's deviation in percent (-1.01 for −1.01%), None where there is none or it is undefined.

    由公开表推断: a target in words with a percentage as actual deviates by actual% − 100%.

    Args:
        row: the indicator.
        tried: the same, laid out as numbers; None where target or actual is none.
        rules: whether the form has a deviation at all, its sign and decimals.
    """
    if not rules.deviation.present or row.actual.kind == "empty":
        return None
    value = _of_words(row, rules) if tried is None else _of_numbers(tried, rules)
    return None if value is None else half_up(value, rules.deviation.decimals)


def _of_words(row: Indicator, rules: RuleSet) -> Decimal | None:
    if row.target.kind != "words":
        return None
    if row.actual.percent is not None and not row.target.numbered:
        short = row.actual.percent - 100
        return min(short, _ZERO) if rules.deviation.met_is_zero else short
    return _ZERO if row.actual.words == row.target.words else None


def _of_numbers(tried: Attempt, rules: RuleSet) -> Decimal | None:
    if rules.deviation.met_is_zero and tried.met:
        return _ZERO
    if tried.target == 0:
        return None
    value = 100 * (tried.actual - tried.target) / tried.target
    if rules.deviation.down_sign == "negative" and tried.direction == "down" and not tried.met:
        return -abs(value)
    return value
