"""Means (平均、折合每户): a total divided by a number, in whatever order and over sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.intervals import rounded
from perf_excel.words.prices import same_things, things_of
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told
from perf_excel.words.wholes import counts

_MEAN = re.compile(
    r"(?:^|[^，；。]{0,16}?)(?:平均|折合|折算|摊到|约合|合)?(?:到|下来)?"
    r"(?:(?:平均|折合|合)?每一?个?(?P<each>[\u4e00-\u9fff]{1,4}?)|(?P<mean>[人户生亩车次批所场台件村校])均)"
    r"(?:平均|折合|合|约|的|计)?(?P<of>[\u4e00-\u9fff]{0,8}?)(?:折合|约合|约|为|达到?|是|合|的)?"
)
_OFTEN = re.compile(r"每(?:个)?(?:月|天|日|周|季|学期|次(?!均))")
_ONE_THING = re.compile(r"标准|单价|限额|定额|不超过|按|上年|去年|\d{4}年")
_NEAR, _FAR, _SHARED = 2, 12, 2
"""How many sentences back the number and the total stand at most, and signs of a name in common."""
_SWAPPED, _TENFOLD = "颠倒", 10
_FAR_OFF = Decimal("0.5")
"""A mean that is off by more than half is that of something else, unless a decimal point slipped."""


class _Mean(NamedTuple):
    saying: Saying
    things: str
    of: str


class _Pair(NamedTuple):
    total: Saying
    number: Saying


def mean_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims that a total divided by a number is the mean of it that the text prints."""
    for sentence in told.sentences:
        means = [mean for one in told.by_sentence.get(sentence.at, ()) if (mean := _mean(one))]
        pairs = {mean.saying.at: list(_pairs(told, mean)) for mean in means}
        fitting = {
            at: [pair for pair in each if _fits(mean.saying, pair)]
            for mean in means if (at := mean.saying.at) in pairs and (each := pairs[at])
        }  # fmt: skip
        totals = {pair.total.at for each in fitting.values() for pair in each}
        for mean in means:
            one = mean.saying
            if found := fitting.get(one.at):
                yield _claim(mean, found[0], agrees=True)
            elif pair := _certain(mean, pairs[one.at], totals):
                yield _claim(mean, pair, agrees=False)


def _mean(one: Saying) -> _Mean | None:
    if one.role not in ("amount", "other") or one.figure.kind not in ("money", "count"):
        return None
    if one.figure.about or one.figure.bound or one.respective or one.unchanged:
        return None
    found = _MEAN.fullmatch(one.lead)
    things = things_of(one.lead) if found else ""
    return _Mean(one, things, found["of"]) if found and things and not _ONE_THING.search(one.lead) else None


def _pairs(told: Told, mean: _Mean) -> Iterator[_Pair]:
    """Yield the totals and numbers in front that a mean may be of, the nearest first."""
    one = mean.saying
    first = max(0, one.sentence.at - _FAR)
    before = [
        each for at in range(one.sentence.at, first - 1, -1)
        for each in reversed(told.by_sentence.get(at, []))
        if each.at < one.at
    ]  # fmt: skip
    numbers = [
        each for each in before
        if counts(each) and each.figure.value > 0 and same_things(mean.things, each.figure.unit)
        and not each.figure.about and _is_near(each, one)
    ]  # fmt: skip
    totals = [
        each for each in before
        if counts(each) and each.figure.kind == one.figure.kind and each.figure.value > 0
        and (one.money or each.figure.unit == one.figure.unit)
    ]  # fmt: skip
    for number in numbers:
        yield from (_Pair(total, number) for total in totals if total is not number)


def _is_near(each: Saying, one: Saying) -> bool:
    return each.sentence.section == one.sentence.section and one.sentence.at - each.sentence.at <= _NEAR


def _fits(mean: Saying, pair: _Pair) -> bool:
    ratio = pair.total.figure.interval.over(pair.number.figure.interval)
    printed = rounded(mean.figure.value, mean.figure.step or Decimal(1)).wider(mean.figure.step)
    if ratio is None:
        return False
    # A price a month is paid up to twelve times a year, one a day as often as there are days.
    if _OFTEN.search(mean.lead):
        return any(
            ratio.low / times <= printed.high and printed.low <= ratio.high / times for times in range(1, 367)
        )
    return ratio.meets(printed)


def _certain(mean: _Mean, pairs: list[_Pair], totals: set[int]) -> _Pair | None:
    """Return the total and number that a mean is certain to be of.

    They stand right in front of it; or another mean of the sentence is right of that total; or the total
    bears the mean's own name; or two digits of the quotient were swapped.
    """
    one = mean.saying
    here = [pair for pair in pairs if pair.number.sentence == one.sentence]
    swapped = (pair for pair in here if _SWAPPED in _reason(mean, pair) and _is_near(pair.total, one))
    if not here or _OFTEN.search(one.lead):
        return next(swapped, None)
    number = here[0].number
    own = [pair for pair in here if pair.number is number]
    for pair in own:
        named = len(mean.of) >= _SHARED and mean.of in pair.total.lead and _is_near(pair.total, one)
        front = {pair.total.at, pair.number.at} == {one.at - 1, one.at - 2} or (
            pair.total.at == one.at - 1 and pair.total.sentence == one.sentence
        )
        right_in_front = front and not mean.of and "；" not in _between(pair, one)
        if not (pair.total.at in totals or named or right_in_front):
            continue
        due = pair.total.figure.value / pair.number.figure.value
        if abs(due - one.figure.value) <= due * _FAR_OFF or _reason(mean, pair) or _one_digit(one, due):
            return pair
    return next((pair for pair in swapped if pair.number is number), None)


def _one_digit(one: Saying, due: Decimal) -> bool:
    """Whether a mean with decimals has but one digit wrong or too many: 1950.51元 for 950.51元."""
    off = ((one.figure.value - due) / (one.figure.step or 1)).to_integral_value()
    return one.figure.step < one.figure.scale and len(str(abs(off)).rstrip("0")) == 1 and abs(off) >= _TENFOLD


def _between(pair: _Pair, one: Saying) -> str:
    first = min(pair.total, pair.number, key=lambda each: each.at)
    return one.sentence.paragraph.text[first.figure.end : one.figure.start]


def _reason(mean: _Mean, pair: _Pair) -> str:
    one = mean.saying.figure
    due = pair.total.figure.value / pair.number.figure.value
    return cause(one.value, due, one.step or Decimal(1), money=mean.saying.money)


def _claim(mean: _Mean, pair: _Pair, *, agrees: bool) -> Claim:
    total, number, one = pair.total, pair.number, mean.saying
    scale, unit = one.figure.scale, one.figure.unit
    due = total.figure.value / number.figure.value
    workings = (
        f"{plain(total.figure.value / scale)} ÷ {plain(number.figure.value)} = {plain(due / scale)}{unit}"
    )
    against = f"“{total.text}”与“{number.text}”"
    if agrees:
        return Claim("R2", "平均数", one, "agrees", against, workings, basis=(total, number))
    return Claim(
        "R2", "平均数", one, "differs", against, workings, f"{plain(due / scale, 2)}{unit}", "warning",
        _reason(mean, pair), number.start if number.sentence == one.sentence else None,
    )  # fmt: skip
