"""Checks of scores against their rule: V1 reasons, V2 V3 V17 points, V4 far over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.spot import Spot
from perf_excel.rules.checks.degrees import is_less
from perf_excel.rules.checks.not_read import budget_unread
from perf_excel.rules.checks.products import typed_in_points
from perf_excel.rules.checks.reasons import is_reason
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.scoring.arithmetic import percent, shown
from perf_excel.rules.scoring.form_score import execution
from perf_excel.rules.scoring.numeric import attempt, over_ratio
from perf_excel.rules.scoring.points import RowScore

_NOISE = Decimal("0.005")


@check("V1")
def lost_points_have_reasons(case: Case) -> Iterator[Problem]:
    """Find rows that lost points without a reason, and a low rate of execution where one is asked for."""
    if "reason" not in case.form.columns:
        return
    for row in case.scores.indicators:
        points = row.points if row.printed is None else row.printed
        if case.form.indicators[row.at].given:
            continue  # its table says in words of its own what was found
        reason = case.form.indicators[row.at].reason
        if row.weight is not None and points is not None and points < row.weight and not is_reason(reason):
            lost = shown(row.weight - points)
            message = f"得分{shown(points)}分，比分值少{lost}分，却没有填写偏差原因，请填写原因和改进措施"
            yield Problem(row.spot("reason"), row.label, message, "偏差原因及改进措施", reason or None)
    floor = case.rules.budget.reason_below
    for row in case.scores.budget if floor is not None else ():
        funding = case.form.funding[row.at]
        rate = execution(funding, case.rules)
        if rate and floor and rate.part < floor * rate.whole and not is_reason(funding.reason):
            message = f"执行率{percent(rate.part / rate.whole)}低于{percent(floor)}，请说明原因"
            yield Problem(row.spot("reason"), row.label, message, "原因说明")


@check("V2")
def missed_targets_lose_points(case: Case) -> Iterator[Problem]:
    """Find full marks on a row whose target was missed."""
    for row in case.scores.rows:
        if _full_though_missed(row):
            message = f"未达到目标却得满分{shown(row.weight or Decimal(0))}分；{row.why}，请核对得分或目标"
            yield Problem(row.spot("score"), row.label, message, row.points, row.printed)
        elif _equal_to_strict(case, row):
            one = case.form.indicators[row.at]
            message = (
                f"实际{one.actual.text}与目标{one.target.text}恰好相等，按字面没有达到，请核对目标的符号"
            )
            yield Problem(row.spot("target"), row.label, message, None, one.target.text, "warning")
        elif _less_in_words(case, row):
            one = case.form.indicators[row.at]
            message = (
                f"目标“{one.target.text}”，实际“{one.actual.text}”，程度不及目标，却得满分"
                f"{shown(row.weight or Decimal(0))}分，请核对得分"
            )
            yield Problem(row.spot("score"), row.label, message, None, row.printed, "warning")


@check("V3")
def met_targets_keep_points(case: Case) -> Iterator[Problem]:
    """Find points taken off a row whose target was met."""
    for row in case.scores.rows:
        if _short_though_met(row) and not typed_in_points(case, row):
            message = (
                f"已达到目标却只得{shown(row.printed or Decimal(0))}分；{row.why}，请核对得分或说明扣分理由"
            )
            yield Problem(row.spot("score"), row.label, message, row.points, row.printed)


@check("V17")
def scores_follow_the_rule(case: Case) -> Iterator[Problem]:
    """Find other scores that the rule does not give: more is an error, less a warning."""
    for row in case.scores.rows:
        if row.printed is None or row.weight is None or _full_though_missed(row) or _short_though_met(row):
            continue
        if typed_in_points(case, row):
            continue
        if row.printed > row.weight:
            message = f"得分{shown(row.printed)}分超过分值{shown(row.weight)}分，请更正"
            yield Problem(row.spot("score"), row.label, message, row.points, row.printed)
        elif (
            row.points is not None
            and abs(row.printed - row.points) > _NOISE
            and not _by_printed_rate(case, row)
        ):
            if row.bounds:
                allowed = "—".join(map(shown, row.bounds))
                message = f"得分填{shown(row.printed)}分，按达成情况应在{allowed}分之间，请核对"
            else:
                message = f"得分填{shown(row.printed)}分，按规则应为{shown(row.points)}分；{row.why}，请核对"
            sure = row.kind != "budget" or not budget_unread(case.form)
            severity = "error" if row.printed > row.points and sure else "warning"
            yield Problem(row.spot("score"), row.label, message, row.points, row.printed, severity)


@check("V4")
def far_over_target_is_explained(case: Case) -> Iterator[Problem]:
    """Find actuals far over their target without a word on why."""
    limit = case.rules.over.limit
    if limit is None or case.rules.over.action == "ignore" or "reason" not in case.form.columns:
        return
    for index, row in enumerate(case.form.indicators):
        tried = attempt(row, case.rules)
        ratio = over_ratio(tried) if tried else None
        if ratio is not None and ratio >= limit and not is_reason(row.reason):
            message = f"实际{row.actual.text}为目标{row.target.text}的{percent(ratio)}，请说明超额原因"
            yield Problem(
                Spot("indicator", index, "actual"), row.name, message, row.target.text, row.actual.text
            )


def _equal_to_strict(case: Case, row: RowScore) -> bool:
    """Whether a row has full marks for exactly the number that its target (>90%) excludes."""
    if row.kind == "budget" or row.met is not False or row.judged or row.printed is None:
        return False
    tried = attempt(case.form.indicators[row.at], case.rules)
    return tried is not None and tried.actual == tried.target and row.printed == row.weight


def _less_in_words(case: Case, row: RowScore) -> bool:
    """Whether a row has full marks for words that say less than its target: 基本达标 for 达标."""
    if row.kind == "budget" or row.printed is None or row.printed != row.weight or not row.weight:
        return False
    if row.at in case.form.shared or row.at + 1 in case.form.shared:
        return False  # the score is of several rows
    if row.bounds and row.printed > row.bounds[1]:
        return False  # above the band of its words, which V17 says
    one = case.form.indicators[row.at]
    words = one.target.kind == one.actual.kind == "words"
    return words and is_less(one.actual.words, one.target.words)


def _full_though_missed(row: RowScore) -> bool:
    """Late dates are not meant: their points are the clerk's (V14)."""
    if row.met is not False or row.weight is None or row.judged:
        return False
    return row.printed == row.weight != row.points


def _short_though_met(row: RowScore) -> bool:
    due = row.weight if row.judged else row.points
    return row.met is True and row.printed is not None and due is not None and row.printed < due


def _by_printed_rate(case: Case, row: RowScore) -> bool:
    """Whether a budget row's points follow from its rate as printed (50% for 49.88%)."""
    if row.kind != "budget" or row.printed is None or row.points is None or not row.weight:
        return False
    rate = case.form.funding[row.at].rate
    # One unit of the rate's last place is worth this many points at most.
    whole = rate.number is not None and rate.number == rate.number.to_integral_value()
    return whole and abs(row.printed - row.points) <= row.weight / 100
