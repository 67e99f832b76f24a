"""Deviation (偏差度) of a row: (actual − target) ÷ target where the target was missed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from perf_excel.forms.measure import comparable
from perf_excel.forms.model import Indicator
from perf_excel.rules.numeric import direction_of, is_met
from perf_excel.rules.ruleset import RuleSet


def deviation_of(row: Indicator, rules: RuleSet) -> Decimal | None:
    """Return a row's deviation in percent (-1.01 for −1.01%), None where there is none or it is undefined.

    由公开表推断: a target in words with a percentage as actual deviates by actual% − 100%.
    """
    rule = rules.deviation
    if not rule.present:
        return None
    value = _raw(row, rules)
    return None if value is None else value.quantize(Decimal(1).scaleb(-rule.decimals), ROUND_HALF_UP)


def _raw(row: Indicator, rules: RuleSet) -> Decimal | None:
    return _of_words(row, rules) if row.target.kind == "words" else _of_numbers(row, rules)


def _of_words(row: Indicator, rules: RuleSet) -> Decimal | None:
    if row.actual.is_percent and row.actual.number is not None:
        short = row.actual.number - 100
        return min(short, Decimal(0)) if rules.deviation.met_is_zero else short
    return Decimal(0) if row.actual.text.strip() == row.target.text.strip() else None


def _of_numbers(row: Indicator, rules: RuleSet) -> Decimal | None:
    if row.target.number is None or row.actual.number is None:
        return None
    if rules.deviation.met_is_zero and is_met(row, rules):
        return Decimal(0)
    target, actual = comparable(row.target, row.actual)
    if target == 0:
        return None
    value = 100 * (actual - target) / target
    if (
        rules.deviation.down_sign == "negative"
        and direction_of(row, rules) == "down"
        and not is_met(row, rules)
    ):
        return -abs(value)
    return value
