"""Checks of what the money is made up of (资金来源): W3 sums, and sources left blank under a total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from perf_excel.forms.model import Funding
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.arithmetic import shown

_CENT = Decimal("0.01")
_NAMES = {
    "initial": "年初预算数", "change": "调整数", "left": "结转结余数",
    "annual": "全年预算数", "executed": "全年执行数",
    "so_far": "已执行数",
    "expected": "全年预计执行数",
}  # fmt: skip


def _amount(row: Funding, field: str) -> Decimal | None:
    return getattr(row, field)


_NUMBERED = tuple(
    re.compile(words)
    for words in (
        "[一二三四五六七八九十]{1,3}[、.．]",
        "[(（][一二三四五六七八九十]{1,3}[)）]",
        r"\d{1,3}[、.．](?!\d)",
        r"[(（]?\d{1,3}[)）]|[①-⑩]",
    )
)
"""What a row is numbered by, from the highest kind down."""
_SAID_AGAIN = re.compile("(?:资金|收入|支出|预算)*(?:合计|总计|小计|总额)")
_STRUCTURE = re.compile("基本支出|项目支出|(?:资金|支出)结构")
"""What money is for, rather than where it comes from: a second way to break down the same total."""


@check("W3")
def breakdowns_add_up(case: Case) -> Iterator[Problem]:
    """Hold the total of the budget block against each of its breakdowns: 财政+其他, 基本支出+项目支出."""
    yield from _changes(case)
    total, below = case.form.budget, case.form.sources
    if total is None or not case.form.totalled:
        return
    below = tuple(row for row in below if not _is_said_again(row, total))
    structure = tuple(row for row in below if _STRUCTURE.search(plain(row.item)))
    sources = tuple(row for row in below if row not in structure)
    above = next((one for one, row in pairwise(below) if row in structure and one not in structure), None)
    yield from _left_blank(case, total, sources or structure)
    for field, name in _NAMES.items():
        have = _amount(total, field)
        if structure and sources and _adds_up(have, below, field):
            continue  # each row is a part of its own
        for rows, what in ((sources, "各资金来源"), (structure, "基本支出和项目支出")):
            amounts = [amount for row in rows if (amount := _amount(row, field)) is not None]
            if not amounts or _adds_up(have, rows, field) or _is_one_part(have, rows, field):
                continue
            if rows is structure and above and _adds_up(_amount(above, field), rows, field):
                continue  # 基本支出 and 项目支出 are those of the source above them
            added = _nearest(have, _sums(rows, field))
            stands = "未填" if have is None else f"为{shown(have)}万元"
            message = f"{name}合计{stands}，{what}相加为{shown(added)}万元，请核对"
            unreadable = any(spot.field == field for spot, _ in case.form.no_amounts)
            severity = "warning" if unreadable else None
            yield Problem(Spot("funding", 0, field), total.item, message, added, have, severity)


def _is_said_again(row: Funding, total: Funding) -> bool:
    """Whether a row is the total once more: of the sources, and of what the money is for."""
    named = _SAID_AGAIN.fullmatch(plain(row.item)) is not None
    return named and all(_amount(row, field) in (None, _amount(total, field)) for field in _NAMES)


def _changes(case: Case) -> Iterator[Problem]:
    """Hold the year's budget against what there was at first and what came to it, and what is left of it."""
    for index, row in enumerate(case.form.funding):
        if row.annual is None:
            continue
        if row.initial is not None and row.change is not None:
            due = row.initial + row.change
            # A cut may be printed without its sign.
            if min(abs(due - row.annual), abs(row.initial - row.change - row.annual)) > _CENT:
                message = (
                    f"年初预算数{shown(row.initial)}万元加调整数{shown(row.change)}万元应为{shown(due)}万元，"
                    f"全年预算数填{shown(row.annual)}万元，请核对"
                )
                # What was carried over may have come to it as well.
                spot = Spot("funding", index, "annual")
                yield Problem(spot, row.item, message, due, row.annual, "warning")
        if row.executed is not None and row.left is not None:
            due = row.annual - row.executed
            if abs(due - row.left) > _CENT:
                message = (
                    f"全年预算数{shown(row.annual)}万元减全年执行数{shown(row.executed)}万元为{shown(due)}万元，"
                    f"结转结余数填{shown(row.left)}万元，请核对"
                )
                yield Problem(Spot("funding", index, "left"), row.item, message, due, row.left, "warning")


def _left_blank(case: Case, total: Funding, rows: tuple[Funding, ...]) -> Iterator[Problem]:
    """Find amounts that have a total and rows for its sources, all of which are blank."""
    below = case.form.sources
    stray = any(
        _amount(row, field) is not None and _amount(total, field) is None for row in below for field in _NAMES
    )
    if stray or not rows:
        return  # rows that are no parts of the first: 预算数（A）, 执行数（B）
    used = [row for row in rows if any(_amount(row, field) for field in _NAMES)]
    first = (used or list(rows))[0]
    blank = [
        field
        for field in _NAMES
        if field in case.form.broken_down
        and _amount(total, field)
        and all(_amount(row, field) is None for row in below)
    ]
    names = "、".join(_NAMES[field] for field in blank)
    if blank and not used:
        message = f"{names}有合计，各资金来源都没有填，请按来源补填"
        spot = Spot("funding", 1 + below.index(first), blank[0])
        yield Problem(spot, first.item, message, "各来源的金额", None, "warning")
        return
    for field in blank:
        have = _amount(total, field)
        message = f"{_NAMES[field]}合计为{shown(have or Decimal(0))}万元，各资金来源都没有填，请按来源补填"
        yield Problem(Spot("funding", 1 + below.index(first), field), first.item, message, have, None)


def _is_one_part(total: Decimal | None, rows: tuple[Funding, ...], field: str) -> bool:
    """Whether the only row below a total names a part of it (其中：当年市级财政资金), not all of it."""
    amount = _amount(rows[0], field) if len(rows) == 1 else None
    return total is not None and amount is not None and amount <= total and rows[0].item.startswith("其中")


def _adds_up(total: Decimal | None, rows: tuple[Funding, ...], field: str) -> bool:
    """Whether amounts add up to a total.

    A second 其中 row is part of the one above, and may count or not; so may what is numbered below another
    row ((一) 1、 2、), and a 小计 is the sum of others.
    """
    if total is None:
        return False
    slack = _CENT * max(1, sum(_amount(row, field) is not None for row in rows))
    return any(abs(total - one) <= slack for one in _sums(rows, field))


def _nearest(total: Decimal | None, sums: list[Decimal]) -> Decimal:
    """The sum that is meant: of several, the one nearest to the total."""
    return sums[0] if total is None else min(sums, key=lambda one: abs(total - one))


def _sums(rows: tuple[Funding, ...], field: str) -> list[Decimal]:
    """What amounts add up to, by which of the rows are taken to be parts of others."""
    ways = (rows, _outer(rows), _highest(rows), [row for row in rows if "小计" not in row.item])
    return [sum((_amount(row, field) or Decimal(0) for row in way), Decimal(0)) for way in ways if way]


def _outer(rows: tuple[Funding, ...]) -> list[Funding]:
    return [row for index, row in enumerate(rows) if index == 0 or not row.item.strip().startswith("其中")]


def _highest(rows: tuple[Funding, ...]) -> list[Funding]:
    """The rows of the highest kind of numbering among them: 一、 before （一）, 1、 and （1）."""
    kinds = [next((kind for kind, one in enumerate(_NUMBERED) if one.match(row.item)), None) for row in rows]
    highest = min((kind for kind in kinds if kind is not None), default=None)
    return [row for row, kind in zip(rows, kinds, strict=True) if kind == highest]
