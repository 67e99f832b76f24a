"""Wholes and their parts (其中、合计): which amounts are parts of which, in every likely reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC, core_of, label_of
from perf_excel.words.told import Told

_AMONG = re.compile(
    r"^：|其中|包括|包含|分别[为是]|分为|以下方面|具体(?:为|是|用于|情况)|主要(?:用于|是|为)|构成：|组成：|明细：|如下"
)
_OF_SENTENCE = re.compile(r"(?:[^，。；：]{0,4})?其中")
_TOTAL = re.compile(
    r"合计|共计|总计|总共|总额|总量|总得分|总分|总投资|总投入|(?:^|[，；。])(?:全年|年度|累计|以上|上述)?共|小计"
    r"|(?:[两三四五六七八九十]|\d)(?:个|项|类|家|者|批|部分|笔)[^，；。]{0,8}?共|(?:以上|上述)[^，；。]{0,10}?共"
)
_OPEN = re.compile(r"^[^，；。0-9]{0,12}(?:等|……|…)")
_LEVEL = re.compile(r"[个项]?(?P<level>[一二三四])级")
_MOST_SENTENCES = 40
_ALL, _BENT = 100, Decimal("0.5")
"""Shares of all parts in percent, and how much rounding leaves of it."""
_MOST_READINGS = 24


@dataclass(frozen=True, slots=True)
class Group:
    """A whole, and each likely reading of which amounts are its parts, the plainest first.

    ``plain`` says that the first is certain to be meant; ``open`` that the list says itself it is not all.
    """

    total: Saying
    readings: tuple[tuple[Saying, ...], ...]
    certain: bool
    open: bool
    last: bool = False
    """Whether the whole stands behind its parts."""


def groups(told: Told) -> Iterator[Group]:
    """Yield every whole with parts."""
    for sentence in told.sentences:
        here = [one for one in told.by_sentence.get(sentence.at, ()) if _counts(one)]
        opened: set[int] = set()
        if here and _begins_among(here[0]) and (group := _across(told, here)):
            yield group
        for place, total in enumerate(here):
            if group := _inline(total, here[place + 1 :]):
                opened.add(total.at)
                yield group
        if here and (group := _total_last(told, here)) and group.total.at not in opened:
            yield group
        if group := _numbered(told, sentence.at):
            yield group
    yield from _by_share(told)


def _counts(saying: Saying) -> bool:
    return saying.role == "amount" and not saying.figure.bound and saying.figure.kind != "percent"


def like(one: Saying, other: Saying) -> bool:
    """Whether two amounts are of one kind: money, points, or things counted by the same word."""
    alike = one.figure.kind == other.figure.kind and one.depth >= 0
    if one.figure.kind != "count":
        return alike
    levels = {_level(one), _level(other)} - {""}
    return alike and one.figure.unit == other.figure.unit and len(levels) <= 1


def _level(saying: Saying) -> str:
    found = _LEVEL.search(saying.label) or _LEVEL.match(saying.sentence.paragraph.text, saying.figure.end)
    return found["level"] if found else ""


def of_one_level(parts: Iterable[Saying]) -> bool:
    """Whether parts are none of a tree: 一级指标3个，二级指标9个 do not add up to anything."""
    return len({level for one in parts if (level := _level(one))}) <= 1


def _begins_among(first: Saying) -> bool:
    text = first.sentence.paragraph.text
    return _OF_SENTENCE.match(text, first.sentence.start, first.figure.start) is not None


def _inline(total: Saying, behind: list[Saying]) -> Group | None:
    """Return the parts that follow a whole in its sentence: 总计21.8万元，其中…；in brackets too."""
    if not behind:
        return None
    text = total.sentence.paragraph.text
    first = next((one for one in behind if like(total, one)), None)
    if first is None:
        return None
    between = text[total.figure.end : first.figure.start]
    bracket = between.startswith("（")
    if bracket:
        inner = [one for one in behind if one.depth > total.depth]
        stop = text.find("）", total.figure.end)
        parts = [one for one in inner if like(total, one) and one.depth == total.depth + 1]
        parts = parts[: next((at for at, one in enumerate(parts) if _left(total, one)), len(parts))]
        if not parts or first is not parts[0]:
            return None
        return Group(total, (tuple(parts),), len(parts) > 1, "等" in text[parts[-1].figure.end : stop])
    found = list(_AMONG.finditer(between))
    if (
        not found
        or first.depth != total.depth
        or "。" in between
        or _closed_before(between, found[0].start())
    ):
        return None
    level = [one for one in behind if one.depth == total.depth and like(total, one)]
    return _readings(total, level)


def _closed_before(between: str, at: int) -> bool:
    return "；" in between[:at]


def _left(total: Saying, one: Saying) -> bool:
    """Whether the bracket behind a whole has been left before an amount."""
    text = total.sentence.paragraph.text[total.figure.end : one.figure.start]
    depth = 0
    for sign in text:
        depth += (sign == "（") - (sign == "）")
        if depth <= 0:
            return True
    return False


def _readings(total: Saying, level: list[Saying]) -> Group | None:
    """Return a whole with the readings of a list whose items may have parts of their own (nested 其中)."""
    text = total.sentence.paragraph.text
    ends = [len(level)]
    nested: list[int] = []
    previous = total
    for place, one in enumerate(level):
        between = text[previous.figure.end : one.figure.start]
        if place and "；" in between:
            ends.append(place)
        if place and _AMONG.search(between.rpartition("；")[2]):
            nested.append(place)
        previous = one
    seen: dict[tuple[Saying, ...], None] = {}
    for end in ends:
        inside = [place for place in nested if place < end]
        options = [_extents(text, level, place, end) for place in inside]
        for extents in list(product(*options))[:_MOST_READINGS]:
            dropped = {at for place, to in zip(inside, extents, strict=True) for at in range(place, to)}
            parts = tuple(one for at, one in enumerate(level[:end]) if at not in dropped)
            if parts:
                seen.setdefault(parts)
    simple = not nested and (len(ends) == 1 or _parted_by_semicolons(text, level))
    last = level[-1]
    tail = text[last.figure.end : last.sentence.end]
    is_open = bool(_OPEN.match(tail)) or any(
        _OPEN.match(text, one.figure.end, one.sentence.end) for one in level
    )
    return Group(total, tuple(seen), simple, is_open)


def _parted_by_semicolons(text: str, level: list[Saying]) -> bool:
    pairs = pairwise(level)
    return all("；" in text[one.figure.end : other.figure.start] for one, other in pairs)


def _extents(text: str, level: list[Saying], place: int, end: int) -> list[int]:
    """Return up to where the parts of a nested list may reach: the next semicolon, else anywhere."""
    for at in range(place + 1, end):
        if "；" in text[level[at - 1].figure.end : level[at].figure.start]:
            return [at, *range(place + 1, at)]
    return list(range(end, place, -1))


def _across(told: Told, here: list[Saying]) -> Group | None:
    """Return the parts of a sentence that begins with 其中, of a whole in the sentence before."""
    at = here[0].sentence.at - 1
    if at < 0:
        return None
    before = [
        one for one in told.by_sentence.get(at, ()) if _counts(one) and like(one, here[0]) and not one.depth
    ]
    if not before:
        return None
    level = [one for one in here if not one.depth and like(before[-1], one)]
    added = sum((one.figure.value for one in level), Decimal(0))
    total = min(reversed(before), key=lambda one: abs(one.figure.value - added))
    group = _readings(total, level)
    if group is None:
        return None
    further = _following(told, here[0].sentence.at, total)
    longer = tuple((*level, *further[:end]) for end in range(len(further), 0, -1))
    certain = group.certain and not further
    return Group(total, (*group.readings, *longer), certain, group.open)


def _following(told: Told, at: int, total: Saying) -> list[Saying]:
    """Return the first amounts of the sentences that may go on with a list."""
    found: list[Saying] = []
    section = told.sentences[at].section
    for one in told.sentences[at + 1 : at + 1 + _MOST_SENTENCES]:
        if one.section != section:
            break
        here = [each for each in told.by_sentence.get(one.at, ()) if _counts(each) and like(total, each)]
        if here and not here[0].depth:
            found.append(here[0])
    return found


def _numbered(told: Told, at: int) -> Group | None:
    """Return a whole with its parts in numbered sentences: 预算22.80万元。其中：1. … 2. …."""
    sentence = told.sentences[at]
    items = _items(told, at)
    if not sentence.text.rstrip("，：").endswith(("其中", "如下", "包括", "分别为", "以下方面")) or not items:
        return None
    here = [one for one in told.by_sentence.get(at, ()) if _counts(one) and not one.depth]
    if not here and at:
        here = [one for one in told.by_sentence.get(at - 1, ()) if _counts(one) and not one.depth]
    if not here:
        return None
    total = here[-1] if len(here) == 1 else here[0]
    firsts: list[Saying] = []
    every: list[Saying] = []
    for item in items:
        own = [
            one
            for one in told.by_sentence.get(item, ())
            if _counts(one) and like(total, one) and not one.depth
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
    for one in told.sentences[at + 1 : at + 1 + _MOST_SENTENCES]:
        if one.section != section:
            break
        if one.numbered:
            found.append(one.at)
    return found


def _by_share(told: Told) -> Iterator[Group]:
    """Yield wholes whose parts say that they are (占基本支出81.45%), over sentences, when all are there."""
    shares: dict[tuple[int, str], dict[int, tuple[Saying, Saying]]] = {}
    for share in told.sayings:
        core = core_of(label_of(share.whole)) if share.role == "share" else ""
        part = told.host(share)[0] if core not in GENERIC else None
        if part is not None and part.money:
            shares.setdefault((share.sentence.section, core), {}).setdefault(part.at, (share, part))
    for (section, core), pairs in shares.items():
        whole = sum(share.figure.value for share, _ in pairs.values())
        parts = tuple(part for _, part in pairs.values())
        total = [one for one in told.by_core.get(core, ()) if one.sentence.section == section and one.money]
        if abs(whole - _ALL) <= _BENT and len(parts) > 1 and total and total[0] not in parts:
            yield Group(total[0], (parts,), certain=True, open=False)


def _total_last(told: Told, here: list[Saying]) -> Group | None:
    """Return a whole that stands behind its parts: A40万元；B2.75万元。共计3580.69万元."""
    total = next((one for one in here if _TOTAL.search(_clause(one)) and not one.depth), None)
    if total is None:
        return None
    before = [one for one in here if one.at < total.at and like(total, one) and not one.depth]
    if not before and total.sentence.at:
        at = total.sentence.at - 1
        earlier = told.by_sentence.get(at, ())
        before = [one for one in earlier if _counts(one) and like(total, one) and not one.depth]
        if told.sentences[at].section != total.sentence.section:
            return None
    if len(before) <= 1:
        return None
    readings = (tuple(before), *(tuple(before[start:]) for start in range(1, len(before) - 1)))
    return Group(total, readings, certain=True, open=False, last=True)


def _clause(saying: Saying) -> str:
    text = saying.sentence.paragraph.text
    start = max(saying.sentence.start, *(text.rfind(sign, 0, saying.figure.start) for sign in "，；。："))
    return text[start : saying.figure.start]
