"""One indicator consolidated (指标汇总): how the values that units filled in become the department's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from perf_excel.forms.indicator_pairing import name_of
from perf_excel.forms.measure import Day
from perf_excel.forms.model import Funding, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.forms.units import PERCENT, PERMILLE, base_unit, dimension
from perf_excel.rules.checks.derived import EXECUTED, derived_rate
from perf_excel.rules.consolidating.contributions import (
    KIND_NAMES,
    Answer,
    Contribution,
    Kind,
    Part,
    date_given,
    kind_of,
    lacking,
    number_given,
    unit_of,
)
from perf_excel.rules.consolidating.joining import (
    METHOD_NAMES,
    NUMERIC,
    Method,
    Rolled,
    latest_of,
    majority_of,
    number_of,
)
from perf_excel.rules.consolidating.naming import named
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.arithmetic import half_up, shown

_PER_TIME = frozenset({"年", "季", "季度", "月", "周", "天", "日", "学期", "期"})
"""What a count may be for (12次/年) and still be added up."""
_NUMBER: frozenset[Method] = NUMERIC | frozenset[Method]({"fixed"})
_FITS: dict[Kind, frozenset[Method]] = {
    "number": _NUMBER,
    "date": frozenset[Method]({"latest", "majority", "fixed"}),
    "words": frozenset[Method]({"majority", "fixed"}),
}
_APART = Decimal("0.05")
"""How far a printed rate may be from the one that follows from the money, in percent: it is rounded."""
_NO_MONEY = "没有金额，不计入加权平均"


@dataclass(frozen=True, slots=True)
class IndicatorRollup:
    """An indicator of the department's form, and all that its joining depends on."""

    number: int
    row: Indicator
    parts: Sequence[Part]
    rules: RuleSet

    def rolled(self, answers: Sequence[Answer], budget: Funding | None) -> Rolled:
        """Join what the units filled in.

        Args:
            answers: their rows of the same name.
            budget: the total of the summed budget block, from which some rates follow; None for none.
        """
        wanted = self._wanted()
        if wanted == "fixed":
            return self._kept()
        follows = self.rules.consolidation.derived and wanted is None
        if budget and follows and (derived := derived_rate(self.row.level3, budget, self.rules)):
            percent = half_up(100 * derived[0], self.rules.consolidation.decimals)
            unlike = self._unlike_their_money(answers)
            if not unlike or plain(self.row.level3) in EXECUTED:
                notes = [derived[1], *([f"填报的与本单位资金不符：{named(unlike)}"] if unlike else [])]
                return self._made("derived", percent, PERCENT, f"{shown(percent)}%", (), notes)
            # Of the other rates no published rule says how they are worked out: units may have another one.
            about = f"填报的与本单位资金不符，没有由资金推算（推算为 {shown(percent)}%）：{named(unlike)}"
            joined = self.rolled(answers, None)
            return replace(joined, notes=(*joined.notes, about))
        kind = kind_of(answers, self.row.target)
        if kind is None:
            return self._made("fixed", None, "", "", self._all(answers, {}), ["没有一个单位填写，保持原样"])
        unit = unit_of(answers, self.row.target) if kind == "number" else ""
        method = wanted or self._usual(kind, unit)
        if method == "fixed":
            return self._kept()
        if method not in _FITS[kind]:
            notes = [f"规则集要求“{METHOD_NAMES[method]}”，各单位填的却是{KIND_NAMES[kind]}，没有汇总"]
            return self._made(method, None, unit, "", self._all(answers, {}), notes)
        given = self._all(answers, {one.part: self._given(one, kind, method, unit) for one in answers})
        if kind == "number":
            return self._number(answers, given, method, unit, rule_is_usual=wanted is None)
        return self._date(given) if method == "latest" else self._words(given)

    def _unlike_their_money(self, answers: Sequence[Answer]) -> list[str]:
        """The units whose own figure is not what follows from their own money."""
        unlike: list[str] = []
        for answer in answers:
            part, value = self.parts[answer.part], number_given(answer, PERCENT, self.row.target).value
            budget = part.form.budget
            due = derived_rate(self.row.level3, budget, self.rules) if budget else None
            if answer.kind != "number" or due is None or not isinstance(value, Decimal):
                continue
            if abs(value - 100 * due[0]) > _APART:
                unlike.append(part.name)
        return unlike

    def _kept(self) -> Rolled:
        return self._made("fixed", None, "", "", (), ["按规则集，保持部门表上的值"])

    def _wanted(self) -> Method | None:
        own = self.rules.consolidation.indicators
        return next((how for name, how in own.items() if name_of(name) == name_of(self.row.level3)), None)

    def _usual(self, kind: Kind, unit: str) -> Method:
        rule = self.rules.consolidation
        if kind != "number":
            return rule.dates if kind == "date" else rule.words
        if unit in (PERCENT, PERMILLE):
            return rule.percents
        _, per, what = base_unit(unit)[1].partition("/")
        quotient = bool(per) and what not in _PER_TIME
        average = any(word in self.row.level3 for word in rule.average_words)
        return rule.averages if average or quotient or dimension(unit) == "评分" else rule.counts

    def _given(self, answer: Answer, kind: Kind, method: Method, unit: str) -> Contribution:
        """What a unit gives, where it is of the row's kind."""
        actual = answer.row.actual
        if answer.kind is None:
            form = self.parts[answer.part].form
            return Contribution(answer.part, answer.spot, note=lacking(form, answer.spot))
        if answer.kind != kind:
            note = f"填的是{KIND_NAMES[answer.kind]}，没有汇总"
            return Contribution(answer.part, answer.spot, actual.text, note=note)
        if kind == "number":
            return number_given(answer, unit, self.row.target)
        if method == "latest":
            return date_given(answer)
        return Contribution(answer.part, answer.spot, actual.text, actual.text.strip())

    def _all(self, answers: Sequence[Answer], given: dict[int, Contribution]) -> tuple[Contribution, ...]:
        """One for each unit, in their order: those without the indicator, too."""
        there = {one.part: Contribution(one.part, one.spot, one.row.actual.text) for one in answers}
        none = {
            index: Contribution(index, note="表上没有这个指标")
            for index in range(len(self.parts))
            if index not in there
        }
        return tuple((none | there | given)[index] for index in range(len(self.parts)))

    def _number(
        self,
        answers: Sequence[Answer],
        given: tuple[Contribution, ...],
        method: Method,
        unit: str,
        *,
        rule_is_usual: bool,
    ) -> Rolled:
        rule, notes = self.rules.consolidation, list[str]()
        quotients = {answer.part: answer.quotient for answer in answers}
        counted = [one for one in given if one.value is not None]
        if rule_is_usual and unit == PERCENT and counted and all(quotients[one.part] for one in counted):
            method = "ratio"
            given = tuple(
                replace(one, value=found.part, weight=found.whole)
                if one.value is not None and (found := quotients.get(one.part))
                else one
                for one in given
            )
        elif method == "weighted":
            given = self._weighed(given)
            if counted and not any(one.weight for one in given):
                method = "mean"
                notes.append("各单位都没有金额，改为不加权的平均")
                given = tuple(replace(one, note="") if one.note == _NO_MONEY else one for one in given)
        if method == "sum" and dimension(unit) == "时间":
            notes.append("时长是相加的，是平均时长的请在规则集的 [consolidation] 里写明")
        value = number_of(method, given, rule.decimals)
        if method == "weighted":
            given = tuple(replace(one, value=None) if one.note == _NO_MONEY else one for one in given)
        printed = any(answer.row.actual.unit or quotients[answer.part] for answer in answers)
        text = "" if value is None else shown(value) + (unit if printed else "")
        return self._made(method, value, unit, text, given, notes)

    def _weighed(self, given: Sequence[Contribution]) -> tuple[Contribution, ...]:
        """Give each value the money of its unit; one without any weighs nothing, and is named."""
        return tuple(
            one
            if one.value is None
            else replace(one, weight=money)
            if (money := self._money(one.part))
            else replace(one, note=_NO_MONEY)
            for one in given
        )

    def _money(self, index: int) -> Decimal | None:
        budget = self.parts[index].form.budget
        amount: Decimal | None = getattr(budget, self.rules.consolidation.weight_by) if budget else None
        return amount if amount is not None and amount > 0 else None

    def _date(self, given: tuple[Contribution, ...]) -> Rolled:
        latest = latest_of(given)
        value, text = (latest.value, latest.text.strip()) if latest else (None, "")
        return self._made("latest", value, "", text, given)

    def _words(self, given: tuple[Contribution, ...]) -> Rolled:
        found = majority_of(given)
        if found is None:
            return self._made("majority", None, "", "", given, ["没有多数意见，请在部门表上自己填写"])
        words, others = found
        notes = [
            f"少数：“{text}”{len(units)} 家（{named([self.parts[index].name for index in units])}）"
            for text, units in others.items()
        ]
        return self._made("majority", words, "", words, given, notes)

    def _made(
        self,
        method: Method,
        value: Decimal | Day | str | None,
        unit: str,
        text: str,
        given: tuple[Contribution, ...],
        notes: Sequence[str] = (),
    ) -> Rolled:
        without: dict[str, list[int]] = {}
        for one in given:
            if one.value is None and one.note:
                without.setdefault(one.note, []).append(one.part)
        missing = [
            f"{note}：{named([self.parts[index].name for index in units])}" for note, units in without.items()
        ]
        spot, was = Spot("indicator", self.number, "actual"), self.row.actual.text
        partial = (
            bool(without) or (value is None and method != "fixed") or (method == "fixed" and bool(given))
        )
        return Rolled(spot, self.row.name, method, value, unit, text, given, (*notes, *missing), partial, was)
