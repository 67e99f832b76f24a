"""What one unit gives to a value of its department (单位填报的值): read, and in the result's unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from perf_excel.forms.measure import NONE as NOUGHT
from perf_excel.forms.measure import Day, Measure, comparable
from perf_excel.forms.model import Form, Indicator
from perf_excel.forms.quotient import Quotient, quotient_of
from perf_excel.forms.spot import Spot
from perf_excel.forms.units import PERCENT, surely_in
from perf_excel.rules.scoring.arithmetic import half_up, shown

Kind = Literal["number", "date", "words"]
_EXACT = 9
"""Decimals that are kept of a converted number."""
_PRINTED = Decimal("0.06")
"""How far a printed percentage may be from its numerator over its denominator."""
KIND_NAMES: dict[Kind, str] = {"number": "数字", "date": "日期", "words": "文字"}


@dataclass(frozen=True, slots=True)
class Part:
    """A unit's form: what to call it in a sentence, and the form."""

    name: str
    form: Form


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit gives to a rolled-up value.

    ``part`` is the unit's number, ``spot`` the place in its form (None: its form has none), ``text`` what is
    printed there. ``value`` is what counts, in the unit of the result, a denominator or money being its
    ``weight``; None where nothing of it counts, and ``note`` says why.
    """

    part: int
    spot: Spot | None = None
    text: str = ""
    value: Decimal | Day | str | None = None
    weight: Decimal | None = None
    note: str = ""


class Answer(NamedTuple):
    """A unit's row for an indicator of the department, by the unit's number and its own."""

    part: int
    number: int
    row: Indicator
    year: int | None

    @property
    def spot(self) -> Spot:
        """Where its actual value stands."""
        return Spot("indicator", self.number, "actual")

    @property
    def quotient(self) -> Quotient | None:
        """Numerator and denominator, where a rate is printed with them."""
        found = quotient_of(self.row.actual.text) if self.row.actual.kind == "words" else None
        about = (found and found.printed is not None) or self.row.target.unit == PERCENT
        return found if about else None

    @property
    def kind(self) -> Kind | None:
        """What its actual value is; None where it is empty."""
        actual = self.row.actual
        if actual.kind == "empty":
            return None
        # As scoring reads it: where nothing was to happen 无 is nought, else it is no answer.
        nought = self.row.target.number == 0 and actual.words in NOUGHT
        return "number" if nought or self.quotient else actual.kind


def lacking(form: Form, spot: Spot) -> str:
    """Say why a unit's form has no value in a place: it is blank, or its cell is at fault."""
    fault = next((one for one in form.faults if one.spot == spot), None)
    if fault is None:
        return "没有填"
    shown_there = f"“{fault.shown}”" if fault.shown else ""
    return _FAULTS[fault.kind].format(shown_there)


_FAULTS = {
    "error": "单元格是错误值{}，没有汇总",
    "uncalculated": "单元格的公式没有计算过，没有汇总",
    "stale": "单元格的公式不是最新的结果{}，没有汇总",
    "struck": "文字{}已划去，没有汇总",
    "covered": "值{}被合并单元格盖住，没有汇总",
    "unsure": "文档里的这一格读不准，没有汇总",
}


def kind_of(answers: Sequence[Answer], target: Measure) -> Kind | None:
    """Return what a row of the department's form is: as its target says, else as most units filled it in."""
    kinds = Counter(kind for answer in answers if (kind := answer.kind))
    if target.kind != "empty" and kinds[target.kind]:
        return target.kind
    order: tuple[Kind, ...] = ("number", "date", "words")
    return max(order, key=lambda kind: kinds[kind]) if kinds else None


def unit_of(answers: Iterable[Answer], target: Measure) -> str:
    """Return the unit of the result: the target's, else the one that most units printed."""
    if target.kind == "number" and target.unit:
        return target.unit
    used = Counter(
        unit
        for answer in answers
        if answer.kind == "number" and (unit := PERCENT if answer.quotient else _own_unit(answer.row))
    )
    return max(used, key=lambda unit: (used[unit], unit)) if used else ""


def number_given(answer: Answer, unit: str, target: Measure) -> Contribution:
    """Return what a unit gives to a number in a unit of measure; ``target`` is the department's."""
    actual = answer.row.actual
    given = Contribution(answer.part, answer.spot, actual.text)
    if quotient := answer.quotient:
        factors = surely_in(PERCENT, unit) if unit else (Decimal(1), Decimal(1))
        return _given(given, quotient.percent, factors, PERCENT, unit, _doubt(quotient))
    if actual.number is None:
        return _replaced(given, Decimal(0), f"填“{actual.text}”，按 0 计")
    number, own = actual.number, _own_unit(answer.row)
    if own == PERCENT and not actual.unit:
        scaled = comparable(actual, answer.row.target)
        number = scaled[0] if scaled else number
    elif unit == PERCENT and not own:
        scaled = _as_percent(answer.row, target)
        if scaled is None:
            return _replaced(given, None, "没有写单位，不能确定是不是百分数，没有汇总")
        number, own = scaled, PERCENT
    factors = surely_in(own, unit) if own else (Decimal(1), Decimal(1))
    doubts = ["约数"] if actual.about else []
    if actual.sign:
        doubts.append(f"带着符号“{actual.sign}”，像是照抄的指标值，按 {shown(number)}{own} 计")
    return _given(given, number, factors, own, unit, "；".join(doubts))


def date_given(answer: Answer) -> Contribution:
    """Return what a unit gives to a date; a date without its year is of the form's year."""
    day = answer.row.actual.day
    given = Contribution(answer.part, answer.spot, answer.row.actual.text)
    if day is None:
        return given
    year = day.year or answer.year or 0
    return _replaced(given, Day(year, day.month, day.day), "" if year else "没有写年份")


def _given(
    given: Contribution,
    number: Decimal,
    factors: tuple[Decimal, Decimal] | None,
    own: str,
    unit: str,
    note: str,
) -> Contribution:
    if factors is None:
        return _replaced(given, None, f"单位“{own}”与“{unit}”不同，没有汇总")
    up, down = factors
    if up != down:
        number = half_up(number * up / down, _EXACT).normalize()
        note = "；".join(filter(None, (note, f"换算为 {shown(number)}{unit}")))
    return _replaced(given, number, note)


def _replaced(given: Contribution, value: Decimal | Day | str | None, note: str) -> Contribution:
    return Contribution(given.part, given.spot, given.text, value, given.weight, note)


def _doubt(quotient: Quotient) -> str:
    if quotient.printed is None or abs(quotient.printed - quotient.percent) <= _PRINTED:
        return ""
    right = shown(half_up(quotient.percent, 2))
    return f"写的是 {shown(quotient.printed)}%，分子除以分母是 {right}%，按分子、分母计"


def _own_unit(row: Indicator) -> str:
    """The unit of an actual value: its own, else that of its target."""
    return row.actual.unit or (row.target.unit if row.target.kind == "number" else "")


def _as_percent(row: Indicator, target: Measure) -> Decimal | None:
    """Return a number without any unit in percent, where it surely is: its target is the department's."""
    if row.target.kind == "number":
        both = comparable(row.target, target)
        if both is None or both[0] != both[1]:
            return None
    scaled = comparable(row.actual, target)
    return scaled[0] if scaled else None
