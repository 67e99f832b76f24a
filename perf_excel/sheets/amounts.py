"""An amount of money as forms write it (金额): 150万, 5.8亿元, 854万（其中：…）, 1,812.92."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.text import plain

UNIT = "(?:亿|千万|百万|十万|万|千|百)?元"
"""The units of money that a form may be in."""
_SCALES = {
    "": Decimal(1), "百": Decimal(100), "千": Decimal(1_000), "万": Decimal(10_000),
    "十万": Decimal(100_000), "百万": Decimal(1_000_000), "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
}  # fmt: skip
NUMBER = r"-?\d[\d,]{0,40}(?:\.\d{1,40})?"
SCALE = "亿|千万|百万|十万|万|千|百"
_AMOUNT = re.compile(
    rf"(?:约|共计?|合计|人民币|[￥¥])*(?P<number>{NUMBER})(?P<scale>{SCALE})?(?P<unit>元)?(?:人民币|整)?"
    r"(?P<words>[(,;。、].*)?",
    re.DOTALL,
)


class Amount(NamedTuple):
    """An amount: its number, and how many 元 one of its own unit is; None where it names no unit."""

    number: Decimal
    yuan: Decimal | None

    def in_wan(self, per_wan: Decimal) -> Decimal:
        """Return it in 万元, where without a unit of its own ``per_wan`` of the form's units are one."""
        return self.number / per_wan if self.yuan is None else self.number * self.yuan / _SCALES["万"]


def amount(text: str) -> Amount | None:
    """Read an amount; words may only follow it in brackets or behind a comma (854万（修路400万元，…）)."""
    found = _AMOUNT.fullmatch(plain(text))
    if found is None:
        return None
    number = Decimal(found["number"].replace(",", ""))
    named = found["scale"] or found["unit"]
    return Amount(number, _SCALES[found["scale"] or ""] if named else None)


def yuan_of(unit: str) -> Decimal:
    """Return how many 元 a unit of money is: 10,000 for 万元."""
    return _SCALES[unit.removesuffix("元")]
