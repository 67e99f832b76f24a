"""Products (单价×数量): a price for each, a number, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_EACH = re.compile(
    r"每(?:一|个)?(?P<each>人次|批次|人|生|名|户|台|亩|公顷|辆|套|间|个|份|期|次|场|公里|平方米|米|吨|公斤|村|校|所|件|只|头|处|家|批|张|册|篇"
    r"|盏|座|口|眼|块|组|幢|栋|部|棵|株|班|节|课时|学时|条|本|例|宗)"
    r"|单价|(?P<mean>[人户生亩车次批所场台件村校]均)"
)
_TIMES = re.compile(r"每(?:个)?(?:月|学期|季度|季|周|天|日|年|次|期)")
_TIMES_OF = {
    "月": range(1, 13), "学期": (1, 2), "季度": range(1, 5), "季": range(1, 5), "年": (1,),
    "周": range(1, 54), "天": range(1, 367), "日": range(1, 367),
}  # fmt: skip
_CAME_TO = re.compile(r"共|合计|总|需|资金|金额|发放|补助|补贴|兑付|支出|费用|费(?:为|是)?$|计$")
_UNITS = {
    "人": "人",
    "生": "人",
    "名": "人",
    "人均": "人",
    "生均": "人",
    "户均": "户",
    "亩均": "亩",
    "车均": "辆",
    "次均": "次",
}
_KINDS = ("类", "种", "项", "批", "家", "处")
"""What is counted by these has no price of its own."""
_DIGIT = re.compile(r"\d")
_PERSONS = ("人", "名", "人次")
_MEAN = re.compile(r"平均|均|每")
_SWAPPED = "颠倒"
_THREE = 3


def price_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about what a price and a number come to, or what it is on an average."""
    for sentence in told.sentences:
        here = [
            one for one in told.by_sentence.get(sentence.at, ())
            if one.role in ("amount", "other") and one.figure.kind != "percent"
        ]  # fmt: skip
        for three in _threes(here):
            price = next((one for one in three if _EACH.search(one.lead)), None)
            others = [one for one in three if one is not price]
            if price is None:
                continue
            for number, cost in (others, others[::-1]):
                alone = [one for one in here if one.figure.unit == number.figure.unit] == [number]
                if _fits(price, number, cost) and (
                    alone or price.at < cost.at == max(one.at for one in three)
                ):
                    yield from _product(price, number, cost)
                    break


def _threes(here: list[Saying]) -> Iterator[list[Saying]]:
    """Yield three figures in a row, of stretches between semicolons with but one price."""
    stretches: list[list[Saying]] = []
    for one in here:
        text = one.sentence.paragraph.text
        apart = not stretches or "；" in text[stretches[-1][-1].figure.end : one.figure.start]
        if apart:
            stretches.append([])
        stretches[-1].append(one)
    for stretch in stretches:
        if len([one for one in stretch if _EACH.search(one.lead)]) == 1:
            yield from (stretch[at : at + _THREE] for at in range(len(stretch) - _THREE + 1))


def _product(price: Saying, number: Saying, cost: Saying) -> Iterator[Claim]:
    times = _times(price)
    due = price.figure.value * number.figure.value
    # A mean of things counted is rounded, too: 平均每期130人次.
    step = price.figure.step or Decimal(_MEAN.search(price.lead) is not None and not price.money)
    room = step * number.figure.value / 2 + cost.figure.step / 2
    room += number.figure.step * price.figure.value / 2
    scale, unit = cost.figure.scale, cost.figure.unit
    workings = (
        f"{plain(price.figure.value / scale)} × {plain(number.figure.value)} = {plain(due / scale)}{unit}"
    )
    last = max((price, number, cost), key=lambda one: one.at)
    first = min((price, number, cost), key=lambda one: one.at)
    against = f"“{price.text}”与“{number.text}”"
    swapped = due % (cost.figure.step or 1) == 0 and _SWAPPED in cause(
        cost.figure.value, due, cost.figure.step, money=cost.money
    )
    if not swapped and any(abs(due * each - cost.figure.value) <= room * each for each in times):
        yield Claim("R2", "单价×数量", cost, "agrees", against, workings, basis=(price, number))
    elif len(times) <= 2:
        yield Claim(
            "R2", "单价×数量", last, "differs", against if last is cost else f"“{cost.text}”",
            workings if last is cost else f"{workings}，文中为 {cost.figure.text}",
            cost.figure.spelled(due) if last is cost else "", "warning",
            cause(cost.figure.value, due, cost.figure.step, money=cost.money), start=first.start,
        )  # fmt: skip


def _fits(price: Saying, number: Saying, cost: Saying) -> bool:
    """Whether three figures are a price, the number of just those things, and what they come to."""
    found = _EACH.search(price.lead)
    if not found or number.figure.kind != "count" or not number.figure.value:
        return False
    ordered = cost.at == max(price.at, number.at, cost.at)
    mean = price.at == max(price.at, number.at, cost.at) and _MEAN.search(price.lead) is not None
    if not (ordered and _CAME_TO.search(cost.lead)) and not (mean and cost.at > number.at):
        return False
    if any(each.figure.about or each.respective or each.figure.bound for each in (price, number, cost)):
        return False
    if price.figure.kind != cost.figure.kind or (not price.money and price.figure.unit != cost.figure.unit):
        return False
    if not price.depth == number.depth == cost.depth:
        return False
    each = found["each"] or found["mean"]
    if each is None:  # 单价 is of whatever is counted next to it
        between = price.sentence.paragraph.text[number.figure.end : price.figure.start]
        straight = price.at < number.at or not _DIGIT.search(between)
        return price.money and number.figure.unit not in _KINDS and straight
    return same_things(things_of(price.lead), number.figure.unit)


def things_of(lead: str) -> str:
    """Return what a price or mean is for one of (每户、人均), empty where it does not say."""
    found = _EACH.search(lead)
    each = (found["each"] or found["mean"] or "") if found else ""
    return _UNITS.get(each, each.removesuffix("均"))


def same_things(things: str, unit: str) -> bool:
    """Whether things counted by a word are those that a price or mean is for one of."""
    bare = unit.lstrip("万亿")
    if things == "次":
        return bare in ("次", "人次", "批次", "例")
    return bare in _PERSONS if things == "人" else bare == things or (things == "批" and bare == "批次")


def _times(price: Saying) -> tuple[int, ...]:
    """Return how often a price may have been paid: 每人每月 up to twelve times in a year."""
    found = [one[0].removeprefix("每").removeprefix("个") for one in _TIMES.finditer(price.lead)]
    periods = [_TIMES_OF[one] for one in found if one in _TIMES_OF]
    return tuple(sorted({each for one in periods for each in one})) if periods else (1,)
