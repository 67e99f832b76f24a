"""A text in paragraphs and sentences (段落与句子), folded for reading, with the way back to the typed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from perf_excel.forms.text import folded

NUMERALS = "一二三四五六七八九十"
_PLAIN = {"(": "（", ")": "）", ";": "；", ":": "：", "?": "？", "!": "！", "[": "〔", "]": "〕"}
"""Signs of a text typed with half-width punctuation, as they stand in all others."""
_KEPT = frozenset("，。；：！？（）、“”‘’《》〔〕【】…—")
_ENDS = re.compile(r"[。！？]+[”’）]?")
NUMBERING = re.compile(
    rf"(?:第[{NUMERALS}]{{1,3}}部分|[{NUMERALS}]{{1,3}}、|（[{NUMERALS}]{{1,3}}）|（?\d{{1,2}}[）、.](?!\d)"
    r"|[①-⑳]|-(?=[（\d]))+"
)
"""The number of a section or list item at the beginning of a sentence: 一、 （二） 3. （4） 第三部分."""
_SECTION = re.compile(rf"-?(?:第[{NUMERALS}]{{1,3}}部分|[{NUMERALS}]{{1,3}}、|（[{NUMERALS}]{{1,3}}）)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: as typed (``raw``), folded without blanks (``text``), where each sign stands (``places``).

    A blank stays where it parts two numbers, as in a row of a table that was copied as text.
    """

    number: int
    raw: str
    text: str
    places: tuple[int, ...]
    name: str = ""
    """Where it stands, if it is none of the text: 表格2第3行."""

    def folded_at(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the typed text begins and ends in the folded one."""
        return bisect_left(self.places, start), bisect_left(self.places, end)

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the folded text begins and ends in the typed one."""
        return self.places[start], self.places[max(start, end - 1)] + 1

    @property
    def tabular(self) -> bool:
        """Whether it is a row of numbers without sentences."""
        return _TABULAR.search(self.text) is not None


_TABULAR = re.compile(r"\d \d|%\d[\d.]*%")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its paragraph, where it stands in it, its number there, and the section it belongs to."""

    at: int
    """Its number in the whole text, from 0."""
    paragraph: Paragraph
    start: int
    end: int
    number: int
    section: int
    """Number of the section (一、 or （一）) it stands in, from 0."""
    numbered: bool
    """Whether it begins as an item of a list."""

    @property
    def text(self) -> str:
        """The sentence, folded."""
        return self.paragraph.text[self.start : self.end]

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return self.paragraph.name or f"第{self.paragraph.number}段第{self.number}句"


def paragraph(number: int, raw: str, name: str = "") -> Paragraph:
    """Return a paragraph, folded for reading."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(raw):
        plain = sign if sign in _KEPT else folded(sign)
        if len(plain) != 1:
            plain = sign if plain else ""
        if not plain or plain.isspace():
            if plain and _between_numbers(raw, place) and signs and signs[-1] != " ":
                signs.append(" ")
                places.append(place)
            continue
        if plain == "," and not _thousands(raw, place):
            plain = "，"
        if plain == "、" and raw[place - 1 : place] == "收" and raw[place + 1 : place + 2] == "支":
            continue  # 收、支总计 is one label
        signs.append(_PLAIN.get(plain, plain))
        places.append(place)
    return Paragraph(number, raw, "".join(signs), tuple(places), name)


def _between_numbers(raw: str, place: int) -> bool:
    before = raw[:place].rstrip()[-1:] if place < _NEAR else raw[place - _NEAR : place].rstrip()[-1:]
    behind = raw[place + 1 : place + _NEAR].lstrip()[:1]
    return before.isdigit() and behind.isdigit()


_NEAR = 12


def _thousands(raw: str, place: int) -> bool:
    """Whether a comma parts thousands: 1,812.92."""
    behind = raw[place + 1 : place + 5]
    return (
        raw[max(0, place - 1) : place].isdigit() and behind[:3].isdigit() and len(behind[:3]) == 3
        and not behind[3:4].isdigit()
    )  # fmt: skip


def sentences(paragraphs: Iterable[Paragraph]) -> Iterator[Sentence]:
    """Yield the sentences of a text in order; rows of numbers are none."""
    at = section = 0
    for one in paragraphs:
        if one.tabular:
            section += 1
            continue
        start, number = 0, 0
        for end in (*(found.end() for found in _ENDS.finditer(one.text)), len(one.text)):
            if end <= start:
                continue
            number += 1
            section += bool(_SECTION.match(one.text, start))
            numbered = bool(NUMBERING.match(one.text, start))
            yield Sentence(at, one, start, end, number, section, numbered)
            at, start = at + 1, end
