"""Counts with a list (清点): 单位有3个，分别为…、…和…; and prices: unit price by number (单价×数量)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_LIST = re.compile(
    r"[^，。；：、\d]{0,12}[，：]?(?:即|分别[为是]|具体[为是]|依次[为是])[：，]?(?P<names>[^。；]{2,600})"
)
_COLON = re.compile(r"[^，。；：、\d]{2,14}：(?P<names>[^。；：，\d]{2,600})")
_OPEN = re.compile(r"等|…|其他|及其|若干|主要")
_BRACKETS = re.compile(r"（[^（）]{0,80}）|“[^“”]{0,60}”")
_AND = re.compile(r"[和与及]")
_FEWEST, _MOST_NAME = 2, 30


def enumeration_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about counts with a list of names, and about prices."""
    for one in told.sayings:
        if (
            one.role == "amount"
            and one.figure.kind == "count"
            and not one.figure.about
            and not one.figure.bound
        ):
            yield from _listed(one)
        if one.role == "amount" and one.money and "单价" in one.lead:
            yield from _priced(told, one)


def _listed(saying: Saying) -> Iterator[Claim]:
    text, end = saying.sentence.paragraph.text, saying.sentence.end
    found = _LIST.match(text, saying.figure.end, end)
    sure = found is not None
    found = found or _COLON.match(text, saying.figure.end, end)
    if not found or _OPEN.search(found["names"]) or re.search(r"\d|占|其中|：", found["names"]):
        return
    # What follows a comma is another clause, unless commas part the names.
    names = found["names"] if "、" not in found["names"] else found["names"].partition("，")[0]
    body = _BRACKETS.sub("", names)
    parts = [name for name in re.split(r"[、，]", body) if name]
    fewest = len(parts)
    most = sum(len([piece for piece in _AND.split(name) if piece]) for name in parts)
    if most < _FEWEST or any(len(name) > _MOST_NAME for name in parts):
        return
    number = int(saying.figure.value)
    counted = f"列出 {fewest} 项" if fewest == most else f"列出 {fewest} 至 {most} 项"
    if fewest <= number <= most:
        yield Claim("R2", "清点", saying, "agrees", "其后列出的名称", counted)
    elif sure or (abs(number - most) > 1 and fewest == most):
        yield Claim(
            "R2", "清点", saying, "differs", "其后列出的名称", f"{counted}：{'、'.join(parts)}",
            f"{most}{saying.figure.unit}",
        )  # fmt: skip


def _priced(told: Told, price: Saying) -> Iterator[Claim]:
    here = told.by_sentence[price.sentence.at]
    number = next((one for one in here if one.at == price.at + 1 and one.figure.kind == "count"), None)
    cost = next((one for one in here if one.at == price.at + 2 and one.money and "共" in one.lead), None)
    if not number or not cost or any(one.figure.about or one.respective for one in (price, number, cost)):
        return
    due = price.figure.value * number.figure.value
    room = price.figure.interval.times(
        number.figure.interval._replace(low=number.figure.value, high=number.figure.value)
    )
    scale, unit = cost.figure.scale, cost.figure.unit
    workings = (
        f"{plain(price.figure.value / scale)} × {plain(number.figure.value)} = {plain(due / scale)}{unit}"
    )
    if room.wider(cost.figure.step / 2).low <= cost.figure.value <= room.wider(cost.figure.step / 2).high:
        yield Claim("R2", "单价×数量", cost, "agrees", f"“{price.text}”与“{number.text}”", workings)
    else:
        yield Claim(
            "R2", "单价×数量", cost, "differs", f"“{price.text}”与“{number.text}”", workings,
            cost.figure.spelled(due), start=price.start,
        )  # fmt: skip
