"""Draw the form (表样) block by block, as it is printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from perf_excel.books.template.budget import (
    BudgetRow,
    grade_formula,
    only_rate,
    open_formula,
    rate_formula,
    score_formula,
    sum_formula,
)
from perf_excel.books.template.canvas import Canvas, Formula
from perf_excel.books.template.columns import HELPER_SHEET, Columns, Row, across, sheet_name
from perf_excel.books.template.frame import BUDGET, TITLE, UNIT, YEAR, Content, Frame, Rows, runs
from perf_excel.books.template.heights import height
from perf_excel.books.template.styles import BOLD, MONEY, PLAIN, TEXT
from perf_excel.books.template.styles import TITLE as TITLE_FONT
from perf_excel.forms.model import Form, Funding, Goal
from perf_excel.rules.layouts import Layout
from perf_excel.rules.ruleset import RuleSet
from perf_excel.rules.scoring import Scores
from perf_excel.sheets.grid import address

NOT_SCORED = "-"
_YUAN = Decimal(10_000)
_GOAL_HEIGHT = 75.0
_TASK_HEIGHT = 34.0
_ROW_HEIGHT = 26.0


@dataclass(frozen=True, slots=True)
class Plan:
    """All that drawing needs to know."""

    form: Form
    layout: Layout
    rules: RuleSet
    rows: Content
    frame: Frame
    columns: Columns
    scores: Scores

    def budget_scores(self, index: int) -> bool:
        """Whether a row of the budget block carries points."""
        budget = self.rules.budget
        return self.rules.total.budget_inside and bool(budget.weight) and (index > 0) == budget.sub_rows_score

    def budget_row(self, row: int) -> BudgetRow:
        """The cells of a row of the budget block."""
        first = self.columns.level3
        return BudgetRow(*(address(row, first + place) for place in range(6)))

    @property
    def score_ranges(self) -> list[tuple[str, str]]:
        """Ranges of weights and of points: the budget block's, and the indicators'."""
        columns, frame = self.columns, self.frame
        budget_score = columns.level3 + 5
        pairs = [(across(frame.indicators, columns.weight), across(frame.indicators, columns.score))]
        if any(self.budget_scores(index) for index in range(len(self.rows.funding))):
            pairs.insert(0, (across(frame.funding, columns.weight), across(frame.funding, budget_score)))
        return pairs


def draw(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    """Draw the whole form."""
    _head(plan, canvas)
    _budget(plan, canvas)
    _goal(plan, canvas)
    _tasks(plan, canvas)
    _indicators(plan, canvas, rows)
    _total(plan, canvas, rows)


def year_text(year: int | None) -> str:
    """The line under the title."""
    return "（　　　年度）" if year is None else f"（{year}年度）"


def _head(plan: Plan, canvas: Canvas) -> None:
    last = plan.columns.last
    canvas.put((TITLE, 1), plan.layout.title, to=(TITLE, last), font=TITLE_FONT, border=None)
    canvas.put(
        (YEAR, 1), year_text(plan.form.year), to=(YEAR, last), border=None, unlocked=True, number_format=TEXT
    )
    canvas.put((UNIT, 1), plan.layout.unit_label, to=(UNIT, plan.columns.level2))
    canvas.put(
        (UNIT, plan.columns.level3), plan.form.unit, to=(UNIT, last), unlocked=True, number_format=TEXT
    )
    for row, least in ((TITLE, 32.0), (YEAR, 20.0), (UNIT, 24.0)):
        canvas.set_height(row, least)


def _side(canvas: Canvas, rows: Rows, label: str) -> None:
    """The label of a block, merged down its left side."""
    canvas.put((rows[0], 1), label, to=(rows[1], 1))


def _budget(plan: Plan, canvas: Canvas) -> None:
    columns, rows = plan.columns, plan.frame.funding
    first = columns.level3
    _side(canvas, (BUDGET, rows[1]), plan.layout.budget_block)
    canvas.put((BUDGET, columns.level1), to=(BUDGET, columns.level2))
    labels = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率")
    for column, label in enumerate(labels, first):
        canvas.put((BUDGET, column), label)
    canvas.put((BUDGET, first + 5), "得分", to=(BUDGET, columns.last))
    canvas.set_height(BUDGET, 22)
    for index, funding in enumerate(plan.rows.funding):
        _budget_row(plan, canvas, rows[0] + index, index, funding)


def _budget_row(plan: Plan, canvas: Canvas, row: int, index: int, funding: Funding) -> None:
    columns, rules = plan.columns, plan.rules
    first, cells = columns.level3, plan.budget_row(row)
    canvas.put((row, columns.level1), funding.item, to=(row, columns.level2), align="left")
    factor = _YUAN if rules.money == "元" else Decimal(1)
    for column, money in enumerate((funding.initial, funding.annual, funding.executed), first):
        value = None if money is None else money * factor
        canvas.put((row, column), value, unlocked=True, number_format=MONEY, shrink=True)
    rate: str | Decimal = Formula(rate_formula(cells, rules))
    if only_rate(funding):
        rate = (funding.rate.number or Decimal(0)) / 100
        cells = replace(cells, initial="1", annual="1", executed=cells.rate)
    canvas.put((row, first + 4), rate, number_format="0.00%")
    if plan.budget_scores(index):
        sub_row = index > 0
        weight = funding.weight if sub_row or funding.weight is not None else rules.budget.weight
        canvas.put((row, columns.weight), weight, unlocked=sub_row)
        score: str = Formula(score_formula(cells, rules, own_weight=sub_row))
    else:
        canvas.put((row, columns.weight), NOT_SCORED)
        score = NOT_SCORED
    canvas.put((row, first + 5), score, to=(row, columns.last))
    canvas.set_height(row, 24)


def goal_height(goal: Goal, columns: Columns, widths: list[float]) -> float:
    """How high the goal's text is; more than a row can be where it is very long."""
    expected = (goal.expected, widths[columns.level1 - 1 : columns.target])
    achieved = (goal.achieved, widths[columns.actual - 1 : columns.last])
    return height([expected, achieved], _GOAL_HEIGHT)


def _goal(plan: Plan, canvas: Canvas) -> None:
    columns, (first, last), goal = plan.columns, plan.frame.goal, plan.form.goal
    _side(canvas, (first - 1, last), plan.layout.goal_block)
    canvas.put((first - 1, columns.level1), "预期目标", to=(first - 1, columns.target))
    canvas.put((first - 1, columns.actual), "实际完成情况", to=(first - 1, columns.last))
    canvas.put((first, columns.level1), goal.expected, to=(last, columns.target), align="left", unlocked=True)
    canvas.put((first, columns.actual), goal.achieved, to=(last, columns.last), align="left", unlocked=True)
    canvas.set_height(first - 1, 22)
    for row in range(first, last + 1):
        canvas.set_height(row, goal_height(goal, columns, canvas.widths) / (last - first + 1))


def _tasks(plan: Plan, canvas: Canvas) -> None:
    columns, rows = plan.columns, plan.frame.tasks
    if rows is None:
        return
    _side(canvas, rows, plan.layout.task_block)
    lines = [("任务名称", "主要内容", "实际完成情况")]
    lines += [(task.name, task.content, task.achieved) for task in plan.rows.tasks]
    for row, (name, content, achieved) in enumerate(lines, rows[0]):
        text = row > rows[0]
        align = "left" if text else "center"
        canvas.put((row, columns.level1), name, to=(row, columns.level2), unlocked=text)
        canvas.put((row, columns.level3), content, to=(row, columns.target), align=align, unlocked=text)
        canvas.put((row, columns.actual), achieved, to=(row, columns.last), align=align, unlocked=text)
        canvas.set_height(row, _TASK_HEIGHT if text else 22)


def _indicators(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    columns, frame = plan.columns, plan.frame
    _side(canvas, (frame.header, frame.indicators[1]), "绩效指标")
    labels = {
        columns.level1: "一级指标", columns.level2: "二级指标", columns.level3: "三级指标",
        columns.target: "年度指标值", columns.actual: "实际完成值", columns.weight: "分值",
        columns.score: "得分", columns.reason: "偏差原因分析及改进措施",
    }  # fmt: skip
    if columns.deviation:
        labels[columns.deviation] = "偏差度"
    for column, label in labels.items():
        canvas.put((frame.header, column), label)
    canvas.set_height(frame.header, 24)
    level1 = [row.level1 for row in plan.rows.indicators]
    level2 = [row.level2 and f"{row.level1}\n{row.level2}" for row in plan.rows.indicators]
    for column, names in ((columns.level1, level1), (columns.level2, level2)):
        for first, last in runs(names):
            canvas.put(
                (frame.indicators[0] + first, column),
                names[first].rpartition("\n")[2],
                to=(frame.indicators[0] + last, column),
                unlocked=True,
                number_format=TEXT,
            )
    for index in range(len(plan.rows.indicators)):
        _indicator(plan, canvas, rows[index], index)


def _indicator(plan: Plan, canvas: Canvas, at: Row, index: int) -> None:
    columns, indicator, row = plan.columns, plan.rows.indicators[index], at.row
    texts = (
        (columns.level3, indicator.level3),
        (columns.target, indicator.target.text),
        (columns.actual, indicator.actual.text),
    )
    for column, text in texts:
        canvas.put((row, column), text, unlocked=True, number_format=TEXT)
    canvas.put((row, columns.weight), plan.scores.indicators[index].weight, unlocked=True)
    canvas.put((row, columns.score), Formula(at.shown("points")))
    if columns.deviation:
        places = plan.rules.deviation.decimals
        decimals = f"0.{'0' * places}%" if places else "0%"
        canvas.put((row, columns.deviation), Formula(at.shown("deviation")), number_format=decimals)
    canvas.put((row, columns.reason), indicator.reason, align="left", unlocked=True)
    canvas.set_height(row, _ROW_HEIGHT)


def _total(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    columns, frame = plan.columns, plan.frame
    weights = [weights for weights, _ in plan.score_ranges]
    points = [points for _, points in plan.score_ranges]
    row, total = frame.total, address(frame.total, columns.score)
    canvas.put((row, 1), "总分", to=(row, columns.actual), font=BOLD)
    canvas.put((row, columns.weight), Formula(sum_formula(weights)), font=BOLD)
    canvas.put((row, columns.score), Formula(sum_formula(points)), font=BOLD)
    helper = rows[0].places["open"] if rows else 1
    open_rows = f"SUM({sheet_name(HELPER_SHEET)}!{across(frame.indicators, helper)})"
    for pair in plan.score_ranges[:-1]:
        open_rows += f"+{open_formula(*pair)}"
    grade = Formula(grade_formula(total, open_rows, plan.rules))
    if frame.grade == row:
        canvas.put((row, columns.score + 1), "等级", font=BOLD)
        canvas.put((row, columns.last), grade, font=BOLD)
    else:
        canvas.put((row, columns.last), font=PLAIN)
        canvas.put((frame.grade, 1), "等级", to=(frame.grade, columns.actual), font=BOLD)
        canvas.put((frame.grade, columns.weight), grade, to=(frame.grade, columns.last), font=BOLD)
        canvas.set_height(frame.grade, 24)
    canvas.set_height(row, 24)
