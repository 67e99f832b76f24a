"""A text held against itself (R2, 报告自身): all claims of its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from perf_excel.words.adjustments import adjusted_claims
from perf_excel.words.assertions import assertion_claims
from perf_excel.words.balance import adjustment_claims, balance_claims, identity_claims
from perf_excel.words.change_sums import change_sum_claims
from perf_excel.words.claims import Claim
from perf_excel.words.complements import complement_claims
from perf_excel.words.completion import completion_claims
from perf_excel.words.counted_lists import counted_list_claims
from perf_excel.words.enumerations import enumeration_claims
from perf_excel.words.grades import grade_claims
from perf_excel.words.growth import growth_claims
from perf_excel.words.growth_rates import rate_claims
from perf_excel.words.initial_budgets import initial_budget_claims
from perf_excel.words.leftovers import leftover_claims
from perf_excel.words.means import mean_claims
from perf_excel.words.net_changes import net_change_claims
from perf_excel.words.percentage_points import point_claims
from perf_excel.words.prices import price_claims
from perf_excel.words.prose import Paragraph, sentences
from perf_excel.words.repetition import repetition_claims
from perf_excel.words.respective import respective_claims
from perf_excel.words.restated import restated_claims
from perf_excel.words.runs import in_runs
from perf_excel.words.sayings import sayings
from perf_excel.words.score_sums import score_claims
from perf_excel.words.shares import share_claims
from perf_excel.words.shortfalls import shortfall_claims
from perf_excel.words.steadiness import steadiness_claims
from perf_excel.words.sums import sum_claims
from perf_excel.words.told import Told
from perf_excel.words.triads import triad_claims
from perf_excel.words.trimmed import exact
from perf_excel.words.whole_shares import whole_share_claims


def told_by(paragraphs: Iterable[Paragraph]) -> Told:
    """Return what paragraphs say."""
    there = list(sentences(paragraphs))
    by_sentence = groupby(sayings(there), key=lambda one: one.sentence.at)
    return Told(exact([one for _, says in by_sentence for one in in_runs(list(says))]), there)


def inner_claims(told: Told) -> Iterator[Claim]:
    """Yield what comes of holding a text against itself."""
    for look in (
        growth_claims, rate_claims, steadiness_claims, share_claims, whole_share_claims,
        assertion_claims, completion_claims, initial_budget_claims, complement_claims, balance_claims,
        adjustment_claims, adjusted_claims, shortfall_claims, identity_claims, sum_claims,
        change_sum_claims, net_change_claims, counted_list_claims, enumeration_claims, price_claims,
        mean_claims, restated_claims, respective_claims, repetition_claims, score_claims,
        leftover_claims,
        point_claims, triad_claims,
    ):  # fmt: skip
        yield from look(told)
    yield from grade_claims(told, None)
