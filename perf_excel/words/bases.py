"""What a change is from (基数): the amount spoken of and the one that it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from perf_excel.words.sayings import Saying
from perf_excel.words.subjects import GENERIC
from perf_excel.words.told import Told

_THIS_YEAR = re.compile(r"本年|今年|当年|全年|本期|实际|决算|实[支付收用]")
_IS = re.compile(r"(?:达|达到|为|[增升减降]至|[增升减降]到)")
_FROM, _TO = (
    re.compile(r"由|从"),
    re.compile(r"^[^，；。]{0,5}[到至为成]$|[增减升降高低少加大缩]\w{0,2}[到至为]$"),
)
_AGO = re.compile(r"[，（]?(?:上年|上一年度?|上年度|去年|(?P<year>(?:19|20)\d\d)年度?)[^，；。（）]{0,24}$")
"""An amount of the year before that is said behind its change: 增加6万元，上年为30万元."""
_FROM_YEAR = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年[^，；。\d]{0,12})?(?:比|较|与|同)(?P<base>(?:19|20)\d\d)年"
)
_LONG = 3
_BASIS = re.compile(r"(?P<planned>预算|计划|指标)|(?P<settled>决算|执行|实际|完成)")


@dataclass(frozen=True, slots=True)
class Base:
    """An amount, what it was before or was to be (``former``), and whether it is certain that they belong."""

    current: Saying
    former: Saying
    sure: bool


def bases(told: Told, saying: Saying) -> Iterator[Base]:
    """Yield what a change may be from, of the years that it names: 2024年较2022年减少 is not from 2023."""
    named = _FROM_YEAR.search(saying.lead)
    for base in _bases(told, saying):
        other = named and base.former.year not in (None, int(named["base"]))
        later = named and named["year"] and base.current.year not in (None, int(named["year"]))
        yield replace(base, sure=False) if other or later else base


def _bases(told: Told, saying: Saying) -> Iterator[Base]:
    """Yield what a change, rate or 持平 may be from, the most certain first.

    The amount of the year before stands between the amount and its change (比上年433万元减少), before the
    amount (上年433万元，本年431万元，减少), behind it with its year, or in another sentence.
    """
    host, sure = told.host(saying)
    kind, unit = _kind(host, saying)
    before = [
        one for one in told.by_sentence[saying.sentence.at]
        if one.at < saying.at and one.figure.kind == kind and not one.figure.bound and not one.unchanged
        and (kind == "money" or one.figure.unit == unit)
    ]  # fmt: skip
    if host is not None and (ago := ago_behind(told, saying, host)):
        yield Base(host, ago, sure and _same_basis(ago, host))
    if host is not None and host.sentence == saying.sentence:
        yield from _in_sentence(before, host, sure=sure)
    elif (
        before and before[-1].role == "former" and not any(one.role == "amount" for one in before)
        and not _of_another(told, before[-1], saying)
    ):  # fmt: skip
        yield from _ahead(told, before[-1], saying, host, sure=sure)
    if host is not None:
        yield from _elsewhere(told, host, saying)
    elif ago := ago_behind(told, saying, None):
        after = told.amounts(saying.sentence.at, ago.figure.kind)
        now = [
            one for one in after
            if ago.at < one.at <= ago.at + 2 and (_THIS_YEAR.search(one.lead) or _year_after(one, ago))
        ]  # fmt: skip
        yield from (Base(one, ago, sure=True) for one in now[:1])


def ago_behind(told: Told, saying: Saying, host: Saying | None) -> Saying | None:
    """Return the amount of the year before that stands behind a change: 增加6万元（上年30万元），增长20%."""
    kind, unit = _kind(host, saying)
    for at in (saying.at + 1, saying.at + 2):
        one = told.sayings[at] if at < len(told.sayings) else None
        if one is None or one.sentence != saying.sentence:
            return None
        between = saying.sentence.paragraph.text[saying.figure.end : one.start]
        if "；" in between or "。" in between:
            return None
        if one.role == "rate" and not one.label:
            continue
        said = _AGO.match(one.lead)
        alike = one.figure.kind == kind and (kind == "money" or one.figure.unit == unit)
        cores = {"", "同期", saying.core, host.core if host else ""}
        if said is None or not alike or one.role not in ("former", "amount") or one.core not in cores:
            return None
        year = host.year if host else None
        return one if not (said["year"] and year) or int(said["year"]) == year - 1 else None
    return None


def _in_brackets(one: Saying, host: Saying) -> bool:
    """Whether an amount of the year before stands in brackets behind another: 36.8万元（2022年为32万元）."""
    said = _AGO.fullmatch(one.lead) if one.role == "amount" and not one.core else None
    at_once = one.start == host.figure.end + 1 and one.depth == host.depth + 1
    return said is not None and at_once and (host.year is None or one.year == host.year - 1)


def _year_after(one: Saying, other: Saying) -> bool:
    return other.year is not None and one.year == other.year + 1 and one.core == other.core


def _of_another(told: Told, former: Saying, saying: Saying) -> bool:
    """Whether an amount of the year before is that of the change in front of it: 多支2万元，上年30万元；…."""
    text = saying.sentence.paragraph.text
    last = told.sayings[former.at - 1] if former.at else None
    owned = last is not None and last.sentence == former.sentence and last.role in ("change", "rate")
    return owned and "；" in text[former.figure.end : saying.figure.start]


def _kind(host: Saying | None, saying: Saying) -> tuple[str, str]:
    if saying.role == "change" and not saying.unchanged:
        return saying.figure.kind, saying.figure.unit
    return (host.figure.kind, host.figure.unit) if host else ("money", "")


def _in_sentence(before: list[Saying], host: Saying, *, sure: bool) -> Iterator[Base]:
    between = [
        one for one in before
        if one.at > host.at and (one.role == "former" or _in_brackets(one, host))
    ]  # fmt: skip
    if len(between) == 1:
        yield Base(host, between[0], sure)
        return
    if between and between[-1] is before[-1]:  # 比预算31万元节约3.55万元；较2020年26.1万元|增加
        yield Base(host, between[-1], sure)
        return
    if not between:
        yield from _in_front(before, host, sure=sure)


def _in_front(before: list[Saying], host: Saying, *, sure: bool) -> Iterator[Base]:
    """Yield what an amount is compared with that stands in front of it: 上年433万元，本年431万元."""
    ahead = [one for one in before if one.at < host.at]
    last = ahead[-1] if ahead else None
    if last is None or last.depth != host.depth or last.figure.kind != host.figure.kind:
        return
    if "；" in host.sentence.paragraph.text[last.figure.end : host.figure.start]:
        return
    if last.role == "former" and len(ahead) > 1 and _owned(ahead[-2], last):
        return
    alike = last.core in (*GENERIC, host.core) or host.core in GENERIC
    straight = not any(one.at > host.at and one.role == "amount" for one in before)
    if straight and _FROM.search(last.lead) and _TO.search(host.lead):
        yield Base(host, last, sure=True)  # 由1545万元调减为1500万元
    elif last.role == "former" and alike and straight:
        yield Base(host, last, sure and _same_basis(last, host))
    elif (
        last.role == "amount" and alike and last.year and host.year and host.core == (last.core or host.core)
    ):
        if last.year == host.year - 1:
            yield Base(host, last, _same_basis(last, host))
        elif host.year == last.year - 1:
            yield Base(last, host, _same_basis(last, host))


def _owned(amount: Saying, former: Saying) -> bool:
    """Whether a former amount is that of the amount in front of it: 接待费12万元，上年15万元."""
    between = former.sentence.paragraph.text[amount.figure.end : former.figure.start]
    return amount.role == "amount" and "；" not in between


def _ahead(told: Told, former: Saying, saying: Saying, host: Saying | None, *, sure: bool) -> Iterator[Base]:
    """Yield what follows 与上年110万元相比，减少10万元: 本年100万元, or the amount of the sentence before."""
    behind = [
        one for one in told.amounts(saying.sentence.at, former.figure.kind)
        if one.at > saying.at and one.at <= saying.at + 2
        and (_THIS_YEAR.search(one.lead) or _IS.fullmatch(one.lead))
    ]  # fmt: skip
    if behind:
        yield Base(behind[0], former, sure=True)
    elif host is not None and host.figure.kind == former.figure.kind:
        yield Base(host, former, sure and former.core in (*GENERIC, host.core))


def _elsewhere(told: Told, host: Saying, saying: Saying) -> Iterator[Base]:
    """Yield the amounts of the year before with the same label, said anywhere."""
    formers = [
        one for at in range(max(0, host.sentence.at - 1), host.sentence.at + 2)
        for one in told.by_sentence.get(at, ())
        if one.role == "former" and one.label and one.label == host.label and one.at != saying.at - 1
        and one.figure.kind == host.figure.kind
    ]  # fmt: skip
    for one in formers if len({one.figure.value for one in formers}) == 1 else ():
        yield Base(host, one, len(host.label) > _LONG and _same_basis(one, host))
    year = saying.year or host.year
    found = [
        one for one in told.by_core.get(host.core, ())
        if one.money and year and one.year == year - 1 and one is not host
    ]  # fmt: skip
    same = [one for one in told.by_core.get(host.core, ()) if one.money and one.year == host.year]
    alone = all(len({one.figure.value for one in each}) == 1 for each in (same, found) if each)
    for one in found:
        sure = host.core not in GENERIC and host.year is not None and alone and _same_basis(one, host)
        yield Base(host, one, sure)


def _same_basis(one: Saying, other: Saying) -> bool:
    """Whether neither is a budget where the other is an outcome."""
    said = [{name for found in _BASIS.finditer(each.lead) for name in found.groupdict() if found[name]}
            for each in (one, other)]  # fmt: skip
    return not all(said) or bool(said[0] & said[1])
