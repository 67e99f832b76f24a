"""What one amount is short of another (差、缺、超): 应配45人，实有42人，空编3人."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_DONE = "[支换建修种治装做发拨付培办征收]"
_SHORT = (
    rf"缺口|缺额|短缺|缺编|空编|空缺|缺|相差|差额|差距|差|少{_DONE}|少|欠"
    "|节约|节省|节支|省下|结余|节余|剩余|尚余|余"
)
_OVER = rf"超出|超支|超额|超编|超|高出|多{_DONE}|多"
_SAID = re.compile(
    r"(?:与|和|较|比)?(?:需求|应有|计划|目标|任务)?(?:相比|相较)?"
    rf"(?:还|尚|仍|仅|净|收支相抵后?)?(?:有)?(?P<word>{_SHORT}|{_OVER})(?:完成|任务|计划|了|资金|金额|为|达|约){{0,2}}"
)
_THAN = re.compile(
    r"[^，；。]{0,8}?(?:超[出过]|[低高多少大小]于)(?:当年|全年|本年)?(?P<other>[\u4e00-\u9fff]{2,6}?)(?:的|达|为|约)?"
)
"""What one amount is more or less than another that is named: 支出超出收入5.57亿元."""
_WISHED = re.compile(r"需|应|计划|目标|任务|拟|编制|核定|批复|定额|指标|预算|限额|控制数")
_HAD = re.compile(r"实|到位|完成|在岗|在编|在职|已|现有|建成|支出|发放|收到|拨")
_FROM, _TO = re.compile(r"由|从"), re.compile(r"[到至为]$")
_POSTS, _FILLED = re.compile(r"编制[数人总]{0,2}(?:为|共)?$"), re.compile(r"(?:年末|现有)?(?:实有|在编|在职)")
_EMPTY = re.compile(r"空编|缺编|超编")
_PERSONS = frozenset("人名")
_NEAR = 1


def shortfall_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about what is missing or too much, of what was to be and what is."""
    for one in told.sayings:
        fits = one.role in ("amount", "change") and not one.unchanged
        said = (_SAID.fullmatch(one.lead) or _THAN.fullmatch(one.lead)) if fits else None
        if said and one.figure.kind in ("money", "count") and not one.figure.about and not one.respective:
            yield from _held(told, one)


def _held(told: Told, rest: Saying) -> Iterator[Claim]:
    before = [
        one for at in range(max(0, rest.sentence.at - _NEAR), rest.sentence.at + 1)
        for one in told.by_sentence.get(at, ())
        if one.at < rest.at and one.role in ("amount", "former") and one.depth == rest.depth
        and one.figure.kind == rest.figure.kind
        and (rest.money or one.figure.unit == rest.figure.unit or _persons(one, rest))
        and not one.figure.bound and not one.unchanged and one.sentence.section == rest.sentence.section
    ]  # fmt: skip
    if len(before) <= 1:
        return
    posts = _posts(before, rest)
    if posts is None and _EMPTY.search(rest.lead) and _several_posts(before, rest):
        return  # 行政编制20名，实有19人，事业编制40名，实有36人，空编5名
    for place, one in enumerate(posts or before):
        for other in (posts or before)[place + 1 :]:
            room = (one.figure.step + other.figure.step + rest.figure.step) / 2
            if abs(abs(one.figure.value - other.figure.value) - rest.figure.value) <= room:
                yield _claim(rest, one, other, agrees=True)
                return
    pair = posts or _certain(before, rest, told.by_sentence[rest.sentence.at]) or _named(before, rest)
    if pair:
        yield _claim(rest, *pair, agrees=False)


def _persons(one: Saying, other: Saying) -> bool:
    return {one.figure.unit, other.figure.unit} <= _PERSONS


def _posts(before: list[Saying], rest: Saying) -> tuple[Saying, Saying] | None:
    """Return the posts and who is in them, for those that are empty: 编制98名，实有90人，其中…，空编8名."""
    here = [one for one in before if one.sentence == rest.sentence and not one.figure.about]
    posts = [one for one in here if _POSTS.search(one.lead)]
    filled = [one for one in here if _FILLED.match(one.label)]
    single = len(posts) == len(filled) == 1 and posts[0].at + 1 == filled[0].at
    return (posts[0], filled[0]) if single and _EMPTY.search(rest.lead) else None


def _several_posts(before: list[Saying], rest: Saying) -> bool:
    return sum(_POSTS.search(one.lead) is not None for one in before if one.sentence == rest.sentence) > 1


def _named(before: list[Saying], rest: Saying) -> tuple[Saying, Saying] | None:
    """Return the two amounts of the sentence, one of them named in the words: 余额低于|限额11.5亿元."""
    here = [one for one in before if one.sentence == rest.sentence]
    found = _THAN.fullmatch(rest.lead)
    if not found or len(here) != len(before[-2:]):
        return None
    one, other = here
    named = [each for each in here if found["other"] in each.label]
    return (one, other) if len(named) == 1 and not one.respective and not other.respective else None


def _certain(before: list[Saying], rest: Saying, others: list[Saying]) -> tuple[Saying, Saying] | None:
    """Return what was to be and what is, where they are the last two in front and named as such."""
    one, other = before[-2:]
    if one.sentence == other.sentence and _FROM.search(one.lead) and _TO.search(other.lead):
        return (one, other) if rest.at == other.at + 1 else None
    if other.sentence != rest.sentence or any(each.figure.about or each.respective for each in (one, other)):
        return None
    between = rest.sentence.paragraph.text[other.figure.end : rest.start]
    rates = [each for each in others if other.at < each.at < rest.at]
    apart = set(between) & set("；。（") or any(each.figure.kind != "percent" for each in rates)
    if apart or other.at != one.at + 1:
        return None
    wished, had = (one, other) if _WISHED.search(one.lead) else (other, one)
    named = _WISHED.search(wished.lead) and _HAD.search(had.lead) and not _WISHED.search(had.lead)
    return (wished, had) if named else None


def _claim(rest: Saying, one: Saying, other: Saying, *, agrees: bool) -> Claim:
    due, scale = abs(one.figure.value - other.figure.value), rest.figure.scale
    large, small = sorted((one.figure.value / scale, other.figure.value / scale), reverse=True)
    workings = f"{plain(large)} − {plain(small)} = {plain(due / scale)}"
    against = f"“{one.text}”与“{other.text}”"
    if agrees:
        return Claim("R2", "差额", rest, "agrees", against, workings, basis=(one, other))
    steps = one.figure.step + other.figure.step + rest.figure.step
    return Claim(
        "R2", "差额", rest, "differs", against, workings, rest.figure.spelled(due),
        "info" if abs(due - rest.figure.value) <= steps else "warning",
        cause(rest.figure.value, due, rest.figure.step, money=rest.money),
        one.start if one.sentence == rest.sentence else other.start,
    )  # fmt: skip
