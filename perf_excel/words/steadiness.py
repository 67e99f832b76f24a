"""Wording against numbers (措辞与数字): 持平 beside a change, 决算数大于预算数 beside a smaller one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perf_excel.words.bases import Base, bases
from perf_excel.words.claims import Claim
from perf_excel.words.growth import less, two
from perf_excel.words.leftovers import worded
from perf_excel.words.plans import pairs_before
from perf_excel.words.prose import Sentence
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_ABOVE = re.compile(
    r"(?:支出|收入)?决算(?:数|金额)?(?:与(?:年初|全年|调整)?预算(?:数|金额)?(?P<same>持平|一致|相同|相等)"
    r"|(?P<op>大于|高于|超过|多于|小于|低于|少于|等于)(?:年初|全年|调整)?预算(?:数|金额)?)"
)
"""决算数大于预算数, the reason for which is to be given."""
_MORE, _LESS = ("大于", "高于", "超过", "多于"), ("小于", "低于", "少于")
_OTHER_YEAR = re.compile(r"上年|上一年|去年|同期|\d{4}年")
_FROM = re.compile(r"由|从")
_TO = re.compile(r"(?:(?P<up>增加|增长|提高|上升|提升|扩大)|减少|下降|降低|压减|压缩)(?:到|至|为)")
_OF_LAST_YEAR = re.compile(r"(?:与|和|同)(?:上年|去年|上一年|\d{4}年)[^，；。]{0,8}$")
_IS = re.compile(r"，?(?:均|都|仍|同样)?(?:为|是|达到?)")
_FULL = 100
_GOES_ON = re.compile(r"，?(?:即|共|实际)?")


def steadiness_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims that nothing changed."""
    for one in told.sayings:
        if one.unchanged and not one.figure.about:
            yield from _unchanged(told, one)
            yield from _rates_alike(told, one)
        elif one.at and (claim := _went(told.sayings[one.at - 1], one)):
            yield claim
    for sentence in told.sentences:
        for found in _ABOVE.finditer(sentence.text):
            yield from _above(told, sentence, found)


def _rates_alike(told: Told, saying: Saying) -> Iterator[Claim]:
    """Hold what is the same as last year's against it: 合格率与上年93%持平，为93%, and 合格率93%，与上年…."""
    former = told.sayings[saying.at - 1] if saying.at else None
    if former is None or former.sentence != saying.sentence or not _OF_LAST_YEAR.search(former.lead):
        return
    text = saying.sentence.paragraph.text
    if text[former.figure.end : saying.figure.start] not in ("", "的", "水平", "的水平"):
        return
    around = [one for at in (saying.at + 1, former.at - 1) for one in told.sayings[max(at, 0) : at + 1]]
    for one in around:
        behind = one.at > saying.at and _IS.fullmatch(text[saying.figure.end : one.figure.start]) is not None
        front = one.at < former.at and text[one.figure.end : former.start] == "，" and not former.label
        alike = one.figure.kind == former.figure.kind and one.figure.unit == former.figure.unit
        if (
            one.sentence == saying.sentence
            and alike
            and (behind or (front and former.figure.kind == "percent"))
        ):
            base = Base(one, former, sure=True)
            verdict = "agrees" if _same(base) else "differs"
            yield Claim(
                "R2", "持平", saying, verdict, two(base), less(base), start=former.start, basis=(one, former)
            )
            return


def _went(one: Saying, other: Saying) -> Claim | None:
    """Hold 由86万元增加到92万元 against the direction it names."""
    found = _TO.match(other.lead)
    same = one.sentence == other.sentence and one.figure.kind == other.figure.kind
    if not found or not same or not _FROM.search(one.lead) or one.figure.unit != other.figure.unit:
        return None
    rises = other.figure.value - one.figure.value
    agrees = rises == 0 or (rises > 0) == bool(found["up"])
    words = found[0] + other.figure.text
    return Claim(
        "R2", "措辞", other, "agrees" if agrees else "differs", f"“{one.text}”", words, start=one.start,
        basis=(one,),
    )  # fmt: skip


def _above(told: Told, sentence: Sentence, found: re.Match[str]) -> Iterator[Claim]:
    """Hold 决算数大于预算数 against the budget and outcome, else the rate of completion, right before it."""
    start, end = sentence.start + found.start(), sentence.start + found.end()
    said = worded(sentence, start, end)
    due, against, workings = _outcome(told, sentence, start)
    if due is None:
        return
    op = found["op"] or ""
    wish = 1 if op in _MORE else -1 if op in _LESS else 0
    if due == wish:
        yield Claim("R2", "措辞", said, "agrees", against, workings)
    else:
        name = {1: "决算数大于预算数", 0: "决算数等于预算数", -1: "决算数小于预算数"}[due]
        yield Claim("R2", "措辞", said, "differs", against, f"{workings}，{name}", name)


def _outcome(told: Told, sentence: Sentence, end: int) -> tuple[int | None, str, str]:
    """Return whether more (1), less (-1) or as much (0) was spent than planned, by what stands before."""
    for at in (sentence.at, sentence.at - 1):
        if at < 0 or told.sentences[at].section != sentence.section:
            continue
        before = [
            one for one in told.by_sentence.get(at, ())
            if not one.unchanged and (at < sentence.at or one.figure.end <= end)
        ]  # fmt: skip
        if not before:
            continue
        last = before[-1]
        marker = replace(last, at=last.at + 1, depth=0, of=None)
        pair = next(pairs_before(told, last if last.role == "done" else marker), None)
        if pair and pair[1].at >= last.at - 1 and pair[0].sentence.at == at:
            planned, spent = pair
            base = Base(spent, planned, sure=True)
            return _sign(spent.figure.value - planned.figure.value), two(base), less(base)
        if last.role == "done" and "预算" in last.whole:
            return _sign(last.figure.value - _FULL), f"“{last.text}”", f"完成率为 {last.figure.text}"
        return None, "", ""
    return None, "", ""


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _unchanged(told: Told, saying: Saying) -> Iterator[Claim]:
    """Hold 持平 against the two amounts that it is of, and against a change said in the same breath."""
    found = [*_budgeted(told, saying), *bases(told, saying)]
    for base in found:
        if _same(base):
            basis = (base.current, base.former)
            yield Claim("R2", "持平", saying, "agrees", two(base), less(base), basis=basis)
            return
    changed = _changed_at_once(told, saying)
    base = next((one for one in found if one.sure), None)
    if changed:
        yield Claim(
            "R2", "持平", saying, "differs", f"“{changed.text}”",
            f"写了{saying.figure.text}又写{changed.text}", start=saying.start,
        )  # fmt: skip
    elif base:
        yield Claim("R2", "持平", saying, "differs", two(base), less(base), start=base.current.start)


def _budgeted(told: Told, saying: Saying) -> Iterator[Base]:
    """Yield budget and outcome where 持平 is said of them: 预算数3万元，决算数3万元，与预算数持平."""
    words = saying.lead + saying.figure.text
    if "预算" in words and not _OTHER_YEAR.search(words):
        for planned, spent in pairs_before(told, saying):
            yield Base(spent, planned, sure=True)


def _same(base: Base) -> bool:
    """Whether two amounts may be the same: alike as printed, or within what the coarser one leaves open."""
    one, other = base.current.figure, base.former.figure
    return one.value == other.value if one.step == other.step else one.interval.meets(other.interval)


def _changed_at_once(told: Told, saying: Saying) -> Saying | None:
    """Return a change that goes on right behind 持平, of nothing else: 与上年持平，减少2万元."""
    if saying.at + 1 >= len(told.sayings):
        return None
    after = told.sayings[saying.at + 1]
    if after.sentence != saying.sentence or after.role not in ("change", "rate") or after.unchanged:
        return None
    between = saying.sentence.paragraph.text[saying.figure.end : after.start]
    of_it = not after.label and not after.compared_anew
    return after if of_it and after.figure.value and _GOES_ON.fullmatch(between) else None
