"""A budget and its several adjustments (预算调整): 年初300万元，追加20万元、压减5万元，调整后315万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

INITIAL = re.compile(r"年初|拟[支收]|原预算|批复预算|预算批复")
ADJUSTED = re.compile(r"调整后|调整预算|全年预算|最终预算|预算调整为|调整为|可用(?:数|资金|预算)")
_MORE = re.compile(r"追加|调增|增加|追补|增拨|增补|新增|补充|下达|再拨")
_LESS = re.compile(r"压减|调减|核减|减少|收回|削减|缩减|扣减|调出|调剂出|划出|上缴")
_TIMES, _WORD = re.compile(r"[一二三两几第]{1,3}次|分别|为"), re.compile(r"[\u4e00-\u9fff]{2}")
_CLAUSES = re.compile(r"其中|；|包括|，分别")
_LEAST = 2


def adjusted_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about a budget that was adjusted more than once in a sentence."""
    for sentence in told.sentences:
        here = [
            one for one in told.by_sentence.get(sentence.at, ())
            if one.money and one.role in ("amount", "change") and not one.unchanged and not one.depth
        ]  # fmt: skip
        first = next(
            (at for at, one in enumerate(here) if INITIAL.search(one.lead) and one.role == "amount"), None
        )
        if first is None:
            continue
        last = next((at for at in range(first + 1, len(here)) if ADJUSTED.search(here[at].lead)), None)
        if last is not None and last - first > _LEAST:
            yield from _held(here[first], here[first + 1 : last], here[last])


def _held(first: Saying, changes: list[Saying], last: Saying) -> Iterator[Claim]:
    text = first.sentence.paragraph.text
    signs = _signs(first, changes)
    every = (first, *changes, last)
    if _CLAUSES.search(text[first.figure.end : last.figure.start]) or any(
        one.figure.about or one.figure.bound for one in every
    ):
        return
    added = first.figure.value + sum(
        (one.figure.value * sign for one, sign in zip(changes, signs, strict=True)), Decimal(0)
    )
    scale = last.figure.scale
    terms = " ".join(
        f"{'−' if sign < 0 else '+'} {plain(one.figure.value / scale)}"
        for one, sign in zip(changes, signs, strict=True)
    )
    workings = f"{plain(first.figure.value / scale)} {terms} = {plain(added / scale)}"
    against = "".join(f"“{one.text}”" for one in (first, *changes))
    room = sum((one.figure.step for one in every), Decimal(0))
    off = abs(added - last.figure.value)
    if off <= room / 2:
        yield Claim("R2", "预算调整", last, "agrees", against, workings, basis=(first, *changes))
    elif all(signs):
        yield Claim(
            "R2", "预算调整", last, "differs", against, workings, last.figure.spelled(added),
            "info" if off <= room else "warning",
            cause(last.figure.value, added, last.figure.step, money=True), first.start,
        )  # fmt: skip


def _signs(first: Saying, changes: list[Saying]) -> list[int]:
    """Return which way each amount changes the budget: by its own word, else by that of the one before."""
    found: list[int] = []
    text, end, sign = first.sentence.paragraph.text, first.figure.end, 0
    for one in changes:
        words = text[end : one.figure.start]
        more, less = (list(pattern.finditer(words)) for pattern in (_MORE, _LESS))
        if more or less:
            sign = 1 if not less or (more and more[-1].start() > less[-1].start()) else -1
        elif _WORD.search(_TIMES.sub("", words)):
            sign = 0  # of another word nobody can say
        found.append(one.sign or sign)
        end = one.figure.end
    return found
