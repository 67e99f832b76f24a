"""Lines of text around a table (表上表下的文字): its title and unit above it, its closing lines below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_ABOVE = 8
"""So many lines stand above a table at most: 附件、标题、年度、填报单位、金额单位."""
_LONGEST = 60
"""A longer line is prose, and no title."""
_PROSE = re.compile(r"[。；;]$")
_CLOSING = re.compile(
    r"[（(]?(?:注|备注|说明|填表|填报(?!单位|部门)|审核|复核|制表|经办|负责|单位负责|部门负责|项目负责|分管|主管领导"
    r"|联系|评价组|盖章|总分|自评得分|自评总分|合计|总计|\d{1,2}[.、．)）])"
)
_PAIRS = re.compile("[:：]")


class Line(NamedTuple):
    """A line of text outside of tables."""

    text: str
    new_page: bool = False
    paragraph: object = None
    """In a Word document the paragraph of which it is all."""


def above(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that belong to the table below them, from the top: none that is prose or far away."""
    found: list[Line] = []
    for line in reversed(lines):
        if line.text:
            if len(found) == _ABOVE or len(line.text) > _LONGEST or _PROSE.search(line.text):
                break
            found.append(line)
        if line.new_page:
            break
    return found[::-1]


def split(lines: Sequence[Line], *, last: bool) -> tuple[list[str], list[Line]]:
    """Part the lines between two tables: those that close the upper one, and those above the lower one.

    Args:
        lines: the lines behind a table, down to the next or to the document's end.
        last: whether no table follows.
    """
    at = 0
    for index, line in enumerate(lines):
        if line.new_page or (line.text and not is_closing(line.text)):
            break
        at = index + 1
    else:
        at = len(lines)
    closing = [line.text for line in lines[:at] if line.text]
    return closing, [] if last else list(lines[at:])


def is_closing(text: str) -> bool:
    """Whether a line under a table belongs to it: a remark, the total, people who sign."""
    return bool(_CLOSING.match(text)) or len(_PAIRS.findall(text)) > 1
