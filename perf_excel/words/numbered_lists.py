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
    items = _items(told, at)
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
    if not firsts:
        return None
    readings = tuple(dict.fromkeys((tuple(firsts), tuple(every))))
    return Group(total, readings, len(readings) == 1, open=False)


def _items(told: Told, at: int) -> list[int]:
    """Return the numbered sentences that follow a sentence, up to the next section."""
    section = told.sentences[at].section
    found: list[int] = []
    for one in told.sentences[at + 1 : at + 1 + MOST_SENTENCES]:
        if one.section != section:
            break
        if one.numbered:
            found.append(one.at)
    return found


def numbered_on(told: Told, total: Saying, level: list[Saying]) -> Group | None:
    """Return parts whose numbering begins in the sentence of their whole: （一）…, then （二）…."""
    text = total.sentence.paragraph.text
    found = _FIRST.search(text, total.figure.end, level[0].figure.start)
    style = _NUMERAL.sub("", found["numbering"]) if found else ""
    if not style:
        return None
    parts, several = [level[0]], len(level) > 1
    for one in told.sentences[total.sentence.at + 1 : total.sentence.at + 1 + MOST_SENTENCES]:
        numbering = NUMBERING.match(one.text)
        own = _NUMERAL.sub("", numbering[0]) if numbering else ""
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
