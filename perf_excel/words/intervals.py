"""Interval arithmetic by the printed decimals (按印出的位数算): what a printed number may have been."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

HUNDRED = Decimal(100)


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``, both included."""

    low: Decimal
    high: Decimal

    def plus(self, other: Interval) -> Interval:
        """Return where the sum lies."""
        return Interval(self.low + other.low, self.high + other.high)

    def minus(self, other: Interval) -> Interval:
        """Return where the difference lies."""
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, other: Interval) -> Interval:
        """Return where the product lies."""
        ends = [one * two for one in self for two in other]
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """Return where the quotient lies; None where the divisor may be nought."""
        if other.low <= 0 <= other.high:
            return None
        ends = [one / two for one in self for two in other]
        return Interval(min(ends), max(ends))

    def in_percent(self) -> Interval:
        """Return where a ratio lies in percent."""
        return Interval(self.low * HUNDRED, self.high * HUNDRED)

    def meets(self, other: Interval) -> bool:
        """Return whether they have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def wider(self, by: Decimal) -> Interval:
        """Return it with more room on both sides."""
        return Interval(self.low - by, self.high + by)


def rounded(value: Decimal, step: Decimal) -> Interval:
    """Return what a number may have been before it was rounded to whole steps of its last digit."""
    return Interval(value - step / 2, value + step / 2)


NOUGHT = Interval(Decimal(0), Decimal(0))
