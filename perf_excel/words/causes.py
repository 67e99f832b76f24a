"""Why a figure may be wrong (可能的原因): a unit, swapped digits, a decimal point, a sign."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

_POWERS = (1, 2, 3, 4)
_LEAST = 2


def cause(printed: Decimal, expected: Decimal, step: Decimal, *, money: bool) -> str:
    """Return the likely reason, or nothing where none shows itself.

    Args:
        printed: the figure as printed, in its smallest unit.
        expected: what it should be, in the same unit.
        step: step of the printed figure's last digit.
        money: whether it is money.
    """
    return next(_reasons(printed, expected, step, money=money), "")


def _reasons(printed: Decimal, expected: Decimal, step: Decimal, *, money: bool) -> Iterator[str]:
    if not printed or not expected:
        return
    if money and abs(printed - expected * 10_000) <= step:
        yield "疑把元写成了万元"
    if money and abs(printed * 10_000 - expected) <= step * 10_000:
        yield "疑把万元写成了元"
    for power in _POWERS:
        if abs(printed - expected.scaleb(power)) <= step or abs(printed - expected.scaleb(-power)) <= step:
            yield "疑小数点或单位错位"
    if abs(printed + expected) <= step:
        yield "疑增减方向写反"
    one, two = _digits(printed, step), _digits(expected, step)
    if len(one) == len(two) >= _LEAST:
        differing = [place for place in range(len(one)) if one[place] != two[place]]
        if len(differing) == _LEAST and differing[1] == differing[0] + 1 and sorted(one) == sorted(two):
            yield "疑相邻两位数字写颠倒"
        if len(differing) == 1:
            yield "疑有一位数字写错"


def _digits(value: Decimal, step: Decimal) -> str:
    return str(int((abs(value) / (step or 1)).to_integral_value()))
