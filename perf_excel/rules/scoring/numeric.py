"""How far a number reached its target (定量指标): direction, ratio and the share of the weight it earns."""

from __future__ import annotations

import re
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from perf_excel.forms.measure import NONE as NOUGHT
from perf_excel.forms.measure import comparable
from perf_excel.forms.model import Indicator
from perf_excel.forms.text import plain
from perf_excel.forms.units import MONEY, dimension
from perf_excel.rules.rulesets.parameters import Direction, RuleSet, Special
from perf_excel.rules.scoring.arithmetic import FULL, NONE, Share, capped

_DIRECTIONS: dict[str, Direction] = {"≥": "up", ">": "up", "≤": "down", "<": "down"}


COST, STANDARD = "成本", "标准"
"""Money under a level of this name is a ceiling; a standard of pay (补助标准) is none."""


class Attempt(NamedTuple):
    """A numeric target and what was done for it, in one scale.

    ``met`` whether the target was kept, to the letter: >90% is missed by 90%, though nothing is short of it.
    """

    target: Decimal
    actual: Decimal
    direction: Direction
    met: bool
    own: Special | None
    """The rule that the rule set gives to this indicator by name, if any."""

    @property
    def inverted(self) -> bool:
        """Whether the ratio is target ÷ actual: less is better, or an exact number was overshot."""
        return self.direction == "down" or self.actual > self.target


Way = Literal["met", "over", "missed", "ratio", "below", "steps", "points_off", "level"]


class Reached(NamedTuple):
    """What an attempt earns: the share of the weight, and the way that led to it.

    ``figure`` is what the way turns on: the ratio (ratio, below, steps) as a fraction, the points off
    (points_off), the level counted from 1 (level); else 0.
    """

    share: Share
    met: bool
    way: Way
    figure: Decimal = Decimal(0)


def attempt(row: Indicator, rules: RuleSet) -> Attempt | None:
    """Lay out a row whose target and actual are numbers; None for others, and for a rate against a count."""
    both = comparable(row.target, row.actual)
    if both is None and row.target.number == 0 and row.actual.words in NOUGHT:
        both = Decimal(0), Decimal(0)
    if both is None:
        return None
    target, actual = both
    own, sign = special(row, rules), row.target.sign
    direction = _direction(row, rules, own)
    if actual == target:
        met = sign not in (">", "<")
    elif sign == "=" and rules.numeric.equal == "exact":
        met = False
    else:
        met = (actual < target) == (direction == "down")
    return Attempt(target, actual, direction, met, own)


def special(row: Indicator, rules: RuleSet) -> Special | None:
    """Return the rule that the rule set gives to this indicator by name, if any."""
    if not rules.indicators:
        return None
    name = plain(row.level3)
    return next((one for one in rules.indicators if plain(one.name) == name), None)


def _direction(row: Indicator, rules: RuleSet, own: Special | None) -> Direction:
    """Whether more (up) or less (down) is better.

    By the rule set, the sign, the form's own column (指标性质), a target of nothing (0起), which is always a
    ceiling, money under 成本指标, else the name. A sign that is no direction (=) asks neither.
    """
    sign = _DIRECTIONS.get(row.target.sign)
    known = (own and own.direction) or sign or row.direction
    if known:
        return known
    if row.target.number == 0:
        return "down"
    by_name = _is_cost(row) or _ceilings(rules.numeric.lower_is_better).search(plain(row.level3))
    return "down" if by_name and not row.target.sign else "up"


def _is_cost(row: Indicator) -> bool:
    """Whether a number says what something may cost: 培训投入 100万元, 设备单价 5万元/台 under 成本指标."""
    money = dimension(row.target.unit or row.actual.unit).startswith(MONEY)
    return money and COST in plain(row.level1 + row.level2) and STANDARD not in plain(row.level3)


@lru_cache(maxsize=32)
def _ceilings(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


def reach(tried: Attempt, row: Indicator, weight: Decimal, rules: RuleSet) -> Reached:
    """Score an attempt at a row of ``weight`` points."""
    thresholds = row.thresholds or (tried.own.thresholds if tried.own else ())
    rule = (tried.own.rule if tried.own else None) or ("levels" if row.thresholds else rules.numeric.rule)
    if rule == "levels" and thresholds:
        return _level(tried, thresholds, rules)
    if tried.met:
        return _met(tried, rules)
    if rule == "all_or_nothing":
        return Reached(NONE, met=False, way="missed")
    if rule == "points_off":
        return _points_off(tried, weight, rules)
    return _by_ratio(tried, rule, rules)


def over_ratio(tried: Attempt) -> Decimal | None:
    """Return actual ÷ target where more is better, None where that says nothing (down, target 0)."""
    return tried.actual / tried.target if tried.direction == "up" and tried.target > 0 else None


def _met(tried: Attempt, rules: RuleSet) -> Reached:
    over = rules.over
    if over.action == "deduct" and over.limit is not None:
        ratio = over_ratio(tried)
        if ratio is not None and tried.actual >= over.limit * tried.target:
            return Reached(
                capped(Share(1 - over.deduct), rules.numeric.cap), met=True, way="over", figure=ratio
            )
    return Reached(FULL, met=True, way="met")


def _ratio(tried: Attempt, rules: RuleSet) -> Share:
    """How much of the target was reached, as a share that may be 0 but not below."""
    part, whole = (tried.target, tried.actual) if tried.inverted else (tried.actual, tried.target)
    if tried.direction == "down" and rules.numeric.down_ratio == "2-actual/target":
        part, whole = 2 * tried.target - tried.actual, tried.target
    return NONE if whole <= 0 or part <= 0 else Share(part, whole)


def _by_ratio(tried: Attempt, rule: str, rules: RuleSet) -> Reached:
    numeric, ratio = rules.numeric, _ratio(tried, rules)
    figure = ratio.part / ratio.whole
    if rule == "steps":
        reached = (share for bound, share in numeric.steps if ratio.part >= bound * ratio.whole)
        return Reached(Share(next(reached, Decimal(0))), met=False, way="steps", figure=figure)
    if rule == "threshold" and ratio.part < numeric.threshold * ratio.whole:
        return Reached(NONE, met=False, way="below", figure=figure)
    return Reached(capped(ratio, numeric.cap), met=False, way="ratio", figure=figure)


def _points_off(tried: Attempt, weight: Decimal, rules: RuleSet) -> Reached:
    """Points off for each unit short, as a share of the weight that depends on it."""
    numeric = rules.numeric
    short = abs(tried.target - tried.actual) / numeric.per
    count = short.to_integral_value(ROUND_FLOOR) if numeric.whole else short
    off = min(count * numeric.points, weight)
    share = capped(Share(weight - off, weight), numeric.cap) if weight > 0 else NONE
    return Reached(share, met=False, way="points_off", figure=off)


def _level(tried: Attempt, thresholds: tuple[Decimal, ...], rules: RuleSet) -> Reached:
    """The first level whose bound is kept gives its share; below the last bound the last share."""
    shares, level = rules.numeric.level_shares, 0
    for bound in thresholds:
        if tried.actual <= bound if tried.direction == "down" else tried.actual >= bound:
            break
        level += 1
    share = capped(Share(shares[min(level, len(shares) - 1)]), rules.numeric.cap)
    return Reached(share, met=share == FULL, way="level", figure=Decimal(level + 1))
