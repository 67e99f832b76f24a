"""Percentage points (百分点): 由38.6%升至41.2%，提高2.6个百分点, the difference of two percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, is_slight, plain
from perf_excel.words.leftovers import worded
from perf_excel.words.prose import Sentence
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_POINTS = re.compile(
    r"(?P<word>提高|提升|上升|增加|增长|上浮|抬升|抬高|升高|扩大|高出?|高于[^，；。\d]{0,8}"
    r"|下降|降低|减少|回落|压降|下滑|低于[^，；。\d]{0,8}|低)(?:了|约)?"
    r"(?P<number>\d{1,3}(?:\.\d{1,4})?)个?百分点"
)
_FALL = re.compile(r"降|减|落|滑|低")
_FROM, _TO = re.compile(r"由|从"), re.compile(r"(?:到|至|为)$")
_COMPARED = re.compile(r"(?:比|较|与|目标|预期|计划)[^，；。]*$")
_AGO = re.compile(r"(?:上年|去年|上一年|\d{4}年)(?:同期)?(?:为|是)?")


def point_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about differences in percentage points."""
    for sentence in told.sentences:
        rates = [
            one for one in told.by_sentence.get(sentence.at, ())
            if one.figure.kind == "percent" and one.role not in ("rate", "change") and not one.figure.about
        ]  # fmt: skip
        for found in _POINTS.finditer(sentence.text):
            yield from _held(sentence, found, rates)


def _held(sentence: Sentence, found: re.Match[str], rates: list[Saying]) -> Iterator[Claim]:
    start = sentence.start + found.start()
    before = [one for one in rates if one.figure.end <= start]
    printed = Decimal(found["number"])
    step = Decimal(1).scaleb(-len(found["number"].partition(".")[2]))
    saying = worded(sentence, start, sentence.start + found.end())
    signed = -printed if _FALL.search(found["word"]) else printed
    pairs = [(one, other) for one in rates for other in rates if one is not other]
    for now, then in pairs:
        room = (now.figure.step + then.figure.step + step) / 2
        if abs(now.figure.value - then.figure.value - signed) <= room:
            yield Claim(
                "R2", "百分点", saying, "agrees", _two(now, then), _less(now, then), basis=(now, then)
            )
            return
    pair = _certain(sentence, start, sentence.start + found.end(), before, rates)
    if pair is None or any(one.respective or one.depth != pair[0].depth for one in pair):
        return
    now, then = pair
    due = now.figure.value - then.figure.value
    yield Claim(
        "R2", "百分点", saying, "differs", _two(now, then), _less(now, then), f"{plain(abs(due))}个百分点",
        "info" if is_slight(abs(due - signed), step) else "warning",
        cause(signed, due, step, money=False), min(now.start, then.start),
    )  # fmt: skip


def _certain(
    sentence: Sentence, start: int, end: int, before: list[Saying], rates: list[Saying]
) -> tuple[Saying, Saying] | None:
    """Return what is and what it is compared with, where both stand right at the points."""
    text = sentence.paragraph.text
    if not before:
        return None
    last = before[-1]
    near = text[last.figure.end : start]
    first = before[-2] if len(before) > 1 else None
    if first and not set("；。") & set(text[first.figure.end : start]):
        if _FROM.search(first.lead) and _TO.search(last.lead) and near in ("，", ""):
            return last, first
        if _COMPARED.search(last.lead) and near in ("", "的", "，", "相比") and last.at == first.at + 1:
            return first, last
    after = next((one for one in rates if one.figure.start > end), None)
    if after and _AGO.fullmatch(after.lead) and text[end : after.start] in ("，", "（"):
        return (last, after) if re.fullmatch(r"，(?:比|较)(?:上年|去年|\d{4}年)", near) else None
    return None


def _two(now: Saying, then: Saying) -> str:
    return f"“{now.text}”与“{then.text}”"


def _less(now: Saying, then: Saying) -> str:
    due = now.figure.value - then.figure.value
    return f"{plain(now.figure.value)} − {plain(then.figure.value)} = {plain(due)}个百分点"
