"""Where everything stands: the rows of a form's blocks, counted before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from perf_excel.books.template.columns import Columns
from perf_excel.forms.measure import joined, parse
from perf_excel.forms.model import Form, Funding, Indicator, Task
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.parameters import RuleSet

Rows = tuple[int, int]
"""First and last row of a block."""

TITLE, YEAR, HEAD = 1, 2, 3
"""Rows at the top; HEAD is the first of the form's head."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a form is drawn from: its own rows, or blank ones of the layout."""

    funding: tuple[Funding, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The rows of the blocks, each with its own header; None where the form has no such block."""

    head: Rows
    funding: Rows | None
    """The rows of amounts; their header stands above where there is one."""
    goal: Rows | None
    """Rows of the goal's text; several where one row cannot be high enough."""
    tasks: Rows | None
    header: Rows
    """Header of the indicator block, of two rows where some of its columns stand for several."""
    indicators: Rows
    total: int | None
    grade: int | None
    """The row of the grade: the total's own, or the next where the total's has no room."""
    closing: int | None
    """The line below, of who filled in the form and when."""

    @property
    def rows(self) -> range:
        """The rows of the indicators."""
        return range(self.indicators[0], self.indicators[1] + 1)

    @property
    def last(self) -> int:
        """The last row of the form."""
        return self.closing or self.end

    @property
    def end(self) -> int:
        """The last row of the table itself."""
        return self.grade or self.total or self.indicators[1]


def content(form: Form, layout: Layout) -> Content:
    """Return the rows to draw."""
    blank = tuple(
        Indicator(
            row.level1, row.level2, row.level3, joined("", parse(row.target), row.unit), weight=row.weight
        )
        for row in layout.rows
    )
    return Content(
        form.funding or tuple(map(Funding, layout.funding)),
        (form.tasks or tuple(Task("") for _ in range(layout.tasks))) if layout.task_block else (),
        form.indicators or blank,
    )


def head_labels(layout: Layout) -> tuple[tuple[str, ...], ...]:
    """Return the labels of the head, row by row."""
    return layout.head or ((layout.unit_label,),)


def frame(rows: Content, layout: Layout, rules: RuleSet, columns: Columns, goal_rows: int) -> Frame:
    """Count the rows; the goal's text needs ``goal_rows``."""
    head = (HEAD, HEAD + len(head_labels(layout)) - 1)
    heights = {
        "budget": (int(len(layout.budget_columns) > 1), len(rows.funding) if layout.budget_columns else 0),
        "goal": (int(bool(layout.goal_columns)), goal_rows if layout.goal_block else 0),
        "tasks": (1, len(rows.tasks)),
    }
    blocks: dict[str, Rows | None] = dict.fromkeys(heights)
    row = head[1] + 1
    for name in layout.order:
        above, count = heights[name]
        if count:
            blocks[name] = (row + above, row + above + count - 1)
            row += above + count
    header = (row, row + bool(layout.parted))
    indicators = (header[1] + 1, header[1] + len(rows.indicators))
    total = indicators[1] + 1 if layout.total else None
    grade = None
    if total and rules.grades and ("score" in columns or not _sums(columns)):
        grade = total if not _sums(columns) or _free(columns) > 1 else total + 1
    closing = (grade or total or indicators[1]) + 1 if layout.closing else None
    return Frame(
        head, blocks["budget"], blocks["goal"], blocks["tasks"], header, indicators, total, grade, closing
    )


def _sums(columns: Columns) -> list[int]:
    """The columns that the total row adds up or divides."""
    return [columns[role] for role in ("weight", "score", "share") if role in columns]


def sums_span(columns: Columns) -> Rows | None:
    """Return the first and the last column of the total row's numbers; None where it has none."""
    places = _sums(columns)
    return (min(places), max(places)) if places else None


def _free(columns: Columns) -> int:
    """How many columns stand behind the total row's numbers."""
    return columns.last - max(_sums(columns))


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
