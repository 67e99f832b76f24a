"""Wholes with numbered parts (逐条列出): 预算22.80万元。其中：1. … 2. …, or 其中：（一）…。（二）…."""

from __future__ import annotations

import re

from perf_excel.words.prose import NUMBERING, NUMERALS
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import Group, counts, like

_NUMERAL = re.compile(rf"[{NUMERALS}\d]{{1,3}}")
_FIRST = re.compile(r"[：，](?P<numbering>（一）|（1）|1[.、．]|一是)")
_FIRST_NUMERAL = re.compile(r"[一1]")
MOST_SENTENCES = 40


def numbered(told: Told, at: int) -> Group | None:
    """Return a whole with its parts in numbered sentences: 预算22.80万元。其中：1. … 2. …."""
    sentence = told.sentences[at]
    items = items_behind(told, at) or _paragraphs(told, at)
    if not sentence.text.rstrip("，：").endswith(("其中", "如下", "包括", "分别为", "以下方面")) or not items:
        return None
    here = [one for one in told.by_sentence.get(at, ()) if counts(one) and not one.depth]
    if not here and at:
        here = [one for one in told.by_sentence.get(at - 1, ()) if counts(one) and not one.depth]
    if not here:
        return None
    total = here[-1] if len(here) == 1 else here[0]
    firsts: list[Saying] = []
    every: list[Saying] = []
    for item in items:
        own = [
            one
            for one in told.by_sentence.get(item, ())
            if counts(one) and like(total, one) and not one.depth
        ]
        firsts += own[:1]
        every += own
    if not firsts or total.core in {one.core for one in firsts}:  # what is said of each item again
        return None
    readings = tuple(dict.fromkeys((tuple(firsts), tuple(every))))
    return Group(total, readings, len(readings) == 1 and told.sentences[items[0]].numbered, open=False)


def _paragraphs(told: Told, at: int) -> list[int]:
    """Return the paragraphs with one amount each that follow a sentence which ends on 其中：."""
    found: list[int] = []
    for one in told.sentences[at + 1 : at + 1 + MOST_SENTENCES]:
        here = [each for each in told.by_sentence.get(one.at, ()) if counts(each) and not each.depth]
        if one.number != 1 or one.numbered or len(here) != 1:
            break
        found.append(one.at)
    return found


def style_of(text: str) -> str:
    """Return how a sentence is numbered, without the number: （）, 、 or a dot; empty where it is not."""
    numbering = NUMBERING.match(text)
    return _NUMERAL.sub("", numbering[0]) if numbering else ""


def items_behind(told: Told, at: int) -> list[int]:
    """Return the sentences of one numbering that begins right behind a sentence."""
    behind = told.sentences[at + 1 : at + 1 + MOST_SENTENCES]
    style = style_of(behind[0].text) if behind else ""
    found: list[int] = []
    for one in behind if style else ():
        own = style_of(one.text)
        if own and own != style:
            break
        if own:
            found.append(one.at)
    return found


def numbered_on(told: Told, total: Saying, level: list[Saying]) -> Group | None:
    """Return parts whose numbering begins in the sentence of their whole: （一）…, then （二）…."""
    if not level:
        return None
    first = level[0]
    here = first.sentence == total.sentence
    floor = total.figure.end if here else first.sentence.start
    found = _FIRST.search(first.sentence.paragraph.text, floor, first.figure.start)
    style = _NUMERAL.sub("", found["numbering"]) if found else ""
    if not style:
        return None
    parts, several = [level[0]], len(level) > 1
    for one in told.sentences[first.sentence.at + 1 : first.sentence.at + 1 + MOST_SENTENCES]:
        own = style_of(one.text)
        if own and own != style:
            break
        here = [each for each in told.by_sentence.get(one.at, ()) if counts(each) and not each.depth]
        if own == style and not _FIRST_NUMERAL.search(one.text[: len(own) + 1]):
            if not here or not like(total, here[0]):
                return None
            parts.append(here[0])
            several = several or len([each for each in here if like(total, each)]) > 1
        elif own == style:
            break
    return Group(total, (tuple(parts),), certain=not several, open=False) if len(parts) > 1 else None
