"""A form found on a sheet (表的版式): which places hold what."""

from __future__ import annotations

from dataclasses import dataclass

from perf_excel.sheets.finding.money_lines import Budget
from perf_excel.sheets.finding.particulars import FormHead
from perf_excel.sheets.finding.scored_tables import Scored
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.finding.year_goals import Goals
from perf_excel.sheets.grid import Place


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
    total_above: Place | None = None
    """Where the total is said a second time, above the table."""
    grade_above: Place | None = None
    header_top: int = 0
    """The first row of the head of the indicator block."""
    top: int = 1
    """The first row that may belong to the form: below the form above it."""
    last: int = 0
    """The last row that may belong to the form: before the form below it, or where the sheet falls silent."""
    partial: bool = False
    """Whether its points are only some of a form's: a second table without a title follows, or this is it."""
    scored: tuple[Scored, ...] = ()
    """Scored tables above the indicators (资金管理情况, 10分)."""
    claimed: frozenset[Place] = frozenset()
    """The places of further labels that were understood."""
    headings: frozenset[str] = frozenset()
    """The labels of the indicator block's head, bare."""

    @property
    def bottom(self) -> int:
        """The last row of the indicators, or of the total or the money behind them."""
        money = self.budget.bottom if self.budget else 0
        return max(self.total_row or 0, *self.indicators.rows, self.indicators.header, money)
