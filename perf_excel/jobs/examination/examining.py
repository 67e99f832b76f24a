"""A workbook examined (查看): which form it is, by which rules, what it is worth and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from perf_excel.books.opening import open_book
from perf_excel.forms.model import Form, Waiver
from perf_excel.jobs.examination.choosing import Choice, chosen, hidden_forms, readings_of
from perf_excel.jobs.examination.marking import marked, waivers
from perf_excel.jobs.examination.recognising import rules_for
from perf_excel.jobs.examination.shelf import Template, damaged, fitting, joined
from perf_excel.jobs.examination.source import Source
from perf_excel.rules.checks import looked_at, run_checks
from perf_excel.rules.findings import Finding
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.form_score import Scores, score
from perf_excel.rules.waiving import settle
from perf_excel.sheets.identity import SHEET as IDENTITY_SHEET
from perf_excel.sheets.identity import Identity, read_identity
from perf_excel.sheets.reading.form_reading import Reading


@dataclass(frozen=True)
class Found:
    """A form of a workbook, its rule set, and why that one (依据)."""

    book: Source
    reading: Reading
    identity: Identity | None
    rules: RuleSet
    why: str
    table: int = 1
    """The form's number (表号) in the workbook, from 1."""
    tables: int = 1
    """How many forms the workbook holds."""
    shared: bool = False
    """Whether another form stands on one of its sheets."""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Labels by role in which it was read, beyond those that the program knows."""

    @property
    def own(self) -> bool:
        """Whether the form was drawn by this program; a bureau's that was sent to units was not."""
        return self.identity is not None and not self.identity.adopted

    @property
    def row_by_row(self) -> bool:
        """Whether it is of an earlier version, whose formulas lie row by row on a sheet of their own."""
        return self.own and self.reading.grid.helpers is None


@dataclass(frozen=True)
class Examined:
    """A form with its scores, and its findings held against what the unit leaves as it is (忽略).

    ``gone`` are waivers whose finding is no more, ``unasked`` those of checks that were not run.
    """

    found: Found
    scores: Scores
    findings: list[Finding]
    gone: tuple[Waiver, ...] = ()
    unasked: tuple[Waiver, ...] = ()

    @property
    def counted(self) -> list[Finding]:
        """The findings that nobody waived."""
        return [finding for finding in self.findings if finding.waived is None]

    @property
    def errors(self) -> int:
        """How many findings are errors that nobody waived."""
        return sum(finding.severity == "error" for finding in self.counted)

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
    return [examined(found) for found in find_all(open_book(path), rules, sheet, table)]


def examined(found: Found, declared: Form | None = None) -> Examined:
    """Score and check a form that was found; the waivers are its own, else those of the workbook's list.

    Args:
        found: the form.
        declared: the declaration (申报表) or monitoring form (监控表) to hold it against.
    """
    form, rules = found.reading.form, found.rules
    if not form.waivers:
        rows = marked(found.book, found.reading, shared=found.shared).own
        form = replace(form, waivers=waivers(rows))
        found = replace(found, reading=replace(found.reading, form=form))
    scores = score(form, rules)
    findings = run_checks(form, rules, scores, declared)
    settled = settle(findings, form.waivers, lambda code: looked_at(code, rules, declared))
    return Examined(found, scores, settled.findings, settled.gone, settled.unasked)


def find(
    book: Source,
    rules: str | None = None,
    sheet: str | None = None,
    table: int | None = None,
    labels: Mapping[str, tuple[str, ...]] | None = None,
) -> Found:
    """Find the form of a workbook that is meant, and the rule set for it.

    A form made from a template of the user's own is read with that template's labels and rule set.

    Args:
        book: the workbook.
        rules: name or file of a rule set; None lets identity, template or layout decide.
        sheet: the form's sheet; None where the workbook holds one form.
        table: the form's number (表号), from 1; None where there is one form.
        labels: further labels of columns by role, in place of those of a template.

    Raises:
        UserError: there is no form or more than one, or no such rule set.
    """
    choice, template = Choice(sheet, table), _template(book) if labels is None else None
    labels = _labels(rules, template.labels if template else labels or {})
    readings = readings_of(book, choice, labels)
    found = _found(book, readings, chosen(book, readings, choice)[0], rules, template)
    return replace(found, labels=labels)


def find_all(
    book: Source, rules: str | None = None, sheet: str | None = None, table: int | None = None
) -> list[Found]:
    """Find every form of a workbook, or only those of a sheet or number.

    Raises:
        UserError: there is no form, or no such rule set.
    """
    choice, template = Choice(sheet, table), _template(book)
    labels = _labels(rules, template.labels if template else {})
    readings = readings_of(book, choice, labels)
    numbers = range(1, len(readings) + 1) if table is None else [chosen(book, readings, choice)[0]]
    found = [replace(_found(book, readings, number, rules, template), labels=labels) for number in numbers]
    return _with_hidden_forms(book, found) if choice == Choice() else found


def _with_hidden_forms(book: Source, found: list[Found]) -> list[Found]:
    """Note in the first form which hidden sheets hold a form, too; ours hide none but helpers."""
    first = found[0]
    hidden = () if first.own else hidden_forms(book, first.labels)
    if not hidden:
        return found
    form = replace(first.reading.form, hidden_forms=hidden)
    return [replace(first, reading=replace(first.reading, form=form)), *found[1:]]


def _template(book: Source) -> Template | None:
    """The template of the user's own that one of the sheets was made from."""
    return fitting(grid for name in book.visible if (grid := book.grid(name)) is not None)


def _labels(rules: str | None, labels: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return joined(ruleset(rules).labels if rules else {}, labels)


def _found(
    book: Source, readings: list[Reading], table: int, rules: str | None, template: Template | None
) -> Found:
    reading = readings[table - 1]
    hidden = book.grid(IDENTITY_SHEET)
    identity = read_identity(hidden) if hidden else None
    if identity:
        form = reading.form
        code = identity.unit_code or form.unit_code
        reading = replace(reading, form=replace(form, year=form.year or identity.year, unit_code=code))
    if rules:
        decided = ruleset(rules), "由使用者指定"
    elif template:
        decided = ruleset(template.rules), f"由模板“{template.name}”确定"
    else:
        decided = rules_for(identity, reading)
        if (identity is None or identity.adopted) and (names := damaged()):
            # The form may be made from one of them.
            named = "、".join(f"“{name}”" for name in names)
            decided = decided[0], f"{decided[1]}（自己的模板{named}的说明已损坏，没有对照，请重新收一次）"
    sheets = [sheet for number, one in enumerate(readings, 1) if number != table for sheet in one.sheets]
    shared = bool(set(sheets) & set(reading.sheets))
    return Found(book, reading, identity, *decided, table, len(readings), shared)
