"""Wholes and their parts (其中、合计): which amounts are parts of which, in every likely reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from perf_excel.forms.chinese_number import chinese_number
from perf_excel.words.list_readings import readings_of
from perf_excel.words.numbered_lists import MOST_SENTENCES, numbered, numbered_on
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC, core_of, label_of
from perf_excel.words.told import Told
from perf_excel.words.totals_last import THINGS, total_last
from perf_excel.words.wholes import AMONG, Group, counts, like, named_alike, sum_of

_SO_MANY_BEHIND = re.compile(
    r"(?P<number>\d{1,2}|[两三四五六七八九十])(?:个|家|项|类|处|级|批|块|所)[^，；。：]{0,12}[，：]?(?:分别|依次)(?:为|是|：)"
)
"""What says how many parts follow: 分解到4个乡镇，分别为…."""
_SO_MANY_YEARS = re.compile(
    rf"(?P<number>[两三四五六七八九十])(?:年|{THINGS})[^，；。]{{0,4}}(?:合|共|总)[^，；。]{{0,6}}$"
)
_OF_SENTENCE = re.compile(r"(?:[^，。；：]{0,4})?其中|资金来源|[^，。；：]{0,4}(?:包括|包含)")
_ALL, _BENT = 100, Decimal("0.5")
"""Shares of all parts in percent, and how much rounding leaves of it."""


def groups(told: Told) -> Iterator[Group]:
    """Yield every whole with parts."""
    for sentence in told.sentences:
        here = [one for one in told.by_sentence.get(sentence.at, ()) if counts(one)]
        opened: set[int] = set()
        if here and _begins_among(here[0]):
            for kind in dict.fromkeys((one.figure.kind, one.figure.unit * (not one.money)) for one in here):
                alike = [one for one in here if (one.figure.kind, one.figure.unit * (not one.money)) == kind]
                if group := _across(told, alike):
                    yield group
        for place, total in enumerate(here):
            behind = here[place + 1 :]
            if group := _inline(told, total, behind) or _numbered_total(total, behind):
                opened.add(total.at)
                yield group
        for place, total in enumerate(here):
            if total.at not in opened and (group := total_last(told, total, here[:place])):
                yield group
        if group := numbered(told, sentence.at):
            yield group
    yield from _by_share(told)


def _begins_among(first: Saying) -> bool:
    text = first.sentence.paragraph.text
    return _OF_SENTENCE.match(text, first.sentence.start, first.figure.start) is not None


def _inline(told: Told, total: Saying, behind: list[Saying]) -> Group | None:
    """Return the parts that follow a whole in its sentence: 总计21.8万元，其中…；in brackets too."""
    if not behind or total.lead.startswith("占"):  # 占年度任务2000户的109% is what a share is of
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
    found = list(AMONG.finditer(between))
    if (
        not found
        or first.depth != total.depth
        or "。" in between
        or _closed_before(between, found[0].start())
        or "；" in between[found[-1].end() :]
        or _of_another(total, behind, total.figure.end + found[-1].start())
    ):
        return None
    level = [one for one in behind if one.depth == total.depth and like(total, one)]
    if group := numbered_on(told, total, level):
        return group
    group = readings_of(total, level)
    said = _SO_MANY_BEHIND.search(between)
    number = chinese_number(said["number"]) or int(said["number"]) if said else 0
    if group and number and number == len(group.readings[0]):
        return replace(group, certain=True, closed=True)
    return group


def _numbered_total(total: Saying, behind: list[Saying]) -> Group | None:
    """Return as many parts as a whole says that it has: 三年合计960万元，2021年300万元、2022年…."""
    said = _SO_MANY_YEARS.search(total.lead)
    number = chinese_number(said["number"]) if said else 0
    parts = [one for one in behind if like(total, one) and one.depth == total.depth]
    text = total.sentence.paragraph.text
    gaps = [text[one.figure.end : other.start] for one, other in pairwise([total, *parts[: number or 0]])]
    if not number or len(parts) != number or set(gaps[1:]) - {"、", "，", "和"} or gaps[0] != "，":
        return None
    labelled = all(one.label or one.year for one in parts)
    return Group(total, (tuple(parts),), certain=True, open=False, closed=True) if labelled else None


def _of_another(total: Saying, behind: list[Saying], among: int) -> bool:
    """Whether 其中 is of an amount nearer to it: 购置1辆，运行费49万元，其中：加油14万元，…，保有量34辆."""
    nearest = next((one for one in reversed(behind) if one.figure.end <= among), total)
    item = next((one for one in behind if one.figure.start >= among), total)
    return like(nearest, item) and not like(total, item)


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


def _across(told: Told, here: list[Saying]) -> Group | None:
    """Return the parts of a sentence that begins with 其中, of a whole in the sentence before."""
    at = here[0].sentence.at - 1
    if at < 0:
        return None
    before = [
        one for one in told.by_sentence.get(at, ()) if counts(one) and like(one, here[0]) and not one.depth
    ]
    if not before:
        return None
    level = [one for one in here if not one.depth and like(before[-1], one)]
    added = sum_of(level)
    total = min(reversed(before), key=lambda one: abs(one.figure.value - added))
    if group := numbered_on(told, total, level):
        return group
    group = next(
        (each for one in reversed(before) if (each := readings_of(one, level)) and _exact(each)),
        readings_of(total, level),
    )
    if group is None:
        return None
    total = group.total
    further = _following(told, here[0].sentence.at, total)
    if further and len(level) == 1 and named_alike([*level, *further]):
        return Group(total, ((*level, *further),), certain=True, open=group.open)
    longer = tuple((*level, *further[:end]) for end in range(len(further), 0, -1))
    # 支出预算包括 goes on from the total of both sides, and not from one of the incomes in front.
    alone = len(before) == 1 or here[0].sentence.text.startswith("其中")
    if not alone and not _exact(group):
        return None
    certain = group.certain and not further
    return Group(total, (*group.readings, *longer), certain, group.open)


def _exact(group: Group) -> bool:
    """Whether the parts of a list, in one of its readings, make just its whole."""
    return any(sum(one.figure.value for one in parts) == group.total.figure.value for parts in group.readings)


def _following(told: Told, at: int, total: Saying) -> list[Saying]:
    """Return the first amounts of the sentences that may go on with a list."""
    found: list[Saying] = []
    section = told.sentences[at].section
    for one in told.sentences[at + 1 : at + 1 + MOST_SENTENCES]:
        if one.section != section or one.paragraph != told.sentences[at].paragraph or one.numbered:
            break
        here = [each for each in told.by_sentence.get(one.at, ()) if counts(each) and like(total, each)]
        if here and not here[0].depth:
            found.append(here[0])
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
        if abs(whole - _ALL) <= _BENT and len(parts) > 1 and total:
            before = [one for one in total if one.at < parts[0].at]
            meant = before[-1] if before else total[0]
            if meant not in parts:
                yield Group(meant, (parts,), certain=True, open=False)
