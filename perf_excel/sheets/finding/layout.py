"""Which cell is what (版式识别): a form on a sheet found by its labels, never by fixed addresses.

Blocks may be shifted, columns reordered or added, labels merged or spelled otherwise (column_words.py …).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from perf_excel.forms.text import plain
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.column_contents import settled
from perf_excel.sheets.finding.column_words import INDICATOR, MONITORING
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.halfway import monitored
from perf_excel.sheets.finding.header import Head, Heads
from perf_excel.sheets.finding.indicator_rows import indicator_rows
from perf_excel.sheets.finding.labels import Roles
from perf_excel.sheets.finding.lines import Columns, Lines, text_at
from perf_excel.sheets.finding.money import find_behind, find_budget, money_below
from perf_excel.sheets.finding.money_words import BUDGET
from perf_excel.sheets.finding.particulars import FormHead, find_head, unit_in_title
from perf_excel.sheets.finding.project_columns import projects
from perf_excel.sheets.finding.scored_tables import scored_tables
from perf_excel.sheets.finding.title_and_tasks import Block, find_tasks, find_title, find_year, tasks_claim
from perf_excel.sheets.finding.total_and_grade import (
    FURTHER,
    find_above,
    find_grade,
    find_total,
)
from perf_excel.sheets.finding.total_and_grade import find_behind as find_total_behind
from perf_excel.sheets.finding.year_goals import find_goal
from perf_excel.sheets.grid import Grid, Place
from perf_excel.stopping import stop_if_asked

MAX_ROWS = 5_000
"""A form is never longer; beyond this a sheet holds something else."""
_SILENCE = 3
"""Below so many blank rows stands something else than the form."""
_NEAR = 6
"""So many rows below the indicators the goal may stand."""
_POINTS = frozenset({"weight", "score"})
_WEIGHTS = ("分值", "权重")
_MARKS = ("指标", "得分", "评分", "目标值")


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
    indicator_roles, budget_roles = _roles(more)
    lines, top = Lines(grid), 1
    forms: list[FormLayout] = []
    heads = Heads(lines, indicator_roles)
    for head in heads.all():
        stop_if_asked()
        if head.top < top:
            continue
        form = _form(lines, top, head, heads, budget_roles)
        forms += projects(lines, form, head, budget_roles)
        top = form.bottom + 1
    parts = {
        number
        for number, (form, after) in enumerate(pairwise(forms))
        if form.total_row is None and not after.title and {*form.indicators.columns} & _POINTS
    }
    forms = [replace(form, partial=bool({number - 1, number} & parts)) for number, form in enumerate(forms)]
    ends = [form.top - 1 for form in forms[1:]] + ([grid.bottom] if forms else [])
    return [replace(form, last=_last(lines, form, end)) for form, end in zip(forms, ends, strict=True)]


def has_head(grid: Grid, rows: range, more: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether the head of an indicator block begins in some rows: a quick look before ``find_forms``.

    Args:
        grid: the sheet.
        rows: where to look.
        more: a rule set's or user's own labels by role.
    """
    heads = Heads(Lines(grid), _roles(more)[0])
    return any(heads.at(row) for row in rows)


def _roles(more: Mapping[str, tuple[str, ...]] | None) -> tuple[Roles, Roles]:
    return _compiled(tuple(sorted((more or {}).items())))


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
def _compiled(more: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Roles, Roles]:
    own = dict(more)
    return labels.roles(INDICATOR, own), labels.roles(BUDGET, own)


def _form(lines: Lines, top: int, head: Head, heads: Heads, budget_roles: Roles) -> FormLayout:
    rows, total_row, below = indicator_rows(
        lines, head, heads, lambda row: money_below(lines, row, budget_roles)
    )
    title_row, title = find_title(lines, top, head.top)
    budget = find_budget(lines, top, head.top, budget_roles) or below
    if budget is None:
        last = max(total_row or 0, head.bottom, *rows)
        budget = find_behind(lines, range(last + 1, _next_form(lines, last, heads)), budget_roles)
    between = sorted({*range(head.bottom + 1, max(rows, default=0))} - {*rows})
    goal, tasks = find_goal(lines, top, head.top, between), find_tasks(lines, top, head.top)
    if goal is None:
        below_all = max((head.bottom, total_row or 0, budget.bottom if budget else 0, *rows)) + 1
        goal = find_goal(lines, below_all, min(_next_form(lines, below_all - 1, heads), below_all + _NEAR))
    taken: set[Place] = set()
    taken.update(budget.claimed if budget else (), goal.claimed if goal else ())
    taken.update(tasks_claim(lines, tasks) if tasks else ())
    money = range(budget.top, budget.bottom + 1) if budget else ()
    scored = scored_tables(lines, range(title_row + 1, head.top), heads, money)
    columns = settled(lines.grid, head.columns, rows, head.bottom)
    if MONITORING in title:
        columns, budget = monitored(columns, budget)
    taken.update((row, label.left) for row in _headed(lines, top, head.top) for label in lines.labels(row))
    above = find_above(lines, range(top, head.top), taken)
    last = max((head.bottom, *rows))
    total, grade = _total_and_grade(lines, above, last, heads, (total_row, columns))
    return FormLayout(
        title=title,
        title_row=title_row,
        head=_with_unit(find_head(lines, range(top, head.top), taken), lines, title_row),
        year=find_year(lines, range(title_row, min(title_row + 5, head.top))),
        budget=budget,
        goal=goal,
        tasks=tasks,
        indicators=Block(head.bottom, columns, rows),
        total_row=total_row,
        grade=grade,
        total=total,
        total_above=above[0] if above[0] != total else None,
        grade_above=above[1] if above[1] != grade else None,
        header_top=head.top,
        top=top,
        scored=scored,
        headings=frozenset(
            label.text for row in range(head.top, head.bottom + 1) for label in lines.labels(row)
        ),
    )


def _headed(lines: Lines, top: int, end: int) -> Iterator[int]:
    """The rows above the indicators that head points of their own: 自评得分 beside 分值 is no total."""
    for row in range(top, end):
        if any(label.text[:4].endswith(_WEIGHTS) for label in lines.labels(row)):
            yield row


def _with_unit(head: FormHead, lines: Lines, title_row: int) -> FormHead:
    """The head with the unit that the title names, where no label does."""
    return head if head.unit else replace(head, unit=unit_in_title(lines, title_row))


def _total_and_grade(
    lines: Lines,
    over: tuple[Place | None, Place | None],
    last: int,
    heads: Heads,
    block: tuple[int | None, Columns],
) -> tuple[Place | None, Place | None]:
    """The places of the total and of the grade: of the total row, else above the table or behind it."""
    total_row, columns = block
    if total_row is None:
        behind = find_total_behind(
            lines, range(last + 1, min(last + FURTHER + 1, _next_form(lines, last, heads)))
        )
        return over[0] or behind[0], over[1] or behind[1]
    grade = find_grade(lines, _closing_rows(lines, total_row, heads))
    total = find_total(lines, total_row, columns, grade)
    shown = total and any(character.isdecimal() for character in text_at(lines.grid, *total))
    return total if shown or over[0] is None else over[0], grade or over[1]


def _closing_rows(lines: Lines, total_row: int, heads: Heads) -> range:
    """The total row and those below it, to before the next form."""
    return range(total_row, min(total_row + FURTHER + 1, _next_form(lines, total_row, heads)))


def _next_form(lines: Lines, last: int, heads: Heads) -> int:
    """The row below a form's last in which another begins, or the one below the sheet."""
    for row in range(last + 1, lines.grid.bottom + 1):
        if heads.titled(row) or heads.at(row):
            return row
    return lines.grid.bottom + 1
