"""How far a number reached its target (定量指标): direction, ratio and the share of the weight it earns."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.measure import Measure, comparable
from perf_excel.forms.model import Indicator
from perf_excel.rules.arithmetic import FULL, NONE, Share, capped, percent, shown
from perf_excel.rules.ruleset import Direction, RuleSet, Special

_DIRECTIONS: dict[str, Direction] = {"≥": "up", ">": "up", "≤": "down", "<": "down"}


class Reached(NamedTuple):
    """The outcome of a numeric row: its share of the weight, and the arithmetic and rule in words."""

    share: Share
    met: bool
    arithmetic: str
    rule: str


class _Case(NamedTuple):
    """A numeric row laid out for its rule."""

    target: Decimal
    actual: Decimal
    direction: Direction
    met: bool
    rules: RuleSet
    words: tuple[str, str]
    thresholds: tuple[Decimal, ...]


def special(row: Indicator, rules: RuleSet) -> Special | None:
    """Return the rule that the rule set gives to this indicator by name, if any."""
    return next((one for one in rules.indicators if one.name == row.level3.strip()), None)


def direction_of(row: Indicator, rules: RuleSet) -> Direction:
    """Return whether more (up) or less (down) is better: by the rule set, the sign, else the name."""
    own = special(row, rules)
    if own and own.direction:
        return own.direction
    if row.target.sign in _DIRECTIONS:
        return _DIRECTIONS[row.target.sign]
    lower = row.target.sign == "" and any(word in row.level3 for word in rules.numeric.lower_is_better)
    return "down" if lower else "up"


def is_met(row: Indicator, rules: RuleSet) -> bool:
    """Return whether a numeric actual keeps its numeric target (a strict sign is read as its weak one)."""
    target, actual = comparable(row.target, row.actual)
    if row.target.sign == "=" and rules.numeric.equal == "exact":
        return actual == target
    return actual <= target if direction_of(row, rules) == "down" else actual >= target


def reach(row: Indicator, weight: Decimal, rules: RuleSet) -> Reached:
    """Score a row of ``weight`` points whose target and actual are both numbers."""
    own = special(row, rules)
    target, actual = comparable(row.target, row.actual)
    thresholds = row.thresholds or (own.thresholds if own else ())
    rule = (own.rule if own else None) or ("levels" if row.thresholds else rules.numeric.rule)
    case = _Case(
        target, actual, direction_of(row, rules), is_met(row, rules), rules,
        (_named("实际", row.actual), _named("目标", row.target)), thresholds,
    )  # fmt: skip
    if rule == "levels" and thresholds:
        return _levels(case)
    if case.met:
        return _met(case)
    if rule == "all_or_nothing":
        return Reached(NONE, met=False, arithmetic=_missed(case), rule="未达到目标不得分")
    if rule == "points_off":
        return _points_off(case, weight)
    return _ratio_rule(case, rule)


def over_ratio(row: Indicator, rules: RuleSet) -> Decimal | None:
    """Return actual ÷ target of an upward row, None where that says nothing (down, exact, target 0)."""
    if row.target.number is None or row.actual.number is None or direction_of(row, rules) == "down":
        return None
    target, actual = comparable(row.target, row.actual)
    return actual / target if target > 0 else None


def _named(name: str, value: Measure) -> str:
    number = f"{shown(value.number or Decimal(0))}{value.unit}"
    return f"{name}{value.sign if name == '目标' else ''}{number}"


def _missed(case: _Case) -> str:
    actual, target = case.words
    return f"{actual} 未达到{target}，0"


def _met(case: _Case) -> Reached:
    actual, target = case.words
    over, rules = case.rules.over, case.rules
    far = over.limit is not None and case.direction == "up" and 0 < case.target * over.limit <= case.actual
    if over.action == "deduct" and far:
        share = capped(Share(1 - over.deduct), rules.numeric.cap)
        rule = f"超过目标{percent(over.limit or Decimal(0))}，扣减分值的{percent(over.deduct)}"
        return Reached(share, met=True, arithmetic=f"{actual} 远超{target}，{percent(share.part)}", rule=rule)
    return Reached(FULL, met=True, arithmetic=f"{actual} 达到{target}", rule="完成目标得满分")


def _ratio(case: _Case) -> Share:
    """How much of the target was reached, as a share that may be 0 but not below."""
    part, whole = case.actual, case.target
    if case.direction == "down":
        if case.rules.numeric.down_ratio == "2-actual/target":
            part = 2 * case.target - case.actual
        else:
            part, whole = case.target, case.actual
    elif case.actual > case.target:
        part, whole = case.target, case.actual
    if whole <= 0 or part <= 0:
        return NONE
    return Share(part, whole)


def _arithmetic(case: _Case) -> str:
    actual, target = (words.replace("≥", "").replace("≤", "") for words in case.words)
    if case.direction == "down" and case.rules.numeric.down_ratio == "2-actual/target":
        return f"（2 － {actual} ÷ {target}）"
    inverted = case.direction == "down" or case.actual > case.target
    return f"{target} ÷ {actual}" if inverted else f"{actual} ÷ {target}"


def _ratio_rule(case: _Case, rule: str) -> Reached:
    numeric, ratio = case.rules.numeric, _ratio(case)
    if rule == "steps":
        part = next(
            (share for bound, share in numeric.steps if ratio.part >= bound * ratio.whole), Decimal(0)
        )
        reached = percent(ratio.part / ratio.whole)
        words = f"{_arithmetic(case)} = {reached}，{percent(part)}"
        return Reached(Share(part), met=False, arithmetic=words, rule="按完成程度分档计分")
    if rule == "threshold" and ratio.part < numeric.threshold * ratio.whole:
        words = f"{_arithmetic(case)} = {percent(ratio.part / ratio.whole)}，0"
        name = f"完成程度低于{percent(numeric.threshold)}不得分"
        return Reached(NONE, met=False, arithmetic=words, rule=name)
    share = capped(ratio, numeric.cap)
    return Reached(share, met=False, arithmetic=_arithmetic(case), rule="比例计分")


def _points_off(case: _Case, weight: Decimal) -> Reached:
    """Points off for each unit short, as a share of the weight that depends on it."""
    numeric = case.rules.numeric
    short = abs(case.target - case.actual) / numeric.per
    count = short.to_integral_value(rounding="ROUND_FLOOR") if numeric.whole else short
    share = capped(Share(weight - count * numeric.points, weight), numeric.cap) if weight > 0 else NONE
    rule = f"每差{shown(numeric.per)}扣{shown(numeric.points)}分，扣完为止"
    lost = shown(min(count * numeric.points, weight))
    off = f"{_arithmetic_difference(case)}，扣{lost}分，{percent(share.part / share.whole)}"
    return Reached(share, met=False, arithmetic=off, rule=rule)


def _arithmetic_difference(case: _Case) -> str:
    actual, target = case.words
    return f"{actual} 与{target}相差{shown(abs(case.target - case.actual))}"


def _levels(case: _Case) -> Reached:
    """The first level whose bound is kept gives its share; below the last bound the last share."""
    shares = case.rules.numeric.level_shares
    down = case.direction == "down"
    level = next(
        (
            number
            for number, bound in enumerate(case.thresholds)
            if (case.actual <= bound if down else case.actual >= bound)
        ),
        len(case.thresholds),
    )
    share = capped(Share(shares[min(level, len(shares) - 1)]), case.rules.numeric.cap)
    words = f"{case.words[0]} 属第{level + 1}档，{percent(share.part)}"
    return Reached(share, met=share == FULL, arithmetic=words, rule="按指标的分级标准计分")
