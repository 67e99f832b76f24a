"""An amount of money as forms write it (金额): 150万, 5.8亿元, 854万（其中：…）, 1,812.92."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.chinese_number import SIGNS, chinese_number
from perf_excel.forms.text import Folded, plain, remembered

UNIT = "(?:亿|千万|百万|十万|万|千|百)?元"
"""The units of money that a form may be in."""
_SCALES = {
    "": Decimal(1), "百": Decimal(100), "千": Decimal(1_000), "万": Decimal(10_000),
    "十万": Decimal(100_000), "百万": Decimal(1_000_000), "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
}  # fmt: skip
NUMBER = r"-?\d[\d,]{0,40}(?:\.\d{1,40})?"
SCALE = "亿|千万|百万|十万|万|千|百"
_NUMBER = re.compile(NUMBER)
_WITH_UNIT = re.compile(rf"{NUMBER}({UNIT}|{SCALE}|[%分])")
_UNIT_ALONE = re.compile(rf"{UNIT}|{SCALE}|[%分]")
_AMOUNT = re.compile(
    rf"(?:约|共计?|合计|人民币|[￥¥])*(?P<number>{NUMBER})(?P<scale>{SCALE})?(?P<unit>元)?(?:人民币|整)?"
    r"(?P<words>(?:[(,;。、]|其中).*)?",
    re.DOTALL,
)


_WORDS = re.compile(f"(?:人民币)?([{SIGNS}]{{1,20}})[元圆](?:人民币|整)?")


class Amount(NamedTuple):
    """An amount: its number, and how many 元 one of its own unit is; None where it names no unit."""

    number: Decimal
    yuan: Decimal | None

    def in_wan(self, per_wan: Decimal) -> Decimal:
        """Return it in 万元, where without a unit of its own ``per_wan`` of the form's units are one."""
        return self.number / per_wan if self.yuan is None else self.number * self.yuan / _SCALES["万"]


@remembered
def amount(text: str) -> Amount | None:
    """Read an amount; words may only follow it in brackets or behind a comma (854万（修路400万元，…）)."""
    text = plain(text)
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return _in_words(text)
    number = Decimal(found["number"].replace(",", ""))
    named = found["scale"] or found["unit"]
    return Amount(number, _SCALES[found["scale"] or ""] if named else None)


def _in_words(text: str) -> Amount | None:
    """Read an amount in Chinese numerals, in 元 (一百五十万元整)."""
    found = _WORDS.fullmatch(text)
    number = chinese_number(found[1]) if found else None
    return None if number is None else Amount(Decimal(number), Decimal(1))


def is_unit_alone(text: str) -> bool:
    """Whether only the unit of an amount, a rate or points is there yet: 年初预算数：    万元."""
    return bool(_UNIT_ALONE.fullmatch(plain(text)))


def unit_of(text: str) -> str:
    """Return the unit that a number has behind it and nothing else (25万元, 86.18%, 8.62分); else nothing."""
    found = _WITH_UNIT.fullmatch(plain(text))
    return found[1] if found else ""


def is_worded(text: str) -> bool:
    """Whether a number has something beside it in its cell: a unit, words, a sign."""
    text = plain(text)
    return is_unit_alone(text) or (bool(_NUMBER.search(text)) and not _NUMBER.fullmatch(text))


def with_amount(text: str, wan: Decimal, per_wan: Decimal) -> str:
    """Return a text with another amount, in 万元, in the unit and with the words it has.

    A text that says the same already stays as it is (1,200元 for 0.12).
    """
    now = amount(f"0{text}" if is_unit_alone(text) else text)
    if now is None:
        return f"{wan * per_wan:f}"
    if now.in_wan(per_wan) == wan:
        return text
    return with_number(text, wan * per_wan if now.yuan is None else wan * _SCALES["万"] / now.yuan)


def with_number(text: str, number: Decimal) -> str:
    """Return a text with another number in place of its first, or before its unit: 9 makes 9分 of 8.62分."""
    shown = Folded(text)
    found = _NUMBER.search(shown.text)
    if found is None:
        return f"{number:f}{text.strip() if is_unit_alone(text) else ''}"
    before, old, behind = shown.cut(*found.span())
    same = Decimal(plain(old).replace(",", "")) == number
    return text if same else f"{before}{number:f}{behind}"


def yuan_of(unit: str) -> Decimal:
    """Return how many 元 a unit of money is: 10,000 for 万元."""
    return _SCALES[unit.removesuffix("元")]
