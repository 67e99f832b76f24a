"""Number formats guessed from displayed text (显示文字): what an .ods says of them in one place."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

_SHOWN = re.compile(r"(\D*?)-?(\d[\d,]*)(?:\.(\d+))?(\D*)")
_MOST_COMMAS = 4

_LONGEST = 100
"""A longer text shows more than a number."""


def shown_date_format(shown: str) -> str | None:
    """Guess the format of a date from its text: the Chinese and the slashed ones, None for any other."""
    if "年" in shown:
        return 'yyyy"年"m"月"d"日"' if "日" in shown else 'yyyy"年"m"月"'
    return "yyyy/m/d" if re.fullmatch(r"\d{4}/\d{1,2}/\d{1,2}", shown) else None


def shown_format(number: Decimal, shown: str) -> str:
    """Guess the format code of a number from its displayed text: 0.99 shown as 99% has the format 0%.

    A number that is shown in thousands or in 万 (1234567 as 1234.6 or 123.5) has the format that does so, and
    zeros in front (000123) are kept.
    """
    found = _SHOWN.fullmatch(shown.strip())
    if found is None or len(shown) > _LONGEST:
        return "General"
    before, whole, decimals, after = found.groups("")
    # General shows as many digits as it needs: up to ten decimals, no zeros at the end.
    if shown == _general(number) or (not before + after and len(decimals) > 9):
        return "General"
    kept = whole.replace(",", "")
    digits = "#,##0" if "," in whole else "0" * len(kept) if kept[0] == "0" else "0"
    tail = f".{'0' * len(decimals)}" if decimals else ""
    if after.strip() in {"%", "％"}:
        return f"{digits}{tail}%"
    printed = Decimal(f"{kept}.{decimals}" if decimals else kept)
    return _quoted(before.removesuffix("-")) + _scaled(abs(number), printed, digits, tail) + _quoted(after)


def _scaled(number: Decimal, printed: Decimal, digits: str, tail: str) -> str:
    """The digits of a format, with what divides the number: commas, for 万 also a point that is no point."""
    places = max(len(tail) - 1, 0)
    if _same(number, printed, places):
        return digits + tail
    for commas in range(1, _MOST_COMMAS + 1):
        if _same(number.scaleb(-3 * commas), printed, places):
            return f"{digits}{tail}{',' * commas}"
    for commas in range(_MOST_COMMAS):
        if places and _same(number.scaleb(-3 * commas - places), printed, places):
            return f"{digits}\\.{tail[1:]}{',' * commas}"
    return digits + tail


def _same(number: Decimal, printed: Decimal, places: int) -> bool:
    step = Decimal(1).scaleb(-places)
    return abs(number - printed) <= step or number.quantize(step, ROUND_HALF_UP) == printed


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _general(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
