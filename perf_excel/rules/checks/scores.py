"""Checks of scores against their rule: V1 reasons, V2 V3 V13 V17 points, V4 far over, V12 deviation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.forms.measure import plain
from perf_excel.forms.spot import Spot
from perf_excel.rules.arithmetic import half_up, percent, shown
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.numeric import attempt, over_ratio
from perf_excel.rules.printed import agrees
from perf_excel.rules.ruleset import RuleSet
from perf_excel.rules.scoring import RowScore, execution

NO_REASONS = frozenset({"", "无", "0", "/", "-", "—", "——", "--", "\\", "没有", "无偏差", "不适用", "无无"})
"""What stands in the reason column without being a reason."""

_NOISE = Decimal("0.005")


def is_reason(text: str) -> bool:
    """Return whether a text gives a reason (偏差原因), rather than filling the cell."""
    return plain(text).rstrip("。.;") not in NO_REASONS


@check("V1", "偏差原因", "error")
def lost_points_have_reasons(case: Case) -> Iterator[Problem]:
    """Find rows that lost points without a reason, and a low rate of execution where one is asked for."""
    if "reason" not in case.form.columns:
        return
    for row in case.scores.indicators:
        points = row.points if row.printed is None else row.printed
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


@check("V2", "未达标却得满分", "error")
def missed_targets_lose_points(case: Case) -> Iterator[Problem]:
    """Find full marks on a row whose target was missed."""
    for row in case.scores.rows:
        if _full_though_missed(row):
            message = f"未达到目标却得满分{shown(row.weight or Decimal(0))}分；{row.why}，请核对得分或目标"
            yield Problem(row.spot("score"), row.label, message, row.points, row.printed)


@check("V3", "达标却扣分", "warning")
def met_targets_keep_points(case: Case) -> Iterator[Problem]:
    """Find points taken off a row whose target was met."""
    for row in case.scores.rows:
        if _short_though_met(row) and not _typed_in_points(row, case.rules):
            message = (
                f"已达到目标却只得{shown(row.printed or Decimal(0))}分；{row.why}，请核对得分或说明扣分理由"
            )
            yield Problem(row.spot("score"), row.label, message, row.points, row.printed)


@check("V17", "得分与规则不符", "error")
def scores_follow_the_rule(case: Case) -> Iterator[Problem]:
    """Find other scores that the rule does not give: more is an error, less a warning."""
    for row in case.scores.rows:
        if row.printed is None or row.weight is None or _full_though_missed(row) or _short_though_met(row):
            continue
        if _typed_in_points(row, case.rules):
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
            severity = "error" if row.printed > row.points else "warning"
            yield Problem(row.spot("score"), row.label, message, row.points, row.printed, severity)


@check("V4", "超额完成", "warning")
def far_over_target_is_explained(case: Case) -> Iterator[Problem]:
    """Find actuals far over their target without a word on why."""
    limit = case.rules.over.limit
    if limit is None or case.rules.over.action == "ignore":
        return
    for index, row in enumerate(case.form.indicators):
        tried = attempt(row, case.rules)
        ratio = over_ratio(tried) if tried else None
        if ratio is not None and ratio >= limit and not is_reason(row.reason):
            message = f"实际{row.actual.text}为目标{row.target.text}的{percent(ratio)}，请说明超额原因"
            yield Problem(
                Spot("indicator", index, "actual"), row.name, message, row.target.text, row.actual.text
            )


@check("V12", "偏差度", "error")
def deviations_follow_the_formula(case: Case) -> Iterator[Problem]:
    """Hold every printed deviation against the formula, at the precision printed."""
    for row in case.scores.indicators:
        printed = case.form.indicators[row.at].deviation
        if printed.number is None or row.deviation is None:
            continue
        if not agrees(printed.number, printed.text, row.deviation):
            expected = f"{row.deviation}%"
            message = f"偏差度填{printed.text}，按公式应为{expected}，请更正"
            yield Problem(row.spot("deviation"), row.label, message, expected, printed.text)


@check("V13", "单项得分", "error")
def raw_scores_are_of_a_hundred(case: Case) -> Iterator[Problem]:
    """Find points where a score of 100 was meant, before it was multiplied by the weight (25 → 6.25)."""
    for row in case.scores.rows:
        if row.points is None or row.printed is None or not _typed_in_points(row, case.rules):
            continue
        weight = row.weight or Decimal(0)
        raw = half_up(100 * row.points / weight, 2)
        message = (
            f"得分填{shown(row.printed)}分，像是单项得分填了{shown(row.points)}分再乘以权重{shown(weight)}%；"
            f"单项得分按百分制应为{shown(raw)}分，折算得分应为{shown(row.points)}分，请更正单项得分"
        )
        yield Problem(row.spot("score"), row.label, message, row.points, row.printed)


def _typed_in_points(row: RowScore, rules: RuleSet) -> bool:
    """Whether a score is the points themselves times the weight in percent: the raw score was no hundred."""
    if rules.weights.source != "percent" or row.judged or not (row.weight and row.points and row.printed):
        return False
    twice = row.points * row.weight / 100
    return row.printed != row.points and abs(row.printed - twice) <= _NOISE


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
