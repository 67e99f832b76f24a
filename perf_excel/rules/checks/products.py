"""Checks of what a form works out beside the score: V12 deviation and share, V13 raw score × weight."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.error_value import is_error_value
from perf_excel.forms.measure import Measure
from perf_excel.rules.checks.reasons import is_reason
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.arithmetic import half_up, percent, rounded, shown
from perf_excel.rules.scoring.points import RowScore
from perf_excel.rules.scoring.printed import agrees, agrees_with_share

_NOISE = Decimal("0.005")


@check("V12")
def deviations_and_shares_follow_their_formulas(case: Case) -> Iterator[Problem]:
    """Hold every deviation and share (得分率, 得分系数) against its formula, at the precision printed."""
    for row in case.scores.indicators:
        yield from _deviation(case, row)
        yield from _share(case, row)


def _deviation(case: Case, row: RowScore) -> Iterator[Problem]:
    printed = case.form.indicators[row.at].deviation
    if row.deviation is not None and _is_prose(printed):
        due = f"{row.deviation}%"
        message = f"偏差度填了“{printed.text}”，不是数，按公式应为{due}；说明请写到“偏差原因”一栏"
        yield Problem(row.spot("deviation"), row.label, message, due, printed.text, "warning")
        return
    if printed.number is None or row.deviation is None or agrees(printed.number, printed.text, row.deviation):
        return
    expected = f"{row.deviation}%"
    message = f"偏差度填{printed.text}，按公式应为{expected}，请更正"
    yield Problem(row.spot("deviation"), row.label, message, expected, printed.text)


def _is_prose(printed: Measure) -> bool:
    """Whether words stand where a share of the target belongs; a mark for none (无, /) says nothing."""
    return printed.kind == "words" and is_reason(printed.text) and not is_error_value(printed.text)


def _share(case: Case, row: RowScore) -> Iterator[Problem]:
    one = case.form.indicators[row.at]
    if one.share.number is None or one.score is None or not one.weight or _is_shared(case, row):
        return
    exact = one.score / one.weight
    # The score behind a share is itself rounded, by half a unit of its last place.
    if agrees_with_share(one.share, 100 * exact, 50 * case.rules.rounding.unit / one.weight):
        return
    expected = percent(exact) if one.share.percent is not None else shown(half_up(exact, 4))
    division = f"得分{shown(one.score)} ÷ 分值{shown(one.weight)} = {expected}"
    message = f"得分率（得分系数）填{one.share.text}，{division}，请核对"
    yield Problem(row.spot("share"), row.label, message, expected, one.share.text)


def _is_shared(case: Case, row: RowScore) -> bool:
    """Whether a row has its score together with others."""
    return row.at in case.form.shared or row.at + 1 in case.form.shared


@check("V13")
def raw_scores_are_of_a_hundred(case: Case) -> Iterator[Problem]:
    """Find points where a score of 100 was meant (25 → 6.25), and products that are none (80 × 25% = 18)."""
    for row in case.scores.rows:
        raw = case.form.indicators[row.at].raw if row.kind == "indicator" else None
        if typed_in_points(case, row):
            yield _typed_in_points(row, raw)
        elif raw is not None:
            yield from _product(case, row, raw)


def _typed_in_points(row: RowScore, raw: Decimal | None) -> Problem:
    weight, points, printed = (number or Decimal(0) for number in (row.weight, row.points, row.printed))
    typed = points if raw is None else raw
    message = f"得分填{shown(printed)}分，像是单项得分填了{shown(typed)}分再乘以权重{shown(weight)}%；"
    if row.judged:
        message += "单项得分应按百分制评分，请核对"
        return Problem(row.spot("score"), row.label, message, None, printed, "warning")
    due = shown(half_up(100 * points / weight, 2))
    message += f"单项得分按百分制应为{due}分，折算得分应为{shown(points)}分，请更正单项得分"
    return Problem(row.spot("score"), row.label, message, points, printed)


def _product(case: Case, row: RowScore, raw: Decimal) -> Iterator[Problem]:
    if not row.weight or row.printed is None or _is_shared(case, row):
        return
    product = raw * row.weight / 100
    if abs(product - row.printed) > case.rules.rounding.unit:
        due = rounded(product, case.rules.rounding)
        product_words = f"单项得分{shown(raw)} × 权重{shown(row.weight)}% = {shown(due)}分"
        message = f"折算得分填{shown(row.printed)}分，{product_words}，请更正"
        yield Problem(row.spot("score"), row.label, message, due, row.printed)


def typed_in_points(case: Case, row: RowScore) -> bool:
    """Return whether a score is its own points times the weight in percent: the raw score was no hundred."""
    if case.rules.weights.source != "percent" or not (row.weight and row.printed):
        return False
    if row.judged:
        # Full marks in points are as many as the weight, which as a score of a hundred is hardly meant.
        raw = case.form.indicators[row.at].raw
        points = raw if raw == row.weight else None
    else:
        points = row.points
    if not points or row.printed == points:
        return False
    return abs(row.printed - points * row.weight / 100) <= _NOISE
