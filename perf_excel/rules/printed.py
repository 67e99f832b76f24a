"""Printed numbers held against exact ones, at the precision at which they are printed."""

from __future__ import annotations

from decimal import Decimal

from perf_excel.forms.measure import Measure, parse


def precision(text: str) -> Decimal:
    """Return one unit of a printed number's last place: 72.41% has 0.01, 50% has 1."""
    number = parse(text).number
    exponent = number.as_tuple().exponent if number is not None else 0
    return Decimal(1).scaleb(min(0, exponent) if isinstance(exponent, int) else 0)


def agrees(printed: Decimal, text: str, exact: Decimal) -> bool:
    """Return whether a printed number is the exact one, rounded or cut off at its last printed place."""
    return abs(printed - exact) < precision(text)


def agrees_with_percent(printed: Measure, exact: Decimal) -> bool:
    """Return whether a printed rate is ``exact`` percent; without a % sign it may be a fraction (0.7241)."""
    if printed.number is None:
        return False
    if printed.percent is not None:
        return agrees(printed.percent, printed.text, exact)
    fraction = abs(printed.number * 100 - exact) < 100 * precision(printed.text)
    return fraction or agrees(printed.number, printed.text, exact)
