"""An amount said again in another unit (换算): 38.77万元（387664.62元）, 1.2亿元，即12000万元."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_MILLION = 10**6
_LONG = 7
"""Digits that two amounts do not have in common by chance."""
_AGAIN = re.compile(r"（(?:即|折合|合|人民币)?|，?(?:即|折合|合人民币|也就是)(?:为|人民币)?")


def restated_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about amounts that are said in two units."""
    for one, again in pairwise(told.sayings):
        counted = one.figure.kind == again.figure.kind == "count" and (
            one.figure.unit.lstrip("万亿") == again.figure.unit.lstrip("万亿")
        )
        money = one.money and again.money
        if one.sentence == again.sentence and (money or counted) and not one.unchanged:
            yield from _again(one, again)
    yield from _slips(told)


def _slips(told: Told) -> Iterator[Claim]:
    """Yield amounts with the very digits of another one in another unit: 1250000.00元, 1250000.00万元."""
    money = [one for one in told.sayings if one.money and not one.unchanged and one.figure.value]
    units = Counter(one.figure.unit for one in money)
    by_digits: dict[str, list[Saying]] = defaultdict(list)
    for one in money:
        digits = one.figure.text.removesuffix(one.figure.unit).lstrip("-")
        if len(digits.replace(",", "").replace(".", "")) >= _LONG:
            by_digits[digits].append(one)
    values = {one.figure.value for one in money}
    for one in money:
        number = one.figure.value / one.figure.scale
        if (
            one.figure.unit == "万元"
            and number >= _MILLION
            and number in values
            and one.figure.value not in (other.figure.value for other in money if other is not one)
        ):
            yield Claim(
                "R2", "单位", one, "differs", "文中的同一个数",
                f"{plain(number)}元 = {plain(number / one.figure.scale)}万元",
                f"{plain(number / one.figure.scale)}万元", "warning", "疑把元写成了万元",
            )  # fmt: skip
    for digits, same in by_digits.items():
        usual = max(same, key=lambda one: units[one.figure.unit])
        for one in same:
            if one.figure.scale != usual.figure.scale and units[one.figure.unit] < units[usual.figure.unit]:
                yield Claim(
                    "R2", "单位", one, "differs", f"{usual.sentence.place}“{usual.text}”",
                    f"同样的 {digits}，一处为 {usual.figure.text}，一处为 {one.figure.text}",
                    usual.figure.text, "warning", f"疑把{usual.figure.unit}写成了{one.figure.unit}",
                )  # fmt: skip


def _again(one: Saying, again: Saying) -> Iterator[Claim]:
    between = one.sentence.paragraph.text[one.figure.end : again.figure.start]
    if one.figure.unit == again.figure.unit or one.figure.about or again.figure.about:
        return
    if not _AGAIN.fullmatch(between) or again.unchanged:
        return
    room = (one.figure.step + again.figure.step) / 2
    due = plain(one.figure.value / again.figure.scale)
    if abs(one.figure.value - again.figure.value) <= room:
        yield Claim(
            "R2", "换算", again, "agrees", f"“{one.text}”", f"{one.figure.text} = {due}{again.figure.unit}"
        )
    else:
        yield Claim(
            "R2", "换算", again, "differs", f"“{one.text}”", f"{one.figure.text} = {due}{again.figure.unit}",
            f"{due}{again.figure.unit}", "warning",
            cause(again.figure.value, one.figure.value, again.figure.step, money=True), one.start,
        )  # fmt: skip
