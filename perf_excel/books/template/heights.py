"""How high a row must be for its text: spreadsheets do not fit merged cells, nor files of others."""

from __future__ import annotations

import unicodedata
from math import ceil

POINTS_PER_LINE = 14.5
"""One line of 10 point type with its spacing."""

MARGIN = 6.0
LARGEST = 405.0
"""Spreadsheets allow 409.5 points in a row."""

_EM = 13.4
"""Pixels of a full-width character of 10 points; half-width characters take half."""


def pixels(widths: list[float]) -> float:
    """Return the pixels of columns by their widths in characters."""
    return sum(7 * width + 5 for width in widths)


def lines(text: str, widths: list[float]) -> int:
    """Return the number of lines a text takes in (merged) columns."""
    room = pixels(widths) - 8
    return sum(max(1, ceil(_length(line) * _EM / room)) for line in text.split("\n"))


def height(texts: list[tuple[str, list[float]]], least: float) -> float:
    """Return the height of a row: that of its highest text, and at least so much."""
    most = max((lines(text, widths) for text, widths in texts), default=1)
    return max(least, most * POINTS_PER_LINE + MARGIN)


def _length(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.52 for sign in text)
