"""Points of every row, level and form (打分), each with its arithmetic in words to repeat.

The rules are those of 财预〔2020〕10号 and of published forms, chosen and parameterised by a rule set; where
a rule leaves judgement, the points stay the clerk's, held within what the rule allows.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial

from perf_excel.forms.model import Form, Funding, Indicator
from perf_excel.forms.text import plain
from perf_excel.rules.rulesets.parameters import Band, RuleSet
from perf_excel.rules.scoring import explaining
from perf_excel.rules.scoring.arithmetic import NONE, Share, capped, rounded
from perf_excel.rules.scoring.deviation import deviation_of
from perf_excel.rules.scoring.numeric import Attempt, attempt, reach
from perf_excel.rules.scoring.points import Points, RowScore, bounds_of
from perf_excel.rules.scoring.sharing import joined
from perf_excel.rules.scoring.weighing import weights_of

BUDGET_LEVEL = "预算执行率"
"""The first-level name under which the budget row counts."""

_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)


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
    def each(self) -> tuple[RowScore, ...]:
        """All rows, those that share one score each with its own points where it has them."""
        return tuple(row.alone or row for row in self.rows)

    @cached_property
    def levels(self) -> tuple[LevelScore, ...]:
        """First-level sums in the form's order, the budget row among them."""
        groups: dict[str, list[RowScore]] = {}
        for row in self.rows:
            groups.setdefault(plain(row.level1), []).append(row)
        return tuple(
            LevelScore(
                group[0].level1,
                sum((row.weight or _ZERO for row in group), _ZERO),
                sum((row.points or _ZERO for row in group), _ZERO),
            )
            for group in groups.values()
        )

    @cached_property
    def total(self) -> Decimal | None:
        """The sum of all points, None where no row has any."""
        points = [row.earned.points for row in self.rows]
        given = [one for one in points if one is not None]
        return sum(given, _ZERO) if given else None

    @cached_property
    def complete(self) -> bool:
        """Whether every row has points."""
        return all(row.earned.points is not None for row in self.rows)

    @cached_property
    def grade(self) -> str:
        """The grade of the total; empty while a row has no points yet."""
        if self.total is None or not self.complete:
            return ""
        return grade_of(self.total, self.rules)


def grade_of(total: Decimal, rules: RuleSet) -> str:
    """Return the grade (等级) of a total, empty where the rule set has none so low."""
    return next((grade.name for grade in rules.grades if total >= grade.points), "")


def score(form: Form, rules: RuleSet) -> Scores:
    """Score every row of a form."""
    counts, by_source = budget_counts(form, rules), sources_count(form, rules)
    rows = [
        _budget_row(index, form.budget if index == 0 and form.budget else row, rules)
        for index, row in enumerate(form.funding)
        if counts and _carries_points(index, row, by_source=by_source)
    ]
    indicators: list[RowScore] = []
    for index, (row, weight) in enumerate(zip(form.indicators, weights_of(form, rules), strict=True)):
        tried = attempt(row, rules)
        if _without_values(row, form):
            earned = (
                _unscored(explaining.NO_WEIGHT) if weight is None else _in_band(row, weight, _GIVEN, rules)
            )
        else:
            earned = _indicator(row, weight, tried, rules)
        deviation = deviation_of(row, tried, rules)
        indicators.append(
            RowScore("indicator", index, row.name, row.level1, weight, row.score, earned, deviation)
        )
    return Scores((*rows, *joined(indicators, form)), rules)


def execution(row: Funding, rules: RuleSet) -> Share | None:
    """Return executed ÷ budget (执行率) as a share, None where it is undefined or not given.

    A form that prints only the rate (重庆) is taken at its word, as percent.
    """
    base = row.initial if rules.budget.base == "initial" or row.annual is None else row.annual
    if base is not None and row.annual is None and row.change is not None:
        base += row.change
    if base is None and row.executed is None and row.rate.number is not None:
        return Share(row.rate.number, _HUNDRED)
    if base is None or row.executed is None or base <= 0:
        return None
    return Share(row.executed, base)


def budget_counts(form: Form, rules: RuleSet) -> bool:
    """Return whether the budget block carries points: as printed there, or as the weights leave room for.

    Indicators that make up all points of the form leave none: the block only informs, and its points may be
    those of an indicator 预算执行率. A block without a place for points has some only where the weights lack
    just these.
    """
    if not rules.total.budget_inside or not rules.budget.weight:
        return False
    if sources_count(form, rules) or any(row.weight or row.score is not None for row in form.funding[:1]):
        return True
    weights = [weight for weight in weights_of(form, rules) if weight is not None]
    lacking = rules.total.points - sum(weights, _ZERO)
    if weights and abs(lacking - rules.budget.weight) <= rules.total.tolerance:
        return True
    return form.budget_points and lacking > rules.total.tolerance


def sources_count(form: Form, rules: RuleSet) -> bool:
    """Whether the rows of the sources carry the points of the money: by the rule, or as the form shares them.

    A form may leave its total row without any, and give all that the rule has for the money to the sources:
    so it does where they have scores.
    """
    if rules.budget.sub_rows_score or not form.funding:
        return rules.budget.sub_rows_score
    total, *sources = form.funding
    if total.weight or total.score is not None:
        return False
    given = any(row.score is not None for row in sources)
    return given and sum((row.weight or _ZERO for row in sources), _ZERO) == rules.budget.weight


def _carries_points(index: int, row: Funding, *, by_source: bool) -> bool:
    """Whether it is this row of the block: its total row, or each of its sources that has a weight."""
    return (index > 0) == by_source and (index == 0 or bool(row.weight))


def _budget_row(index: int, row: Funding, rules: RuleSet) -> RowScore:
    weight = rules.budget.weight if row.weight is None else row.weight
    rate = execution(row, rules)
    if rate is None:
        earned = _unscored(explaining.NO_RATE)
    else:
        share = _budget_share(rate, rules)
        points = rounded(share.of(weight), rules.rounding)
        words = partial(explaining.budget, row, rate, share, rules, weight, points)
        earned = Points(points, words, share.part >= share.whole)
    return RowScore("budget", index, row.item, BUDGET_LEVEL, weight, row.score, earned)


def _budget_share(rate: Share, rules: RuleSet) -> Share:
    budget = rules.budget
    if budget.rule == "full_at":
        return capped(Share(rate.part, rate.whole * budget.full_at), budget.cap)
    if budget.rule == "steps":
        return Share(next((part for bound, part in budget.steps if rate.part >= bound * rate.whole), _ZERO))
    if budget.rule == "threshold" and rate.part < budget.threshold * rate.whole:
        return NONE
    return capped(rate, budget.cap)


def _unscored(words: str) -> Points:
    return Points(None, words.strip)


def _indicator(row: Indicator, weight: Decimal | None, tried: Attempt | None, rules: RuleSet) -> Points:
    if weight is None:
        return _unscored(explaining.NO_WEIGHT)
    if tried is not None:
        reached = reach(tried, row, weight, rules)
        points = rounded(reached.share.of(weight), rules.rounding)
        words = partial(explaining.numeric, row, tried, reached, rules, weight, points)
        return Points(points, words, reached.met)
    if row.actual.kind == "empty" or row.target.kind == "empty":
        return _unscored(explaining.NO_VALUE)
    if row.target.kind == "number":
        return _unscored(explaining.UNLIKE if row.actual.kind == "number" else explaining.NO_NUMBER)
    by_percent = rules.text.rule == "percent" and not row.target.numbered
    if by_percent and row.target.kind == "words" and row.actual.percent is not None:
        share = capped(Share(row.actual.percent, _HUNDRED), _ONE)
        points = rounded(share.of(weight), rules.rounding)
        return Points(points, partial(explaining.by_percent, row, weight, points), share.part >= share.whole)
    return _judged(row, weight, rules)


def _without_values(row: Indicator, form: Form) -> bool:
    """Whether a row lacks a value that its form has no column for: its points are given, not computed."""
    return row.given or any(
        value.kind == "empty" and field not in form.columns
        for field, value in (("target", row.target), ("actual", row.actual))
    )


def _judged(row: Indicator, weight: Decimal, rules: RuleSet) -> Points:
    """A row whose points are the clerk's, within the band that the actual value's words name."""
    if rules.text.rule == "percent" and row.actual.words == row.target.words:
        points = rounded(weight, rules.rounding)
        return Points(points, partial(explaining.as_targeted, weight, points), met=True)
    on_time = kept_date(row)
    band = band_of(row, rules) if on_time is None else _DATES[on_time]
    if row.weight is None and rules.weights.source == "score":
        band = _ANY  # a weight that only the score tells bounds nothing
    return _in_band(row, weight, band, rules, met=on_time)


def _in_band(
    row: Indicator, weight: Decimal, band: Band, rules: RuleSet, *, met: bool | None = None
) -> Points:
    """What the clerk gave, within the band; else full marks where the target was kept to the letter."""
    low, high = bounds_of(band, weight)
    points = None if row.score is None else min(max(row.score, low), high)
    if points is None and row.actual.kind != "empty" and (met or row.actual.words == row.target.words):
        points = rounded(high, rules.rounding)
    return Points(points, partial(explaining.judged, band, weight, points), met, band)


_ANY = Band("定性指标", _ONE, _ZERO)
_GIVEN = Band("表上不列目标或实际，得分由评分人给出", _ONE, _ZERO)
_DATES = {
    True: Band("时效目标按期完成，通常得满分", _ONE, _ZERO),
    False: Band("晚于目标时间", _ONE, _ZERO),
}


def band_of(row: Indicator, rules: RuleSet) -> Band:
    """The band that the actual value's words or percentage name; the whole weight where they name none.

    Against a target with a number of its own (8%-10%) a percentage is no degree of achievement.
    """
    if not rules.text.bands:
        return _ANY
    bands, actual = rules.text.bands, row.actual.words
    if actual == row.target.words:
        return bands[0]
    if (percent := row.actual.percent) is not None and not row.target.numbered:
        return next((band for band in bands if percent >= 100 * band.lower), bands[-1])
    return next((band for band in bands if actual in map(plain, (band.name, *band.words))), _ANY)


def kept_date(row: Indicator) -> bool | None:
    """Return whether the actual date is not after the target; None where only one of them names its year."""
    target, actual = row.target.day, row.actual.day
    if target is None or actual is None or bool(target.year) != bool(actual.year):
        return None
    return (actual.year, actual.month, actual.day) <= (target.year, target.month, target.day)
