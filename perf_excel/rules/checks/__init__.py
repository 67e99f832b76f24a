"""The checks (检查项): one short pure function each, by topic; docs/检查项一览.md lists them all."""

from perf_excel.forms.model import Form
from perf_excel.rules.checks import (
    breakdowns,
    cell_results,
    declaration,
    derived,
    funding,
    hidden,
    lacking,
    meaning,
    money_units,
    monitoring,
    not_read,
    outcome,
    products,
    reading_gaps,
    repeated,
    scores,
    stated_values,
    timing,
    totals,
    weights,
)
from perf_excel.rules.checks.declaration import AGAINST
from perf_excel.rules.findings import CHECKS, Case, Check, Finding, one_line
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.form_score import Scores

__all__ = [
    "CHECKS", "breakdowns", "cell_results", "declaration", "derived", "funding", "hidden", "lacking",
    "looked_at", "meaning", "money_units", "monitoring", "not_read", "outcome", "products", "reading_gaps",
    "repeated", "run_checks", "scores", "stated_values", "timing", "totals", "weights",
]  # fmt: skip


def run_checks(form: Form, rules: RuleSet, scored: Scores, declared: Form | None = None) -> list[Finding]:
    """Return what the checks find in a form, as severe as the rule set makes it, by code: W1 … V1 … M1 … R3.

    Args:
        form: the form.
        rules: its rule set.
        scored: what the rules make of it.
        declared: the declaration (申报表) or monitoring form (监控表) to hold it against; None leaves those
            checks out.
    """
    case, found = Case(form, rules, scored, declared), list[Finding]()
    # Of a cell that shows an error there is nothing else to say.
    unreadable = {fault.spot for fault in form.faults if fault.kind == "error"}
    for code, title, default, look in sorted(CHECKS.values(), key=_order):
        ruled = rules.severity.get(code)
        if ruled == "off":
            continue
        for problem in look(case):
            if problem.spot in unreadable and code != "W10":
                continue
            severity = ruled or problem.severity or default
            spot, label, message, expected, printed, _, also = problem
            said = one_line(f"{title}：{message}")
            one = Finding(code, severity, spot, one_line(label), said, expected, printed, also=also)
            found.append(one)
    return found


def looked_at(code: str, rules: RuleSet, declared: Form | None) -> bool:
    """Whether a check was among those run, so that its silence means that there is nothing."""
    asked = code not in AGAINST or (declared is not None and declared.monitors == (code == "R4"))
    return rules.severity.get(code) != "off" and asked


def _order(check: Check) -> tuple[int, int]:
    return "UWVMR".index(check.code[0]), int(check.code[1:])
