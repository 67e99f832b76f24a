"""A list and its readings (其中): which of the amounts that follow a whole are its parts."""

from __future__ import annotations

import re
from itertools import pairwise, product

from perf_excel.words.sayings import Saying
from perf_excel.words.wholes import AMONG, Group

_OPEN = re.compile(r"^[^，；。0-9]{0,12}(?:等|……|…)")
_BARE = re.compile(r"(?:已|实际|累计|共)*(?:支付|支出|执行|使用|完成|拨付|到位|得分?|扣分?)(?:为|了|共|：)?")
"""A label that names no part, but what became of the one in front of it."""
_MOST_READINGS = 24


def readings_of(total: Saying, level: list[Saying]) -> Group | None:
    """Return a whole with the readings of a list whose items may have parts of their own (nested 其中)."""
    text = total.sentence.paragraph.text
    ends = [len(level)]
    nested: list[int] = []
    previous = total
    for place, one in enumerate(level):
        between = text[previous.figure.end : one.figure.start]
        if place and "；" in between:
            ends.append(place)
        if place and AMONG.search(between.rpartition("；")[2]):
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
    if len(ends) > 1 and _in_one_breath(text, level[: ends[1]]):
        # 三级指标13个，其中产出7个、效益6个；达到目标的12个: the list is over at the semicolon.
        seen = dict.fromkeys((tuple(level[: ends[1]]), *seen))
        simple = True
    if named := _named_only(level):
        seen = dict.fromkeys((named, tuple(one for one in level if one not in named), *seen))
        simple = True
    last = level[-1]
    tail = text[last.figure.end : last.sentence.end]
    is_open = bool(_OPEN.match(tail)) or any(
        _OPEN.match(text, one.figure.end, one.sentence.end) for one in level
    )
    return Group(total, tuple(seen), simple, is_open)


def _named_only(level: list[Saying]) -> tuple[Saying, ...]:
    """Return the amounts with a name where each is followed by one without: A项目500万元，已支付450万元."""
    bare = [one for one in level if _BARE.fullmatch(one.label)]
    named = [one for one in level if not _BARE.fullmatch(one.label)]
    points = level[0].figure.kind == "points"
    paired = not points and len(bare) == len(named)
    paired = paired and all(at % 2 == (one in bare) for at, one in enumerate(level))
    ended = points and len(bare) == 1 and level[-1] is bare[0]
    return tuple(named) if len(named) > 1 and (paired or ended) else ()


def _parted_by_semicolons(text: str, level: list[Saying]) -> bool:
    pairs = pairwise(level)
    return all("；" in text[one.figure.end : other.figure.start] for one, other in pairs)


def _in_one_breath(text: str, level: list[Saying]) -> bool:
    """Whether the items of a list are parted by 、 or a comma alone, each with a label of its own."""
    pairs = pairwise(level)
    labelled = all(one.label for one in level)
    return len(level) > 1 and labelled and all(text[one.figure.end] in "、，" for one, _ in pairs)


def _extents(text: str, level: list[Saying], place: int, end: int) -> list[int]:
    """Return up to where the parts of a nested list may reach: the next semicolon, else anywhere."""
    for at in range(place + 1, end):
        if "；" in text[level[at - 1].figure.end : level[at].figure.start]:
            return [at, *range(place + 1, at)]
    return list(range(end, place, -1))
