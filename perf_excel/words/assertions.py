"""All of it said to be done (2179万元已全部拨付), beside a smaller amount that was (已拨付2113.63万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perf_excel.words.claims import Claim, plain
from perf_excel.words.plans import pairs_before
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_VERBS = "拨付|支付|支出|使用|执行|发放|到位|兑付"
_ALL = re.compile(
    rf"[^，；。\d]{{0,8}}?(?:已经?|目前|均)?(?:全部|全额|足额)(?:已经?)?(?P<verb>{_VERBS})(?:完毕|完成|到位)?(?=[，；。]|$)"
)
_FAR = 12
"""Sentences between the two at most."""


def assertion_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims that all of an amount was paid or used."""
    paid = [pair for one in told.sayings if one.role == "done" for pair in pairs_before(told, one)]
    for one in told.sayings:
        if one.role == "amount" and one.money and not one.figure.about:
            yield from _all_of_it(one, paid)


def _all_of_it(saying: Saying, paid: list[tuple[Saying, Saying]]) -> Iterator[Claim]:
    found = _ALL.match(saying.sentence.paragraph.text, saying.figure.end, saying.sentence.end)
    if not found:
        return
    for planned, spent in paid:
        same = planned.figure.value == saying.figure.value and found["verb"] in spent.lead
        near = abs(planned.sentence.at - saying.sentence.at) <= _FAR
        if not same or not near or planned.at == saying.at:
            continue
        short = planned.figure.value - spent.figure.value
        scale, against = saying.figure.scale, f"{spent.sentence.place}“{spent.text}”"
        one, other = plain(planned.figure.value / scale), plain(spent.figure.value / scale)
        left = f"{one} − {other} = {plain(short / scale)}"
        if short > saying.figure.step:
            yield Claim(
                "R2",
                "全部完成",
                saying,
                "differs",
                against,
                f"还差 {left}",
                saying.figure.spelled(spent.figure.value),
            )
        else:
            yield Claim("R2", "全部完成", saying, "agrees", against, left)
        return
