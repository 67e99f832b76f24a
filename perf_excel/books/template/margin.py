"""What stands beside the form on the screen, unprinted: hints, own points, first-level sums, helpers."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.canvas import Canvas, Formula, write_at
from perf_excel.books.template.columns import HELPER_SHEET, Row, across, labels, sheet_name
from perf_excel.books.template.formulas.hints import hint_formula
from perf_excel.books.template.formulas.row_score import row_formulas
from perf_excel.books.template.formulas.sums_and_rates import breakdowns, sum_check_formula
from perf_excel.books.template.formulas.value_parsing import joined, joined_formulas, value_formulas
from perf_excel.books.template.frame import level_names
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.styles import HINT, NOTE, PALE_BOX, SCREEN, TEXT
from perf_excel.rules.scoring.form_score import BUDGET_LEVEL
from perf_excel.sheets.grid import address

CHECK, HINTS, MANUAL = "校验提示", "填报提示", "人工评分"


def draw_margin(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    """Draw the columns beside the indicators and the small table of first-level sums."""
    columns, header = plan.columns, plan.frame.header[1]
    labels = {columns.check: CHECK, columns.hint: HINTS}
    if columns.scored:
        labels[columns.manual] = MANUAL
    for column, label in labels.items():
        canvas.put((header, column), label, font=NOTE, border=PALE_BOX).fill = SCREEN
    for index, at in enumerate(rows):
        canvas.put(
            (at.row, columns.check),
            align="note",
            font=HINT,
            border=PALE_BOX,
            unlocked=True,
            number_format=TEXT,
        )
        canvas.put(
            (at.row, columns.hint), Formula(hint_formula(at, plan.rules)), align="left", font=HINT,
            border=PALE_BOX,
        )  # fmt: skip
        if columns.scored:
            given = plan.scores.indicators[index]
            points = given.printed if given.judged else None
            canvas.put((at.row, columns.manual), points, border=PALE_BOX, unlocked=True)
    _levels(plan, canvas, rows)
    _money(plan, canvas)


def levels_place(plan: Plan) -> tuple[int, int] | None:
    """Return the header row of the table of first-level sums and its number of levels; None for no table.

    It stands beside the blocks above the indicators, or below the form where they leave no room for it.
    """
    frame, roles = plan.frame, set(plan.columns.roles)
    names = len(level_names(plan.rows, plan.rules, BUDGET_LEVEL))
    if not names or not {"level1", "weight", "score"} <= roles:
        return None
    top = frame.head[1] + 1
    return (top if top + names < frame.header[0] else frame.last + 2), names


def _levels(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    columns, official = plan.columns, {level.name: level.weight for level in plan.rules.total.levels}
    place, first = levels_place(plan), plan.columns.check
    if place is None:
        return
    for column, label in enumerate(("一级指标", "分值", "得分", "规则分值"), first):
        canvas.put((place[0], column), label, font=NOTE, border=PALE_BOX).fill = SCREEN
    column = rows[0].places["level1"] if rows else 1
    levels = f"{sheet_name(HELPER_SHEET)}!{across(plan.frame.indicators, column)}"
    for row, name in enumerate(level_names(plan.rows, plan.rules, BUDGET_LEVEL), place[0] + 1):
        label = address(row, first)
        canvas.put((row, first), name, font=NOTE, border=PALE_BOX)
        for number, role in enumerate(("weight", "score")):
            total = f"SUMPRODUCT(({levels}={label})*1,{across(plan.frame.indicators, columns[role])})"
            if name == BUDGET_LEVEL and plan.budget_ranges:
                total += f"+SUM({plan.budget_ranges[number]})"
            canvas.put((row, first + 1 + number), Formula(f"ROUND({total},8)"), font=NOTE, border=PALE_BOX)
        canvas.put((row, columns.official), official.get(name), font=NOTE, border=PALE_BOX)


def _money(plan: Plan, canvas: Canvas) -> None:
    """Whether each breakdown of a declaration's budget adds up to its total, beside the total."""
    rows = plan.frame.funding
    if rows is None or "initial" not in plan.budget or len(plan.budget) > 2:
        return
    column = plan.budget["initial"][0]
    groups = breakdowns([funding.item for funding in plan.rows.funding])
    total = address(rows[0], column)
    texts = [
        Formula(sum_check_formula(total, name, [address(rows[0] + one, column) for one in group]))
        for name, group in groups
    ]
    for row, text in enumerate(texts, rows[0]):
        canvas.put((row, plan.columns.hint), text, align="left", font=HINT, border=PALE_BOX)


def write_helpers(plan: Plan, sheet: Worksheet, rows: list[Row]) -> None:
    """Write the hidden sheet: a label above every column, row for row the form's."""
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
    if not rows:
        return
    places = rows[0].places
    for key, label in labels(len(rows[0].bounds)).items():
        write_at(sheet, plan.frame.header[1], places[key], label)
    write_at(sheet, 1, 1, "辅助计算，请勿修改。每行对应自评表的同一行。")
    previous: Row | None = None
    for at, indicator in zip(rows, plan.rows.indicators, strict=True):
        formulas = row_formulas(at, previous, indicator, plan.rules, plan.layout.levels)
        for side, role in (("t", "target"), ("a", plan.columns.answer)):
            if role in plan.columns:
                formulas |= _value(at, side, role)
        for key, formula in formulas.items():
            write_at(sheet, at.row, places[key], Formula(formula))
        previous = at


def _value(at: Row, side: str, role: str) -> dict[str, str]:
    """The helper cells that read a printed value, a target from up to three cells."""

    def cell(key: str) -> str:
        return at(f"{side}_{key}")

    value = at.form(role)
    if role != "target" or not at.joined:
        read, prepared = value_formulas(value, cell), {}
    else:
        read = value_formulas(value, cell, joined(at))
        prepared = joined_formulas(at.form("sign"), value, at.form("unit"))
    return {f"{side}_{key}": formula for key, formula in read.items()} | prepared
