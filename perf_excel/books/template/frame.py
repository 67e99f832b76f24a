"""Where everything stands: the rows of a form's blocks, counted before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from perf_excel.forms.measure import parse
from perf_excel.forms.model import Form, Funding, Indicator, Task
from perf_excel.rules.layouts import Layout
from perf_excel.rules.ruleset import RuleSet

Rows = tuple[int, int]
"""First and last row of a block."""

TITLE, YEAR, UNIT, BUDGET = 1, 2, 3, 4
"""Rows at the top; BUDGET is the header of the budget block."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a form is drawn from: its own rows, or blank ones of the layout."""

    funding: tuple[Funding, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of the blocks."""

    funding: Rows
    goal: Rows
    """Rows of the goal's text, below its header; several where one row cannot be high enough."""
    tasks: Rows | None
    """Header and tasks; None where the form has no tasks."""
    header: int
    """Header of the indicator block."""
    indicators: Rows
    total: int
    grade: int
    """The row of the grade: the total's own, or the next where the total's has no room."""


def content(form: Form, layout: Layout) -> Content:
    """Return the rows to draw."""
    blank = tuple(
        Indicator(row.level1, row.level2, row.level3, parse(row.target), weight=row.weight)
        for row in layout.rows
    )
    return Content(
        form.funding or tuple(map(Funding, layout.funding)),
        (form.tasks or tuple(Task("") for _ in range(layout.tasks))) if layout.task_block else (),
        form.indicators or blank,
    )


def frame(rows: Content, rules: RuleSet, goal_rows: int) -> Frame:
    """Count the rows; the goal's text needs ``goal_rows``."""
    funding = (BUDGET + 1, BUDGET + len(rows.funding))
    goal = (funding[1] + 2, funding[1] + 1 + goal_rows)
    tasks = (goal[1] + 1, goal[1] + 1 + len(rows.tasks)) if rows.tasks else None
    header = (tasks[1] if tasks else goal[1]) + 1
    indicators = (header + 1, header + len(rows.indicators))
    total = indicators[1] + 1
    return Frame(
        funding, goal, tasks, header, indicators, total, total if rules.deviation.present else total + 1
    )


def runs(values: list[str]) -> list[Rows]:
    """Return first and last position of every run of equal values; an empty value stands alone."""
    starts = [i for i, value in enumerate(values) if i == 0 or not value or value != values[i - 1]]
    return [(first, after - 1) for first, after in pairwise([*starts, len(values)])]


def level_names(rows: Content, rules: RuleSet, budget: str) -> list[str]:
    """Return the first-level names of the small table of sums: the rule's, then others of the form."""
    named = [level.name for level in rules.total.levels]
    if not named and rules.total.budget_inside:
        named = [budget]
    return list(
        dict.fromkeys([*named, *(row.level1.strip() for row in rows.indicators if row.level1.strip())])
    )
