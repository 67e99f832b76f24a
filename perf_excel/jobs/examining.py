"""A workbook examined (查看): which form it is, by which rules, what it is worth and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from perf_excel.books.opening import Book, open_book
from perf_excel.forms.model import Form
from perf_excel.jobs.choosing import Choice, chosen, readings_of
from perf_excel.jobs.recognising import rules_for
from perf_excel.rules.checks import run_checks
from perf_excel.rules.findings import Finding
from perf_excel.rules.library import ruleset
from perf_excel.rules.ruleset import RuleSet
from perf_excel.rules.scoring import Scores, score
from perf_excel.sheets.identity import SHEET as IDENTITY_SHEET
from perf_excel.sheets.identity import Identity, read_identity
from perf_excel.sheets.reading import Reading


@dataclass(frozen=True)
class Found:
    """A form of a workbook, its rule set, and why that one (依据)."""

    book: Book
    reading: Reading
    identity: Identity | None
    rules: RuleSet
    why: str
    table: int = 1
    """The form's number (表号) in the workbook, from 1."""
    tables: int = 1
    """How many forms the workbook holds."""


@dataclass(frozen=True)
class Examined:
    """A form with its scores and findings."""

    found: Found
    scores: Scores
    findings: list[Finding]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def form(self) -> Form:
        """The form as read."""
        return self.found.reading.form


def examine(
    path: Path, rules: str | None = None, sheet: str | None = None, table: int | None = None
) -> Examined:
    """Open a workbook, find its form, score and check it.

    Args:
        path: the workbook.
        rules: name of a rule set; None lets the workbook's identity or its layout decide.
        sheet: the form's sheet; None where the workbook holds one form.
        table: the form's number (表号), from 1; None where there is one form.

    Raises:
        UserError: there is no usable workbook, no form or more than one, or no such rule set.
    """
    return examined(find(open_book(path), rules, sheet, table))


def examine_all(
    path: Path, rules: str | None = None, sheet: str | None = None, table: int | None = None
) -> list[Examined]:
    """Open a workbook, and score and check every form of it, or only those of a sheet or number.

    Raises:
        UserError: there is no usable workbook, no form, or no such rule set.
    """
    book, choice = open_book(path), Choice(sheet, table)
    readings = _readings(book, rules, choice)
    numbers = range(1, len(readings) + 1) if table is None else [chosen(book, readings, choice)[0]]
    return [examined(_found(book, readings, number, rules)) for number in numbers]


def examined(found: Found) -> Examined:
    """Score and check a form that was found."""
    scores = score(found.reading.form, found.rules)
    return Examined(found, scores, run_checks(found.reading.form, found.rules, scores))


def find(book: Book, rules: str | None = None, sheet: str | None = None, table: int | None = None) -> Found:
    """Find the form of a workbook that is meant, and the rule set for it.

    Raises:
        UserError: there is no form or more than one, or no such rule set.
    """
    choice = Choice(sheet, table)
    readings = _readings(book, rules, choice)
    return _found(book, readings, chosen(book, readings, choice)[0], rules)


def _readings(book: Book, rules: str | None, choice: Choice) -> list[Reading]:
    return readings_of(book, choice, ruleset(rules).labels if rules else {})


def _found(book: Book, readings: list[Reading], table: int, rules: str | None) -> Found:
    reading = readings[table - 1]
    hidden = book.grid(IDENTITY_SHEET)
    identity = read_identity(hidden) if hidden else None
    if identity:
        form = reading.form
        code = identity.unit_code or form.unit_code
        reading = replace(reading, form=replace(form, year=form.year or identity.year, unit_code=code))
    decided = (ruleset(rules), "由 --rules 指定") if rules else rules_for(identity, reading)
    return Found(book, reading, identity, *decided, table, len(readings))
