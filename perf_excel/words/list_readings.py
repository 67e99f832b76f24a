"""A list and its readings (其中): which of the amounts that follow a whole are its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, product

from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.wholes import AMONG, Group

_OPEN = re.compile(r"[^，；。0-9]{0,12}(?:等|……|…)")
_BARE = re.compile(r"(?:已|实际|累计|共)*(?:支付|支出|执行|使用|完成|拨付|到位|得分?|扣分?)(?:为|了|共|：)?")
"""A label that names no part, but what became of the one in front of it."""
_ALIKE = 2
_TAIL = re.compile(r"截至|截止|累计|已|实际|完成|剩余|结余|尚|较|比")
"""What is said behind a list of parts, and is none: 截至年底已完成投资860万元."""
_MOST_READINGS = 24


def readings_of(total: Saying, level: list[Saying]) -> Group | None:
    """Return a whole with the readings of a list whose items may have parts of their own (nested 其中)."""
    again = sum(one.core == total.core for one in level) == 1
    level = [one for one in level if not _is_no_part(total, one, again=again)]
    if not level:
        return None
    text = total.sentence.paragraph.text
    ends, nested = _breaks(total, level)
    readings = [*_nested_readings(text, level, ends, nested)]
    simple = not nested and (len(ends) == 1 or _parted_by_semicolons(text, level))
    plainly = len(ends) > 1 and not any(place < ends[1] for place in nested)
    if plainly and _in_one_breath(text, level[: ends[1]]):
        # 三级指标13个，其中产出7个、效益6个；达到目标的12个: the list is over at the semicolon.
        readings.insert(0, tuple(level[: ends[1]]))
        simple = True
    if named := _named_only(level):
        readings[:0] = [named, tuple(one for one in level if one not in named)]
        simple = True
    if over := _where_over(level):
        readings.insert(0, tuple(level[:over]))
    if not nested:
        readings += [tuple(level[:end]) for end in range(len(level) - 1, 1, -1) if _turns(level, end)]
    is_open = any(_OPEN.match(text, one.figure.end, one.sentence.end) for one in level)
    return Group(total, tuple(dict.fromkeys(readings)), simple, is_open)


def _breaks(total: Saying, level: list[Saying]) -> tuple[list[int], list[int]]:
    """Return where a list may end, all of it first, and where its items begin to have parts of their own."""
    text, previous = total.sentence.paragraph.text, total
    ends, nested = [len(level)], list[int]()
    for place, one in enumerate(level):
        between = text[previous.figure.end : one.figure.start]
        if place and "；" in between:
            ends.append(place)
        if place and AMONG.search(between.rpartition("；")[2]):
            nested.append(place)
        previous = one
    return ends, nested


def _nested_readings(
    text: str, level: list[Saying], ends: list[int], nested: list[int]
) -> Iterator[tuple[Saying, ...]]:
    """Yield the list up to each of its ends, without what may be the parts of its items."""
    for end in ends:
        inside = [place for place in nested if place < end]
        options = [_extents(text, level, place, end) for place in inside]
        for extents in list(product(*options))[:_MOST_READINGS]:
            dropped = {at for place, to in zip(inside, extents, strict=True) for at in range(place, to)}
            if parts := tuple(one for at, one in enumerate(level[:end]) if at not in dropped):
                yield parts


def _where_over(level: list[Saying]) -> int:
    """Return where a list is over because of what is said there (截至年底已完成), nought where it is not."""
    over = next((at for at, one in enumerate(level) if at > 1 and _TAIL.search(one.label)), 0)
    return 0 if any(_TAIL.search(one.label) for one in level[:over]) else over


def _turns(level: list[Saying], end: int) -> bool:
    """Whether an amount behind a list is named otherwise than its parts, and may be none: 收入…，支出."""
    return level[end].label[-_ALIKE:] != level[end - 1].label[-_ALIKE:]


def _is_no_part(total: Saying, one: Saying, *, again: bool) -> bool:
    """Whether an amount is that of another year, or of the whole itself, and no part of it."""
    other = one.year is not None and one.year != total.year and str(one.year) in one.lead
    return other or (again and one.core == total.core and one.core not in GENERIC)


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
