"""Draw the indicators (绩效指标) and the total row below them."""

from __future__ import annotations

from decimal import Decimal

from perf_excel.books.template.canvas import Canvas, Content, Formula
from perf_excel.books.template.columns import Columns, Row
from perf_excel.books.template.formulas.sums_and_rates import (
    grade_formula,
    open_formula,
    share_formula,
    sum_formula,
)
from perf_excel.books.template.frame import sums_span
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.styles import BOLD, PLAIN, SIDES, SPACER, TEXT
from perf_excel.forms.likelihood import TICK, likelihoods
from perf_excel.forms.measure import Measure, Parts, split
from perf_excel.forms.model import Indicator
from perf_excel.sheets.grid import address

LABELS = {
    "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "direction": "指标性质", "sign": "符号",
    "target": "年度指标值", "unit": "计量单位", "bounds": "评价标准", "actual": "实际完成值",
    "reached": "达到档次", "raw": "单项得分", "weight": "分值", "score": "得分", "share": "得分率",
    "deviation": "偏差度", "reason": "偏差原因分析及改进措施", "progress": "执行情况",
    "expected": "全年预计完成情况", "causes": "偏差原因分析", "likelihood": "完成目标可能性",
    "remark": "备注",
}  # fmt: skip
DIRECTIONS = {"up": "正向", "down": "反向", "": ""}
_PERCENT = "0.00%"
_ROW_HEIGHT = 22.0
_TOTAL_HEIGHT = 24.0


def draw_indicators(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    """Draw the header, the levels and the rows."""
    _header(plan, canvas)
    for index in range(len(plan.rows.indicators)):
        _indicator(plan, canvas, rows[index], index)


def heading(plan: Plan, role: str) -> str:
    """What a column is called."""
    return plan.layout.headings.get(role, LABELS[role])


def _header(plan: Plan, canvas: Canvas) -> None:
    columns, (first, last) = plan.columns, plan.frame.header
    under = {part for parts in plan.layout.parted.values() for part, _ in parts}
    for group, parts in plan.layout.parted.items():
        left, right = columns[parts[0][0]], columns[parts[-1][0]]
        for part, label in parts:
            canvas.put((last, columns[part]), label)
        if group == "causes" and columns.roles[right : right + 1] == ("reason",):
            right += 1  # what is behind the ticks belongs to them
            under.add("reason")
            canvas.put((last, right), heading(plan, "reason"))
        canvas.put((first, left), heading(plan, group), to=(first, right))
    for role in dict.fromkeys(columns.roles):
        if role not in under:
            label = plan.layout.indicator_block if role == "block" else heading(plan, role)
            canvas.put((first, columns[role]), label, to=(last, columns.end(role)))
    for row in range(first, last + 1):
        canvas.set_height(row, 24)


def target_parts(columns: Columns, target: Measure, wordy_unit: str = "", unit: str = "") -> Parts:
    """Return a target as its columns hold it.

    Args:
        columns: of the form.
        target: the target.
        wordy_unit: what the column of units says beside a target of words.
        unit: what it says where there is no target yet.
    """
    if "sign" not in columns and "unit" not in columns:
        return Parts("", target.text, "")
    parts = split(target)
    if target.kind != "number":
        parts = Parts("", target.text, unit if target.kind == "empty" else wordy_unit)
    if "sign" not in columns:
        parts = parts._replace(value=parts.sign + parts.value, sign="")
    return parts if "unit" in columns else parts._replace(value=parts.value + parts.unit, unit="")


def _indicator(plan: Plan, canvas: Canvas, at: Row, index: int) -> None:
    columns, indicator = plan.columns, plan.rows.indicators[index]
    blank = plan.layout.rows[index].unit if not plan.form.indicators else ""
    parts = target_parts(columns, indicator.target, plan.layout.wordy_unit, blank)
    texts = {
        "level3": indicator.level3,
        "direction": DIRECTIONS[indicator.direction],
        "sign": parts.sign,
        "target": parts.value,
        "unit": parts.unit,
        "actual": indicator.actual.text,
        "reason": indicator.reason,
        "progress": indicator.progress.text,
        "expected": indicator.expected.text,
        "remark": indicator.remark,
        **_ticks(plan, indicator),
    }
    numbers: dict[str, Decimal | None] = {
        bound: indicator.thresholds[place] if place < len(indicator.thresholds) else None
        for place, bound in enumerate(columns.bounds)
    }
    sides = {"block": plan.layout.indicator_block, "level1": indicator.level1, "level2": indicator.level2}
    numbers["weight"] = plan.scores.indicators[index].weight
    if not columns.scored:
        numbers["score"] = indicator.score
    for role in dict.fromkeys(columns.roles):
        place, to = (at.row, columns[role]), (at.row, columns.end(role))
        if role == "actual" and (derived := plan.derived(index)):
            canvas.put(place, Formula(derived), to=to, unlocked=True, number_format=_PERCENT)
        elif role in texts:
            align = "left" if role in ("reason", "remark") else "center"
            canvas.put(place, texts[role], to=to, align=align, unlocked=True, number_format=TEXT)
        elif role in numbers:
            canvas.put(place, numbers[role], unlocked=True)
        elif role in sides:
            # Said in every row, shown in the first (levels_look.py): merged cells would be in the way.
            beside = role == "block"  # what stands in the head already is to make no row higher
            canvas.put(
                place, sides[role], border=SIDES, unlocked=not beside, number_format=TEXT, shrink=beside
            )
        else:
            canvas.put(place, _formula(plan, at, role), number_format=_format(plan, role))
    canvas.set_height(at.row, _ROW_HEIGHT)
    canvas.put((at.row, columns.official), font=SPACER, border=None)


def _ticks(plan: Plan, indicator: Indicator) -> dict[str, str]:
    """What is ticked: kinds of reasons, and how likely the target is to be met."""
    said = {"causes": indicator.causes, "likelihood": likelihoods(indicator.likelihood)}
    return {
        part: TICK if label in said[group] else ""
        for group, parts in plan.layout.parted.items()
        if group in said
        for part, label in parts
    }


def _formula(plan: Plan, at: Row, role: str) -> Content:
    """What a column gives by itself."""
    if role == "share":
        return (
            Formula(share_formula(at.here("score"), at.here("weight"))) if "weight" in plan.columns else None
        )
    helpers = {"score": "points", "raw": "raw", "reached": "reached", "deviation": "deviation"}
    return Formula(at(helpers[role]))


def _format(plan: Plan, role: str) -> str:
    if role == "deviation":
        places = plan.rules.deviation.decimals
        return f"0.{'0' * places}%" if places else "0%"
    return _PERCENT if role == "share" else "General"


def draw_total(plan: Plan, canvas: Canvas) -> None:
    """Draw the total row, and the grade in it or below."""
    columns, row, last = plan.columns, plan.frame.total, plan.columns.last
    if row is None:
        return
    span = sums_span(columns)
    if span is None:
        _typed_grade(plan, canvas)
        return
    first, end = span
    canvas.put((row, 1), plan.layout.total, to=(row, first - 1), font=BOLD)
    for column in range(first, last + 1):
        canvas.put((row, column), font=PLAIN)
    for role in ("weight", "score"):
        if role in columns:
            canvas.put((row, columns[role]), Formula(sum_formula(plan.ranges(role), plan.bare)), font=BOLD)
    if {"share", "weight", "score"} <= set(columns.roles):
        total = share_formula(address(row, columns["score"]), address(row, columns["weight"]))
        canvas.put((row, columns["share"]), Formula(total), font=BOLD, number_format=_PERCENT)
    if plan.frame.grade and "score" in columns:
        grade = Formula(grade_formula(address(row, columns["score"]), _open_rows(plan), plan.rules))
        place = (plan.frame.grade, end + 2 if plan.frame.grade == row else first)
        left = end + 1 if plan.frame.grade == row else 1
        canvas.put((place[0], left), "等级", to=(place[0], place[1] - 1), font=BOLD)
        canvas.put(place, grade, to=(place[0], last), font=BOLD)
        canvas.set_height(place[0], _TOTAL_HEIGHT)
    canvas.set_height(row, _TOTAL_HEIGHT)


def _typed_grade(plan: Plan, canvas: Canvas) -> None:
    """The conclusion of a form without points is the clerk's own."""
    columns, row = plan.columns, plan.frame.end
    end = columns.end("level3")
    canvas.put((row, 1), plan.layout.total, to=(row, end), font=BOLD)
    canvas.put((row, end + 1), plan.form.grade, to=(row, columns.last), font=BOLD, unlocked=True)
    canvas.set_height(row, _TOTAL_HEIGHT)


def _open_rows(plan: Plan) -> str:
    """How many rows are used and have no points, those of the budget block among them."""
    open_rows = f"SUM({plan.helpers.all('open')})"
    if not plan.budget_ranges:
        return open_rows
    weights, points = plan.budget_ranges
    if "weight" in plan.budget:
        return f"{open_rows}+{open_formula(weights, points)}"
    # Where no weight is printed, every row that can have points is to have some.
    return f'{open_rows}+SUMPRODUCT(({points}="")*1)'
