"""Codes of budget tables (科目编码): 类 款 项 in one column or three, and codes of units among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SUBJECT = re.compile(r"(?:1[01]\d|2[0-3]\d|30\d|31[0-9]|399|50\d|51[0-9]|599)(?:\d\d){0,3}")
"""功能分类 2xx, 支出经济分类 3xx and 5xx, income 1xx, each with 款, 项, 目 of two digits."""
_DIGITS = re.compile(r"\d{1,20}")
_WIDTHS = (3, 2, 2, 2)
_IN_NAME = re.compile(r"[\[【(（]?(\d{3}(?:\d\d){0,3})[\])】）]?[-—_\s、.]{0,3}(?=[\u4e00-\u9fff])")
_APART = re.compile(r"[\s.\-—]")


def is_subject_code(text: str) -> bool:
    """Whether digits are the code of a 类, 款, 项; of a unit otherwise."""
    return _SUBJECT.fullmatch(text) is not None


def parts_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the digits of a row's code columns, those after the first with two digits at least."""
    found: list[str] = []
    for at, text in enumerate(texts):
        digits = _APART.sub("", text)
        digits = digits.removesuffix(".0") if _DIGITS.fullmatch(digits) else ""
        found.append(digits.zfill(2) if digits and at else digits)
    return tuple(found)


def joined(parts: Sequence[str], before: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Join the code of a row; of one that shows its last part only the rest is that of the rows above.

    Args:
        parts: the digits in each code column.
        before: the parts that hold after the row above.

    Returns:
        The code, and the parts that hold for the row below.
    """
    if len(parts) < 2:
        return (parts[0] if parts else ""), tuple(parts)
    whole = next((part for part in reversed(parts) if len(part) > 3), "")
    if whole and is_subject_code(whole):
        return whole, _cut(whole, len(parts))
    first = next((at for at, part in enumerate(parts) if part), None)
    if first is None:
        return "", tuple(before)
    held = (*before[:first], *parts[first:]) if first else tuple(parts)
    last = max(at for at, part in enumerate(parts) if part)
    held = (*held[: last + 1], *("" for _ in parts[last + 1 :]))
    return "".join(held), held


def _cut(code: str, columns: int) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    for width in _WIDTHS[:columns]:
        found.append(code[at : at + width])
        at += width
    return tuple(found)


def code_in_name(text: str) -> str:
    """Return the code in front of a name in one cell: [2010301]行政运行."""
    found = _IN_NAME.match(text.strip())
    return found[1] if found and is_subject_code(found[1]) else ""


def without_code(text: str) -> str:
    """Return a name without the code in front of it."""
    return _IN_NAME.sub("", text.strip(), count=1) if code_in_name(text) else text
