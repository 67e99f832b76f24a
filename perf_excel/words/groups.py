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
from perf_excel.words.wholes import AMONG, Group, counts, like, named_alike

_THINGS = "个|项|类|家|者|批|部分|笔|块|款|地|级|处|方面|县|市|区|种|期|季|标段|科目|指标"
_SO_MANY = re.compile(rf"[两二三四五六七八九十](?={_THINGS})")
"""How many parts a total says that it has: 三项合计."""
_SO_MANY_BEHIND = re.compile(
    r"(?P<number>\d{1,2}|[两三四五六七八九十])(?:个|家|项|类|处|级|批|块|所)[^，；。：]{0,12}[，：]?(?:分别|依次)(?:为|是|：)"
)
"""What says how many parts follow: 分解到4个乡镇，分别为…."""
_SO_MANY_YEARS = re.compile(
    rf"(?P<number>[两三四五六七八九十])(?:年|{_THINGS})[^，；。]{{0,4}}(?:合|共|总)[^，；。]{{0,6}}$"
)
_QUARTER, _QUARTERS = re.compile(r"第?[一二三四]季度"), 4
_OF_SENTENCE = re.compile(r"(?:[^，。；：]{0,4})?其中|资金来源|[^，。；：]{0,4}(?:包括|包含)")
_TOTAL = re.compile(
    rf"(?:[两三四五六七八九十]|\d)(?:{_THINGS})[^，；。]{{0,8}}?(?:共|合|并|计|相加|加总|之和|总[计和额])"
    r"|合计|共计|总计|总共|总[额量数和]|总人数|总得分|总分|总投资|总投入|小计|[并合]为|合共|相加|加总|之和"
    r"|(?:^|[，；。])(?:全年|年度|累计|以上|上述)?共|(?:以上|上述)[^，；。]{0,10}?共"
    r"|(?:^|[，；。])计为?$"
)
_SOME = re.compile(r"其余|其他|其它|余下|剩余|剩下|另|之外|以外|上半年|下半年|前[两二三四五六七八九十]")
"""A total of some, and not of all that stands in front of it: 其余三个项目计100万元."""
_GOT, _FULL = re.compile(r"(?:得分?|拿|获|[自实]评|扣分?)(?:了|为|到)?$"), re.compile(r"满分|分值|权重")
_OTHER_UNIT = re.compile(r"[（/](?P<unit>[\u4e00-\u9fff]{1,2})）?")
_FOUR = 4
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
            if total.at not in opened and (group := _total_last(told, total, here[:place])):
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
    added = sum((one.figure.value for one in level), Decimal(0))
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


def _total_last(told: Told, total: Saying, here: list[Saying]) -> Group | None:
    """Return a whole that stands behind its parts: A40万元；B2.75万元。共计3580.69万元."""
    units = _units(total)
    before = [
        one for one in here
        if not one.depth and (like(total, one) or (one.figure.kind == "count" and one.figure.unit in units))
    ]  # fmt: skip
    quarters = [one for one in before if _QUARTER.search(one.lead)]
    if len(quarters) == _QUARTERS and "全年" in total.lead and quarters == before[-_QUARTERS:]:
        return Group(total, (tuple(quarters),), certain=True, open=False, last=True, closed=True)
    found = _TOTAL.search(_clause(total))
    if found is None or total.depth or _SOME.search(_clause(total)):
        return None
    if not before and total.sentence.at:
        at = total.sentence.at - 1
        earlier = told.by_sentence.get(at, ())
        before = [one for one in earlier if counts(one) and like(total, one) and not one.depth]
        if told.sentences[at].section != total.sentence.section:
            return None
    # A、B合计C，D、E合计F: the second total starts anew.
    anew = max((at + 1 for at, one in enumerate(before) if _TOTAL.search(one.lead)), default=0)
    before = before[anew:]
    if len(before) <= 1:
        return None
    got = [one for one in before if _GOT.search(one.lead)] if total.figure.kind == "points" else []
    if 1 < len(got) == len(before) / 2 and not _FULL.search(_clause(total)):
        before = got  # 产出50分得48分、效益30分得29分，并为77分
    readings = (
        tuple(before),
        *(tuple(before[start:]) for start in range(1, len(before) - 1)),
        *_every_other(before),
    )
    number = chinese_number(said[0]) if (said := _SO_MANY.search(found[0])) else None
    if number and 1 < number <= len(before):
        return Group(
            total, (*_windows(before, number), *readings), certain=True, open=False, last=True, closed=True
        )  # fmt: skip
    return Group(total, readings, certain=True, open=False, last=True)


def _units(total: Saying) -> tuple[str, ...]:
    """Return the words that a total counts its parts by: 共计240场（期）."""
    behind = _OTHER_UNIT.match(total.sentence.paragraph.text, total.figure.end)
    return (total.figure.unit, behind["unit"]) if behind and total.figure.kind == "count" else ()


def _every_other(before: list[Saying]) -> Iterator[tuple[Saying, ...]]:
    """Yield one of each pair: 甲管理24人，规范19人，乙管理7人，规范5人，两病合计31人."""
    if len(before) >= _FOUR and len(before) % 2 == 0:
        yield tuple(before[::2])
        yield tuple(before[1::2])


def _windows(before: list[Saying], number: int) -> Iterator[tuple[Saying, ...]]:
    """Yield so many amounts in a row, the last first."""
    for start in range(len(before) - number, -1, -1):
        yield tuple(before[start : start + number])


def _clause(saying: Saying) -> str:
    text = saying.sentence.paragraph.text
    start = max(saying.sentence.start, *(text.rfind(sign, 0, saying.figure.start) for sign in "，；。："))
    return text[start : saying.figure.start]
