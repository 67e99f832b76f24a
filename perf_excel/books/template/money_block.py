"""Draw the budget block (部门整体支出情况, 项目资金): a row for the total and each source of money."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from perf_excel.books.template.canvas import Canvas, Formula
from perf_excel.books.template.columns import Columns
from perf_excel.books.template.formulas.sums_and_rates import only_rate, rate_formula, score_formula
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.spans import Span, shares
from perf_excel.books.template.styles import MONEY
from perf_excel.forms.model import Funding
from perf_excel.rules.rulesets.layouts import Layout

NOT_SCORED = "-"
AMOUNTS = ("initial", "annual", "executed", "so_far", "expected")
LABELS = {
    "initial": "年初预算数", "annual": "全年预算数", "executed": "全年执行数", "weight": "分值",
    "rate": "执行率", "score": "得分", "reason": "偏差原因",
    "so_far": "已执行数", "expected": "全年预计执行数",
}  # fmt: skip
_WIDTHS = {
    "item": 22.0, "initial": 20.0, "annual": 14.0, "executed": 14.0, "weight": 6.5, "rate": 8.0,
    "score": 29.0, "reason": 23.0, "so_far": 22.0, "expected": 30.0,
}  # fmt: skip
"""Wanted widths, those of the columns below: weights stand over weights, as the national form is printed."""

_LEAST = {"item": 8.5, "weight": 4.0, "rate": 5.0, "score": 5.0, "reason": 8.0}
_LEAST_AMOUNT = 8.5


def budget_spans(layout: Layout, columns: Columns, widths: list[float]) -> dict[str, Span]:
    """Return the columns that the budget block takes for its own; none where the form has no such block."""
    if not layout.budget_columns:
        return {}
    names = ("item", *layout.budget_columns)
    needs = [_WIDTHS[name] for name in names]
    least = [_LEAST.get(name, _LEAST_AMOUNT) for name in names]
    return dict(zip(names, shares(widths, columns.first, needs, least), strict=True))


def draw_budget(plan: Plan, canvas: Canvas) -> None:
    """Draw the block."""
    rows, layout = plan.frame.funding, plan.layout
    if rows is None:
        return
    headed = len(layout.budget_columns) > 1
    canvas.put_side((rows[0] - headed, rows[1]), layout.budget_block)
    if headed:
        header = rows[0] - 1
        for name, (left, right) in plan.budget.items():
            label = None if name == "item" else layout.budget_headings.get(name, LABELS[name])
            canvas.put((header, left), label, to=(header, right))
        canvas.set_height(header, 22)
    for index, funding in enumerate(plan.rows.funding):
        _row(plan, canvas, rows[0] + index, index, funding)


def _row(plan: Plan, canvas: Canvas, row: int, index: int, funding: Funding) -> None:
    rules, cells = plan.rules, plan.budget_row(row)
    rate: str | Decimal = Formula(rate_formula(cells, rules))
    if only_rate(funding):
        rate = (funding.rate.number or Decimal(0)) / 100
        cells = replace(cells, initial="1", annual="1", executed=cells.rate)
    scored, sub_row = plan.budget_scores(index), index > 0
    weight = funding.weight if sub_row or funding.weight is not None else rules.budget.weight
    score = Formula(score_formula(cells, rules, own_weight=sub_row)) if scored else NOT_SCORED
    amounts: dict[str, Decimal | None] = {name: getattr(funding, name) for name in AMOUNTS}
    for name, (left, right) in plan.budget.items():
        place, to = (row, left), (row, right)
        if name == "item":
            canvas.put(place, funding.item, to=to, align="left", indent=1 + sub_row)
        elif name in amounts:
            canvas.put(
                place, plan.amount(amounts[name]), to=to, unlocked=True, number_format=MONEY, shrink=True
            )
        elif name == "weight":
            canvas.put(place, weight if scored else NOT_SCORED, to=to, unlocked=scored and sub_row)
        elif name == "rate":
            canvas.put(place, rate, to=to, number_format="0.00%", shrink=True)
        elif name == "score":
            canvas.put(place, score, to=to)
        else:
            canvas.put(place, funding.reason, to=to, align="left", unlocked=True)
    canvas.set_height(row, 24)
