"""Draw the form (表样) block by block, as it is printed; the budget and the indicators are tables."""

from __future__ import annotations

from perf_excel.books.template.around_prompts import GOAL_SAYS, TASK_SAYS, example_of
from perf_excel.books.template.canvas import Canvas
from perf_excel.books.template.columns import Columns, Row
from perf_excel.books.template.frame import HEAD, TITLE, YEAR, Rows, head_labels
from perf_excel.books.template.heights import height
from perf_excel.books.template.indicator_block import draw_indicators, draw_total
from perf_excel.books.template.money_block import draw_budget
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.spans import Span, shares
from perf_excel.books.template.styles import MONEY, TEXT
from perf_excel.books.template.styles import TITLE as TITLE_FONT
from perf_excel.forms.model import Goal
from perf_excel.rules.rulesets.layouts import CODE_LABELS, PROJECT_LABELS
from perf_excel.sheets.finding.labels import bare

_YEAR_PARTS = (1.0, 1.6, 1.0)
_GOAL_HEIGHT = 75.0
_TASK_HEIGHT = 34.0
_TASK_PARTS = (2.0, 3.3, 5.7)
_LABEL_PART, _VALUE_PART = 1.6, 3.4
_ONE_LABEL_PART = 1.2
"""A single label takes less of its row than each of two."""


def draw(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    """Draw the whole form."""
    _head(plan, canvas)
    draw_budget(plan, canvas)
    _goal(plan, canvas)
    _tasks(plan, canvas)
    draw_indicators(plan, canvas, rows)
    draw_total(plan, canvas)
    _closing(plan, canvas)


def _closing(plan: Plan, canvas: Canvas) -> None:
    """The line of who filled in the form; each cell is typed on behind its label."""
    row, labels = plan.frame.closing, plan.layout.closing
    if row is None:
        return
    details = {bare(detail.label): detail.text for detail in plan.form.details}
    for label, (left, right) in zip(labels, shares(canvas.printed, 1, [1.0] * len(labels)), strict=True):
        text = f"{label}：{details.get(bare(label), '')}"
        canvas.put(
            (row, left), text, to=(row, right), align="left", border=None, unlocked=True, number_format=TEXT
        )
        canvas.say((row, left), label, f"接在冒号后面填写，如 {label}：{example_of(label)}。")
    canvas.set_height(row, 24.0)


def year_text(year: int | None) -> str:
    """The line under the title."""
    return "（　　　年度）" if year is None else f"（{year}年度）"


def _head(plan: Plan, canvas: Canvas) -> None:
    last = plan.columns.last
    canvas.put((TITLE, 1), plan.layout.title, to=(TITLE, last), font=TITLE_FONT, border=None)
    left, middle, right = (
        shares(canvas.printed, 1, _YEAR_PARTS) if plan.frame.funding else ((), (1, last), ())
    )
    year = year_text(plan.form.year)
    canvas.put((YEAR, middle[0]), year, to=(YEAR, middle[1]), border=None, unlocked=True, number_format=TEXT)
    canvas.say((YEAR, middle[0]), "年度", "填四位年份，括号照留，如 （2025年度）。")
    if left and right:
        canvas.put((YEAR, left[0]), to=(YEAR, left[1]), border=None)
        unit = f"金额单位：{plan.money}"
        canvas.put((YEAR, right[0]), unit, to=(YEAR, right[1]), align="right", border=None)
    canvas.set_height(TITLE, 32.0)
    canvas.set_height(YEAR, 20.0)
    for row, labels in enumerate(head_labels(plan.layout), HEAD):
        label_part = _LABEL_PART if len(labels) > 1 else _ONE_LABEL_PART
        spans = shares(canvas.printed, 1, [label_part, 5 - label_part] * len(labels))
        for label, name, value in zip(labels, spans[::2], spans[1::2], strict=True):
            canvas.put((row, name[0]), label, to=(row, name[1]))
            _head_value(plan, canvas, row, label, value)
        canvas.set_height(row, 24.0)


def _head_value(plan: Plan, canvas: Canvas, row: int, label: str, span: Span) -> None:
    """What stands beside a label of the head."""
    form, place, to = plan.form, (row, span[0]), (row, span[1])
    for funding in plan.rows.funding:
        if bare(funding.item) == bare(label):
            amount = plan.amount(funding.initial)
            canvas.put(place, amount, to=to, unlocked=True, number_format=MONEY, shrink=True)
            canvas.say(place, label, f"请填数字，单位：{plan.money}，如 357.65；没有的填 0。")
            return
    known = {plan.layout.unit_label: form.unit}
    known |= dict.fromkeys(PROJECT_LABELS, form.project) | dict.fromkeys(CODE_LABELS, form.unit_code)
    details = {bare(detail.label): detail.text for detail in form.details}
    text = known[label] if label in known else details.get(bare(label), "")
    canvas.put(place, text, to=to, unlocked=True, number_format=TEXT)
    if label == plan.layout.unit_label:
        canvas.say(place, label, "填单位全称，如 某某市水务局。")
    else:
        canvas.say(place, label, f"如 {example_of(label)}。")


def goal_spans(plan: Columns, widths: list[float], labels: tuple[str, ...]) -> list[Span]:
    """The columns of the expected and of the achieved goal, or of the expected one alone."""
    return shares(widths, plan.first, [1.0] * max(1, len(labels)))


def goal_height(goal: Goal, spans: list[Span], widths: list[float]) -> float:
    """How high the goal's text is; more than a row can be where it is very long."""
    texts = [
        (text, widths[first - 1 : last])
        for text, (first, last) in zip((goal.expected, goal.achieved), spans, strict=False)
    ]
    return height(texts, _GOAL_HEIGHT)


def _goal(plan: Plan, canvas: Canvas) -> None:
    rows, goal, labels = plan.frame.goal, plan.form.goal, plan.layout.goal_columns
    if rows is None:
        return
    first, last = rows
    spans = goal_spans(plan.columns, canvas.printed, labels)
    canvas.put_side((first - bool(labels), last), plan.layout.goal_block)
    for label, (left, right) in zip(labels, spans, strict=False):
        canvas.put((first - 1, left), label, to=(first - 1, right))
        canvas.set_height(first - 1, 22)
    heads = labels or (plan.layout.goal_block,)
    for text, (left, right), head, says in zip(
        (goal.expected, goal.achieved), spans, heads, GOAL_SAYS, strict=False
    ):
        canvas.put((first, left), text, to=(last, right), align="left", unlocked=True)
        canvas.say((first, left), head, says)
    for row in range(first, last + 1):
        canvas.set_height(row, goal_height(goal, spans, canvas.widths) / (last - first + 1))


def _tasks(plan: Plan, canvas: Canvas) -> None:
    rows, labels = plan.frame.tasks, plan.layout.task_columns
    if rows is None:
        return
    side: Rows = (rows[0] - 1, rows[1])
    canvas.put_side(side, plan.layout.task_block)
    spans = shares(canvas.printed, plan.columns.first, _TASK_PARTS[: len(labels)])
    lines = [labels, *((task.name, task.content, task.achieved) for task in plan.rows.tasks)]
    for row, texts in enumerate(lines, side[0]):
        for place, (text, (left, right)) in enumerate(zip(texts, spans, strict=False)):
            canvas.put(
                (row, left),
                text,
                to=(row, right),
                align="left" if place and row > side[0] else "center",
                unlocked=row > side[0],
            )
            if row > side[0]:
                canvas.say((row, left), labels[place], TASK_SAYS[place])
        canvas.set_height(row, _TASK_HEIGHT if row > side[0] else 22)
