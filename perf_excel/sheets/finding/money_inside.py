"""Labels and amounts that stand in one cell (年初预算数：25万元  执行率：86.18%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perf_excel.forms.text import Folded
from perf_excel.sheets.amounts import NUMBER, SCALE
from perf_excel.sheets.finding.labels import bare

_PART = re.compile(
    rf"(?P<name>[^\s:：，,。；;、\d(（)）][^\s:：，,。；;\d]{{1,23}}?)\s{{0,9}}(?P<behind>[:：]|[(（]|)\s{{0,9}}"
    rf"(?P<text>{NUMBER}\s{{0,9}}(?P<unit>(?:{SCALE})?元|{SCALE}|[%％分])?)(?=[\s)），,；;。（(]|$)"
)
_LONGEST = 60
"""A longer text is prose."""


class Part(NamedTuple):
    """A label within a cell, bare, the amount that it names, and what stands before and behind that."""

    name: str
    text: str
    frame: tuple[str, str]


def parts(raw: str) -> Iterator[Part]:
    """Yield what a cell says by itself; without a colon or brackets an amount must name its unit."""
    shown = Folded(raw)
    if len(shown.text) > _LONGEST or not any(character.isdecimal() for character in shown.text):
        return
    for found in _PART.finditer(shown.text):
        named = found["behind"] in (":", "：")
        if named or (found["unit"] or "").endswith("元"):
            before, text, behind = shown.cut(*found.span("text"))
            yield Part(bare(found["name"]), text, (before, behind))
