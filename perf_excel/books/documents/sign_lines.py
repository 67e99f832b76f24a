"""Characters of a page put together to lines of text (成行), and lines to the text of a cell (折行)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from perf_excel.books.documents.marks import Sign

_SAME_LINE = 0.5
"""Of two characters' lesser height, how far their middles lie apart at most on one line."""
_SPACE = 0.25
_GAP = 1.8
"""Gaps in heights of the line: a blank, and the room between two texts on one line."""
_PADDING = 12.0
"""Room at both sides of a cell's text together, in points."""
_SHORT = 0.7
"""A line that leaves more than this part of its cell blank was ended on purpose."""
_ENDED = frozenset("。；;！!？?")
_BEGUN = re.compile(
    r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)）]|[①-⑳★●■◆]"
    r"|(?:目标|指标|任务|措施|问题|原因)\s?(?:\d{1,2}|[一二三四五六七八九十])[:：、.．]"
)
_APART = re.compile(r"\S(?: \S){1,30}")
_APART_ON = re.compile(r"\S(?: \S){0,30}")
"""A label typed with blanks between its signs (产 出 指 标), and how it goes on."""
_OVERLAP = 0.6
_NOT_FIRST = frozenset("，。、；：！？）》”’％%,.;:!?)]}·~～〉】』」")
"""No line begins with these: one stays with the character before it."""
_NOT_LAST = frozenset("（《“‘(【『「-")
"""No line ends with these."""


def in_lines(signs: Iterable[Sign]) -> list[list[Sign]]:
    """Return characters by line from the top, in a line from the left; what is printed twice counts once."""
    lines: list[list[Sign]] = []
    signs = list(signs)
    for sign in sorted((sign for sign in signs if not sign.text.isspace()), key=lambda one: one.middle):
        near = next((line for line in reversed(lines[-2:]) if _on_line(sign, line)), None)
        if near is None:
            lines.append([sign])
        else:
            near.append(sign)
    for blank in (sign for sign in signs if sign.text.isspace()):
        around = next((line for line in lines if _is_inside(blank, line)), None)
        if around is not None:
            around.append(blank)
    return [_once(sorted(line, key=lambda one: one.left)) for line in lines]


def line_text(line: Sequence[Sign]) -> str:
    """Return the text of a line; where there is a gap, blanks."""
    height = max(sign.bottom - sign.top for sign in line)
    text = line[0].text
    for one, other in pairwise(line):
        gap = other.left - one.right
        if gap > _GAP * height:
            text += "    "
        elif gap > _SPACE * height and not (_is_wide(one.text) and _is_wide(other.text)):
            text += " "
        text += other.text
    return text


def room_behind(line: Sequence[Sign], width: float) -> float:
    """Return what a line leaves free of a cell of a width, in points."""
    return width - _PADDING - (line[-1].right - line[0].left)


def cell_text(lines: Sequence[Sequence[Sign]], width: float) -> str:
    """Return the text of a cell.

    A line goes on in the next where the next one's first word had no room in it. Where it had room, a new
    line was begun only after the end of a sentence, before a number, or where the line is very short: words
    are broken early, too.

    Args:
        lines: its characters by line.
        width: how wide the cell is, in points.
    """
    text = ""
    for number, line in enumerate(lines):
        shown = line_text(line)
        if number:
            room = room_behind(lines[number - 1], width)
            begun = text[-1:] in _ENDED or _BEGUN.match(shown) or room > _SHORT * (width - _PADDING)
            if first_word(line) < room and begun and text[-1:] not in _NOT_LAST:
                text += "\n"
            elif _are_apart(text, shown):
                text += " "
        text += shown
    return text.strip()


def _are_apart(text: str, further: str) -> bool:
    """Whether a blank stood where a line broke: between words, or the signs of a label typed with blanks."""
    words = _is_letter(text[-1:]) and _is_letter(further[:1])
    return words or bool(_APART.fullmatch(text) and _APART_ON.fullmatch(further))


def _is_inside(blank: Sign, line: Sequence[Sign]) -> bool:
    """Whether a blank stands between a line's first and last characters: those around it say nothing."""
    left, right = min(sign.left for sign in line), max(sign.right for sign in line)
    return _on_line(blank, line) and left < blank.centre < right


def _on_line(sign: Sign, line: Sequence[Sign]) -> bool:
    heights = (sign.bottom - sign.top, line[0].bottom - line[0].top)
    # Signs such as - and 一 are flat: their own height says little.
    if min(heights) < max(heights) / 2:
        return min(sign.bottom, line[0].bottom) - max(sign.top, line[0].top) > min(heights) / 2
    return abs(sign.middle - line[0].middle) <= _SAME_LINE * min(heights)


def _once(line: list[Sign]) -> list[Sign]:
    """Leave out a character that is printed once more at its own place, to look bold."""
    kept: list[Sign] = []
    for sign in line:
        twice = any(
            other.text == sign.text
            and min(other.right, sign.right) - max(other.left, sign.left)
            > _OVERLAP * (sign.right - sign.left)
            and sign.right > sign.left
            for other in kept[-2:]
        )
        if not twice:
            kept.append(sign)
    return kept


def first_word(line: Sequence[Sign]) -> float:
    """The width of what has to stay together at a line's start."""
    last = line[0]
    for sign in line[1:]:
        narrow = not _is_wide(last.text) and not _is_wide(sign.text)
        together = narrow or sign.text in _NOT_FIRST or last.text in _NOT_LAST
        if not together or sign.left - last.right > (last.bottom - last.top):
            break
        last = sign
    return last.right - line[0].left


def _is_wide(text: str) -> bool:
    return unicodedata.east_asian_width(text[:1] or "a") in "WF"


def _is_letter(text: str) -> bool:
    return text.isascii() and text.isalpha()
