"""The balance of a year (收支平衡): 年初结转 + 收入 − 支出 = 年末结转, where a sentence says all four."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.adjustments import ADJUSTED, INITIAL
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_OPENING = re.compile(r"(?:年初|上年|期初)[^，；。]{0,4}(?:结转|结余|余额)|上年结转")
_CLOSING = re.compile(r"(?:年末|期末)[^，；。]{0,4}(?:结转|结余|余额)|结转(?:至)?下年")
_CAME, _WENT = re.compile(r"收入|收进|到位|拨入|收到|下达"), re.compile(r"支出|支付|使用|用掉|花[去掉]|实支")
_OF_YEAR = re.compile(r"相抵|收支差|(?:本|当)年(?:收支)?(?:净)?[结节]?余")
"""What is left of the year alone, said before what was left of the last one is added."""
_IDENTITIES = (
    (re.compile(r"净值(?:为|是)?$"), re.compile(r"原值(?:为|是)?$"), re.compile(r"折旧(?:额)?(?:为|是)?$")),
    (
        re.compile(r"净资产[^，]{0,4}$"),
        re.compile(r"资产总额(?:为|是)?$"),
        re.compile(r"负债总额(?:为|是)?$"),
    ),
)
_BOTH_SIDES = ("收入总计", "支出总计")
_TERMS = 4


def balance_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about what is left at the end of a year, and about a budget and its adjustment."""
    for sentence in told.sentences:
        here = [one for one in told.amounts(sentence.at) if not one.depth]
        if len(here) == _TERMS + 1:
            here = [one for one in here if not _OF_YEAR.search(one.lead)]
        if len(here) == _TERMS and (sides := _sides(here)):
            yield from _balance(*sides)


def identity_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about what is by its name the difference of two others: 净值 = 原值 − 折旧."""
    for sentence in told.sentences:
        here = [one for one in told.amounts(sentence.at) if not one.depth and not one.figure.about]
        for rest, whole, part in _IDENTITIES:
            found = [[one for one in here if name.search(one.lead)] for name in (rest, whole, part)]
            if all(len(each) == 1 for each in found):
                yield from _identity(*(each[0] for each in found))
        totals = [[one for one in here if one.label.endswith(name)] for name in _BOTH_SIDES]
        if all(len(each) == 1 for each in totals):
            yield from _both_sides(totals[0][0], totals[1][0])


def _identity(rest: Saying, whole: Saying, part: Saying) -> Iterator[Claim]:
    due = whole.figure.value - part.figure.value
    steps = rest.figure.step + whole.figure.step + part.figure.step
    off, scale = abs(due - rest.figure.value), rest.figure.scale
    workings = (
        f"{plain(whole.figure.value / scale)} − {plain(part.figure.value / scale)} = {plain(due / scale)}"
    )
    against = f"“{whole.text}”与“{part.text}”"
    if off <= steps / 2:
        yield Claim("R2", "差额", rest, "agrees", against, workings, basis=(whole, part))
    else:
        yield Claim(
            "R2", "差额", rest, "differs", against, workings, rest.figure.spelled(due),
            "info" if off <= steps else "warning",
            cause(rest.figure.value, due, rest.figure.step, money=True), min(whole.start, rest.start),
        )  # fmt: skip


def _both_sides(came: Saying, went: Saying) -> Iterator[Claim]:
    """Hold 支出总计 against 收入总计, which balance; where only a slip of the pen tells them apart."""
    against = f"“{came.text}”"
    reason = cause(went.figure.value, came.figure.value, went.figure.step, money=True)
    if went.figure.value == came.figure.value:
        yield Claim("R2", "收支总计", went, "agrees", against, "收支总计相等", basis=(came,))
    elif reason:
        yield Claim(
            "R2", "收支总计", went, "differs", against, "收入总计与支出总计应当相等",
            went.figure.spelled(came.figure.value), "warning", reason, came.start,
        )  # fmt: skip


def adjustment_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about budgets before and after their adjustment: 年初300万元，追加20万元."""
    for first, change, last in zip(told.sayings, told.sayings[1:], told.sayings[2:], strict=False):
        apart = first.sentence != last.sentence or not (first.money and change.money and last.money)
        if apart or change.unchanged or change.role != "change" or not change.sign:
            continue
        if (
            first.role != "amount"
            or last.role != "amount"
            or any(
                one.figure.about or one.respective or one.depth != first.depth
                for one in (first, change, last)
            )
        ):
            continue
        if not (INITIAL.search(first.lead) and ADJUSTED.search(last.lead)) or "；" in _between(first, last):
            continue
        due = (last.figure.value - first.figure.value) * change.sign
        steps = first.figure.step + change.figure.step + last.figure.step
        off, scale = abs(due - change.figure.value), change.figure.scale
        workings = (
            f"{plain(last.figure.value / scale)} − {plain(first.figure.value / scale)}"
            f" = {plain(due * change.sign / scale)}"
        )
        against = f"“{first.text}”与“{last.text}”"
        if off <= steps / 2:
            yield Claim("R2", "预算调整", change, "agrees", against, workings, basis=(first, last))
        elif due > 0:
            yield Claim(
                "R2", "预算调整", change, "differs", against, workings, change.figure.spelled(due),
                "info" if off <= steps else "warning",
                cause(change.figure.value, due, change.figure.step, money=True), first.start,
            )  # fmt: skip


def _between(first: Saying, last: Saying) -> str:
    return first.sentence.paragraph.text[first.figure.end : last.figure.start]


def _sides(here: list[Saying]) -> tuple[Saying, Saying, Saying, Saying] | None:
    """Return opening, income, outgo and closing, each of them once and named as nothing else."""
    found: dict[str, Saying] = {}
    for one in here:
        name = (
            "opening" if _OPENING.search(one.lead)
            else "closing" if _CLOSING.search(one.lead)
            else "came" if _CAME.search(one.label) and not _WENT.search(one.label)
            else "went" if _WENT.search(one.label) and not _CAME.search(one.label)
            else ""
        )  # fmt: skip
        if not name or name in found or one.figure.about or "总" in one.label:
            return None
        found[name] = one
    return found["opening"], found["came"], found["went"], found["closing"]


def _balance(opening: Saying, came: Saying, went: Saying, closing: Saying) -> Iterator[Claim]:
    due = opening.figure.value + came.figure.value - went.figure.value
    steps = sum((one.figure.step for one in (opening, came, went, closing)), Decimal(0))
    scale = closing.figure.scale
    workings = (
        f"{plain(opening.figure.value / scale)} + {plain(came.figure.value / scale)}"
        f" − {plain(went.figure.value / scale)} = {plain(due / scale)}"
    )
    against = f"“{opening.text}”“{came.text}”“{went.text}”"
    off = abs(due - closing.figure.value)
    if off <= steps / 2:
        basis = (opening, came, went)
        yield Claim("R2", "结余", closing, "agrees", against, workings, basis=basis)
    elif due >= 0:
        yield Claim(
            "R2", "结余", closing, "differs", against, workings, closing.figure.spelled(due),
            "info" if off <= steps else "warning",
            cause(closing.figure.value, due, closing.figure.step, money=True), opening.start,
        )  # fmt: skip
