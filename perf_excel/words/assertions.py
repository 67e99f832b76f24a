"""All of it said to be done (2179万元已全部拨付), beside a smaller amount that was (已拨付2113.63万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perf_excel.words.claims import Claim, plain
from perf_excel.words.intervals import HUNDRED
from perf_excel.words.plans import REST, pairs_before
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_VERBS = "拨付|支付|支出|使用|执行|发放|到位|兑付"
_ALL = re.compile(
    rf"，?[^，；。\d]{{0,8}}?(?:已经?|目前|均)?(?:全部|全额|足额|100%)(?:已经?)?(?P<verb>{_VERBS})(?:完毕|完成|到位)?(?=[，；。]|$)"
)
_GAVE = re.compile(_VERBS)
_USED = re.compile("支付|支出|使用|执行")
_SENT = re.compile("发放|兑付|支付")
_SAME = {"拨付": re.compile("拨付"), "到位": re.compile("到位"), "发放": _SENT, "兑付": _SENT}
"""Money that has all come (到位) or been passed on (拨付) need not all have been spent."""
_LATER = re.compile(r"计划|预计|将|拟|应|要求|确保|力争|未能?|不")
_DATE = re.compile(r"\d月|年底|次年|目前|现已")
_Paid = tuple[Decimal, Decimal, Saying]
"""An amount, the step it is certain to, and what of it was paid."""
_ALL_THINGS = re.compile(
    r"[^，；。\d]{0,8}?(?:已经?|均)?全部(?:已经?)?(?P<verb>完工|完成|建成|竣工|整改|办结|验收|交付)"
)
_PLANNED = re.compile(r"计划|应|目标|任务")
_FINISHED = ("完成", "完工", "建成", "竣工")
_NEAR = 2
_FAR = 20
"""Sentences between the two at most."""


def assertion_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims that all of an amount was paid or used."""
    paid = list(_paid(told))
    for one in told.sayings:
        if one.role == "amount" and one.money and not one.figure.about:
            yield from _all_of_it(one, paid)
        elif one.figure.kind == "count":
            yield from _all_things(told, one)


def _paid(told: Told) -> Iterator[_Paid]:
    """Yield each amount paid with the one it was paid of: said as such, or borne out by its rate and rest."""
    for one in told.sayings:
        rest = told.sayings[one.at + 1] if one.at + 1 < len(told.sayings) else None
        if _left_over(one, rest) and rest:
            yield one.figure.value + rest.figure.value, one.figure.step + rest.figure.step, one
        if one.role not in ("done", "share"):
            continue
        pairs = list(pairs_before(told, one))
        for planned, spent in pairs:
            yield planned.figure.value, planned.figure.step, spent
        last = told.sayings[one.at - 1] if one.at else None
        if pairs or last is None or last.sentence != one.sentence or not last.money or last.role != "amount":
            continue
        if _GAVE.search(last.lead) and 0 < one.figure.value < HUNDRED:
            whole = last.figure.value * HUNDRED / one.figure.value
            yield whole, whole * one.figure.step / one.figure.value, last
        if _GAVE.search(last.lead) and rest and rest.money and REST.search(rest.label):
            yield last.figure.value + rest.figure.value, last.figure.step + rest.figure.step, last


def _left_over(one: Saying, rest: Saying | None) -> bool:
    """Whether an amount was paid and the next is the rest: 支出216万元，结余24万元."""
    paid = one.role == "amount" and one.money and _GAVE.search(one.label) is not None
    left = rest is not None and rest.sentence == one.sentence and rest.role == "amount" and rest.money
    return paid and left and rest is not None and REST.search(rest.label) is not None


def _all_things(told: Told, saying: Saying) -> Iterator[Claim]:
    """Hold 9宗水库全部完工 against 计划9宗，完工8宗 shortly before."""
    found = _ALL_THINGS.match(saying.sentence.paragraph.text, saying.figure.end, saying.sentence.end)
    if not found or _LATER.search(found[0]) or saying.figure.about or saying.figure.bound:
        return
    before = [
        one for at in range(max(0, saying.sentence.at - _NEAR), saying.sentence.at + 1)
        for one in told.amounts(at, "count")
        if one.at < saying.at and one.figure.unit == saying.figure.unit
        and one.sentence.section == saying.sentence.section
    ]  # fmt: skip
    for planned, done in pairwise(before):
        named = _PLANNED.search(planned.lead) and done.lead.endswith((found["verb"], *_FINISHED))
        same = planned.sentence == done.sentence and planned.figure.value == saying.figure.value
        text = saying.sentence.paragraph.text
        later = done.sentence == saying.sentence and _DATE.search(text, done.figure.end, saying.figure.start)
        if named and same and not later and not _PLANNED.search(done.lead):
            short = planned.figure.value - done.figure.value
            workings = f"还差 {plain(planned.figure.value)} − {plain(done.figure.value)} = {plain(short)}"
            if short > 0:
                yield Claim(
                    "R2", "全部完成", saying, "differs", f"“{done.text}”", workings, start=planned.start
                )
            return


def _all_of_it(saying: Saying, paid: list[_Paid]) -> Iterator[Claim]:
    found = _ALL.match(saying.sentence.paragraph.text, saying.figure.end, saying.sentence.end)
    if not found or _LATER.search(found[0]):
        return
    gave = _SAME.get(found["verb"], _USED)
    for whole, step, spent in paid:
        same = abs(whole - saying.figure.value) <= step and gave.search(spent.lead) is not None
        near = abs(spent.sentence.at - saying.sentence.at) <= _FAR
        if (
            not same
            or not near
            or (spent.at == saying.at + 1 and spent.sentence == saying.sentence)
            or spent.at == saying.at
        ):
            continue
        short = saying.figure.value - spent.figure.value
        scale, against = saying.figure.scale, f"{spent.sentence.place}“{spent.text}”"
        one, other = saying.figure.value / scale, spent.figure.value / scale
        left = f"{plain(one)} − {plain(other)} = {plain(short / scale)}"
        if short > saying.figure.step:
            due = saying.figure.spelled(spent.figure.value)
            yield Claim("R2", "全部完成", saying, "differs", against, f"还差 {left}", due)
        else:
            yield Claim("R2", "全部完成", saying, "agrees", against, left)
        return
