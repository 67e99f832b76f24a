"""A figure of a budget table (表上的一个数): its value, and how finely it was printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from perf_excel.forms.text import plain
from perf_excel.sheets.amounts import yuan_of
from perf_excel.words.intervals import NOUGHT, Interval, rounded

_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,16})(?:\.\d{1,8})?")
_BRACKETED = re.compile(r"\((-?[\d,.]{1,30})\)")
_NOTHING = re.compile(r"[-—–―/\\*＊无]{0,8}")
_TRAILING = re.compile(r"(?:亿元|万元|千元|元)$")
"""A unit of a figure's own."""


class Figure(NamedTuple):
    """A number as printed, in the unit of its table."""

    value: Decimal
    step: Decimal
    """One in its last printed place."""

    @property
    def interval(self) -> Interval:
        """What it may have been before it was rounded; nought is nought."""
        return rounded(self.value, self.step) if self.value else NOUGHT

    def times(self, factor: Decimal) -> Figure:
        """Return it in another unit."""
        return Figure(self.value * factor, self.step * factor)


def figure(text: str, yuan: Decimal | None = None) -> Figure | None:
    """Read a figure; None for words, and for what stands for nothing (—, 无).

    Args:
        text: what a cell shows.
        yuan: how many 元 one number of its table is: a figure with a unit of its own (12元) is put into that
            of the table; None takes it to be in that already.
    """
    text = plain(text).replace("，", ",")
    if own := _TRAILING.search(text):
        text = text[: own.start()]
    if bracketed := _BRACKETED.fullmatch(text):
        text = f"-{bracketed[1].removeprefix('-')}"
    if not _NUMBER.fullmatch(text):
        return None
    digits = text.replace(",", "")
    found = Figure(Decimal(digits), Decimal(1).scaleb(-len(digits.partition(".")[2])))
    return found.times(yuan_of(own[0]) / yuan) if own and yuan else found


def is_nothing(text: str) -> bool:
    """Whether a cell where a figure may stand says that there is none."""
    return _NOTHING.fullmatch(plain(text)) is not None


def total(figures: Iterable[Figure | None]) -> Figure | None:
    """Return the sum of figures, as finely printed as the coarsest; None where there are none."""
    there = [one for one in figures if one is not None]
    if not there:
        return None
    return Figure(sum((one.value for one in there), Decimal(0)), max(one.step for one in there))


def room(figures: Iterable[Figure | None]) -> Interval:
    """Return where the sum of figures lies, each before it was rounded."""
    held = NOUGHT
    for one in figures:
        if one is not None:
            held = held.plus(one.interval)
    return held
