"""Formulas of an indicator row: from two values read to points and deviation, as rules/scoring.py gives them.

Differences and scaled numbers are rounded to nine decimals before they are compared or divided: binary
numbers hold 199.99 − 200 only nearly, and a tie must round as the exact decimals do.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perf_excel.books.template.columns import Columns, Helpers, Row, sheet_name
from perf_excel.books.template.formula import (
    among,
    array,
    contains_any,
    first_of,
    number,
    quoted,
    same,
)
from perf_excel.books.template.parsing import DATE, NUMBER, SIGN_CODES, WORDS
from perf_excel.forms.model import Indicator
from perf_excel.rules.ruleset import Band, NumericRule, RuleSet

RULES: tuple[NumericRule, ...] = (
    "proportional", "all_or_nothing", "threshold", "steps", "points_off", "levels",
)  # fmt: skip
"""Numeric rules by their code in helper cells, counted from 1."""

NO_REASONS = ("无", "0", "/", "-", "—", "／", "／／")
_NAMED_BANDS = 10
"""Codes of band words count down from here, so that the largest code is the first band."""


def rounded(points: str, rules: RuleSet) -> str:
    """Return points rounded as the rule set says (arithmetic.rounded)."""
    digits = rules.rounding.digits
    if rules.rounding.mode == "down":
        return f"ROUNDDOWN(ROUND({points},9),{digits})"
    return f"ROUND({points},{digits})"


def no_reason(cell: str) -> str:
    """Return whether a cell of reasons says nothing."""
    words = ",".join(f"TRIM({cell})={quoted(word)}" for word in ("", *NO_REASONS))
    return f"OR({words})"


def row_formulas(at: Row, previous: Row | None, indicator: Indicator, rules: RuleSet) -> dict[str, str]:
    """Return the formulas of a row's helper cells (columns.ROW_FIELDS).

    Args:
        at: the row.
        previous: the row above, whose first level goes on where this row names none.
        indicator: what the row was built for; its own levels become constants.
        rules: the rule set.
    """
    columns = at.columns
    level1, weight = at.form(columns.level1), at.form(columns.weight)
    above = previous("level1") if previous else '""'
    deviation = _deviation(at, rules) if rules.deviation.present else '""'
    return {
        "level1": f'IF({level1}="",{above},TRIM({level1}))',
        "name": f"TRIM({at.form(columns.level3)})",
        "w": f'IF(ISNUMBER({weight}),{weight},"")',
        "reason": f"IF({no_reason(at.form(columns.reason))},0,1)",
        **_special(at, indicator, rules),
        **_comparison(at, rules),
        **_quantity(at, rules),
        **_words(at, rules),
        "points": _points(at, rules),
        "deviation": deviation,
    }


def special_table(rules: RuleSet) -> list[tuple[object, ...]]:
    """Return the rules of single indicators as rows: name, rule code, direction, bounds; code 0 is none."""
    first: dict[str, tuple[object, ...]] = {}
    for one in rules.indicators:
        code = RULES.index(one.rule) + 1 if one.rule else 0
        direction = {"up": 1, "down": -1, None: 0}[one.direction]
        first.setdefault(one.name, (one.name, code, direction, *map(float, one.thresholds)))
    return list(first.values())


def _special(at: Row, indicator: Indicator, rules: RuleSet) -> dict[str, str]:
    """The row of the table that names this indicator, and what it says."""
    table, helpers = special_table(rules), Helpers(len([key for key in at.places if key.startswith("bound")]))
    own = indicator.thresholds
    default = "levels" if own else rules.numeric.rule
    code = str(RULES.index(default) + 1)
    bounds = {
        f"bound{place}": number(own[place - 1]) if place <= len(own) else '""'
        for place in range(1, helpers.thresholds + 1)
    }
    if not table:
        return {"special": "0", "rule": code, **bounds}
    index = array(map(str, range(1, len(table) + 1)))
    names = {str(row[0]): len(table) - place for place, row in enumerate(table)}

    def looked_up(column: int) -> str:
        values = array(number(float(str(row[column]))) for row in table)
        return f"LOOKUP({at('special')},{index},{values})"

    if not own:
        for place in range(1, helpers.thresholds + 1):
            has = [len(row) > 2 + place for row in table]
            values = array(
                number(float(str(row[2 + place]))) if there else '""'
                for row, there in zip(table, has, strict=True)
            )
            if any(has):
                bounds[f"bound{place}"] = (
                    f'IF({at("special")}=0,"",LOOKUP({at("special")},{index},{values}))'
                )
    found = among(at("name"), names)
    return {
        "special": f"IF({found}=0,0,{len(table) + 1}-{found})",
        "rule": f"IF({at('special')}=0,{code},IF({looked_up(1)}=0,{code},{looked_up(1)}))",
        **bounds,
    }


def _comparison(at: Row, rules: RuleSet) -> dict[str, str]:
    """Both numbers in one scale (measure.comparable), the direction, and whether the target was kept."""
    both = f"AND({at('t_kind')}={NUMBER},{at('a_kind')}={NUMBER})"
    unscaled = f'OR({at("t_unit")}="",{at("a_unit")}="")'

    def scaled(side: str) -> str:
        value, scale = at(f"{side}_number"), at(f"{side}_scale")
        plain = f"OR({unscaled},{scale}=1)"
        digits = f"IF({scale}<1,9,4)"
        return f'IF({both},IF({plain},{value},ROUND({value}*{scale},{digits})),"")'

    sign = at("t_sign")
    up, down = f"OR({sign}=1,{sign}=3)", f"OR({sign}=2,{sign}=4)"
    by_name = f"AND({sign}=0,{contains_any(at('name'), rules.numeric.lower_is_better)})"
    direction = first_of([(up, "1"), (f"OR({down},{by_name})", "-1")], "1")
    table = special_table(rules)
    if any(row[2] for row in table):
        index = array(map(str, range(len(table) + 1)))
        codes = array(["0", *(str(row[2]) for row in table)])
        own = f"LOOKUP({at('special')},{index},{codes})"
        direction = f"IF({own}<>0,{own},{direction})"
    t, a = at("t"), at("a")
    met = f"IF({at('direction')}<0,{a}<={t},{a}>={t})"
    if rules.numeric.equal == "exact":
        met = f"IF({sign}={SIGN_CODES['=']},{a}={t},{met})"
    return {
        "direction": direction,
        "t": scaled("t"),
        "a": scaled("a"),
        "met": f'IF(ISNUMBER({t}),{met},"")',
    }


def _quantity(at: Row, rules: RuleSet) -> dict[str, str]:
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
    if "bound1" in at.places:
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
    if "bound1" in at.places:
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

    bounds = [at(key) for key in at.places if key.startswith("bound")]
    if not bounds:
        return '""'
    formula = share(len(bounds))
    for place in reversed(range(len(bounds))):
        bound = bounds[place]
        kept = f"IF({at('direction')}<0,{at('a')}<={bound},{at('a')}>={bound})"
        formula = f"IF(NOT(ISNUMBER({bound})),{share(place)},IF({kept},{share(place)},{formula}))"
    return f'IF(ISNUMBER({at("a")}),{formula},"")'


def is_percent(at: Row, side: str) -> str:
    """Return whether a value is a number of percent (Measure.is_percent)."""
    unit = at(f"{side}_unit")
    return f'AND({at(f"{side}_kind")}={NUMBER},OR({unit}="%",{unit}="‰"))'


def _words(at: Row, rules: RuleSet) -> dict[str, str]:
    """Rows without a numeric target: points that follow by themselves, else the bounds of judgement."""
    bands, w = rules.text.bands, at("w")
    dated = f"AND({at('t_kind')}={DATE},{at('a_kind')}={DATE})"
    comparable = f"IF({dated},({at('t_day')}<10000)=({at('a_day')}<10000),FALSE)"  # both with a year, or none
    cases: list[tuple[str, str]] = []
    if rules.text.rule == "percent":
        share = f"MAX(0,MIN(100,{at('a_number')}))"
        percent = f"AND({at('t_kind')}={WORDS},{is_percent(at, 'a')})"
        cases = [(percent, f"{w}*{share}/100"), (at("equal"), w)]
    automatic = first_of(cases, '""')
    judged = f"AND({at('t_kind')}>{NUMBER},{at('a_kind')}>0,ISNUMBER({w}),NOT(ISNUMBER({at('auto')})))"
    band = f"IF({comparable},0,{_band(at, bands)})" if bands else "0"
    index = array(map(str, range(len(bands) + 1)))

    def bound(shares: Sequence[Decimal]) -> str:
        values = array(map(number, shares))
        return f'IF({judged},{w}*LOOKUP({at("band")},{index},{values}),"")' if bands else (
            f'IF({judged},{w}*{number(shares[0])},"")'
        )

    filled = f"AND({at('t_kind')}>{NUMBER},{at('a_kind')}>0,ISNUMBER({w}))"
    return {
        "equal": same(at("a_text"), at("t_text")),
        "auto": f'IF({filled},{automatic},"")',
        "band": band,
        "low": bound([Decimal(0), *(band.lower for band in bands)]),
        "high": bound([Decimal(1), *(band.upper for band in bands)]),
    }


def _band(at: Row, bands: Sequence[Band]) -> str:
    """The number of the band that the actual value names, 0 where it names none (scoring._band)."""
    fractions = first_of(
        [
            (f"{at('a_number')}>={number(band.lower * 100)}", str(place))
            for place, band in enumerate(bands, 1)
        ],
        str(len(bands)),
    )
    words: dict[str, int] = {}
    for place, band in enumerate(bands):
        for word in (band.name, *band.words):
            words.setdefault(word, len(bands) - place)
    found = among(at("a_text"), words)
    named = f"IF({found}=0,0,{len(bands) + 1}-{found})"
    return first_of([(at("equal"), "1"), (is_percent(at, "a"), fractions)], named)


def _points(at: Row, rules: RuleSet) -> str:
    manual = at.form(at.columns.manual)
    given = f'IF(ISNUMBER({manual}),MIN(MAX({manual},{at("low")}),{at("high")}),"")'
    return first_of(
        [
            (f"ISNUMBER({at('quantity')})", rounded(at("quantity"), rules)),
            (f"ISNUMBER({at('auto')})", rounded(at("auto"), rules)),
            (f"ISNUMBER({at('high')})", given),
        ],
        '""',
    )


def _deviation(at: Row, rules: RuleSet) -> str:
    """The deviation as a fraction (deviation.deviation_of), shown as percent."""
    rule, t, a = rules.deviation, at("t"), at("a")
    value = f"100*ROUND({a}-{t},9)/{t}"
    if rule.down_sign == "negative":
        missed = f"AND({at('direction')}<0,NOT({at('met')}))"
        value = f"IF({missed},-ABS({value}),{value})"
    numeric = first_of(
        [*([(at("met"), "0")] if rule.met_is_zero else []), (f"{t}=0", '""')],
        f"ROUND({value},{rule.decimals})/100",
    )
    short = f"ROUND({at('a_number')}-100,9)"
    if rule.met_is_zero:
        short = f"MIN(0,{short})"
    worded = first_of(
        [
            (is_percent(at, "a"), f"ROUND({short},{rule.decimals})/100"),
            (f"AND({at('a_kind')}>0,{at('equal')})", "0"),
        ],
        '""',
    )
    return first_of([(f"ISNUMBER({t})", numeric), (f"{at('t_kind')}={WORDS}", worded)], '""')


__all__ = ["Columns", "row_formulas", "rounded", "sheet_name", "special_table"]
