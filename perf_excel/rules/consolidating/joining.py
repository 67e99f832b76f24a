"""How values of units become one (汇总方法): sums, means weighted by money, quotients, the last of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perf_excel.forms.measure import Day
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.consolidating.contributions import Contribution
from perf_excel.rules.describing import JOIN_NAMES
from perf_excel.rules.rulesets.parameters import AnyJoin
from perf_excel.rules.scoring.arithmetic import half_up

Method = AnyJoin | Literal["ratio", "derived"]

METHOD_NAMES: dict[Method, str] = {
    **JOIN_NAMES,
    "ratio": "分子合计 ÷ 分母合计",
    "derived": "由资金合计推算",
}
NUMERIC: frozenset[Method] = frozenset({"sum", "weighted", "mean", "max", "min", "ratio"})
"""The methods that make one number of several."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """One value of the department's form, and what it was made of.

    ``value`` is None where nothing was to be joined: the cell keeps what it holds. ``unit`` is that of all
    the values (percentages are numbers such as 98.5), ``text`` how ``value`` is going to be printed, ``was``
    what the department's form printed before. ``partial`` says that a unit's value is missing or
    could not be counted.
    """

    spot: Spot
    label: str
    method: Method
    value: Decimal | Day | str | None
    unit: str
    text: str
    given: tuple[Contribution, ...] = ()
    notes: tuple[str, ...] = ()
    partial: bool = False
    was: str = ""

    @property
    def counted(self) -> tuple[Contribution, ...]:
        """What really counts."""
        return tuple(one for one in self.given if one.value is not None)


def number_of(method: Method, given: Sequence[Contribution], decimals: int) -> Decimal | None:
    """Join numbers; None where there is none, or none with the weight that the method needs.

    Args:
        method: one of NUMERIC.
        given: what the units give; those without a value do not count, and with ``weighted`` and ``ratio``
            those without a weight.
        decimals: to how many decimals means and quotients are rounded, halves up; sums stay exact.
    """
    counted = [(one.value, one.weight) for one in given if isinstance(one.value, Decimal)]
    values = [value for value, _ in counted]
    if not values:
        return None
    if method == "sum":
        return sum(values, Decimal(0))
    if method in ("max", "min"):
        return max(values) if method == "max" else min(values)
    if method == "mean":
        return half_up(sum(values, Decimal(0)) / len(values), decimals)
    weighted = [(value, weight) for value, weight in counted if weight is not None]
    whole = sum((weight for _, weight in weighted), Decimal(0))
    if not whole:
        return None
    if method == "ratio":
        return half_up(100 * sum((value for value, _ in weighted), Decimal(0)) / whole, decimals)
    return half_up(sum((value * weight for value, weight in weighted), Decimal(0)) / whole, decimals)


def latest_of(given: Sequence[Contribution]) -> Contribution | None:
    """Return what gives the latest day; None where none does."""
    days = [(one.value, one) for one in given if isinstance(one.value, Day)]
    if not days:
        return None
    last = max((day.year, day.month, day.day) for day, _ in days)
    same = [one for day, one in days if (day.year, day.month, day.day) == last]
    # The same whatever the order of the units.
    return min(same, key=lambda one: (plain(one.text), one.text))


def majority_of(given: Sequence[Contribution]) -> tuple[str, dict[str, tuple[int, ...]]] | None:
    """Return the words that most units gave, and the others with the numbers of their units.

    None where no unit gave any, or no words were given more often than all others.
    """
    groups: dict[str, list[Contribution]] = {}
    for one in given:
        if isinstance(one.value, str):
            groups.setdefault(plain(one.value), []).append(one)
    sizes = sorted(map(len, groups.values()), reverse=True)
    if not sizes or sizes[1:2] == sizes[:1]:
        return None
    most = max(groups, key=lambda words: len(groups[words]))
    return _spelling(groups[most]), {
        _spelling(some): tuple(one.part for one in some) for words, some in groups.items() if words != most
    }


def _spelling(given: Sequence[Contribution]) -> str:
    """How the same words are spelled most often."""
    spellings = Counter(one.value for one in given if isinstance(one.value, str))
    return max(spellings, key=lambda text: (spellings[text], text))
