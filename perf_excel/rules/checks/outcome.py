"""The year's results held against the monitoring form (监控表) of the same year: R4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from perf_excel.forms.indicator_pairing import pair
from perf_excel.forms.likelihood import NEVER, SURE, likelihoods
from perf_excel.forms.measure import Measure, parse
from perf_excel.forms.model import Form, Indicator
from perf_excel.forms.spot import Spot
from perf_excel.rules.checks.declaration import changes
from perf_excel.rules.checks.monitoring import foreseen
from perf_excel.rules.checks.reasons import is_reason
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.rules.scoring.numeric import attempt

_CLOSE = 20
"""Money that misses what was foreseen by less than one part in so many is not worth a word."""


@check("R4")
def agrees_with_monitoring(case: Case) -> Iterator[Problem]:
    """Find targets changed since the monitoring, and results that it foresaw otherwise."""
    monitored = case.declared
    if monitored is None or not monitored.monitors or case.form.monitors:
        return
    yield from changes(case, monitored)
    same, renamed = pair(case.form.indicators, monitored.indicators)
    for index, other in sorted({**same, **renamed}.items()):
        yield from _result(index, case.form.indicators[index], monitored.indicators[other], case.rules)
    yield from _money(case.form, monitored)


def _result(index: int, row: Indicator, before: Indicator, rules: RuleSet) -> Iterator[Problem]:
    """Hold an actual value against what was expected, and how likely the target was held to be."""
    if row.actual.kind == "empty":
        return
    spot, actual, expected = Spot("indicator", index, "actual"), row.actual.text, before.expected.text
    met, told = foreseen(replace(row, expected=row.actual), rules), is_reason(row.reason)
    said = likelihoods(before.likelihood)
    if expected and _worse(row, before.expected, rules):
        message = f"监控时预计全年完成{expected}，实际为{actual}，没有达到预计"
    elif met is False and said == (SURE,):
        message = f"监控时判断“{SURE}”完成目标{row.target.text}，实际为{actual}，没有达到"
    elif met is True and said == (NEVER,):
        message = f"监控时判断“{NEVER}”完成目标{row.target.text}，实际为{actual}，已经达到"
    else:
        return
    asked = "，请核对偏差原因是否讲清了监控以后的变化" if told else "，请说明监控以后的变化或更正实际完成值"
    severity = "info" if told else "warning"
    yield Problem(spot, row.name, message + asked, expected or None, actual, severity)


def _worse(row: Indicator, expected: Measure, rules: RuleSet) -> bool:
    """Whether a result is worse than was expected, more or less being better as the target says."""
    aim = parse(row.target.sign.replace("=", "") + expected.text) if not expected.sign else expected
    if expected.number is None or row.target.number is None:
        return False
    tried = attempt(replace(row, target=aim), rules)
    return tried is not None and tried.actual != tried.target and not tried.met


def _money(form: Form, monitored: Form) -> Iterator[Problem]:
    """Hold what was spent in the year against what was foreseen, and against what had been spent by then."""
    ours, theirs = form.budget, monitored.budget
    if ours is None or theirs is None or ours.executed is None:
        return
    spot, spent = Spot("funding", 0, "executed"), ours.executed
    if theirs.so_far is not None and spent < theirs.so_far:
        message = f"全年执行数{shown(spent)}万元，少于监控时已执行的{shown(theirs.so_far)}万元，请核对"
        yield Problem(spot, ours.item, message, theirs.so_far, spent, "error")
    elif theirs.expected is not None and theirs.expected - spent > theirs.expected / _CLOSE:
        message = (
            f"监控时预计全年执行{shown(theirs.expected)}万元，实际执行{shown(spent)}万元，请说明差额的原因"
        )
        told = is_reason(ours.reason)
        yield Problem(spot, ours.item, message, theirs.expected, spent, "info" if told else "warning")
