"""Changes and those of the parts (增减额的构成): 比上年减少3.5万元，其中接待费减少1万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC, complete
from perf_excel.words.told import Told

_AMONG = re.compile(r"(?:^|[，。；（])(?:其中|包括)")
_CLOSE = Decimal("0.2")
_SLIPS = ("颠倒", "错位")


def change_sum_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about changes whose parts are said as changes alone, without the amounts."""
    for whole in told.sayings:
        if whole.role == "change" and whole.money and whole.sign and not whole.unchanged:
            parts = list(_parts(told, whole))
            if len(parts) > 1 and not any(one.figure.about or one.respective for one in (whole, *parts)):
                yield from _held(whole, parts)


def _parts(told: Told, whole: Saying) -> Iterator[Saying]:
    """Yield the labelled changes behind 其中, up to the first amount; none where an amount comes first."""
    sentence = whole.sentence
    behind = [one for one in told.by_sentence[sentence.at] if one.at > whole.at]
    text, start = sentence.paragraph.text, whole.figure.end
    found = _AMONG.search(text, start, behind[0].figure.start if behind else sentence.end)
    if found is None and all(one.role == "rate" for one in behind) and sentence.at + 1 < len(told.sentences):
        after = told.sentences[sentence.at + 1]
        if after.section != sentence.section or not after.text.startswith("其中"):
            return
        behind = told.by_sentence.get(after.at, [])
    elif found is None:
        later = [one for one in behind if one.role == "rate"][:1]
        if not later or not _AMONG.search(text, later[0].figure.end, sentence.end):
            return
        behind = [one for one in behind if one.at > later[0].at]
    for one in behind:
        if one.role == "rate":
            continue
        if one.role != "change" or one.core in GENERIC or not (one.money or one.unchanged):
            return
        if one.depth == whole.depth:
            yield one


def _held(whole: Saying, parts: list[Saying]) -> Iterator[Claim]:
    if any(not one.sign and not one.unchanged for one in parts):
        return
    signed = [one.figure.value * one.sign for one in parts]
    added, printed = sum(signed, Decimal(0)), whole.figure.value * whole.sign
    room = (whole.figure.step + sum((one.figure.step for one in parts), Decimal(0))) / 2
    scale = whole.figure.scale
    terms = " ".join(f"{'−' if one < 0 else '+'} {plain(abs(one) / scale)}" for one in signed)
    against, off = f"各部分增减之和（{len(parts)} 项）", abs(added - printed)
    workings = f"{terms.removeprefix('+ ')} = {plain(added / scale)}"
    if off <= room:
        yield Claim("R2", "增减额合计", whole, "agrees", against, workings, basis=tuple(parts))
        return
    reason = cause(printed, added, whole.figure.step, money=True)
    slipped = any(word in reason for word in _SLIPS)
    if slipped or complete([one.label for one in parts]) or off <= abs(printed) * _CLOSE:
        yield Claim(
            "R2", "增减额合计", whole, "differs", against,
            f"{workings}，与 {plain(printed / scale)} 相差 {plain(off / scale)}",
            whole.figure.spelled(abs(added)), "info" if off <= room * 2 else "warning", reason,
        )  # fmt: skip
