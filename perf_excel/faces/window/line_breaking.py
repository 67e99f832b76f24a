"""Where a Chinese sentence goes on on the next line (断行): Tk itself breaks it at a blank, or anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable

_PIECES = re.compile(r"[（“《【]{0,3}(?:[A-Za-z0-9.,:/\\%≥≤+\-_×]++|.)[，。；：、）”》】！？…]*+ ?|\n")
"""What stays together: a number or foreign word, a Chinese character; brackets and stops with both."""


def broken(text: str, width: int, measure: Callable[[str], int]) -> str:
    """Return a text with line breaks, so that no line is wider than ``width``, if it can be.

    Args:
        text: one or several lines.
        width: in pixels.
        measure: gives the width of a text in pixels.
    """
    return "\n".join(_broken(line, width, measure) for line in text.split("\n"))


def _broken(line: str, width: int, measure: Callable[[str], int]) -> str:
    if measure(line) <= width:
        return line
    lines: list[str] = []
    current, taken = "", 0
    for found in _PIECES.findall(line):
        piece = str(found)
        own = measure(piece)
        if current and taken + measure(piece.rstrip()) > width:
            lines.append(current.rstrip())
            current, taken = "", 0
        if own > width:  # a word longer than a line
            *whole, piece = _cut(piece, width, measure)
            lines += whole
            own = measure(piece)
        current += piece
        taken += own
    return "\n".join([*lines, current])


def _cut(word: str, width: int, measure: Callable[[str], int]) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and measure(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts
