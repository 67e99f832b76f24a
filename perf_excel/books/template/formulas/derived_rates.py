"""Formulas of indicators that follow from the budget block (预算执行率): in open cells, to be typed over."""

from __future__ import annotations

from perf_excel.books.template.formulas.sums_and_rates import BudgetRow
from perf_excel.forms.text import plain
from perf_excel.rules.checks.derived import ADJUSTED, CARRIED_OVER, EXECUTED
from perf_excel.rules.rulesets.parameters import RuleSet

_NONE = '""'


def derived_formula(name: str, row: BudgetRow, rules: RuleSet) -> str | None:
    """Return what an indicator's actual value is by the budget's total row, None where it does not follow."""
    base = row.initial if rules.budget.base == "initial" or row.annual == _NONE else row.annual
    known = {
        EXECUTED: (f"{row.executed}/{base}", base, row.executed),
        ADJUSTED: (f"ABS({row.annual}-{row.initial})/{row.initial}", row.initial, row.annual),
        CARRIED_OVER: (f"({row.annual}-{row.executed})/{row.annual}", row.annual, row.executed),
    }
    for names, (share, one, other) in known.items():
        if plain(name) in names and _NONE not in (one, other):
            return f'IFERROR(IF({one}="","",IF({other}="","",ROUND({share},4))),"")'
    return None
