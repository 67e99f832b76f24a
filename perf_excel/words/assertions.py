"""All of it said to be done (2179万元已全部拨付), beside a smaller amount that was (已拨付2113.63万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.claims import Claim, plain
from perf_excel.words.plans import REST, pairs_before
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_VERBS = "拨付|支付|支出|使用|执行|发放|到位|兑付"
_ALL = re.compile(
    rf"[^，；。\d]{{0,8}}?(?:已经?|目前|均)?(?:全部|全额|足额|100%)(?:已经?)?(?P<verb>{_VERBS})(?:完毕|完成|到位)?(?=[，；。]|$)"
)
_GAVE = re.compile(_VERBS)
_Paid = tuple[Decimal, Decimal, Saying]
"""An amount, the step it is certain to, and what of it was paid."""
_HUNDRED = Decimal(100)
_FAR = 20
"""Sentences between the two at most."""


def assertion_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims that all of an amount was paid or used."""
    paid = list(_paid(told))
    for one in told.sayings:
        if one.role == "amount" and one.money and not one.figure.about:
            yield from _all_of_it(one, paid)


def _paid(told: Told) -> Iterator[_Paid]:
    """Yield each amount paid with the one it was paid of: said as such, or borne out by its rate and rest."""
    for one in told.sayings:
        if one.role not in ("done", "share"):
            continue
        pairs = list(pairs_before(told, one))
        for planned, spent in pairs:
            yield planned.figure.value, planned.figure.step, spent
        last = told.sayings[one.at - 1] if one.at else None
        if pairs or last is None or last.sentence != one.sentence or not last.money or last.role != "amount":
            continue
        if _GAVE.search(last.lead) and 0 < one.figure.value < _HUNDRED:
            whole = last.figure.value * _HUNDRED / one.figure.value
            yield whole, whole * one.figure.step / one.figure.value, last
        rest = told.sayings[one.at + 1] if one.at + 1 < len(told.sayings) else None
        if _GAVE.search(last.lead) and rest and rest.money and REST.search(rest.label):
            yield last.figure.value + rest.figure.value, last.figure.step + rest.figure.step, last


def _all_of_it(saying: Saying, paid: list[_Paid]) -> Iterator[Claim]:
    found = _ALL.match(saying.sentence.paragraph.text, saying.figure.end, saying.sentence.end)
    if not found:
        return
    for whole, step, spent in paid:
        same = abs(whole - saying.figure.value) <= step and _GAVE.search(spent.lead) is not None
        near = abs(spent.sentence.at - saying.sentence.at) <= _FAR
        if not same or not near or spent.at == saying.at + 1 or spent.at == saying.at:
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
