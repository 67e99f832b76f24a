"""The checks (检查项): one short pure function each, by topic; docs/检查项一览.md lists them all."""

from perf_excel.forms.model import Form
from perf_excel.rules.checks import (
    budget,
    derived,
    meaning,
    products,
    scores,
    timing,
    totals,
    values,
    weights,
)
from perf_excel.rules.findings import CHECKS, Case, Check, Finding
from perf_excel.rules.ruleset import RuleSet
from perf_excel.rules.scoring import Scores

__all__ = [
    "CHECKS", "budget", "derived", "meaning", "products", "run_checks", "scores", "timing", "totals",
    "values", "weights",
]  # fmt: skip


def run_checks(form: Form, rules: RuleSet, scored: Scores) -> list[Finding]:
    """Return what the checks find in a form, as severe as the rule set makes it, by code: W1 … W6, V1 …."""
    case, found = Case(form, rules, scored), list[Finding]()
    for code, title, default, look in sorted(CHECKS.values(), key=_order):
        ruled = rules.severity.get(code)
        if ruled == "off":
            continue
        for problem in look(case):
            severity = ruled or problem.severity or default
            spot, label, message, expected, printed, _ = problem
            found.append(Finding(code, severity, spot, label, f"{title}：{message}", expected, printed))
    return found


def _order(check: Check) -> tuple[bool, int]:
    return not check.code.startswith("W"), int(check.code[1:])
