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
    r"每(?P<each>人|生|名|户|台|亩|公顷|辆|套|间|个|份|期|次|场|公里|平方米|米|吨|公斤|村|校|所|件|只|头|处|家|批|张|册|篇"
    r"|盏|座|口|眼|块|组|幢|栋|部|棵|株|班|节|课时|学时|条|本|例|宗)"
    r"|单价|(?P<mean>人均|户均|生均|亩均|车均)"
)
_TIMES = re.compile(r"每(?:个)?(?:月|学期|季度|季|周|天|日|年|次|期)")
_TIMES_OF = {
    "月": range(1, 13), "学期": (1, 2), "季度": range(1, 5), "季": range(1, 5), "年": (1,),
    "周": range(1, 54), "天": range(1, 367), "日": range(1, 367),
}  # fmt: skip
_CAME_TO = re.compile(r"共|合计|总|需|资金|金额|发放|补助|补贴|兑付|支出|费用|计$")
_UNITS = {
    "人": "人",
    "生": "人",
    "名": "人",
    "人均": "人",
    "生均": "人",
    "户均": "户",
    "亩均": "亩",
    "车均": "辆",
}
_PERSONS = ("人", "名", "人次")
_MEAN = re.compile(r"平均|均|每")
_THREE = 3


def price_claims(told: Told) -> Iterator[Claim]:
    """Yield the claims about what a price and a number come to, or what it is on an average."""
    for sentence in told.sentences:
        here = [
            one for one in told.by_sentence.get(sentence.at, ())
            if one.role in ("amount", "other") and one.figure.kind != "percent"
        ]  # fmt: skip
        if len([one for one in here if _EACH.search(one.lead)]) > 1:
            continue  # what several prices come to is not told apart
        for at in range(len(here) - _THREE + 1):
            three = here[at : at + _THREE]
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
    if any(abs(due * each - cost.figure.value) <= room * each for each in times):
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
        return price.money
    unit = _UNITS.get(each, each)
    bare = number.figure.unit.lstrip("万亿")
    return bare in _PERSONS if unit == "人" else bare == unit


def _times(price: Saying) -> tuple[int, ...]:
    """Return how often a price may have been paid: 每人每月 up to twelve times in a year."""
    found = [one[0].removeprefix("每").removeprefix("个") for one in _TIMES.finditer(price.lead)]
    periods = [_TIMES_OF[one] for one in found if one in _TIMES_OF]
    return tuple(sorted({each for one in periods for each in one})) if periods else (1,)
