"""What a report says of the money (资金): budget, adjustment, execution, what is left, source by source."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from perf_excel.forms.measure import LARGEST_FRACTION
from perf_excel.forms.model import Funding
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.scoring.arithmetic import Share, half_up, percent, shown
from perf_excel.rules.scoring.form_score import execution
from perf_excel.rules.scoring.printed import agrees
from perf_excel.words.writing.report_figures import (
    BARE_NUMBER,
    Figure,
    Subject,
    identity,
    number_in,
    one_line,
    spoken,
)

Amount = Literal["initial", "annual", "executed"]
AMOUNT_NAMES: dict[Amount, str] = {
    "initial": "年初预算数",
    "annual": "全年预算数",
    "executed": "全年执行数",
}
_LEAD = re.compile(r"(?:(?:资金来源|其中)[:：]?)? ?(?:[(（]?\d{1,2}[)）.．、])? ?")


def money_facts(subject: Subject) -> dict[str, object]:
    """Return the figures of the budget block's total, and of each source below it."""
    form = subject.form
    total = form.budget or Funding("")
    start = 1 if form.totalled else 0
    return {
        "金额单位": subject.unit,
        **_row_facts(subject, total, 0 if form.totalled else None, "budget", ""),
        "资金来源": [
            {"名称": name, **_row_facts(subject, row, index, _key(subject, index), name)}
            for index, row in enumerate(form.funding)
            if index >= start
            for name in [source_name(row.item)]
        ],
    }


def source_name(item: str) -> str:
    """Return the name of a source without number and words before it: （1）财政拨款, 其中：财政拨款."""
    name = one_line(item)
    found = _LEAD.match(name)
    return name[found.end() :] or name if found else name


def _key(subject: Subject, index: int) -> str:
    """Return what a source is known by: its name, and which of several that are called so it is."""
    items = [plain(row.item) for row in subject.form.funding]
    before = items[:index].count(items[index])
    return f"f{identity(items[index])}{f'.{before}' if before else ''}"


def _row_facts(subject: Subject, row: Funding, index: int | None, key: str, name: str) -> dict[str, object]:
    """Return what one row says; ``index`` is None for a sum that stands nowhere, ``name`` the source's."""

    def amount(field: Amount) -> Figure:
        spots = () if index is None else (Spot("funding", index, field),)
        value = getattr(row, field)
        text = subject.number(spots[0], value, subject.scale) if spots else _exact(value, subject.scale)
        return subject.figure(
            f"{key}.{field}", f"{name}{AMOUNT_NAMES[field]}", text, *spots, computed=index is None
        )

    initial, annual, executed = amount("initial"), amount("annual"), amount("executed")
    both, after = (*initial.spots, *annual.spots), (*annual.spots, *executed.spots)
    changed = adjustment(initial.text, annual.text, subject.unit)
    left = remainder(annual.text, executed.text, subject.unit)
    return {
        AMOUNT_NAMES["initial"]: initial,
        AMOUNT_NAMES["annual"]: annual,
        AMOUNT_NAMES["executed"]: executed,
        "预算调整情况": subject.figure(
            f"{key}.adjustment", f"{name}预算调整情况", changed, *both, computed=True
        ),
        "执行率": _rate(subject, row, index, key, name),
        "结余情况": subject.figure(f"{key}.rest", f"{name}结余情况", left, *after, computed=True),
    }


def _exact(value: Decimal | None, scale: Decimal) -> str:
    return "" if value is None else shown(value * scale)


def _rate(subject: Subject, row: Funding, index: int | None, key: str, name: str) -> Figure:
    """Return the rate of execution as printed, with a sign of percent; else as the amounts give it."""
    share = execution(row, subject.scores.rules)
    if index is None or row.rate.number is None:
        fields: tuple[Amount, ...] = ("annual", "executed")
        spots = () if index is None else tuple(Spot("funding", index, field) for field in fields)
        text = "" if share is None else percent(share.part / share.whole)
        return subject.figure(f"{key}.rate", f"{name}执行率", text, *spots, computed=True)
    text = printed_rate(subject.shown(Spot("funding", index, "rate")), row, share)
    return subject.figure(f"{key}.rate", f"{name}执行率", text, Spot("funding", index, "rate"))


def printed_rate(text: str, row: Funding, share: Share | None) -> str:
    """Return a printed rate in percent: 72.41 and 0.7241 are 72.41%, as the amounts say which is meant.

    Args:
        text: what the cell shows.
        row: the budget row with the rate as read.
        share: executed ÷ budget, None where it is not known.
    """
    number = row.rate.number
    if number is None:
        return ""
    if row.rate.percent is not None:
        number = row.rate.percent
    bare = plain(text).removesuffix("%").replace(",", "")
    if BARE_NUMBER.fullmatch(bare) and agrees(Decimal(bare), bare, number):
        number, text = Decimal(bare), bare
    else:
        text = shown(number)
    if row.rate.percent is None and share is not None and abs(number) <= LARGEST_FRACTION:
        exact = share.part / share.whole
        if abs(number - exact) <= abs(number - 100 * exact):
            text = shown(100 * number)
    return f"{text}%"


def adjustment(initial: str, annual: str, unit: str) -> str:
    """Say how the year's budget differs from the initial one; nothing where one of them is not known."""
    if not initial or not annual:
        return ""
    base, change = number_in(initial), number_in(annual) - number_in(initial)
    if not change:
        return "与年初预算数持平"
    amount = spoken(abs(change), initial + annual)
    more, grew = ("增加", "增长") if change > 0 else ("减少", "下降")
    share = shown(half_up(100 * abs(change) / base, 2)) if base > 0 else "0"
    rate = f"，{grew}{share}%" if share != "0" else ""
    return f"比年初预算数{more}{amount}{unit}{rate}"


def remainder(annual: str, executed: str, unit: str) -> str:
    """Say what of the year's budget is left; nothing where that is not known."""
    if not annual or not executed:
        return ""
    left = number_in(annual) - number_in(executed)
    if not left:
        return "无结余"
    amount = f"{spoken(abs(left), annual + executed)}{unit}"
    return f"结余{amount}" if left > 0 else f"执行数超过全年预算数{amount}"
