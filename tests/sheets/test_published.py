"""The published forms (tests/cases), each in the words and the order of its own bureau."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from bureaus import EARLIER as LAYOUTS
from bureaus import NAMED
from facts import PUBLISHED, published
from typed import sheet_of

from perf_excel.forms.model import Form
from perf_excel.rules.checks import run_checks
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.rulesets.parameters import Budget, RuleSet, Total, Weights
from perf_excel.rules.scoring.form_score import score
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.reading.form_reading import read_form

HUBEI = replace(
    ruleset("national-2020"),
    budget=Budget(weight=Decimal(20)),
    weights=Weights(source="score"),
    total=Total(levels=()),
)
"""Weights are implied by the scores, and 20 points are the budget row's (DB42/T 1601)."""


def read(name: str) -> Form:
    """A published form, typed and read."""
    sheet = sheet_of(published(name), LAYOUTS[name])
    (layout,) = find_forms(sheet)
    return read_form(sheet, layout).form


def findings(form: Form, rules: RuleSet) -> set[tuple[str, str, int, str]]:
    found = run_checks(form, rules, score(form, rules))
    return {(one.check, one.spot.part, one.spot.row, one.severity) for one in found}


def test_every_published_form_has_a_layout() -> None:
    assert sorted(LAYOUTS) == PUBLISHED


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_row_is_read_as_published(name: str) -> None:
    got, form, how = read(name), published(name), LAYOUTS[name]
    typed = {*how.columns} - {"sign", "unit"}
    assert len(got.indicators) == len(form.indicators)
    for mine, theirs in zip(got.indicators, form.indicators, strict=True):
        for field in typed & {*NAMED, "weight", "score", "reason"}:
            assert getattr(mine, field) == getattr(theirs, field)
        for field in typed & {"target", "actual", "share"}:
            assert getattr(mine, field) == getattr(theirs, field)


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_stands_around_is_read_as_published(name: str) -> None:
    got, form, how = read(name), published(name), LAYOUTS[name]
    assert (got.unit, got.year) == (form.unit, form.year)
    assert [row.item for row in got.funding] == [row.item for row in form.funding if how.budget_columns]
    for mine, theirs in zip(got.funding, form.funding, strict=False):
        for field in set(how.budget_columns) - {"rate"}:
            assert getattr(mine, field) == getattr(theirs, field)
        if "rate" in how.budget_columns:
            assert mine.rate.number == theirs.rate.number
    if "score" in how.columns:
        assert got.total == form.total
    assert got.grade == (form.grade if how.grade else "")


NAMED_IN_THE_NOTES: dict[str, set[tuple[str, int]]] = {
    # What the notes of a case name: code and row of the indicators (of the budget block for W).
    "p01_tianchang_shuili_2022": {("V9", number) for number in range(2, 8)},
    "p03_yongde_mingliang_2022": {("V1", 2), ("V3", 2), ("V1", 5), ("V17", 5)},
    "p06_suixi_minzheng_2019": {("V2", 3), ("V2", 7), ("W6", 1), ("V11", 8)},
    "p08_hubei_jinbu_2020": {("V8", 3)},
    "p12_tangxi_weituo_2022": {("W3", 0)},
    "p20_haidian_xueyuanlu_2016": {("V15", 0)},
    "p26_daying_minzheng_2022": {("V15", 2), ("V6", 0), ("V6", 5), ("V6", 6), ("V8", 7), ("V8", 8)},
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_sheet_gives_the_findings_of_the_facts(name: str) -> None:
    got, rules = read(name), HUBEI if "hubei" in name else ruleset("national-2020")
    funding = published(name).funding if LAYOUTS[name].budget_columns else ()
    facts = replace(published(name), funding=funding, columns=got.columns, total_weight=got.total_weight)
    assert {one for one in findings(got, rules) if one[0] != "U1"} == findings(facts, rules)
    assert {(code, row) for code, _, row, _ in findings(got, rules)} >= NAMED_IN_THE_NOTES.get(name, set())


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_cell_of_the_sheet_is_read_or_named(name: str) -> None:
    # The label of a money block that p15 has not filled in.
    named = ["部门整体支出情况"] if name == "p15_gaoxin_rongmei_2021" else []
    assert [cell.text for cell in read(name).unread] == named
