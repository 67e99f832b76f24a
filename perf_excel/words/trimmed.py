"""Figures printed without the noughts at their end (省去末尾的零): 30万元 beside 22.16万元 is 30.00万元."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from perf_excel.words.sayings import Saying

_UNITS = ("万元", "元")
_FEWEST = 4
"""Figures with decimals that a text must have for its habit to show."""


def exact(says: Sequence[Saying]) -> list[Saying]:
    """Return the sayings of a text, the amounts of a unit that drops its last noughts as exact as the finest.

    So it is where some have decimals, some fewer or none, and none of them ends on a nought.
    """
    by_unit: dict[str, list[Saying]] = defaultdict(list)
    for one in says:
        if one.figure.unit in _UNITS and one.figure.value and not one.unchanged and not one.figure.about:
            by_unit[one.figure.unit].append(one)
    finest: dict[str, Decimal] = {}
    for unit, alike in by_unit.items():
        decimals = [one.figure.text.removesuffix(unit).partition(".")[2] for one in alike]
        printed = [each for each in decimals if each]
        if len(printed) >= _FEWEST and len(set(map(len, decimals))) > 1 and not any(
            each.endswith("0") for each in printed
        ):  # fmt: skip
            finest[unit] = min(one.figure.step for one in alike if one.figure.step)
    return [
        replace(one, figure=replace(one.figure, step=finest[one.figure.unit]))
        if one.figure.unit in finest and one.figure.step and not one.figure.about else one
        for one in says
    ]  # fmt: skip
