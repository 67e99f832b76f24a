"""A text held against a form (R1, 报告与表): money, values, points, counts, grade."""

from __future__ import annotations

from collections.abc import Iterator

from perf_excel.forms.model import Form
from perf_excel.words.against_counts import count_claims
from perf_excel.words.against_indicators import indicator_claims
from perf_excel.words.against_money import money_claims
from perf_excel.words.against_points import point_claims
from perf_excel.words.claims import Claim
from perf_excel.words.form_facts import form_facts
from perf_excel.words.grades import grade_claims
from perf_excel.words.told import Told


def form_claims(told: Told, form: Form) -> Iterator[Claim]:
    """Yield what comes of holding a text against a form."""
    facts = form_facts(form)
    for look in (money_claims, count_claims, indicator_claims, point_claims, grade_claims):
        yield from look(told, facts)
