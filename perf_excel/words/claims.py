"""A claim of the text (说法核对): one figure held against what it should be, with the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perf_excel.forms.spot import Spot
from perf_excel.rules.rulesets.severities import Severity
from perf_excel.words.sayings import Saying

Verdict = Literal["agrees", "differs"]
_LAST_DIGITS = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure (``saying``) and what came of holding it against something.

    ``what`` names the kind of claim in Chinese (增减率), ``against`` what it was held against, ``arithmetic``
    the sum as it was worked out, ``expected`` the figure in the text's own unit, ``cause`` the likely reason.
    ``start`` is where the quoted text begins in the folded paragraph. ``spot`` is the form's value,
    ``sheet`` and ``cell`` where it stands.
    """

    check: Literal["R1", "R2"]
    what: str
    saying: Saying
    verdict: Verdict
    against: str
    arithmetic: str
    expected: str = ""
    severity: Severity = "warning"
    cause: str = ""
    start: int | None = None
    spot: Spot | None = None
    sheet: str = ""
    cell: str = ""
    basis: tuple[Saying, ...] = ()
    """The other figures of the text that it was worked out from: they are held by it, too."""
    certain: bool = False
    """Whether the figure is known by its key, and what other forms say is nothing to it."""


def is_slight(off: Decimal, step: Decimal) -> bool:
    """Whether a figure that is off by so much was cut off or bent in its last digit: no contradiction."""
    return off <= step * _LAST_DIGITS


def plain(value: Decimal, places: int = 4) -> str:
    """Return a number as it is written in arithmetic: no more decimals than needed, at most some."""
    step = Decimal(1).scaleb(-places)
    shown = value if value == value.to_integral_value() else value.quantize(step)
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(ratio: Decimal) -> str:
    """Return a ratio in percent with two decimals."""
    return f"{ratio * 100:.2f}%"
