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
    """Return whether a printed number is the exact one, rounded half up or cut off at its last printed place.

    Never rounded up: 86.183% is printed 86.18% or 86%, not 86.19% or 87%.
    """
    return _is_printed(printed, exact, precision(text))


def _is_printed(printed: Decimal, exact: Decimal, step: Decimal, slack: Decimal = Decimal(0)) -> bool:
    """Whether a number is the exact one cut off or rounded to a step; the exact one may be off by a slack."""
    if printed * exact < 0:
        return False
    over = abs(printed) - abs(exact)
    return -step - slack < over <= step / 2 + slack


def agrees_with_percent(printed: Measure, exact: Decimal) -> bool:
    """Return whether a printed rate is ``exact`` percent; without a % sign it may be a fraction (0.7241)."""
    if printed.number is None:
        return False
    if printed.percent is not None:
        return agrees(printed.percent, printed.text, exact)
    step = precision(printed.text)
    # A fraction without decimals (1) is exact.
    fraction = _is_printed(100 * printed.number, exact, Decimal(1) if step == 1 else 100 * step)
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
        return _is_printed(printed.percent, exact, precision(printed.text), slack)
    if printed.number > 1:
        return _is_printed(printed.number, exact, precision(printed.text), slack)
    # A coefficient without decimals (1) is exact.
    return _is_printed(100 * printed.number, exact, min(100 * precision(printed.text), Decimal(1)), slack)
