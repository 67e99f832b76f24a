"""Formulas of a row with two numbers: one scale, direction, points by the rule (rules/scoring/numeric.py).

Differences and scaled numbers are rounded to nine decimals before they are compared or divided: binary
numbers hold 199.99 − 200 only nearly, and a tie must round as the exact decimals do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from perf_excel.books.template.columns import Row
from perf_excel.books.template.formulas.pieces import (
    among,
    array,
    contains_any,
    first_of,
    number,
    one_of,
    quoted,
    same,
)
from perf_excel.books.template.formulas.value_parsing import NUMBER, SIGN_CODES
from perf_excel.forms.measure import LARGEST_FRACTION
from perf_excel.forms.measure import NONE as NOUGHT
from perf_excel.forms.model import Indicator
from perf_excel.forms.units import COUNTED, FACTORS, MONEY, SCALES, dimension
from perf_excel.rules.rulesets.parameters import NumericRule, RuleSet, Special
from perf_excel.rules.scoring.numeric import STANDARD

RULES: tuple[NumericRule, ...] = (
    "proportional", "all_or_nothing", "threshold", "steps", "points_off", "levels",
)  # fmt: skip
"""Numeric rules by their code in helper cells, counted from 1."""
_NOTHING = '""'


def _named(rules: RuleSet) -> list[Special]:
    """The rules of single indicators; of two with one name the first counts."""
    first: dict[str, Special] = {}
    for one in rules.indicators:
        first.setdefault(one.name, one)
    return list(first.values())


def _by_name(at: Row, named: Sequence[Special], values: Iterable[str], otherwise: str) -> str:
    """Return the value of the single-indicator rule that a row falls under."""
    index = array(map(str, range(len(named) + 1)))
    return f"LOOKUP({at('special')},{index},{array([otherwise, *values])})"


def special_formulas(at: Row, indicator: Indicator, rules: RuleSet) -> dict[str, str]:
    """Which single-indicator rule names this row, and the rule and bounds that follow."""
    if at.columns.bounds:
        return _bounds_in_cells(at, rules)
    named, own = _named(rules), indicator.thresholds
    code = str(RULES.index("levels" if own else rules.numeric.rule) + 1)
    formulas = {"special": "0", "rule": code}
    for place, key in enumerate(at.bounds):
        formulas[key] = number(own[place]) if place < len(own) else '""'
    if not named:
        return formulas
    found = among(at("name"), {one.name: len(named) - place for place, one in enumerate(named)})
    formulas["special"] = f"IF({found}=0,0,{len(named) + 1}-{found})"
    codes = [str(RULES.index(one.rule) + 1) if one.rule else code for one in named]
    formulas["rule"] = _by_name(at, named, codes, code)
    for place, key in enumerate([] if own else at.bounds):
        bounds = [number(one.thresholds[place]) if place < len(one.thresholds) else '""' for one in named]
        formulas[key] = _by_name(at, named, bounds, '""')
    return formulas


def _bounds_in_cells(at: Row, rules: RuleSet) -> dict[str, str]:
    """The same where a row's own bounds stand on the form: they count before those of its name."""
    cells, named = [at.here(role) for role in at.columns.bounds], _named(rules)
    own = f"COUNT({','.join(cells)})>0"
    general = f"IF({own},{RULES.index('levels') + 1},{RULES.index(rules.numeric.rule) + 1})"
    codes = {one.name: len(named) - place for place, one in enumerate(named)}
    found = among(at("name"), codes) if named else "0"
    special = _by_name(at, named, [str(RULES.index(one.rule) + 1) if one.rule else "0" for one in named], "0")
    formulas = {
        "special": f"IF({found}=0,0,{len(named) + 1}-{found})",
        "rule": f"IF({special}=0,{general},{special})" if named else general,
    }
    for place, key in enumerate(at.bounds):
        bounds = [number(one.thresholds[place]) if place < len(one.thresholds) else '""' for one in named]
        cell = f'IF(ISNUMBER({cells[place]}),{cells[place]},"")' if place < len(cells) else '""'
        formulas[key] = f"IF({own},{cell},{_by_name(at, named, bounds, _NOTHING) if named else _NOTHING})"
    return formulas


def comparison_formulas(at: Row, indicator: Indicator, rules: RuleSet) -> dict[str, str]:
    """Both numbers in one scale (measure.comparable), the direction, and whether the target was kept."""
    t, a, sign = at("t"), at("a"), at("t_sign")
    exact = f"{sign}={SIGN_CODES['=']}" if rules.numeric.equal == "exact" else "FALSE"
    strict = f"OR({sign}={SIGN_CODES['>']},{sign}={SIGN_CODES['<']})"
    better = f"IF({at('direction')}<0,{a}<{t},{a}>{t})"
    met = f"IF({a}={t},NOT({strict}),AND(NOT({exact}),{better}))"
    return {
        "direction": _direction(at, indicator, rules),
        **_scaled(at),
        "met": f'IF(ISNUMBER({t}),{met},"")',
    }


def _direction(at: Row, indicator: Indicator, rules: RuleSet) -> str:
    """Whether more (1) or less (-1) is better (numeric._direction)."""
    sign = at("t_sign")
    up, down = f"OR({sign}=1,{sign}=3)", f"OR({sign}=2,{sign}=4)"
    by_name = f"AND({sign}=0,{contains_any(at('name'), rules.numeric.lower_is_better)})"
    by_name = f"IF(OR({by_name},{_is_cost(at)},AND({at('t_kind')}={NUMBER},{at('t_number')}=0)),-1,1)"
    column = {"up": "1", "down": "-1", "": by_name}[indicator.direction]
    if "direction" in at.columns:
        begins = f"LEFT(TRIM({at.here('direction')}),1)"
        column = first_of([(f'{begins}="正"', "1"), (one_of(begins, "反逆负"), "-1")], by_name)
    direction = first_of([(up, "1"), (down, "-1")], column)
    named = _named(rules)
    if any(one.direction for one in named):
        codes = [{"up": "1", "down": "-1", None: "0"}[one.direction] for one in named]
        own = _by_name(at, named, codes, "0")
        direction = f"IF({own}<>0,{own},{direction})"
    return direction


def _is_cost(at: Row) -> str:
    """Whether a number without a sign says what something may cost (numeric._is_cost)."""
    codes = [place for place, unit in enumerate(SCALES, 1) if dimension(unit) == MONEY]
    code = f'IF({at("t_unit")}="",{at("a_measure")},{at("t_measure")})'
    money = f"{code}>={codes[0]},{code}<={codes[-1]}"
    return f"AND({at('t_sign')}=0,{at('cost')},{money},NOT(ISNUMBER(FIND({quoted(STANDARD)},{at('name')}))))"


def _scaled(at: Row) -> dict[str, str]:
    """Both numbers in one scale (units.in_one_scale), empty where their units measure different things."""
    units, scales = (at("t_unit"), at("a_unit")), [COUNTED, *SCALES.values()]
    kinds = list(dict.fromkeys(scale.kind for scale in scales))
    index = array(map(str, range(len(scales))))

    def looked_up(side: str, values: Iterable[Decimal | int]) -> str:
        return f"LOOKUP({at(f'{side}_measure')},{index},{array(map(number, values))})"

    months = [looked_up(side, (scale.months for scale in scales)) for side in "ta"]
    sizes = [looked_up(side, (scale.size for scale in scales)) for side in "ta"]
    kind = [looked_up(side, (kinds.index(scale.kind) for scale in scales)) for side in "ta"]
    as_it_stands = f'OR({units[0]}="",{units[1]}="",{same(*units)})'
    uncounted = f"OR({','.join(one_of(unit, FACTORS) for unit in units)})"
    nought = f"AND({at('t_kind')}={NUMBER},{at('t_number')}=0,{one_of(at('a_text'), NOUGHT)})"

    def scaled(side: str, other: str, month: str, size: str) -> str:
        value, scale = at(f"{side}_number"), at(f"{side}_scale")
        factor = f"{scale}*IF({at('months')},{month},IF(OR({sizes[0]}={sizes[1]},{uncounted}),1,{size}))"
        digits = f"IF({scale}<1,9,4)"
        scaled = f"IF(IF({as_it_stands},TRUE,{factor}=1),{value},ROUND({value}*{factor},{digits}))"
        small = f"ABS({value})<={number(LARGEST_FRACTION)}"
        nearer = f"ROUND(10*ABS({value}),9)<ROUND(ABS({at(f'{other}_number')}),9)"
        fraction = f'AND({at(f"{side}_unit")}="",{at(f"{other}_unit")}="%",{small},{nearer})'
        counted = f"IF({fraction},ROUND({value}*100,9),{scaled})"
        return f'IF({at("like")},IF({nought},0,{counted}),"")'

    both = f"AND({at('t_kind')}={NUMBER},{at('a_kind')}={NUMBER})"
    return {
        "months": f"AND({months[0]}>0,{months[1]}>0)",
        "like": f"IF({both},OR({as_it_stands},{at('months')},{kind[0]}={kind[1]},{uncounted}),{nought})",
        "t": scaled("t", "a", months[0], sizes[0]),
        "a": scaled("a", "t", months[1], sizes[1]),
    }


def quantity_formulas(at: Row, rules: RuleSet) -> dict[str, str]:
    """Unrounded points of a row with two numbers (numeric.reach)."""
    t, a, direction = at("t"), at("a"), at("direction")
    if rules.numeric.down_ratio == "2-actual/target":
        part, whole = f"ROUND(2*{t}-{a},9)", t
    else:
        part, whole = t, a
    numerator = f"IF({direction}<0,{part},MIN({a},{t}))"
    denominator = f"IF({direction}<0,{whole},MAX({a},{t}))"
    # Upwards and missed, the larger number is the target, but for a target with = that was passed. Below zero
    # there is no share, and the place of the numbers does not matter.
    none = f"OR({numerator}<=0,{denominator}<=0)"
    rule = at("rule")
    used = _used_rules(at, rules)
    missed = first_of(
        [(f"{rule}={RULES.index(name) + 1}", _missed(name, at, rules)) for name in used[1:]],
        _missed(used[0], at, rules),
    )
    points = f"IF({at('met')},{_met(at, rules)},{missed})"
    if at.bounds:
        levels = f"AND({rule}={RULES.index('levels') + 1},ISNUMBER({at('bound1')}))"
        points = f"IF({levels},{at('w')}*{at('level')},{points})"
    return {
        "part": f'IF(ISNUMBER({t}),IF({none},0,{numerator}),"")',
        "whole": f'IF(ISNUMBER({t}),IF({none},1,{denominator}),"")',
        "level": _level(at, rules),
        "quantity": f'IF(AND(ISNUMBER({t}),ISNUMBER({at("w")})),{points},"")',
    }


def _used_rules(at: Row, rules: RuleSet) -> list[NumericRule]:
    named = {one.rule for one in rules.indicators if one.rule}
    if at.bounds:
        named.add("levels")
    return [rules.numeric.rule, *(rule for rule in RULES if rule in named - {rules.numeric.rule})]


def _met(at: Row, rules: RuleSet) -> str:
    over = rules.over
    if over.action != "deduct" or over.limit is None:
        return at("w")
    share = max(Decimal(0), min(rules.numeric.cap, 1 - over.deduct))
    limit = f"ROUND({at('t')}*{number(over.limit)},9)"
    far = f"AND({at('direction')}>0,{limit}>0,{limit}<={at('a')})"
    return f"IF({far},{at('w')}*{number(share)},{at('w')})"


def _missed(rule: NumericRule, at: Row, rules: RuleSet) -> str:
    """Points of a row that missed its target."""
    numeric, w, part, whole = rules.numeric, at("w"), at("part"), at("whole")
    cap = f"{w}*{number(numeric.cap)}"
    proportional = f"MIN({cap},{w}*{part}/{whole})"
    if rule == "all_or_nothing":
        return "0"
    if rule == "steps":
        steps = [(_reaches(at, bound), f"{w}*{number(share)}") for bound, share in numeric.steps]
        return first_of(steps, "0")
    if rule == "threshold":
        return f"IF({_reaches(at, numeric.threshold)},{proportional},0)"
    if rule == "points_off":
        count = f"ROUND(ABS({at('t')}-{at('a')})/{number(numeric.per)},9)"
        count = f"INT({count})" if numeric.whole else count
        return f"MAX(0,MIN({cap},ROUND({w}-{count}*{number(numeric.points)},9)))"
    return proportional


def _reaches(at: Row, bound: Decimal) -> str:
    return f"ROUND({at('part')},9)>=ROUND({number(bound)}*{at('whole')},9)"


def _level(at: Row, rules: RuleSet) -> str:
    """The share of the first level whose bound is kept (numeric._levels)."""
    cap, shares = rules.numeric.cap, rules.numeric.level_shares

    def share(place: int) -> str:
        return number(max(Decimal(0), min(cap, shares[min(place, len(shares) - 1)])))

    if not at.bounds:
        return '""'
    return f'IF(ISNUMBER({at("a")}),{_first_kept(at, share)},"")'


def _first_kept(at: Row, value: Callable[[int], str]) -> str:
    """Return the value of the first level whose bound is kept, by its place counted from 0."""
    formula = value(len(at.bounds))
    for place, key in reversed(list(enumerate(at.bounds))):
        bound = at(key)
        kept = f"IF({at('direction')}<0,{at('a')}<={bound},{at('a')}>={bound})"
        formula = f"IF(NOT(ISNUMBER({bound})),{value(place)},IF({kept},{value(place)},{formula}))"
    return formula


def reached_formula(at: Row, levels: Sequence[str], rules: RuleSet) -> str:
    """The name of the level that a row reached: by its bounds, its target, or the words of a band."""

    def name(place: int) -> str:
        return quoted(levels[min(place, len(levels) - 1)])

    bands = [quoted(band.name) for band in rules.text.bands]
    places = array(map(str, range(len(bands) + 1)))
    band = f"LOOKUP({at('band')},{places},{array([_NOTHING, *bands])})" if bands else _NOTHING
    return first_of(
        [
            (f"AND(ISNUMBER({at('a')}),ISNUMBER({at('bound1')}))", _first_kept(at, name)),
            (f"ISNUMBER({at('a')})", f'IF({at("met")},{name(0)},"")'),
            (f"{at('t_kind')}>{NUMBER}", f'IF({at("a_kind")}>0,{band},"")'),
        ],
        '""',
    )
