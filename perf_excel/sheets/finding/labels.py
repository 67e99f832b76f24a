"""Labels (表头词汇) compared with the words that they may be: column_words, money_words and the others.

A label is compared without white space, full-width signs and brackets: 年度指标值（A） is 年度指标值.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from perf_excel.forms.text import plain, remembered

LONGEST = 1_000
"""Of a longer text the rest is passed over where labels are looked for: it is prose."""
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]{0,200}[)\]】〕]")
OF_YEAR = re.compile(r"20\d\d年?度?")
"""The year in a label: 2023年目标值 is 目标值."""
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.])(?=[^\d])")
"""What numbers the parts of a form in front of their labels: 二、年度绩效目标."""
_LETTERS = re.compile(r"(?<=[^A-Z/÷①-⑳])(?:[A-D](?:[/÷][A-D])?|[①-⑳](?:=[①-⑳A-D+\-*/÷×]{1,40})?)$")
"""The letters and numbers by which a head explains its arithmetic: 全年预算数A, 执行率B/A, 总额④=①+②."""


class Roles:
    """The spellings of a block's columns, the first before the others; each label is looked up once.

    Args:
        spellings: role and pattern, first match first.
        own: roles by bare label, which go before those.
    """

    def __init__(self, spellings: tuple[tuple[str, str], ...], own: Mapping[str, str]) -> None:
        self._own = own
        self._names = [name for name, _ in spellings]
        self._joined = _in_one(spellings)
        self.of = remembered(self._of)

    def _of(self, label: str) -> str | None:
        """Return the role that a label names, None for none."""
        text = without_arithmetic(bare(label))
        if "20" in text:
            text = OF_YEAR.sub("", text) or text
        if not text or text in self._own:
            return self._own.get(text)
        if text.isascii():
            return None  # every spelling has a Chinese word in it, and every second cell is a number
        found = self._joined.fullmatch(text)
        return self._names[found.lastindex - 1] if found and found.lastindex else None


@lru_cache(maxsize=8)
def _in_one(spellings: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """One pattern for all: it is tried in a fraction of the time that some forty take. None has groups."""
    return re.compile("|".join(f"({words})" for _, words in spellings))


def any_of(*spellings: re.Pattern[str]) -> re.Pattern[str]:
    """Return one pattern that matches what any of some match: it is tried in a fraction of their time."""
    return re.compile("|".join(f"(?:{one.pattern})" for one in spellings))


def without_arithmetic(label: str) -> str:
    """Return a bare label without the letters or numbers by which it explains its arithmetic."""
    return _LETTERS.sub("", label)


@remembered
def unnumbered(label: str) -> str:
    """Return a bare label without the number of its part: 二、年度绩效目标 is 年度绩效目标."""
    found = _NUMBERED.match(label)
    return label[found.end() :] if found else label


@remembered
def bare(text: str) -> str:
    """Return a label without white space, brackets and what is in them, and end punctuation."""
    text = plain(text[:LONGEST])
    return (_BRACKETS.sub("", text) or text).strip(":：*＊")


def roles(base: tuple[tuple[str, str], ...], more: Mapping[str, tuple[str, ...]]) -> Roles:
    """Put together the spellings of a block's columns; a rule set's own (``labels``) come first.

    Args:
        base: INDICATOR or BUDGET.
        more: further labels by role, in plain words.
    """
    known = {name for name, _ in base}
    own: dict[str, str] = {}
    for name, words in more.items():
        for word in words if name in known else ():
            own.setdefault(bare(word), name)
    return Roles(base, {word: name for word, name in own.items() if word})


def role_of(label: str, among: Roles) -> str | None:
    """Return the role that a label names, None for none."""
    return among.of(label[:LONGEST])
