"""Points of every row, level and form (打分), each with its arithmetic in words to repeat.

The rules are those of 财预〔2020〕10号 and of published forms, chosen and parameterised by a rule set; where
a rule leaves judgement, the points stay the clerk's, held within what the rule allows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Literal

from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.rules.arithmetic import FULL, NONE, Share, capped, percent, rounded, shown
from perf_excel.rules.deviation import deviation_of
from perf_excel.rules.numeric import Reached, reach
from perf_excel.rules.ruleset import Band, RuleSet

BUDGET_LEVEL = "预算执行率"
"""The first-level name under which the budget row counts."""


@dataclass(frozen=True, slots=True)
class RowScore:
    """What a row is worth.

    ``points`` is None where the form gives too little to score; ``low`` and ``high`` are the bounds of a row
    that the rule leaves to judgement, else None; ``printed`` is what stands in the form; ``met`` whether the
    target was met, None where that is judgement; ``deviation`` is percent as a number (-1.01).
    """

    kind: Literal["budget", "indicator"]
    index: int
    label: str
    level1: str
    weight: Decimal | None
    points: Decimal | None
    printed: Decimal | None
    why: str
    met: bool | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    deviation: Decimal | None = None

    @property
    def judged(self) -> bool:
        """Whether the rule leaves the points to the clerk."""
        return self.high is not None


@dataclass(frozen=True, slots=True)
class LevelScore:
    """The sum of a first-level indicator; ``points`` counts the rows that have any."""

    name: str
    weight: Decimal
    points: Decimal


@dataclass(frozen=True)
class Scores:
    """A whole form, scored."""

    rows: tuple[RowScore, ...]
    rules: RuleSet

    @cached_property
    def budget(self) -> tuple[RowScore, ...]:
        """The scored rows of the budget block: its total row, or its sub-rows where those carry points."""
        return tuple(row for row in self.rows if row.kind == "budget")

    @cached_property
    def indicators(self) -> tuple[RowScore, ...]:
        """One for each indicator of the form, in its order."""
        return tuple(row for row in self.rows if row.kind == "indicator")

    @cached_property
    def levels(self) -> tuple[LevelScore, ...]:
        """First-level sums in the form's order, the budget row among them."""
        names = dict.fromkeys(row.level1 for row in self.rows)
        return tuple(
            LevelScore(
                name,
                sum((row.weight or Decimal(0) for row in self.rows if row.level1 == name), Decimal(0)),
                sum((row.points or Decimal(0) for row in self.rows if row.level1 == name), Decimal(0)),
            )
            for name in names
        )

    @cached_property
    def total(self) -> Decimal | None:
        """The sum of all points, None where no row has any."""
        points = [row.points for row in self.rows if row.points is not None]
        return sum(points, Decimal(0)) if points else None

    @cached_property
    def grade(self) -> str:
        """The grade of the total; empty while a row has no points yet."""
        if self.total is None or any(row.points is None for row in self.rows):
            return ""
        return grade_of(self.total, self.rules)


def grade_of(total: Decimal, rules: RuleSet) -> str:
    """Return the grade (等级) of a total, empty where the rule set has none so low."""
    return next((grade.name for grade in rules.grades if total >= grade.points), "")


def score(form: Form, rules: RuleSet) -> Scores:
    """Score every row of a form."""
    weights = _weights(form, rules)
    return Scores(
        (
            *(
                _budget_row(index, row, rules)
                for index, row in enumerate(form.funding)
                if _carries(index, row, rules)
            ),
            *(
                _indicator_row(index, row, weight, rules)
                for index, (row, weight) in enumerate(zip(form.indicators, weights, strict=True))
            ),
        ),
        rules,
    )


def execution(row: Funding, rules: RuleSet) -> Share | None:
    """Return executed ÷ budget (执行率) as a share, None where it is undefined or not given.

    A form that prints only the rate (重庆) is taken at its word, as percent.
    """
    base = row.initial if rules.budget.base == "initial" or row.annual is None else row.annual
    if base is None and row.executed is None and row.rate.number is not None:
        return Share(row.rate.number, Decimal(100))
    if base is None or row.executed is None or base <= 0:
        return None
    return Share(row.executed, base)


def _carries(index: int, row: Funding, rules: RuleSet) -> bool:
    """Whether a row of the budget block has points of its own: its total row, or each if the rule says so."""
    if not rules.total.budget_inside or not rules.budget.weight:
        return False
    return (index > 0) == rules.budget.sub_rows_score and (index == 0 or bool(row.weight))


def _weights(form: Form, rules: RuleSet) -> list[Decimal | None]:
    """The weight of each indicator, from its column or from what the rule set puts in its place."""
    source = rules.weights.source
    if source == "score":
        return [row.score if row.weight is None else row.weight for row in form.indicators]
    if source == "group":
        groups = {level.name: level.weight for level in rules.total.levels}
        count = {name: sum(row.level1 == name for row in form.indicators) for name in groups}
        return [
            groups[row.level1] / count[row.level1]
            if row.weight is None and row.level1 in groups
            else row.weight
            for row in form.indicators
        ]
    return [row.weight for row in form.indicators]


def _budget_row(index: int, row: Funding, rules: RuleSet) -> RowScore:
    weight = rules.budget.weight if row.weight is None else row.weight
    rate = execution(row, rules)

    def scored(points: Decimal | None, why: str, *, met: bool | None = None) -> RowScore:
        return RowScore("budget", index, row.item, BUDGET_LEVEL, weight, points, row.score, why, met)

    if rate is None:
        return scored(None, "预算数或执行数未填，或预算数为 0，无法计算执行率")
    share, rule = _budget_share(rate, rules)
    points = rounded(share.of(weight), rules.rounding)
    why = (
        f"{_rate_words(row, rate, rules)}；{rule[0]} × {shown(weight)}分 = {shown(points)}分；规则：{rule[1]}"
    )
    return scored(points, why, met=share.part >= share.whole)


def _rate_words(row: Funding, rate: Share, rules: RuleSet) -> str:
    if row.executed is None:
        return f"执行率{percent(rate.part / rate.whole)}（表中未列预算数和执行数）"
    initial = rules.budget.base == "initial" or row.annual is None
    base = "年初预算数" if initial else "全年预算数"
    amounts = f"全年执行数{shown(rate.part)}万元 ÷ {base}{shown(rate.whole)}万元"
    return f"执行率 = {amounts} = {percent(rate.part / rate.whole)}"


def _budget_share(rate: Share, rules: RuleSet) -> tuple[Share, tuple[str, str]]:
    """The share of the budget row, its arithmetic and its rule in words."""
    budget, shown_rate = rules.budget, percent(rate.part / rate.whole)
    if budget.rule == "full_at":
        share = capped(Share(rate.part, rate.whole * budget.full_at), budget.cap)
        full = percent(budget.full_at)
        arithmetic = percent(share.part) if share.whole == 1 else f"{shown_rate} ÷ {full}"
        return share, (arithmetic, f"执行率达到{full}得满分，未达到的按比例计分")
    if budget.rule == "steps":
        reached = next((part for bound, part in budget.steps if rate.part >= bound * rate.whole), Decimal(0))
        return Share(reached), (percent(reached), "按执行率分档计分")
    below = budget.rule == "threshold" and rate.part < budget.threshold * rate.whole
    share = NONE if below else capped(rate, budget.cap)
    rule = (
        f"执行率低于{percent(budget.threshold)}不得分" if budget.rule == "threshold" else "按执行率比例计分"
    )
    return share, (percent(share.part) if share.whole == 1 else shown_rate, rule)


def _indicator_row(index: int, row: Indicator, weight: Decimal | None, rules: RuleSet) -> RowScore:
    deviation = None if row.actual.kind == "empty" else deviation_of(row, rules)

    def scored(points: Decimal | None, why: str, *, met: bool | None = None) -> RowScore:
        return RowScore(
            "indicator",
            index,
            row.level3,
            row.level1,
            weight,
            points,
            row.score,
            why,
            met,
            deviation=deviation,
        )

    if weight is None:
        return scored(None, "分值未填，无法计分")
    if row.actual.kind == "empty" or row.target.kind == "empty":
        return scored(None, "指标值或实际完成值未填，无法计分")
    if row.target.kind == "number":
        if row.actual.kind != "number":
            return scored(None, "定量目标的实际完成值不是数字，无法计分")
        reached = reach(row, weight, rules)
        points = rounded(reached.share.of(weight), rules.rounding)
        return scored(points, _sentence(reached, weight, points), met=reached.met)
    if row.target.kind == "words" and rules.text.rule == "percent" and row.actual.is_percent:
        share = capped(Share(row.actual.number or Decimal(0), Decimal(100)), Decimal(1))
        points = rounded(share.of(weight), rules.rounding)
        arithmetic = f"实际{row.actual.text} × {shown(weight)}分 = {shown(points)}分"
        return scored(
            points, f"{arithmetic}；规则：定性目标按实际完成百分比计分", met=share.part >= share.whole
        )
    return _judged(scored(None, ""), row, weight, rules)


def _sentence(reached: Reached, weight: Decimal, points: Decimal) -> str:
    if reached.share == FULL:
        return f"{reached.arithmetic}，得满分{shown(weight)}分；规则：{reached.rule}"
    return f"{reached.arithmetic} × {shown(weight)}分 = {shown(points)}分；规则：{reached.rule}"


def _judged(blank: RowScore, row: Indicator, weight: Decimal, rules: RuleSet) -> RowScore:
    """A row whose points are the clerk's, within the band that the actual value's words name."""
    if rules.text.rule == "percent" and row.actual.text.strip() == row.target.text.strip():
        points = rounded(weight, rules.rounding)
        why = f"实际与目标一致，得满分{shown(weight)}分；规则：定性目标"
        return replace(blank, points=points, why=why, met=True)
    on_time = _on_time(row)
    band = _band(row, rules) if on_time is None else _DATES[on_time]
    low, high = band.lower * weight, band.upper * weight
    points = None if row.score is None else min(max(row.score, low), high)
    given = "待填报人评分" if points is None else f"填报人评分{shown(points)}分"
    why = f"{given}；规则：{band.name}，应在{shown(low)}—{shown(high)}分之间，由填报人判断"
    return replace(blank, points=points, why=why, met=on_time, low=low, high=high)


_ANY = Band("定性指标", Decimal(1), Decimal(0))
_DATES = {
    True: Band("时效目标按期完成，通常得满分", Decimal(1), Decimal(0)),
    False: Band("晚于目标时间", Decimal(1), Decimal(0)),
}


def _band(row: Indicator, rules: RuleSet) -> Band:
    """The band that the actual value's words or percentage name; the whole weight where they name none."""
    if not rules.text.bands:
        return _ANY
    actual = row.actual.text.strip()
    if actual == row.target.text.strip():
        return rules.text.bands[0]
    if row.actual.is_percent and row.actual.number is not None:
        fraction = row.actual.number / 100
        return next((band for band in rules.text.bands if fraction >= band.lower), rules.text.bands[-1])
    return next((band for band in rules.text.bands if actual == band.name or actual in band.words), _ANY)


def _on_time(row: Indicator) -> bool | None:
    """Whether the actual date is not after the target; None where only one of the two names its year."""
    target, actual = row.target.day, row.actual.day
    if target is None or actual is None or bool(target.year) != bool(actual.year):
        return None
    return (actual.year, actual.month, actual.day) <= (target.year, target.month, target.day)
