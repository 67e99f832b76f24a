"""Checks of the unit of money (金额单位): W11 amounts that are 元 taken for 万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.model import Form, Funding
from perf_excel.forms.spot import Spot
from perf_excel.forms.units import MONEY, base_unit, dimension
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.arithmetic import half_up, shown

_WAN = Decimal(10_000)
_LEAST, _MOST = _WAN / 2, _WAN * 2
"""万元: between these one amount is about ten thousand times another, as 元 are of 万元."""
_COST = "成本"

_LARGEST = tuple(
    (re.compile(name), Decimal(department), Decimal(project))
    for name, department, project in (
        ("(?<!城)(?:乡(?!村)|镇(?![江市]))|街道|村民?委员?会|社区居", 300_000, 100_000),
        ("[县旗](?!级)", 1_000_000, 300_000),
        ("(?<!自治)(?<![社小])区(?!域)", 3_000_000, 1_000_000),
        ("市(?!场)", 10_000_000, 5_000_000),
        ("", 100_000_000, 100_000_000),
    )
)
"""万元: more than this hardly any department or project has, by the lowest place in its unit's name."""


@check("W11")
def amounts_are_in_their_unit(case: Case) -> Iterator[Problem]:
    """Find budgets that are too large for their unit, or ten thousand times another amount of the form."""
    form, total = case.form, case.form.budget
    if total is None:
        return
    field, amount = _largest(total)
    limit = _limit(form)
    if amount > limit:
        message = (
            f"{_NAMES[field]}{shown(amount)}万元，合{_in_words(amount)}，超过了这一级单位通常的数，"
            f"像是把元填成了万元（{shown(amount)}元是{shown(amount / _WAN)}万元），请核对金额单位"
        )
        yield Problem(Spot("funding", 0, field), total.item, message, amount / _WAN, amount)
        return
    yield from _against_each_other(form)
    yield from _against_costs(form, total)


_NAMES = {"initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数"}


def _amounts(row: Funding) -> list[tuple[str, Decimal]]:
    fields = (("annual", row.annual), ("initial", row.initial), ("executed", row.executed))
    return [(field, amount) for field, amount in fields if amount is not None]


def _largest(row: Funding) -> tuple[str, Decimal]:
    return max(_amounts(row), key=lambda one: one[1], default=("annual", Decimal(0)))


def _limit(form: Form) -> Decimal:
    """The largest amount to be expected: 松江区九亭镇 is a town, 岳阳县农业农村局 a county's."""
    found = next(one for one in _LARGEST if one[0].search(form.unit))
    return found[2] if form.project or "项目" in form.form else found[1]


def _in_words(amount: Decimal) -> str:
    return f"{shown(half_up(amount / _WAN, 2))}亿元"


def _against_each_other(form: Form) -> Iterator[Problem]:
    """One amount in 元 beside others in 万元: 年初 120, 全年 1200000."""
    for index, row in enumerate(form.funding):
        given = [(field, amount) for field, amount in _amounts(row) if amount > 0]
        if len(given) < 2:
            continue
        (large_field, large), (small_field, small) = (
            max(given, key=lambda one: one[1]),
            min(given, key=lambda one: one[1]),
        )
        if _LEAST * small <= large <= _MOST * small and large >= _WAN:
            message = (
                f"{_NAMES[large_field]}{shown(large)}万元约为{_NAMES[small_field]}{shown(small)}万元的一万倍，"
                "像是一个填元、一个填万元，请统一为万元"
            )
            yield Problem(Spot("funding", index, large_field), row.item, message, large / _WAN, large)


def _against_costs(form: Form, total: Funding) -> Iterator[Problem]:
    """A budget of exactly ten thousand times a cost of the form's own: ≤120万元, 预算 1200000."""
    amounts = {amount: field for field, amount in _amounts(total) if amount >= _WAN}
    for row in form.indicators:
        unit = row.target.unit
        if row.target.number is None or _COST not in row.level1 + row.level2 or dimension(unit) != MONEY:
            continue
        cost = row.target.number * base_unit(unit)[0] / _WAN
        if field := amounts.get(cost * _WAN):
            message = (
                f"{_NAMES[field]}{shown(cost * _WAN)}万元，"
                f"是成本指标“{row.level3}”（{row.target.text}）的一万倍，"
                "像是把元填成了万元，请核对金额单位"
            )
            yield Problem(Spot("funding", 0, field), total.item, message, cost, cost * _WAN)
            return
