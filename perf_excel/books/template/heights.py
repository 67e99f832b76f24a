"""How high the rows of a form are: those of merged cells as high as their texts, the others at least so."""

from __future__ import annotations

from collections.abc import Sequence

from perf_excel.books.template.styles import SIZE
from perf_excel.books.text_lines import LARGEST_ROW, digit_width, room, text_height

DIGIT = digit_width(11, latin=False)
"""Pixels of one unit of a column's width: the usual type of our workbooks is 宋体 11."""
_MARGIN = 6.0
LARGEST = LARGEST_ROW


def height(texts: Sequence[tuple[str, Sequence[float]]], least: float, size: float = SIZE) -> float:
    """Return the height of a row: that of its highest text, and at least so much.

    Args:
        texts: each with the widths of the columns that it stands across.
        least: what the row is without texts.
        size: of the type, in points.
    """
    needs = (text_height(text, room(DIGIT * sum(widths), 1), size) for text, widths in texts)
    return max(least, _MARGIN + max(needs, default=0.0))
