"""Compare (核对): a report's figures against the form (R1), its own tables, and one another (R2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perf_excel.books.documents.reports import annotated, read_report
from perf_excel.books.documents.word_document import Remark
from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.forms.spot import Spot
from perf_excel.jobs.budget import as_words, tables_in
from perf_excel.jobs.examination.computed_form import as_computed
from perf_excel.jobs.examination.datafile import load_data
from perf_excel.jobs.examination.examining import Examined, examined, find_all
from perf_excel.jobs.examination.whereabouts import place_of
from perf_excel.jobs.report import material_of
from perf_excel.jobs.report_refresh import values_of
from perf_excel.rules.rulesets.severities import Severity
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.words.against_form import form_claims
from perf_excel.words.against_marks import mark_claims
from perf_excel.words.against_tables import table_claims
from perf_excel.words.claims import Claim
from perf_excel.words.comparison import Comparison, compared
from perf_excel.words.manuscript import Manuscript, Table
from perf_excel.words.phrasing import message, quoted
from perf_excel.words.told import Told
from perf_excel.words.within import inner_claims, told_by
from perf_excel.words.writing.report_figures import Figure

_HEAD_ROWS = 16
"""Rows of a table in which the heads of its indicators stand, below the budget block."""


@dataclass(frozen=True)
class Compared:
    """A report with what came of comparing it, and the names of the forms it was held against."""

    path: Path
    manuscript: Manuscript
    outcome: Comparison
    forms: tuple[str, ...]


@dataclass(frozen=True)
class _Held:
    """A form to hold a report against, and its workbook where it has one."""

    form: Form
    name: str
    book: Examined | None = None

    def placed(self, claim: Claim) -> Claim:
        """Return a claim with the sheet and cell of the form's value."""
        if self.book is None or claim.spot is None:
            return claim
        spot = claim.spot
        if spot.part == "indicator" and not spot.field:
            spot = Spot("indicator", spot.row, "level1")
        place = place_of(self.book, spot)
        return replace(claim, sheet=place["sheet"], cell=place["cell"])


def compare(path: Path, files: Sequence[Path] = (), rules: str | None = None) -> Compared:
    """Compare a report with forms, its tables and itself.

    Args:
        path: the report, .docx, .pdf or .txt.
        files: workbooks or data (.json) of the forms that it reports on, and published budget tables; without
            any, the report is held against the form that it prints itself, if it does.
        rules: name or file of a rule set for the workbooks.

    Raises:
        UserError: one of the files cannot be used.
    """
    manuscript = read_report(path)
    tables: list[Table] = list(manuscript.tables)
    held: list[_Held] = []
    names: list[str] = []
    for file in files:
        forms, published = _read(file, len(tables), rules)
        tables += published
        held += forms
        names += [one.name for one in forms]
        names += [f"{file.name}（预算公开表 {len(published)} 张）"] if published else []
    if not files and _has_form(manuscript):
        with suppress(UserError):  # what cannot be read as a form is still a table, and held as one
            held, _ = _read(path, len(tables), rules)
            names = [one.name for one in held]
    told = told_by(manuscript.paragraphs)
    claims = [one.placed(claim) for one in held for claim in form_claims(told, one.form)]
    claims += [one.placed(claim) for one, claim in _by_key(manuscript, told, held)]
    claims += [*table_claims(told, tables), *inner_claims(told)]
    wished: Mapping[str, Severity] = next(
        (one.book.found.rules.severity for one in held if one.book), dict[str, Severity]()
    )
    claims = [one for claim in claims if (one := _as_wished(claim, wished)).severity != "off"]
    return Compared(path, manuscript, compared(told, claims), tuple(names))


def _by_key(manuscript: Manuscript, told: Told, held: Sequence[_Held]) -> Iterator[tuple[_Held, Claim]]:
    """Yield the claims about the figures of a report that this program wrote, each with its form."""
    books = {id(one.book): one for one in held if one.book}
    if not manuscript.marks or not books:
        return
    try:
        material = material_of([one.book for one in books.values() if one.book])
    except UserError:
        return  # forms that no report is written of
    by_prefix = {
        subject.prefix: books[id(form)]
        for form, subject in zip(material.forms, material.subjects, strict=True)
    }
    figures = {one.key: one for one in values_of(material.facts) if isinstance(one, Figure)}
    for prefix, form in by_prefix.items():
        own = {key: one for key, one in figures.items() if key.partition(":")[0] == prefix}
        for claim in mark_claims(told, manuscript.paragraphs, manuscript.marks, own):
            yield form, claim


def _has_form(manuscript: Manuscript) -> bool:
    """Whether a report prints a form with scores (自评表) as one of its tables."""
    for table in manuscript.tables:
        head = "".join(cell for row in table.rows[:_HEAD_ROWS] for cell in row)
        if "指标" in head and "得分" in head and "完成" in head:
            return True
    return False


def _as_wished(claim: Claim, wished: Mapping[str, Severity]) -> Claim:
    """Return a claim with the severity that the rule set of the form gives its check."""
    severity = wished.get(claim.check)
    return replace(claim, severity=severity) if severity and claim.severity != "info" else claim


def _read(path: Path, number: int, rules: str | None) -> tuple[list[_Held], list[Table]]:
    """Return the forms of a file, and its budget tables (预算公开表) as tables to hold a text against.

    Args:
        path: the file.
        number: how many tables there are already.
        rules: name or file of a rule set.
    """
    if path.suffix.lower() == ".json":
        return [_Held(load_data(path), path.name)], []
    book = open_book(path)
    grids = [grid for name in book.visible if (grid := book.grid(name)) is not None]
    published = [table for table in tables_in(grids, path.name) if table.figures]
    tables = [as_words(table, number + at) for at, table in enumerate(published, 1)]
    if tables and not any(find_forms(grid) for grid in grids):
        return [], tables
    forms = [
        _Held(as_computed(one), f"{path.name}（{'、'.join(found.reading.sheets)}）", one)
        for found in find_all(book, rules)
        for one in [examined(found)]
    ]
    return forms, tables


def compare_data(done: Compared) -> dict[str, Any]:
    """Return what ``compare --json`` says."""
    outcome = done.outcome
    return {
        "facts": outcome.facts,
        "agree": outcome.agreeing,
        "unmatched": len(outcome.unmatched),
        "findings": [
            {
                "check": claim.check,
                "severity": claim.severity,
                "place": claim.saying.sentence.place,
                "text": quoted(claim),
                "printed": claim.saying.figure.text,
                "expected": claim.expected,
                "sheet": claim.sheet,
                "cell": claim.cell,
                "message": message(claim),
            }
            for claim in outcome.findings
        ],
    }


def with_comments(done: Compared) -> bytes:
    """Return a copy of the report with a comment at the place of each finding.

    Raises:
        UserError: the report cannot be opened any more.
    """
    return annotated(
        done.path, done.manuscript, [_remark(done.manuscript, claim) for claim in done.outcome.findings]
    )


def _remark(manuscript: Manuscript, claim: Claim) -> Remark:
    saying = claim.saying
    if saying.sentence.paragraph.name:  # in a table: said at the last words in front of it
        before = manuscript.paragraphs[: saying.sentence.paragraph.number]
        at = next((one for one in reversed(before) if one.raw.strip()), manuscript.paragraphs[0])
        return Remark(at.number, 0, len(at.raw), message(claim))
    start, end = saying.sentence.paragraph.typed(saying.figure.start, saying.figure.end)
    return Remark(saying.sentence.paragraph.number, start, end, message(claim))
