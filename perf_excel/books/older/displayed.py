"""Number formats guessed from displayed text (显示文字): what an .ods says of them in one place."""

from __future__ import annotations

import re
from decimal import Decimal


def shown_date_format(shown: str) -> str | None:
    """Guess the format of a date from its text: the Chinese and the slashed ones, None for any other."""
    if "年" in shown:
        return 'yyyy"年"m"月"d"日"' if "日" in shown else 'yyyy"年"m"月"'
    return "yyyy/m/d" if re.fullmatch(r"\d{4}/\d{1,2}/\d{1,2}", shown) else None


def shown_format(number: Decimal, shown: str) -> str:
    """Guess the format code of a number from its displayed text: 0.99 shown as 99% has the format 0%."""
    found = re.fullmatch(r"(\D*?)-?(\d[\d,]*)(?:\.(\d+))?(\D*)", shown.strip())
    if found is None:
        return "General"
    before, whole, decimals, after = found.groups("")
    # General shows as many digits as it needs: up to ten decimals, no zeros at the end.
    if shown == _general(number) or (not before + after and len(decimals) > 9):
        return "General"
    code = ("#,##0" if "," in whole else "0") + (f".{'0' * len(decimals)}" if decimals else "")
    if after.strip() in {"%", "％"}:
        return f"{code}%"
    return _quoted(before.removesuffix("-")) + code + _quoted(after)


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""


def _general(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
