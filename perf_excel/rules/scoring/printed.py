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


def agrees_with_share(printed: Measure, exact: Decimal, slack: Decimal) -> bool:
    """Return whether a printed share of a weight (得分率 77.47%, 得分系数 0.77 or 1) is ``exact`` percent.

    Args:
        printed: with a % sign or without; without one a number up to 1 is a fraction.
        exact: percent.
        slack: percentage points by which the exact one may itself be off.
    """
    if printed.number is None:
        return False
    if printed.percent is not None:
        return abs(printed.percent - exact) < precision(printed.text) + slack
    if printed.number > 1:
        return abs(printed.number - exact) < precision(printed.text) + slack
    # A coefficient without decimals (1) is exact.
    return abs(100 * printed.number - exact) < min(100 * precision(printed.text), Decimal(1)) + slack
