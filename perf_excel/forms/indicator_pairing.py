"""Two forms of one unit and year (申报表, 自评表) held together: which row is which, which values agree."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from perf_excel.forms.measure import Day, Measure, comparable
from perf_excel.forms.model import Indicator
from perf_excel.forms.text import plain

_MARKS = re.compile(r"[“”\"'‘’《》()\[\]【】〔〕、,，。.;；:：]")
_LEAD = re.compile(
    r"^(?:其中|资金来源|资金结构|小计|合计)?[:：]?(?:[(（]?[\d一二三四五六七八九十]{1,2}[)）、.．])?(?:其中[:：]?)?"
)
_ALIKE, _ALIKE_WITH_TARGET = 0.6, 0.4
_PART = 4
"""A name of so many characters within another says that it is the same."""

Agreement = Literal["same", "sign", "unit", "other"]


class Pairs(NamedTuple):
    """Rows of one list by those of another: the same by name, and those that look renamed."""

    same: dict[int, int]
    renamed: dict[int, int]


def name_of(text: str) -> str:
    """Return a name for comparing: without white space, quotation marks, brackets and full width."""
    return _MARKS.sub("", plain(text))


def source_name(item: str) -> str:
    """Return the name of a source of money: （1）财政性资金 and 其中：财政性资金 are 财政性资金."""
    return name_of(_LEAD.sub("", plain(item)))


def pair(ours: Sequence[Indicator], theirs: Sequence[Indicator]) -> Pairs:
    """Pair indicators of one form with those of another: index in ``ours`` → index in ``theirs``.

    First those of the same name under the same second level, then those of the same name; what is left is
    paired as renamed where the names are much alike, or somewhat alike with the same target.
    """
    same: dict[int, int] = {}
    free = {index: row for index, row in enumerate(theirs) if row.level3}
    for known_by in (_with_level, _name):
        waiting: dict[tuple[str, ...], deque[int]] = {}
        for index, row in free.items():
            waiting.setdefault(known_by(row), deque()).append(index)
        for number, row in enumerate(ours):
            if number not in same and row.level3 and (fit := waiting.get(known_by(row))):
                same[number] = fit.popleft()
                del free[same[number]]
    left = {number: row for number, row in enumerate(ours) if row.level3 and number not in same}
    renamed: dict[int, int] = {}
    for _, number, index in sorted(_likely(left, free), reverse=True):
        if -number not in renamed and -index in free:
            renamed[-number] = -index
            del free[-index]
    return Pairs(same, renamed)


def agreement(one: Measure, other: Measure) -> Agreement:
    """Return whether two targets are the same, or differ in their sign or a missing unit only."""
    if one.number is None or other.number is None:
        dated = one.day and other.day
        same = _last(one.day) == _last(other.day) if dated else name_of(one.text) == name_of(other.text)
        return "same" if same else "other"
    scaled = comparable(one, other)
    if scaled is None or scaled[0] != scaled[1]:
        return "other"
    if bool(one.unit) != bool(other.unit):
        return "unit"
    # 95% demands what =95% does; ≥95% allows more.
    return "same" if (one.sign or "=") == (other.sign or "=") else "sign"


def _last(day: Day | None) -> tuple[int, int, int] | None:
    """A day that there is: the end of June, read as its 31st, is the 30th."""
    return day and (day.year, day.month, min(day.day, monthrange(day.year or 2000, day.month)[1]))


def shares_words(text: str, others: Sequence[str]) -> bool:
    """Return whether a text has four characters in a row (a shorter one all of them) with one of others."""
    wanted = name_of(text)
    least = min(_PART, len(wanted))
    return any(
        SequenceMatcher(None, wanted, name_of(other), autojunk=False).find_longest_match().size >= least
        for other in others
    )


def _with_level(row: Indicator) -> tuple[str, ...]:
    return name_of(row.level3), name_of(row.level2)


def _name(row: Indicator) -> tuple[str, ...]:
    return (name_of(row.level3),)


def _likely(
    ours: Mapping[int, Indicator], theirs: Mapping[int, Indicator]
) -> Iterator[tuple[float, int, int]]:
    """Yield how much alike rows are by their names, with their numbers, less than nought; no unlike ones."""
    names = {number: name_of(row.level3) for number, row in ours.items()}
    for index, other in theirs.items():
        # What is known of the second text serves for all the first ones.
        there = name_of(other.level3)
        matcher = SequenceMatcher(None, "", there, autojunk=False)
        for number, name in names.items():
            matcher.set_seq1(name)
            within = min(len(name), len(there)) >= _PART and (name in there or there in name)
            if points := 1.0 if within else _likeness(matcher, ours[number], other):
                yield points, -number, -index


def _likeness(matcher: SequenceMatcher[str], row: Indicator, other: Indicator) -> float:
    # Most names have hardly a sign in common, which is seen at once.
    if matcher.real_quick_ratio() < _ALIKE_WITH_TARGET or matcher.quick_ratio() < _ALIKE_WITH_TARGET:
        return 0.0
    ratio = matcher.ratio()
    least = (
        _ALIKE_WITH_TARGET if row.target.text and agreement(row.target, other.target) == "same" else _ALIKE
    )
    return ratio if ratio >= least else 0.0
