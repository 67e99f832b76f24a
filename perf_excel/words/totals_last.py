"""Wholes behind their parts (合计、共计): A40万元；B2.75万元。共计42.75万元, in every likely reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.forms.chinese_number import chinese_number
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import Group, counts, like

THINGS = "个|项|类|家|者|批|部分|笔|块|款|地|级|处|方面|县|市|区|种|期|季|标段|科目|指标"
_SO_MANY = re.compile(rf"[两二三四五六七八九十](?={THINGS})")
"""How many parts a total says that it has: 三项合计."""
_QUARTER, _QUARTERS = re.compile(r"第?[一二三四]季度"), 4
_TOTAL = re.compile(
    rf"(?:[两三四五六七八九十]|\d)(?:{THINGS})[^，；。]{{0,8}}?(?:共|合|并|计|相加|加总|之和|总[计和额])"
    r"|合计|共计|总计|总共|总[额量数和]|总人数|总得分|总分|总投资|总投入|小计|[并合]为|合共|相加|加总|之和"
    r"|(?:^|[，；。])(?:全年|年度|累计|以上|上述)?共|(?:以上|上述)[^，；。]{0,10}?共"
    r"|(?:^|[，；。])计为?$"
)
_SOME = re.compile(r"其余|其他|其它|余下|剩余|剩下|另|之外|以外|上半年|下半年|前[两二三四五六七八九十]")
"""A total of some, and not of all that stands in front of it: 其余三个项目计100万元."""
_GOT, _FULL = re.compile(r"(?:得分?|拿|获|[自实]评|扣分?)(?:了|为|到)?$"), re.compile(r"满分|分值|权重")
_OTHER_UNIT = re.compile(r"[（/](?P<unit>[\u4e00-\u9fff]{1,2})）?")
_FOUR = 4


def total_last(told: Told, total: Saying, here: list[Saying]) -> Group | None:
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
