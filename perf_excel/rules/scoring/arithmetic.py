"""Points as exact decimals: shares kept as fractions until the one rounding at the end."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import NamedTuple

from perf_excel.rules.rulesets.parameters import Rounding

_PLACES = tuple(Decimal(1).scaleb(-digits) for digits in range(13))
_WIDE = Context(prec=700)
"""A cell may hold any number, by mistake: the largest that a spreadsheet knows is 1E+308."""
_NOISE = Decimal("1e-9")
"""Points are cut off (mode down) only after what a spreadsheet's binary numbers cannot hold is rounded."""


class Share(NamedTuple):
    """A share of a weight as numerator and denominator, so that 7.5 points × 1/3 is exactly 2.5."""

    part: Decimal
    whole: Decimal = Decimal(1)

    def of(self, weight: Decimal) -> Decimal:
        """Return the unrounded points."""
        return weight * self.part / self.whole


FULL = Share(Decimal(1))
NONE = Share(Decimal(0))


def capped(share: Share, cap: Decimal) -> Share:
    """Return the share, at least nothing and at most ``cap``."""
    if share.part <= 0:
        return NONE
    return Share(cap) if share.part > cap * share.whole else share


def rounded(points: Decimal, rounding: Rounding) -> Decimal:
    """Round points as a rule set says; halves go up, away from zero, as in a spreadsheet."""
    if rounding.mode == "down":
        return points.quantize(_NOISE, ROUND_HALF_UP, _WIDE).quantize(
            _PLACES[rounding.digits], ROUND_DOWN, _WIDE
        )
    return half_up(points, rounding.digits)


def half_up(number: Decimal, digits: int) -> Decimal:
    """Round a number of any size; halves go away from zero."""
    return number.quantize(_PLACES[digits], ROUND_HALF_UP, _WIDE)


def shown(number: Decimal) -> str:
    """Return a number without trailing zeros or exponent: 8.050 is 8.05, 1E+1 is 10."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def percent(fraction: Decimal, decimals: int = 2) -> str:
    """Return a fraction as percent, as short as it can be: 0.7241 is 72.41%, 0.9 is 90%."""
    return f"{shown(half_up(fraction * 100, decimals))}%"
