"""What rises and falls come to (增减相抵): a增2万元，b减5万元，合计净减3万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

NET = re.compile(
    r"合计|相抵|一增一减|共(?:净|增|减|节|压)|(?:两|三|四|五|[2-5])[项类者块][^，；。]{0,6}(?:合并|合计|共|相抵|增减)|合并"
)
"""A change that is what those in front of it come to, and none of the amount in front."""
_NEAR = 1


def is_net(change: Saying) -> bool:
    """Whether a change is said to be what several come to."""
    return change.role == "change" and change.money and NET.search(clause(change)) is not None


def clause(change: Saying) -> str:
    """Return the words in front of a change, up to the clause before its own."""
    text, start = change.sentence.paragraph.text, change.sentence.start
    own = max(start, text.rfind("，", start, change.start - 1) + 1, text.rfind("；", start, change.start) + 1)
    before = max(start, *(text.rfind(sign, start, max(start, own - 1)) + 1 for sign in "，；"))
    return (text[before:own] if not re.search(r"\d", text[before:own]) else "") + text[
        own : change.figure.start
    ]


def net_change_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about what the changes in front come to."""
    for one in told.sayings:
        if is_net(one) and not one.unchanged and not one.figure.about:
            changes = [
                each for at in range(max(0, one.sentence.at - _NEAR), one.sentence.at + 1)
                for each in told.by_sentence.get(at, ())
                if each.at < one.at and each.role == "change" and each.money and not each.unchanged
                and each.sentence.section == one.sentence.section and not is_net(each)
            ]  # fmt: skip
            yield from _held(one, changes)


def _held(net: Saying, changes: list[Saying]) -> Iterator[Claim]:
    signed = [one.figure.value * one.sign for one in reversed(changes)]
    if len(changes) <= 1 or not all(signed):
        return
    room = (net.figure.step + sum((one.figure.step for one in changes), Decimal(0))) / 2
    sums = list(accumulate(signed))[1:]
    printed, scale = net.figure.value * (net.sign or 1), net.figure.scale
    added = next((one for one in sums if abs(one - printed) <= room), None)
    against = f"前面的增减额（{len(changes)} 项）"
    if added is not None:
        terms = _terms(changes[len(changes) - sums.index(added) - 2 :], scale)
        yield Claim(
            "R2",
            "增减相抵",
            net,
            "agrees",
            against,
            f"{terms} = {plain(added / scale)}",
            basis=tuple(changes),
        )
    elif len(changes) == len(_MANY.findall(clause(net)) or changes) and _alone(net, changes):
        added = sums[-1]
        yield Claim(
            "R2", "增减相抵", net, "differs", against, f"{_terms(changes, scale)} = {plain(added / scale)}",
            net.figure.spelled(abs(added)), "warning",
            cause(printed, added, net.figure.step, money=True), changes[0].start
            if changes[0].sentence == net.sentence else None,
        )  # fmt: skip


_MANY = re.compile(r"一[增减]")


def _alone(net: Saying, changes: list[Saying]) -> bool:
    """Whether the changes in front are just two, both of its own sentence."""
    return len(changes) == 2 and all(one.sentence == net.sentence for one in changes)


def _terms(changes: list[Saying], scale: Decimal) -> str:
    shown = " ".join(f"{'−' if one.sign < 0 else '+'} {plain(one.figure.value / scale)}" for one in changes)
    return shown.removeprefix("+ ")
