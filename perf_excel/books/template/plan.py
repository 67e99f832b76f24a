"""All that drawing a form needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from perf_excel.books.template.columns import Columns, Helpers, across
from perf_excel.books.template.formulas.derived_rates import derived_formula
from perf_excel.books.template.formulas.sums_and_rates import BudgetRow
from perf_excel.books.template.frame import Content, Frame
from perf_excel.books.template.spans import Span
from perf_excel.forms.model import Form
from perf_excel.rules.rulesets.layouts import Layout
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.rules.scoring.form_score import Scores, budget_counts
from perf_excel.sheets.grid import address, column_letters

_YUAN = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Plan:
    """A form, its layout and rules, and where everything stands."""

    form: Form
    layout: Layout
    rules: RuleSet
    rows: Content
    frame: Frame
    columns: Columns
    budget: dict[str, Span]
    """The columns of the budget block: ``item`` and those of Layout.budget_columns."""
    scores: Scores
    helpers: Helpers

    @property
    def money(self) -> str:
        """What amounts are printed in: 万元 or 元."""
        return self.layout.money or self.rules.money

    def amount(self, wan: Decimal | None) -> Decimal | None:
        """Return an amount of 万元 as the form prints it."""
        return wan if wan is None or self.money == "万元" else wan * _YUAN

    def budget_scores(self, index: int) -> bool:
        """Whether a row of the budget block carries points; a source only by a weight of its own."""
        counts = budget_counts(self.form, self.rules) and "score" in self.budget
        if not counts or (index > 0) != self.rules.budget.sub_rows_score:
            return False
        return index == 0 or "weight" in self.budget

    def budget_row(self, row: int, *, fixed: bool = False) -> BudgetRow:
        """The cells of a row of the budget block; "" for those that it has not.

        They are ``fixed`` for formulas that may be copied to other rows.

        Where a form has only what was spent so far, its rate is of that.
        """
        spent = "executed" if "executed" in self.budget else "so_far"
        names = ("initial", "annual", spent, "weight", "rate", "score")
        places = (self.budget[name][0] if name in self.budget else None for name in names)
        mark = "$" if fixed else ""
        return BudgetRow(
            *('""' if place is None else f"{mark}{column_letters(place)}{mark}{row}" for place in places)
        )

    def derived(self, index: int) -> str | None:
        """The formula of an indicator that follows from the budget block, where its actual is not given."""
        indicator = self.rows.indicators[index]
        if not self.frame.funding or indicator.actual.kind != "empty":
            return None
        cells = self.budget_row(self.frame.funding[0], fixed=True)
        return derived_formula(indicator.level3, cells, self.rules)

    @property
    def budget_ranges(self) -> tuple[str, str] | None:
        """The ranges of weights and of points in the budget block: header and all that score."""
        top = self.frame.funding[0] if self.frame.funding else 0
        scored = [top + index for index in range(len(self.rows.funding)) if self.budget_scores(index)]
        if not top or not scored:
            return None
        rows, weight = (top - 1, scored[-1]), "weight" if "weight" in self.budget else "score"
        return across(rows, self.budget[weight][0]), across(rows, self.budget["score"][0])

    def ranges(self, role: str) -> list[str]:
        """The ranges of weights or of points: the budget block's, and the indicators'."""
        found = [self.budget_ranges[role == "score"]] if self.budget_ranges else []
        if role == "weight" and "weight" not in self.budget:
            found = []
        return [*found, self.helpers.all("w" if role == "weight" else "points")]

    @property
    def bare(self) -> str:
        """The address that tells how many rows of indicators have lost, or never had, their formulas."""
        return address(self.helpers.bottom, self.helpers.places["name"])
