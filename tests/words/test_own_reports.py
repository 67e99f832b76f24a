"""A report that the program wrote agrees with its form, and a figure that is changed in it is found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from facts import shangjie
from forms_at_random import random_form, seeded

from perf_excel.books.documents.word_document import read_docx
from perf_excel.books.report.report_rendering import render
from perf_excel.forms.model import Form
from perf_excel.jobs.report_refresh import values_of
from perf_excel.rules.rulesets.library import ruleset, templates_folder
from perf_excel.rules.scoring.form_score import score
from perf_excel.words.against_form import form_claims
from perf_excel.words.against_marks import mark_claims
from perf_excel.words.against_tables import table_claims
from perf_excel.words.comparison import Comparison, compared
from perf_excel.words.manuscript import Manuscript
from perf_excel.words.prose import paragraph
from perf_excel.words.within import inner_claims, told_by
from perf_excel.words.writing.report_facts import report_facts
from perf_excel.words.writing.report_figures import Figure, Subject

OUTLINES = ("henan-department", "guangzhou-department", "hebei-luquan-department", "national-2020")


def scored(form: Form, rules: str) -> Form:
    """A form in the order of its levels, every row below some, with the scores that its rules give."""
    below = [
        replace(one, level1=one.level1 or "效益指标", level2=one.level2 or "其他效益")
        for one in form.indicators
    ]
    rows = sorted(below, key=lambda one: (one.level1, one.level2))
    form = replace(form, indicators=tuple(replace(one, score=None) for one in rows), total=None, grade="")
    scores = score(form, ruleset(rules))
    points = {one.at: one.points for one in scores.indicators}
    rows = [replace(one, score=points[at]) for at, one in enumerate(form.indicators)]
    return replace(form, indicators=tuple(rows), total=scores.total, grade=scores.grade)


def facts_of(form: Form) -> dict[str, object]:
    about = Subject(form, score(form, ruleset("henan-department")), lambda _: "", "main")
    return report_facts(about, [])


def manuscript(form: Form, outline: str) -> Manuscript:
    template = templates_folder() / outline / "报告.docx"
    made = render(template.read_bytes(), template.name, facts_of(form), lambda one: one.label)
    return read_docx(made.data, "报告.docx")


def held(text: Manuscript, form: Form) -> Comparison:
    told = told_by(text.paragraphs)
    figures = {one.key: one for one in values_of(facts_of(form)) if isinstance(one, Figure)}
    claims = [
        *form_claims(told, form), *mark_claims(told, text.paragraphs, text.marks, figures),
        *table_claims(told, text.tables), *inner_claims(told),
    ]  # fmt: skip
    return compared(told, claims)


@pytest.mark.parametrize("seed", range(60))
def test_a_report_agrees_with_its_form(seed: int) -> None:
    form = scored(random_form(seeded(seed)), "henan-department")
    outcome = held(manuscript(form, OUTLINES[seed % len(OUTLINES)]), form)
    found = [(one.what, one.saying.text, one.expected) for one in outcome.findings if one.severity != "info"]
    assert not found


def test_the_first_form_is_held_in_more_than_a_hundred_places() -> None:
    outcome = held(manuscript(shangjie(), "henan-department"), shangjie())
    assert outcome.facts > 100
    assert outcome.wrong == 0
    assert len(outcome.unmatched) < 20


@pytest.mark.parametrize(
    ("printed", "changed"),
    [
        ("一级指标3项", "一级指标5项"),
        ("二级指标7项", "二级指标9项"),
        ("三级指标20项，分值30分", "三级指标21项，分值30分"),
        ("三级指标20项，分值30分", "三级指标20项，分值31分"),
        ("共扣2.24分", "共扣2.42分"),
        ("得分率93.9%", "得分率99.3%"),
        ("保证工作正常运转扣0.2分", "保证工作正常运转扣2.0分"),
        ("自评得分为95.81分", "自评得分为98.51分"),
    ],
)
def test_a_changed_figure_is_found(printed: str, changed: str) -> None:
    text = manuscript(shangjie(), "henan-department")
    where = next(one for one in text.paragraphs if printed in one.raw)
    typed = where.raw.index(printed)
    assert held(edited(text, where.number, typed, typed + len(printed), changed), shangjie()).wrong >= 1
    plain = replace(edited(text, where.number, typed, typed + len(printed), changed), marks=())
    assert held(plain, shangjie()).wrong >= 1


def edited(text: Manuscript, number: int, start: int, end: int, typed: str) -> Manuscript:
    """A report in which a stretch of a paragraph was typed over."""
    raw = text.paragraphs[number - 1].raw
    changed = raw[:start] + typed + raw[end:]
    longer = len(typed) - (end - start)
    marks = tuple(
        one if one.row or one.number != number
        else replace(
            one, text=changed, start=one.start + longer * (one.start >= end),
            end=one.end + longer * (one.end >= end),
        )
        for one in text.marks
    )  # fmt: skip
    paragraphs = list(text.paragraphs)
    paragraphs[number - 1] = paragraph(number, changed)
    return replace(text, paragraphs=tuple(paragraphs), marks=marks)
