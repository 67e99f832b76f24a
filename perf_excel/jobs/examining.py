"""A workbook examined (查看): which form it is, by which rules, what it is worth and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from perf_excel.books.opening import Book, open_book
from perf_excel.errors import UserError
from perf_excel.forms.model import Form, Waiver
from perf_excel.jobs.marking import marked, waivers
from perf_excel.jobs.shelf import fitting
from perf_excel.rules.checks import looked_at, run_checks
from perf_excel.rules.findings import Finding
from perf_excel.rules.library import DEFAULT, ruleset, ruleset_names
from perf_excel.rules.ruleset import RuleSet
from perf_excel.rules.scoring import Scores, score
from perf_excel.rules.waiving import settle
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.identity import SHEET as IDENTITY_SHEET
from perf_excel.sheets.identity import Identity, read_identity
from perf_excel.sheets.layout import MAX_ROWS, find_forms
from perf_excel.sheets.reading import Reading, read_form


@dataclass(frozen=True)
class Found:
    """The one form of a workbook, its rule set, and why that one (依据)."""

    book: Book
    reading: Reading
    identity: Identity | None
    rules: RuleSet
    why: str


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
    def errors(self) -> int:
        """How many findings are errors that nobody waived."""
        return sum(finding.severity == "error" and finding.waived is None for finding in self.findings)

    @property
    def form(self) -> Form:
        """The form as read."""
        return self.found.reading.form


def examine(
    path: Path, rules: str | None = None, sheet: str | None = None, declared: Form | None = None
) -> Examined:
    """Open a workbook, find its form, score and check it.

    Args:
        path: the workbook.
        rules: name of a rule set; None lets the workbook's identity or its layout decide.
        sheet: the form's sheet; None where the workbook holds one form.
        declared: the declaration (申报表) to hold it against.

    Raises:
        UserError: there is no usable workbook, no form or more than one, or no such rule set.
    """
    return examined(find(open_book(path), rules, sheet), declared)


def examined(found: Found, declared: Form | None = None) -> Examined:
    """Score and check a form that was found; the waivers are its own, else those of the workbook's list."""
    form, rules = found.reading.form, found.rules
    if not form.waivers:
        form = replace(form, waivers=waivers(marked(found.book, found.reading.grid.sheet).own))
        found = replace(found, reading=replace(found.reading, form=form))
    scores = score(form, rules)
    findings = run_checks(form, rules, scores, declared)
    settled = settle(findings, form.waivers, lambda code: looked_at(code, rules, declared))
    return Examined(found, scores, settled.findings, settled.gone, settled.unasked)


def find(
    book: Book,
    rules: str | None = None,
    sheet: str | None = None,
    labels: Mapping[str, tuple[str, ...]] | None = None,
) -> Found:
    """Find the one form of a workbook, and the rule set for it.

    A form made from a template of the user's own is read with that template's labels and rule set.

    Args:
        book: the workbook.
        rules: name or file of a rule set; None lets identity, template or layout decide.
        sheet: the form's sheet; None where the workbook holds one form.
        labels: further labels of columns by role, in place of those of a template.

    Raises:
        UserError: there is no form or more than one, or no such rule set.
    """
    hidden = book.grid(IDENTITY_SHEET)
    identity = read_identity(hidden) if hidden else None
    adopted = fitting(_sheet(book, name) for name in book.visible) if labels is None else None
    own = ruleset(rules) if rules else None
    labels = joined(own.labels if own else {}, adopted.labels if adopted else labels or {})
    candidates = [
        (grid, layout)
        for name in ([sheet] if sheet else book.visible)
        for grid in [_sheet(book, name)]
        for layout in find_forms(grid, labels)
    ]
    reading = _only(book, [read_form(grid, layout) for grid, layout in candidates])
    if identity:
        form = reading.form
        reading = replace(
            reading,
            form=replace(form, year=form.year or identity.year, unit_code=identity.unit_code),
        )
    if own:
        return Found(book, reading, identity, own, "由 --rules 指定")
    if adopted:
        return Found(book, reading, identity, ruleset(adopted.rules), f"由模板“{adopted.name}”确定")
    return Found(book, reading, identity, *_rules_for(identity, reading))


def joined(
    one: Mapping[str, tuple[str, ...]], other: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return the labels of two sources by role."""
    return {role: (*one.get(role, ()), *other.get(role, ())) for role in (*other, *one)}


def _sheet(book: Book, name: str) -> Grid:
    grid = book.grid(name)
    if grid is None:
        raise UserError(f"{book.name}：没有名为“{name}”的工作表，现有：{'、'.join(book.visible)}。")
    return grid


def _only(book: Book, readings: list[Reading]) -> Reading:
    if not readings:
        for name in book.visible:
            if (bottom := _sheet(book, name).bottom) > MAX_ROWS:
                raise UserError(
                    f"{book.name}：工作表“{name}”用到了第 {bottom} 行，绩效表不会这样长，"
                    "请删去下方多余的行后重试。"
                )
        raise UserError(
            f"{book.name}：没有找到绩效表（未见“三级指标、指标值、分值、得分”等表头），"
            "请确认文件是否为自评表或申报表。"
        )
    if len(readings) > 1:
        sheets = list(dict.fromkeys(reading.grid.sheet for reading in readings))
        if len(sheets) == 1:
            raise UserError(
                f"{book.name}：工作表“{sheets[0]}”上有 {len(readings)} 张绩效表，"
                "请把它们分到不同的工作表后重试。"
            )
        names = "、".join(f"“{sheet}”" for sheet in sheets)
        raise UserError(
            f"{book.name}：有 {len(sheets)} 张绩效表（工作表{names}），请用 --sheet 指定其中一张。"
        )
    return readings[0]


def _rules_for(identity: Identity | None, reading: Reading) -> tuple[RuleSet, str]:
    """The rule set of a workbook, and why: its identity, else its layout, else the national one."""
    names = ruleset_names()
    if identity and identity.ruleset in names:
        return ruleset(identity.ruleset), "由工作簿内的标识确定"
    missing = ""
    if identity:
        missing = f"工作簿标识的规则集“{identity.ruleset}”不在本机（自有规则集请用 --rules 指定文件），"
    best = max((ruleset(name) for name in names), key=lambda rules: _likeness(rules, reading))
    if _likeness(best, reading) > 0:
        return best, f"{missing}由表格的标题和栏目识别"
    return ruleset(DEFAULT), f"{missing}未能识别地区，采用全国通用规则"


def _likeness(rules: RuleSet, reading: Reading) -> int:
    """How many of a rule set's marks a form shows; 0 where it lacks more than one of them."""
    known, layout = rules.recognise, reading.layout
    levels = {row.level1 for row in reading.form.indicators} | {level1 for level1, _ in reading.free.values()}
    marks = [
        any(title in layout.title for title in known.titles) if known.titles else None,
        set(known.columns) <= layout.indicators.columns.keys() if known.columns else None,
        bool(levels & set(known.levels)) if known.levels else None,
    ]
    asked = [mark for mark in marks if mark is not None]
    shown = sum(asked)
    return shown if shown and shown >= len(asked) - 1 and shown > len(asked) / 2 else 0
