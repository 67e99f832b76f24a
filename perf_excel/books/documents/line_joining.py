"""Lines joined into paragraphs (断行还原): a text copied from pages breaks where the page was full."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from perf_excel.words.prose import NUMBERING, paragraph

_PAGE_NUMBER = re.compile(r"[-—–－\s:：]{0,6}(?:第)?\d{0,4}(?:页)?[-—–－\s:：]{0,6}")
_ENDED = ("。", "！", "？", "!", "?")
_GOES_ON = ("，", "、", "（", "“", ",")
_CANNOT_BEGIN = ("，", "。", "、", "；", "）", "”", "：", "%", "％", ",", ";")
_LONGEST_LINE = 130
"""Lines wider than any page's are paragraphs already."""
_FULL = 0.84
"""How much of the usual width a line that was broken by the page fills at least."""
_FEWEST = 6


def joined_lines(lines: Iterable[str]) -> list[str]:
    """Return the paragraphs that lines of pages make, without page numbers and empty lines."""
    there = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.strip()) and line.strip()]
    full = _usual_width(there)
    found: list[str] = []
    before = ""
    for line in there:
        if found and _continues(before, line, full):
            found[-1] += line.strip()
        else:
            found.append(line.strip())
        before = line
    return found


def _continues(before: str, line: str, full: float) -> bool:
    """Whether a line goes on with the one before it."""
    one, other = before.strip(), paragraph(0, line).text
    if NUMBERING.match(other) or _is_table_row(one) or _is_table_row(line):
        return False
    if other.startswith(_CANNOT_BEGIN):
        return True
    if one.endswith(_ENDED) or not full:
        return False
    return one.endswith(_GOES_ON) or _width(one) >= full * _FULL


def _is_table_row(line: str) -> bool:
    return paragraph(0, line).tabular


def _usual_width(lines: list[str]) -> float:
    """Return how wide a full line is; 0 where lines are paragraphs."""
    widths = sorted(width for line in lines if (width := _width(line)) > _FEWEST and not _is_table_row(line))
    full = widths[len(widths) * 4 // 5] if len(widths) >= _FEWEST else 0
    return full if full <= _LONGEST_LINE else 0


def _width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WFA") for sign in line if not sign.isspace())
