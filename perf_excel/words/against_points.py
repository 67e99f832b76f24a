"""Points (得分、分值、扣分、得分率) in a text against those of the form (R1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from perf_excel.forms.spot import Spot
from perf_excel.words.causes import cause
from perf_excel.words.claims import Claim, plain
from perf_excel.words.form_facts import FIELD_NAMES, Field, FormFacts
from perf_excel.words.intervals import HUNDRED
from perf_excel.words.names_before import (
    SHARE_OF_POINTS,
    Named,
    field_of,
    in_section,
    listed,
    names_before,
    next_to,
)
from perf_excel.words.sayings import Saying
from perf_excel.words.told import Told

_LOST = re.compile(r"扣(?:了|减|除)?$")
_TOTAL = re.compile(
    r"自评(?:总|综合)?(?:得分|评分|结果|分)|综合(?:得分|评分|评价得分)|最终得分|总得分|总评分|总分"
)


def point_claims(told: Told, facts: FormFacts) -> Iterator[Claim]:
    """Yield the claims about points: of indicators, levels and the whole, what was lost, and its share."""
    for one in told.sayings:
        if one.role in ("change", "rate", "share", "former") or one.figure.about or one.money:
            continue
        if one.figure.kind == "points" and _LOST.search(one.lead):
            yield from _lost(told, facts, one)
        elif one.figure.kind == "points":
            yield from _points(told, facts, one)
        elif one.figure.kind == "percent" and SHARE_OF_POINTS.search(one.lead):
            yield from _rate(told, facts, one)


def _points(told: Told, facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold points against the score or weight of what is named last, or the total."""
    form, value = facts.form, saying.figure.value
    year = form.year or told.main_year
    if year and saying.year and saying.year != year:
        return  # the score of another year
    # Of names in a list (设“甲”、“乙”等二级指标，分值30分) none is what the points are of: their head is.
    names = [one for one in names_before(facts, saying, levels=True) if not listed(saying, one)]
    whole = _TOTAL.search(saying.lead) is not None
    if whole and value == HUNDRED and "得" not in saying.lead:
        return  # 总分100分 is what there is to get
    if whole and form.total is not None and value == form.total:
        yield _scored(saying, "总分", "score", form.total, Spot("total", 0, "score"), agrees=True)
        return
    candidates = list(_scores(facts, names[-1], saying)) if names else []
    for what, field, due, spot in candidates:
        if due == value and field_of(saying) in (None, field):
            yield _scored(saying, what, field, due, spot, agrees=True)
            return
    if whole and ("自评" in saying.lead or not names):
        if form.total is not None and "平均" not in saying.lead:
            yield _scored(saying, "总分", "score", form.total, Spot("total", 0, "score"), agrees=False)
        return
    field = field_of(saying)
    wanted = [one for one in candidates if one[1] == field]
    if _together(facts, names, saying, field):
        return
    if len(wanted) == 1 and next_to(told, saying, names[-1]):
        what, name, due, spot = wanted[0]
        yield _scored(saying, what, name, due, spot, agrees=False)


def _together(facts: FormFacts, names: list[Named], saying: Saying, field: Field | None) -> bool:
    """Whether points are those of several indicators named in one breath, or of the level above them.

    幼儿家长满意度96%，教师满意度93%，均达到指标值，得10分.
    """
    text, floor = saying.sentence.paragraph.text, saying.sentence.start
    near = [one for one in names if "；" not in text[floor + one.end : saying.figure.start]]
    rows = [row for one in near for row in in_section(facts, saying, one.rows)]
    levels = [level for found in facts.levels.values() for level in found if {*level.rows} & {*rows}]
    fields = (field,) if field else ("score", "weight")
    sums: set[Decimal | None] = {getattr(level, name) for level in levels for name in fields}
    for name in fields:
        given = [getattr(facts.indicator(row), name) for row in rows]
        for start in range(len(given) - 1):
            sums.add(sum((one or Decimal(0) for one in given[start:]), Decimal(0)))
    return saying.figure.value in sums


def _scores(facts: FormFacts, named: Named, saying: Saying) -> Iterator[tuple[str, Field, Decimal, Spot]]:
    for level in named.levels:
        yield level.name, "weight", level.weight, level.spot
        if level.score is not None:
            yield level.name, "score", level.score, level.spot
    rows = in_section(facts, saying, named.rows)
    for row in rows:
        one = facts.indicator(row)
        for field, value in (("weight", one.weight), ("score", one.score)):
            if value is not None:
                yield one.name, field, value, Spot("indicator", row, field)
    budget = facts.form.budget
    if budget and (named.budget or any("执行率" in facts.indicator(row).level3 for row in rows)):
        for field, value in (("weight", budget.weight), ("score", budget.score)):
            if value is not None:
                yield budget.item, field, value, Spot("funding", 0, field)


def _scored(saying: Saying, what: str, field: Field, due: Decimal, spot: Spot, *, agrees: bool) -> Claim:
    return Claim(
        "R1", "得分", saying, "agrees" if agrees else "differs", f"表上“{what}”的{FIELD_NAMES[field]}",
        f"表上为 {plain(due)} 分", f"{plain(due)}分", "error",
        "" if agrees else cause(saying.figure.value, due, Decimal("0.01"), money=False), spot=spot,
    )  # fmt: skip


def _lost(told: Told, facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold points taken off (扣分) against what is named right in front, or against the whole (共扣)."""
    form = facts.form
    named = names_before(facts, saying, levels=True)
    if saying.lead.endswith("共扣") and not named:
        # n项指标中……共扣 speaks of the indicators alone, or of the budget row with them.
        lost = [(one.weight, one.score) for one in (*form.indicators, *form.funding[:1])]
        given = [weight - score for weight, score in lost if weight is not None and score is not None]
        if len(given) == len(lost) and form.indicators:
            alone = sum(given[: len(form.indicators)], Decimal(0))
            due = {alone, sum(given, Decimal(0))}
            said = saying.figure.value if saying.figure.value in due else alone
            yield _held(saying, "各项指标", "扣分", said, "分", Spot("total", 0, "score"))
        return
    if not named or listed(saying, named[-1]) or not next_to(told, saying, named[-1]):
        return
    for what, weight, score, spot in _scored_things(facts, named[-1], saying):
        if weight - score == saying.figure.value:
            yield _held(saying, what, "扣分", weight - score, "分", spot)
            return
    things = list(_scored_things(facts, named[-1], saying))
    if len(things) == 1:
        what, weight, score, spot = things[0]
        yield _held(saying, what, "扣分", weight - score, "分", spot)


def _rate(told: Told, facts: FormFacts, saying: Saying) -> Iterator[Claim]:
    """Hold a share of the points (得分率) against what is named in front of it, in the decimals printed."""
    named = [one for one in names_before(facts, saying, levels=True) if not listed(saying, one)]
    if not named or not next_to(told, saying, named[-1]):
        return
    things = [one for one in _scored_things(facts, named[-1], saying) if one[1]]
    rates = [(what, score / weight * HUNDRED, spot) for what, weight, score, spot in things]
    fitting = [one for one in rates if abs(one[1] - saying.figure.value) <= saying.figure.step / 2]
    if fitting:
        what, _, spot = fitting[0]
        yield _held(saying, what, "得分率", saying.figure.value, "%", spot)
    elif len(rates) == 1:
        what, due, spot = rates[0]
        yield _held(saying, what, "得分率", due.quantize(saying.figure.step, ROUND_HALF_UP), "%", spot)


def _scored_things(
    facts: FormFacts, named: Named, saying: Saying
) -> Iterator[tuple[str, Decimal, Decimal, Spot]]:
    """Yield what a name may mean that has both a weight and a score."""
    for level in named.levels:
        if level.score is not None:
            yield level.name, level.weight, level.score, level.spot
    for row in in_section(facts, saying, named.rows):
        one = facts.indicator(row)
        if one.weight is not None and one.score is not None:
            yield one.name, one.weight, one.score, Spot("indicator", row, "score")
    budget = facts.form.budget
    rate = any("执行率" in facts.indicator(row).level3 for row in named.rows)
    if budget and (named.budget or rate) and budget.weight is not None and budget.score is not None:
        yield budget.item, budget.weight, budget.score, Spot("funding", 0, "score")


def _held(saying: Saying, what: str, name: str, due: Decimal, unit: str, spot: Spot) -> Claim:
    agrees = due == saying.figure.value
    return Claim(
        "R1", name, saying, "agrees" if agrees else "differs", f"表上“{what}”的{name}",
        f"按表上的分值和得分为 {plain(due)}{unit}", f"{plain(due)}{unit}", "error",
        "" if agrees else cause(saying.figure.value, due, Decimal("0.01"), money=False), spot=spot,
    )  # fmt: skip
