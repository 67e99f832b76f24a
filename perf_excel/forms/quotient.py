"""A rate that says what it was worked out of (分子/分母): 98%（49/50）, 49/50, 49件/50件."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.text import plain

_NUMBER = r"\d{1,15}(?:\.\d{1,6})?"
_UNIT = r"[^\d/%().]{0,8}"
_QUOTIENT = re.compile(
    rf"(?:(?P<percent>{_NUMBER})%)?(?P<open>\()?(?P<part>{_NUMBER}){_UNIT}[/÷](?P<whole>{_NUMBER}){_UNIT}"
    rf"(?(open)\))(?:=?(?P<result>{_NUMBER})%)?"
)


class Quotient(NamedTuple):
    """Numerator and denominator, and the percentage that is printed beside them, if any."""

    part: Decimal
    whole: Decimal
    printed: Decimal | None = None

    @property
    def percent(self) -> Decimal:
        """The rate in percent."""
        return 100 * self.part / self.whole


def quotient_of(text: str) -> Quotient | None:
    """Read a rate with its numerator and denominator; None where a text gives none, or divides by nothing."""
    found = _QUOTIENT.fullmatch(plain(text).replace(",", ""))
    if found is None or (found["percent"] and not found["open"]):
        return None
    printed, whole = found["percent"] or found["result"], Decimal(found["whole"])
    return Quotient(Decimal(found["part"]), whole, Decimal(printed) if printed else None) if whole else None
