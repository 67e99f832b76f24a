"""What stands beside the form on the screen, unprinted: hints, own points, first-level sums, helpers."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.blocks import Plan
from perf_excel.books.template.canvas import Canvas, Formula, write_at
from perf_excel.books.template.columns import HELPER_SHEET, Row, across, labels, sheet_name
from perf_excel.books.template.frame import BUDGET, level_names
from perf_excel.books.template.hints import hint_formula
from perf_excel.books.template.parsing import value_formulas
from perf_excel.books.template.scoring import row_formulas
from perf_excel.books.template.styles import HINT, NOTE, PALE_BOX, SCREEN, TEXT
from perf_excel.rules.scoring import BUDGET_LEVEL
from perf_excel.sheets.grid import address

CHECK, HINTS, MANUAL = "校验提示", "填报提示", "人工评分"


def draw_margin(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    """Draw the columns beside the indicators and the small table of first-level sums."""
    columns, header = plan.columns, plan.frame.header
    for column, label in ((columns.check, CHECK), (columns.hint, HINTS), (columns.manual, MANUAL)):
        canvas.put((header, column), label, font=NOTE, border=PALE_BOX).fill = SCREEN
    for index, at in enumerate(rows):
        given = plan.scores.indicators[index]
        points = given.printed if given.judged else None
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
        canvas.put((at.row, columns.manual), points, border=PALE_BOX, unlocked=True)
    _levels(plan, canvas, rows)


def _levels(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    columns, official = plan.columns, {level.name: level.weight for level in plan.rules.total.levels}
    first = columns.check
    for column, label in enumerate(("一级指标", "分值", "得分", "规则分值"), first):
        canvas.put((BUDGET, column), label, font=NOTE, border=PALE_BOX).fill = SCREEN
    names = level_names(plan.rows, plan.rules, BUDGET_LEVEL)
    column = rows[0].places["level1"] if rows else 1
    levels = f"{sheet_name(HELPER_SHEET)}!{across(plan.frame.indicators, column)}"
    for row, name in enumerate(names, BUDGET + 1):
        label = address(row, first)
        ranges = {"weight": plan.columns.weight, "score": plan.columns.score}
        sums: dict[str, str] = {}
        for key, of in ranges.items():
            sums[key] = f"SUMPRODUCT(({levels}={label})*1,{across(plan.frame.indicators, of)})"
        if name == BUDGET_LEVEL and len(plan.score_ranges) > 1:
            weights, points = plan.score_ranges[0]
            sums["weight"] += f"+SUM({weights})"
            sums["score"] += f"+SUM({points})"
        canvas.put((row, first), name, font=NOTE, border=PALE_BOX)
        for place, key in enumerate(sums, first + 1):
            canvas.put((row, place), Formula(f"ROUND({sums[key]},8)"), font=NOTE, border=PALE_BOX)
        canvas.put((row, columns.official), official.get(name), font=NOTE, border=PALE_BOX)


def write_helpers(plan: Plan, sheet: Worksheet, rows: list[Row]) -> None:
    """Write the hidden sheet: a label above every column, row for row the form's."""
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
    if not rows:
        return
    columns = plan.columns
    places = rows[0].places
    for key, label in labels(len(rows[0].bounds)).items():
        write_at(sheet, plan.frame.header, places[key], label)
    write_at(sheet, 1, 1, "辅助计算，请勿修改。每行对应自评表的同一行。")
    previous: Row | None = None
    for at, indicator in zip(rows, plan.rows.indicators, strict=True):
        formulas = row_formulas(at, previous, indicator, plan.rules)
        for side, column in (("t", columns.target), ("a", columns.actual)):
            read = value_formulas(at.form(column), lambda key, at=at, side=side: at(f"{side}_{key}"))
            formulas |= {f"{side}_{key}": formula for key, formula in read.items()}
        for key, formula in formulas.items():
            write_at(sheet, at.row, places[key], Formula(formula))
        previous = at
