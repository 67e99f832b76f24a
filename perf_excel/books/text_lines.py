"""How high a text stands in a width (折行): one estimate, for our own forms and for others' that are filled.

Programs differ in typefaces and break lines a little differently, so it errs on the side of one line more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from math import ceil

PIXELS_PER_POINT = 96 / 72
LARGEST_ROW = 405.0
"""Spreadsheets allow 409.5 points in a row."""
_PADDING = 5.0
"""Pixels of a cell that no text reaches."""
_INDENT = 9.0
"""Pixels of one step of a cell's indent (缩进)."""
_LINE = 1.45
"""Height of one of several lines in sizes of the type: of the most generous usual typeface."""
_ONLY_LINE = 1.2
_NEVER_FIRST = frozenset("，。、；：？！）》」』】〕”’…％%‰℃·,.;:?!)]}")
_NEVER_LAST = frozenset("（《「『【〔“‘([{￥¥")
_WIDE_LATIN = frozenset("MW@%mw&")


def room(width: float, indent: int = 0) -> float:
    """Return the pixels that a text finds in a cell or merged area so many pixels wide."""
    return width - _PADDING - _INDENT * indent


def digit_width(size: float, *, latin: bool) -> int:
    """Return the pixels of a digit of the workbook's usual type (常规样式), the unit of column widths."""
    em = round(size * PIXELS_PER_POINT)
    return max(1, int(em * 0.507) if latin else ceil(em / 2))


def lines(text: str, pixels: float, size: float) -> int:
    """Return the number of lines that a text takes in a room."""
    ems = max(1.0, pixels / (size * PIXELS_PER_POINT))
    return sum(_lines(line, ems) for line in text.split("\n"))


def text_height(text: str, pixels: float, size: float) -> float:
    """Return how many points high a row has to be for a text alone, wrapped."""
    return lines_height(lines(text, pixels, size), size)


def lines_height(count: int, size: float) -> float:
    """Return how many points high so many lines are."""
    return size * (_ONLY_LINE if count <= 1 else _LINE * count)


def text_width(text: str, size: float) -> float:
    """Return the pixels of the longest line of a text."""
    return max(sum(map(_width, line)) for line in text.split("\n")) * size * PIXELS_PER_POINT


def _lines(line: str, ems: float) -> int:
    if len(line) <= ems:  # no sign is wider than high
        return 1
    count, used = 1, 0.0
    for piece in _pieces(line):
        width = sum(map(_width, piece))
        if used + width <= ems or piece.isspace():  # spaces at a line's end hang over it
            used += width
            continue
        if used:
            count += 1
        used = 0.0
        for sign in piece if width > ems else ():  # a word longer than the line is broken
            used += _width(sign)
            if used > ems:
                count, used = count + 1, _width(sign)
        used = used or width
    return count


def _pieces(line: str) -> Iterator[str]:
    """Yield what stays together at the end of a line: words, and signs with their punctuation."""
    piece = ""
    for sign in line:
        if piece and not _joins(piece[-1], sign):
            yield piece
            piece = ""
        piece += sign
    yield piece


def _joins(left: str, right: str) -> bool:
    if left.isspace() or right.isspace():
        return left.isspace() and right.isspace()
    if right in _NEVER_FIRST or left in _NEVER_LAST:
        return True
    return not _is_wide(left) and not _is_wide(right)


def _width(sign: str) -> float:
    if _is_wide(sign):
        return 1.0
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0.0
    return 0.95 if sign in _WIDE_LATIN else 0.72 if sign.isupper() else 0.62


@cache
def _is_wide(sign: str) -> bool:
    """Whether a sign takes a full square; those that only Chinese typefaces make so (“≥…) included."""
    return unicodedata.east_asian_width(sign) in "WFA"
