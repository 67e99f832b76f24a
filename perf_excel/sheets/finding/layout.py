"""Which cell is what (版式识别): a form on a sheet found by its labels, never by fixed addresses.

Blocks may be shifted, columns reordered or added, labels merged or spelled otherwise (labels.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from perf_excel.forms.text import plain
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.column_contents import settled
from perf_excel.sheets.finding.halfway import monitored
from perf_excel.sheets.finding.header import Head, Heads
from perf_excel.sheets.finding.indicator_rows import indicator_rows
from perf_excel.sheets.finding.labels import Role
from perf_excel.sheets.finding.lines import Lines
from perf_excel.sheets.finding.money import find_budget
from perf_excel.sheets.finding.money_lines import Budget
from perf_excel.sheets.finding.particulars import FormHead, find_head
from perf_excel.sheets.finding.title_goal_tasks import (
    Block,
    Goals,
    find_goal,
    find_tasks,
    find_title,
    find_year,
    tasks_claim,
)
from perf_excel.sheets.finding.total_and_grade import FURTHER, find_above, find_grade, find_total
from perf_excel.sheets.grid import Grid, Place
from perf_excel.stopping import stop_if_asked

MAX_ROWS = 5_000
"""A form is never longer; beyond this a sheet holds something else."""
_SILENCE = 3
"""Below so many blank rows stands something else than the form."""
_MARKS = ("指标", "得分", "评分", "目标值")


@dataclass(frozen=True, slots=True)
class FormLayout:
    """A form found on a sheet. Places are None, and blocks empty, where the form has none."""

    title: str
    title_row: int
    head: FormHead
    year: tuple[Place, str, str] | None
    """Where the year stands alone, and what stands before and behind it in its cell."""
    budget: Budget | None
    goal: Goals | None
    tasks: Block | None
    indicators: Block
    total_row: int | None
    grade: Place | None
    total: Place | None = None
    """Where the total stands, or is to stand."""
    header_top: int = 0
    """The first row of the head of the indicator block."""
    top: int = 1
    """The first row that may belong to the form: below the form above it."""
    last: int = 0
    """The last row that may belong to the form: before the form below it, or where the sheet falls silent."""
    headings: frozenset[str] = frozenset()
    """The labels of the indicator block's head, bare."""

    @property
    def bottom(self) -> int:
        """The last row of the indicators, or the total row behind them."""
        return max(self.total_row or 0, *self.indicators.rows, self.indicators.header)


def find_forms(grid: Grid, more: Mapping[str, tuple[str, ...]] | None = None) -> list[FormLayout]:
    """Return every form on a sheet, from top to bottom; none where the labels of no indicator block stand.

    Args:
        grid: the sheet.
        more: a rule set's own labels by role.

    Raises:
        TooManyFormsError: there are more than MAX_FORMS.
    """
    if grid.bottom > MAX_ROWS or not _may_hold_form(grid):
        return []
    indicator_roles, budget_roles = _compiled(tuple(sorted((more or {}).items())))
    lines, top = Lines(grid), 1
    forms: list[FormLayout] = []
    heads = Heads(lines, indicator_roles)
    for head in heads.all():
        stop_if_asked()
        if head.top < top:
            continue
        form = _form(lines, top, head, heads, budget_roles)
        forms.append(form)
        top = form.bottom + 1
    ends = [form.top - 1 for form in forms[1:]] + ([grid.bottom] if forms else [])
    return [replace(form, last=_last(lines, form, end)) for form, end in zip(forms, ends, strict=True)]


def _last(lines: Lines, form: FormLayout, end: int) -> int:
    """The last row below a form before the sheet falls silent."""
    last = form.bottom
    for row in range(form.bottom + 1, end + 1):
        if row - last > _SILENCE:
            break
        if lines.labels(row):
            last = row
    return last


def _may_hold_form(grid: Grid) -> bool:
    """Whether a word without which there are no indicators stands anywhere: most sheets are done here."""
    # One text may stand in every cell of a sheet, and be as long as a cell can hold.
    texts = {cell.value[: labels.LONGEST] for cell in grid.cells.values() if isinstance(cell.value, str)}
    return any(mark in text for text in map(plain, texts) for mark in _MARKS)


@lru_cache(maxsize=32)
def _compiled(more: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    own = dict(more)
    return labels.roles(labels.INDICATOR, own), labels.roles(labels.BUDGET, own)


def _form(lines: Lines, top: int, head: Head, heads: Heads, budget_roles: tuple[Role, ...]) -> FormLayout:
    rows, total_row = indicator_rows(lines, head, heads)
    title_row, title = find_title(lines, top, head.top)
    budget = find_budget(lines, top, head.top, budget_roles)
    goal, tasks = find_goal(lines, top, head.top), find_tasks(lines, top, head.top)
    taken: set[Place] = set()
    taken.update(budget.claimed if budget else (), goal.claimed if goal else ())
    taken.update(tasks_claim(lines, tasks) if tasks else ())
    columns = settled(lines.grid, head.columns, rows)
    if labels.MONITORING in title:
        columns, budget = monitored(columns, budget)
    if total_row is None:
        total, grade = find_above(lines, range(top, head.top), taken)
    else:
        grade = find_grade(lines, _closing_rows(lines, total_row, heads))
        total = find_total(lines, total_row, columns, grade)
    return FormLayout(
        title=title,
        title_row=title_row,
        head=find_head(lines, range(top, head.top), taken),
        year=find_year(lines, range(title_row, min(title_row + 5, head.top))),
        budget=budget,
        goal=goal,
        tasks=tasks,
        indicators=Block(head.bottom, columns, rows),
        total_row=total_row,
        grade=grade,
        total=total,
        header_top=head.top,
        top=top,
        headings=frozenset(
            label.text for row in range(head.top, head.bottom + 1) for label in lines.labels(row)
        ),
    )


def _closing_rows(lines: Lines, total_row: int, heads: Heads) -> range:
    """The total row and those below it, to before the next form."""
    last = min(total_row + FURTHER, lines.grid.bottom)
    for row in range(total_row + 1, last + 1):
        titled = any(labels.TITLE.fullmatch(text) for _, _, text in lines.labels(row))
        if titled or heads.at(row):
            return range(total_row, row)
    return range(total_row, last + 1)
