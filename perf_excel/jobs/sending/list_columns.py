"""Where a column of the list goes on a form (名单的列): by its head, to a spot; and its values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Literal, cast

from perf_excel.forms.indicator_pairing import name_of
from perf_excel.forms.measure import Measure, parse
from perf_excel.forms.money_sources import is_total, pair_sources
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.sheets.finding.column_words import INDICATOR
from perf_excel.sheets.finding.labels import Roles, bare, role_of, roles
from perf_excel.sheets.finding.money_words import BUDGET
from perf_excel.sheets.grid import Cell
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.shown_text import printed, scale_of

Kind = Literal["text", "amount", "points", "target"]
Given = str | Decimal | Measure
_SEPARATOR = re.compile(r"[:：/／|｜—–-]")
_BRACKET = re.compile(r"[(（]([^()（）]{1,20})[)）]")
_GOAL = re.compile("(?:年度|总体|绩效|履职|预期)*目标")
_OF_ALL = re.compile(
    "(?:年初|全年|年度|本年|当年|年末|调整后?|预算|安排|批复|核定|下达|[数额总]|金额|执行|支出|决算|部门|项目|合计)+"
)
"""The head of a column of the total: it names no source of money."""
_MONEY = frozenset({"initial", "annual", "executed"})
_OF_MONEY = re.compile(r"[(（](?:单位[:：])?万?元[)）]")
_SHORTEST = 4
"""Signs of the name of a source of money: 单位资金."""
_NUMBER = re.compile(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,30})?")
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column goes: the spot, what it holds, and how many of its units of money are one 万元."""

    spot: Spot
    kind: Kind
    per_wan: Decimal = Decimal(1)


@cache
def _roles() -> tuple[Roles, Roles]:
    return roles(BUDGET, {}), roles(INDICATOR, {})


def target_of(reading: Reading, head: str, per_wan: Decimal | None = None) -> Target | None:
    """Return where a column of the list goes on a form, None where the form has no place for it.

    年初预算数 is that of the total, 财政拨款：年初预算数 that of a source of money, 培训人次：指标值 that of
    an indicator. Amounts are in the unit that the head names (元, 万元), else in that which the list names
    above its head (``per_wan`` of it are one 万元), else in that of the form.
    """
    label, per_wan = bare(head), _unit(head) or per_wan or reading.per_wan
    for index, detail in enumerate(reading.form.details):
        if name_of(bare(detail.label)) == name_of(label):
            return _if_there(reading, Target(Spot("detail", index, "text"), "text"))
    if _GOAL.fullmatch(label):
        return _if_there(reading, Target(Spot("goal", 0, "expected"), "text"))
    spot = _of_source(reading, head) or _of_indicator(reading, head) or _of_total(reading, head)
    if spot is None:
        return None
    kind = {"target": "target", "weight": "points"}.get(spot.field, "amount")
    return _if_there(reading, Target(spot, cast("Kind", kind), per_wan))


def _of_source(reading: Reading, head: str) -> Spot | None:
    """An amount of a source of money: 财政拨款：年初预算数, 财政拨款年初预算数, 年初预算数（财政拨款）."""
    items = [row.item for row in reading.form.funding]
    for index, item in enumerate(items):
        own = [spot for spot in reading.places if spot[:2] == ("funding", index) and spot.field in _MONEY]
        if name_of(_without_unit(item)) == name_of(_without_unit(head)) and len(own) == 1:
            return own[0]
    for name, rest in _parted(head):
        if (role := role_of(rest, _roles()[0])) in _MONEY:
            index = 0 if is_total(name) else pair_sources([name], items[1:]).get(0, -1) + 1
            if items and (index or is_total(name)):
                return Spot("funding", index, str(role))
    return None


def _of_indicator(reading: Reading, head: str) -> Spot | None:
    """The target or the weight of an indicator; not a target that is cut into sign, number and unit."""
    cut = {"sign", "unit"} & reading.layout.indicators.columns.keys()
    for name, rest in _parted(head):
        role = role_of(rest, _roles()[1])
        for index, one in enumerate(reading.form.indicators):
            if name_of(one.level3) == name_of(name) and role in ({"weight"} if cut else {"target", "weight"}):
                return Spot("indicator", index, str(role))
    return None


def _of_total(reading: Reading, head: str) -> Spot | None:
    """An amount of the total: a head that names no source of money."""
    label = _without_unit(head)
    role = role_of(label, _roles()[0]) if reading.form.funding else None
    return Spot("funding", 0, str(role)) if _OF_ALL.fullmatch(label) and role in _MONEY else None


def _without_unit(head: str) -> str:
    return _OF_MONEY.sub("", plain(head))


def _if_there(reading: Reading, target: Target) -> Target | None:
    return target if target.spot in reading.places else None


def _unit(head: str) -> Decimal | None:
    for found in _BRACKET.finditer(plain(head)):
        if found[1] in ("元", "万元"):
            return Decimal(1) if found[1] == "万元" else Decimal(10_000)
    return None


def _parted(head: str) -> Iterator[tuple[str, str]]:
    """Yield a head as a name and what of it: 财政拨款：年初预算数, 年初预算数（财政拨款）."""
    text = plain(head)
    for found in _SEPARATOR.finditer(text):
        front, behind = text[: found.start()], text[found.end() :]
        yield front, behind
        yield behind, front
    for found in _BRACKET.finditer(text):
        yield found[1], text[: found.start()] + text[found.end() :]
    text = _without_unit(head)
    # 财政拨款年初预算数: the longest end that names an amount begins where the name ends.
    for at in range(_SHORTEST, len(text) - 1):
        if _OF_ALL.fullmatch(text[at:]):
            yield text[:at], text[at:]


def value_of(cell: Cell, target: Target) -> Given:
    """Return what a cell of the list says: a text, an amount in 万元, points, or a target as printed.

    Raises:
        ValueError: it is no number where one is wanted; the message says so in Chinese.
    """
    text = printed(cell).strip()
    if target.kind == "text":
        return text
    if target.kind == "target":
        return parse(text)
    number = _number(cell, text)
    if number < 0:
        raise ValueError(f"“{text[:20]}”是负数，请核对")
    return number / target.per_wan if target.kind == "amount" else number


def _number(cell: Cell, text: str) -> Decimal:
    if isinstance(cell.value, Decimal):
        number = cell.value * scale_of(cell)
    else:
        written = plain(text)
        if not _NUMBER.fullmatch(written):
            raise ValueError(f"“{text[:20]}”不是数字，请只填数字")
        try:
            number = Decimal(written.replace(",", ""))
        except InvalidOperation:
            raise ValueError(f"“{text[:20]}”不是数字，请只填数字") from None
    if abs(number) >= _LARGEST:
        raise ValueError(f"“{text[:20]}”过大，请核对")
    return number
