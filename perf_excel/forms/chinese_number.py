"""Numbers written in Chinese (中文数字): 一百五十万 is 1,500,000; 壹佰贰拾 is 120."""

from __future__ import annotations

_DIGITS = {sign: value for value, signs in enumerate(
    ("〇零", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"),
) for sign in signs}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1_000, "仟": 1_000}
_SECTIONS = {"万": 10_000, "亿": 100_000_000}
_LARGEST = _SECTIONS["亿"]

SIGNS = "".join((*_DIGITS, *_TENS, *_SECTIONS))
"""Every sign that may stand in such a number."""


def chinese_number(text: str) -> int | None:
    """Return the number that a text of nothing but such signs writes; None for other texts (百万, 万一)."""
    if not text or text[0] not in _DIGITS.keys() | {"十", "拾"} or not set(text) <= set(SIGNS):
        return None
    whole = section = digit = 0
    for sign in text:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            # 亿 counts all before it (一万亿), 万 only its own section (一亿二千万).
            own = (whole if _SECTIONS[sign] == _LARGEST else 0) + section + digit
            whole = own * _SECTIONS[sign] + (0 if _SECTIONS[sign] == _LARGEST else whole)
            section = digit = 0
    return whole + section + digit
