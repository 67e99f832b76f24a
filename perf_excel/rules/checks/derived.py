"""Indicators that follow from the budget block (由预算数据推算的指标): V16."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from perf_excel.forms.model import Funding
from perf_excel.forms.spot import Spot
from perf_excel.forms.text import plain
from perf_excel.rules.findings import Case, Problem, check
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.rulesets.severities import Severity
from perf_excel.rules.scoring.arithmetic import percent, shown
from perf_excel.rules.scoring.form_score import execution
from perf_excel.rules.scoring.printed import agrees_with_percent

Derived = tuple[Decimal, str]
"""A rate as a fraction, and its arithmetic in words."""


def _executed(row: Funding, rules: RuleSet) -> Derived | None:
    rate = execution(row, rules)
    if rate is None:
        return None
    return rate.part / rate.whole, f"执行数{shown(rate.part)} ÷ 预算数{shown(rate.whole)}"


def _adjusted(row: Funding, _: RuleSet) -> Derived | None:
    if not row.initial or row.annual is None or row.initial < 0:
        return None
    words = f"|全年{shown(row.annual)} － 年初{shown(row.initial)}| ÷ 年初{shown(row.initial)}"
    return abs(row.annual - row.initial) / row.initial, words


def _carried_over(row: Funding, _: RuleSet) -> Derived | None:
    if not row.annual or row.executed is None or row.annual < 0:
        return None
    words = f"（全年{shown(row.annual)} － 执行{shown(row.executed)}）÷ 全年{shown(row.annual)}"
    return (row.annual - row.executed) / row.annual, words


EXECUTED, ADJUSTED, CARRIED_OVER = ("预算执行率", "预算完成率"), ("预算调整率",), ("结转结余率",)
"""The names of the indicators that follow from the budget block."""
_RATES: tuple[tuple[tuple[str, ...], Callable[[Funding, RuleSet], Derived | None], Severity], ...] = (
    (EXECUTED, _executed, "error"),
    (ADJUSTED, _adjusted, "warning"),
    (CARRIED_OVER, _carried_over, "warning"),
)


def derived_rate(name: str, budget: Funding, rules: RuleSet) -> Derived | None:
    """Return what an indicator of a name is by the budget's total; None where it does not follow."""
    derive = next((derive for names, derive, _ in _RATES if plain(name) in names), None)
    return derive(budget, rules) if derive else None


@check("V16")
def derived_indicators_agree(case: Case) -> Iterator[Problem]:
    """Hold the rates of execution, adjustment and carry-over against the budget block (公式未经原文核对)."""
    budget = case.form.budget
    if budget is None:
        return
    for index, row in enumerate(case.form.indicators):
        name = plain(row.level3)
        for names, derive, severity in _RATES:
            found = derive(budget, case.rules) if name in names else None
            if found is None or row.actual.number is None or agrees_with_percent(row.actual, 100 * found[0]):
                continue
            expected = percent(found[0])
            message = f"“{row.level3}”填{row.actual.text}，按预算数据 {found[1]} = {expected}，请核对"
            yield Problem(
                Spot("indicator", index, "actual"), row.name, message, expected, row.actual.text, severity
            )
