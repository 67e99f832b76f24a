"""Forms of sub-units made into their department's (汇总): first the values are joined, then it is scored.

The rule is the one printed on the forms of 湖北 (DB42/T 1601): absolute numbers are added up, percentages are
averaged weighted by money, and points are worked out from the joined values only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from perf_excel.forms.indicator_pairing import Pairs, pair
from perf_excel.forms.measure import NOTHING, parse
from perf_excel.forms.model import Form, Funding
from perf_excel.rules.consolidating.contributions import Answer, Part
from perf_excel.rules.consolidating.indicator_rollup import IndicatorRollup
from perf_excel.rules.consolidating.joining import Rolled
from perf_excel.rules.consolidating.money_rollup import money_rolled, with_money
from perf_excel.rules.consolidating.naming import named
from perf_excel.rules.rulesets.parameters import RuleSet


@dataclass(frozen=True, slots=True)
class Consolidated:
    """The department's form as it then is, each value with what it was made of, and what else is to be said.

    Points, total and grade of ``form`` are those that it had: scoring it comes after.
    """

    form: Form
    rolled: tuple[Rolled, ...]
    notes: tuple[str, ...]

    @property
    def partial(self) -> bool:
        """Whether something of some unit is not in it."""
        return bool(self.notes) or any(one.partial for one in self.rolled)


def consolidate(parts: Sequence[Part], rules: RuleSet, into: Form) -> Consolidated:
    """Consolidate units' forms into their department's; the order of the units makes no difference.

    Indicators are paired by name, money by its source. What cannot be added up for sure (another unit of
    measure, words among numbers) is left out and named, and so is what is missing; it is never taken as 0.
    """
    money, notes = money_rolled(into, parts)
    form = with_money(into, money)
    pairs = [pair(part.form.indicators, into.indicators) for part in parts]
    answers = _answers(parts, pairs)
    budget = _summed(into, money)
    rolled = [
        IndicatorRollup(number, row, parts, rules).rolled(answers.get(number, ()), budget)
        for number, row in enumerate(into.indicators)
        if row.level3
    ]
    rows = list(form.indicators)
    for one in rolled:
        if one.value is not None:
            rows[one.spot.row] = replace(rows[one.spot.row], actual=parse(one.text))
    form = replace(form, indicators=tuple(rows))
    return Consolidated(form, (*money, *rolled), (*notes, *_homeless(parts, pairs, into)))


def _answers(parts: Sequence[Part], pairs: Sequence[Pairs]) -> dict[int, list[Answer]]:
    """The units' rows by the number of the department's row that has the same name."""
    found: dict[int, list[Answer]] = {}
    for index, (part, paired) in enumerate(zip(parts, pairs, strict=True)):
        # What a cell shows for an error (#DIV/0!) is no word that a unit chose.
        errors = {fault.spot for fault in part.form.faults if fault.kind == "error"}
        for ours, theirs in paired.same.items():
            answer = Answer(index, ours, part.form.indicators[ours], part.form.year)
            if answer.spot in errors:
                answer = answer._replace(row=replace(answer.row, actual=NOTHING))
            found.setdefault(theirs, []).append(answer)
    return found


def _summed(into: Form, money: Sequence[Rolled]) -> Funding | None:
    """The total of what was rolled up, without any amount that was in the department's form before."""
    blank = tuple(Funding(row.item) for row in into.funding)
    return with_money(replace(into, funding=blank), money).budget if money else None


def _homeless(parts: Sequence[Part], pairs: Sequence[Pairs], into: Form) -> Iterator[str]:
    """Say which indicators of units the department's form does not have, with the one that looks alike."""
    lost: dict[tuple[str, str], list[str]] = {}
    for part, paired in zip(parts, pairs, strict=True):
        for number, row in enumerate(part.form.indicators):
            if number not in paired.same and row.level3:
                alike = paired.renamed.get(number)
                like = "" if alike is None else into.indicators[alike].level3
                lost.setdefault((row.level3, like), []).append(part.name)
    for (name, like), units in lost.items():
        alike = f"（与“{like}”名称相近，是同一个的请改成同名后重新汇总）" if like else ""
        yield f"部门表没有指标“{name}”{alike}，没有汇总：{named(units)}"
