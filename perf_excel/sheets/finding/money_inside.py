"""Labels and amounts that stand in one cell (年初预算数：25万元  执行率：86.18%)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perf_excel.forms.text import Folded, remembered
from perf_excel.sheets.amounts import NUMBER, SCALE
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.money_words import SOURCE

_UNIT = f"(?:{SCALE})?元|{SCALE}|[%％分]"
_PART = re.compile(
    r"(?<![^\s:：，,。；;、\d(（)）元])(?P<name>[^\s:：，,。；;、\d(（)）][^\s:：，,。；;\d]{1,23}?)(?=[-\s:：(（\d])"
    r"\s{0,9}(?P<behind>[:：]|[(（]|)\s{0,9}"
    rf"(?P<text>(?P<number>{NUMBER})\s{{0,9}}(?P<unit>{_UNIT})?|(?P<alone>(?:{SCALE})?元|[%％分]))"
    r"(?=[\s)），,；;。、（(]|$)"
)
_SPENT = re.compile("(?:全年|实际|已)?(?:执行|支出|使用)[数额]?")
_POINTS = re.compile("(?:自评)?(?:分值|得分)")
_MAY_NAME = re.compile(r"\d|[:：]")
_LONGEST = 60
"""A longer text is prose, unless amounts and their labels make up most of it."""
_LONGEST_LIST = 300
_MOST = 0.6
_FEWEST_LISTED = 2
"""So many sources with amounts are a list, where none of them names its unit: 中央1,716.00；省级284.00."""


class Part(NamedTuple):
    """A label within a cell, bare, the amount that it names, and what stands before and behind that."""

    name: str
    text: str
    frame: tuple[str, str]
    nested: bool = False
    """Whether it stands in brackets, as a part of the amount before them."""


@remembered
def parts(raw: str) -> tuple[Part, ...]:
    """Return what a cell says by itself; without a colon or brackets an amount must name its unit or source.

    Behind a colon the unit may stand alone, where the number is to be filled in: 年初预算数：    万元.
    """
    return tuple(_parts(raw))


def _parts(raw: str) -> Iterator[Part]:
    shown = Folded(raw)
    if len(shown.text) > _LONGEST_LIST or not _MAY_NAME.search(shown.text):
        return
    named = list(_PART.finditer(shown.text))
    sources = [one for one in named if SOURCE.fullmatch(bare(one["name"]))]
    listed = sources if len(sources) >= _FEWEST_LISTED else []
    found = [one for one in named if _names_its_amount(one) or one in listed]
    covered = sum(one.end() - one.start() for one in found)
    if len(shown.text) > _LONGEST and covered < _MOST * len(shown.text):
        return
    for one in found:
        before, text, behind = shown.cut(*one.span("text"))
        opened = sum((sign in "(（") - (sign in ")）") for sign in shown.text[: one.start()])
        yield Part(bare(one["name"]), text, (before, behind), opened > 0)


def _names_its_amount(found: re.Match[str]) -> bool:
    if _SPENT.fullmatch(found["name"]) and found.string[: found.start()].endswith(("(", "（")):
        return True  # 中央资金：100（执行95）
    if found["unit"] == "分" and not found["behind"]:
        return _POINTS.fullmatch(found["name"]) is not None
    return found["behind"] in (":", "：") or (found["unit"] or "").endswith(("元", "%", "％"))
