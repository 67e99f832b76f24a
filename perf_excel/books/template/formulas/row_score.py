"""Formulas of an indicator row: its points, bounds of judgement, deviation (rules/scoring/form_score.py)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from perf_excel.books.template.columns import Row
from perf_excel.books.template.formulas.levels import level_formulas
from perf_excel.books.template.formulas.pieces import (
    among,
    array,
    first_of,
    number,
    one_of,
    quoted,
    replaced,
    same,
)
from perf_excel.books.template.formulas.quantity import (
    comparison_formulas,
    quantity_formulas,
    reached_formula,
    special_formulas,
)
from perf_excel.books.template.formulas.value_parsing import DATE, NUMBER, WORDS
from perf_excel.forms.model import Indicator
from perf_excel.rules.checks.reasons import NO_REASONS
from perf_excel.rules.rulesets.parameters import Band, RuleSet
from perf_excel.rules.scoring.numeric import COST

_CONSTANT = re.compile(r'[0-9.]+|""|FALSE')
_NEVER = re.compile("(?!)")


def half_up(value: str, digits: int) -> str:
    """Return a value rounded, freed first of what binary numbers add: 405.49999999999994 is 405.5."""
    return f"ROUND(ROUND({value},11),{digits})"


def rounded(points: str, rules: RuleSet) -> str:
    """Return points rounded as the rule set says (arithmetic.rounded)."""
    digits = rules.rounding.digits
    if rules.rounding.mode == "down":
        return f"ROUNDDOWN(ROUND({points},9),{digits})"
    return half_up(points, digits)


def no_reason(cell: str) -> str:
    """Return whether a cell of reasons says nothing."""
    bare = replaced(cell, (('" "', '""'), ("CHAR(10)", '""'), ('"。"', '""')))
    return one_of(bare, sorted(NO_REASONS))


def _unexplained(at: Row) -> str:
    """Return whether a row says nothing on why it deviates, nor in its remarks where it has any."""
    cells = [
        no_reason(at.here(role)) for role in ("reason", "remark") if role == "reason" or role in at.columns
    ]
    return f"AND({','.join(cells)})" if len(cells) > 1 else cells[0]


def row_formulas(at: Row, indicator: Indicator, rules: RuleSet, levels: Sequence[str] = ()) -> dict[str, str]:
    """Return the formulas of a row's helper cells (columns.helper_names).

    Args:
        at: the row.
        indicator: what the row was built for; its own levels become constants.
        rules: the rule set.
        levels: names of the levels of columns of bounds.
    """
    columns, weight = at.columns, at.here("weight")
    named = {
        **level_formulas(at),
        "name": f"TRIM({at.here('level3')})",
        "w": f'IF(ISNUMBER({weight}),{weight},"")',
        "open": f"IF({unused(at)},0,IF(ISNUMBER({at('points')}),0,1))" if "score" in columns else "0",
        "points": f'IF(ISNUMBER({at.here("score")}),{at.here("score")},"")',
        "reason": f"IF({_unexplained(at)},0,1)",
    }
    if not columns.compared:
        return named
    named["cost"] = f"ISNUMBER(FIND({quoted(COST)},{at('level1')}&{at('level2')}))"
    compared = {
        **special_formulas(at, indicator, rules),
        **comparison_formulas(at, indicator, rules),
        **quantity_formulas(at, rules),
        **_words(at, rules),
    }
    if columns.scored:
        compared |= {"points": _points(at, rules), "raw": _raw(at)}
    if "deviation" in columns:
        compared["deviation"] = _deviation(at, rules)
    if "reached" in columns:
        compared["reached"] = reached_formula(at, levels, rules)
    return named | compared


def without_constants(formulas: dict[str, str], at: Row) -> dict[str, str]:
    """Return the formulas without those that only say a constant, which is put where they were asked for."""
    constants = {at(key): formula for key, formula in formulas.items() if _CONSTANT.fullmatch(formula)}
    asked = re.compile(rf"\b(?:{'|'.join(constants)})\b") if constants else _NEVER
    return {
        key: asked.sub(lambda match: constants[match[0]], formula)
        for key, formula in formulas.items()
        if at(key) not in constants
    }


def unused(at: Row) -> str:
    """Return whether nothing was written in a row but its levels."""
    return f'AND({at("name")}="",{at("t_kind")}=0,{at("a_kind")}=0,NOT(ISNUMBER({at("w")})))'


def is_percent(at: Row, side: str) -> str:
    """Return whether a value is a number of percent (Measure.percent)."""
    unit = at(f"{side}_unit")
    return f'AND({at(f"{side}_kind")}={NUMBER},OR({unit}="%",{unit}="‰"))'


def _degree(at: Row) -> str:
    """Return whether the actual is a percentage by which words were achieved, not 9% of 8%-10%."""
    return f"AND({is_percent(at, 'a')},OR({at('t_kind')}<>{WORDS},{at('t_end')}=0))"


def _percent(at: Row) -> str:
    """The actual value in percent, also where it is printed in ‰ (Measure.percent)."""
    return f"ROUND({at('a_number')}*{at('a_scale')},9)"


def _words(at: Row, rules: RuleSet) -> dict[str, str]:
    """Rows without a numeric target: points that follow by themselves, else the bounds of judgement."""
    bands, w = rules.text.bands, at("w")
    dated = f"AND({at('t_kind')}={DATE},{at('a_kind')}={DATE})"
    comparable = f"IF({dated},({at('t_day')}<10000)=({at('a_day')}<10000),FALSE)"  # both with a year, or none
    cases: list[tuple[str, str]] = []
    if rules.text.rule == "percent":
        share = f"MAX(0,MIN(100,{_percent(at)}))"
        percent = f"AND({at('t_kind')}={WORDS},{_degree(at)})"
        cases = [(percent, f"{w}*{share}/100"), (at("equal"), w)]
    automatic = first_of(cases, '""')
    judged = f"AND({at('t_kind')}>{NUMBER},{at('a_kind')}>0,ISNUMBER({w}),NOT(ISNUMBER({at('auto')})))"
    band = f"IF({comparable},0,{_band(at, bands)})" if bands else "0"
    index = array(map(str, range(len(bands) + 1)))

    def bound(shares: Sequence[Decimal]) -> str:
        values = array(map(number, shares))
        return (
            f'IF({judged},{w}*LOOKUP({at("band")},{index},{values}),"")'
            if bands
            else (f'IF({judged},{w}*{number(shares[0])},"")')
        )

    filled = f"AND({at('t_kind')}>{NUMBER},{at('a_kind')}>0,ISNUMBER({w}))"
    return {
        "equal": same(at("a_text"), at("t_own" if at.joined else "t_text")),
        "auto": f'IF({filled},{automatic},"")',
        "full": f"IF({comparable},{at('a_day')}<={at('t_day')},{at('equal')})",
        "band": band,
        "low": bound([Decimal(0), *(band.lower for band in bands)]),
        "high": bound([Decimal(1), *(band.upper for band in bands)]),
    }


def _band(at: Row, bands: Sequence[Band]) -> str:
    """The number of the band that the actual value names, 0 where it names none (scoring._band)."""
    fractions = first_of(
        [(f"{_percent(at)}>={number(band.lower * 100)}", str(place)) for place, band in enumerate(bands, 1)],
        str(len(bands)),
    )
    words: dict[str, int] = {}
    for place, band in enumerate(bands):
        for word in (band.name, *band.words):
            words.setdefault(word, len(bands) - place)
    found = among(at("a_text"), words)
    named = f"IF({found}=0,0,{len(bands) + 1}-{found})"
    return first_of([(at("equal"), "1"), (_degree(at), fractions)], named)


def _points(at: Row, rules: RuleSet) -> str:
    manual = at.manual
    full = f'IF({at("full")},{rounded(at("high"), rules)},"")'
    given = f"IF(ISNUMBER({manual}),MIN(MAX({manual},{at('low')}),{at('high')}),{full})"
    return first_of(
        [
            (f"ISNUMBER({at('quantity')})", rounded(at("quantity"), rules)),
            (f"ISNUMBER({at('auto')})", rounded(at("auto"), rules)),
            (f"ISNUMBER({at('high')})", given),
        ],
        '""',
    )


def _raw(at: Row) -> str:
    """单项得分: what a row would have with a weight of 100; multiplied by its weight it is the score."""
    share = f"100*{at('points')}/{at('w')}"
    can = f"IF(AND(ISNUMBER({at('points')}),ISNUMBER({at('w')})),{at('w')}>0,FALSE)"
    return f'IF({can},{half_up(share, 4)},"")'


def _deviation(at: Row, rules: RuleSet) -> str:
    """The deviation as a fraction (deviation.deviation_of), shown as percent."""
    rule, t, a = rules.deviation, at("t"), at("a")
    value = f"100*ROUND({a}-{t},9)/{t}"
    if rule.down_sign == "negative":
        missed = f"AND({at('direction')}<0,NOT({at('met')}))"
        value = f"IF({missed},-ABS({value}),{value})"
    numeric = first_of(
        [*([(at("met"), "0")] if rule.met_is_zero else []), (f"{t}=0", '""')],
        f"{half_up(value, rule.decimals)}/100",
    )
    short = f"ROUND({_percent(at)}-100,9)"
    if rule.met_is_zero:
        short = f"MIN(0,{short})"
    worded = first_of(
        [
            (_degree(at), f"{half_up(short, rule.decimals)}/100"),
            (f"AND({at('a_kind')}>0,{at('equal')})", "0"),
        ],
        '""',
    )
    return first_of([(f"ISNUMBER({t})", numeric), (f"{at('t_kind')}={WORDS}", worded)], '""')
