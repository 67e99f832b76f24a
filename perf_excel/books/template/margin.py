"""What stands beside the form on the screen, unprinted: hints, own points, first-level sums, helpers."""

from __future__ import annotations

from perf_excel.books.template.canvas import Canvas, Formula, write_at
from perf_excel.books.template.columns import Row
from perf_excel.books.template.formulas.hints import hint_formula
from perf_excel.books.template.formulas.pieces import quoted
from perf_excel.books.template.formulas.row_score import row_formulas, without_constants
from perf_excel.books.template.formulas.sums_and_rates import breakdowns, sum_check_formula
from perf_excel.books.template.formulas.value_parsing import joined, joined_formulas, value_formulas
from perf_excel.books.template.frame import TITLE, level_names, sums_span
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.styles import HINT, NOTE, PALE_BOX, SCREEN, TEXT
from perf_excel.books.template.word_lists import WordLists
from perf_excel.rules.scoring.form_score import BUDGET_LEVEL
from perf_excel.sheets.grid import address
from perf_excel.sheets.helper_cells import MARKER

CHECK, HINTS, MANUAL = "校验提示", "填报提示", "人工评分"


def draw_margin(plan: Plan, canvas: Canvas, rows: list[Row], lists: WordLists) -> None:
    """Draw the columns beside the indicators and the small table of first-level sums."""
    columns, header = plan.columns, plan.frame.header[1]
    heads = {columns.hint: HINTS, columns.check: CHECK}
    if columns.scored:
        heads[columns.manual] = MANUAL
    for column, label in heads.items():
        canvas.put((header, column), label, font=NOTE, border=PALE_BOX).fill = SCREEN
    for index, at in enumerate(rows):
        _helpers(plan, canvas, at, lists)
        check = address(at.row, columns.check)
        found = Formula(f'IF({check}="",{at("hint")},{check})')
        canvas.put((at.row, columns.hint), found, align="note", font=HINT, border=PALE_BOX)
        if columns.scored:
            given = plan.scores.indicators[index]
            points = given.printed if given.judged else None
            canvas.put((at.row, columns.manual), points, border=PALE_BOX, unlocked=True)
    _closing(plan, canvas, rows)
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


def _closing(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    """Between what the helper cells stand, and how many rows have no formulas."""
    if not rows:
        return
    helpers = rows[0].helpers
    write_at(canvas.sheet, TITLE, plan.columns.helpers, MARKER)
    # Below the other columns stand the sums, which must not ask for themselves.
    end = (sums_span(plan.columns) or (plan.columns.last + 1, 0))[0]
    asked = [role for role in ("level3", "target", "actual") if role in plan.columns]
    used = "&".join(helpers.down(plan.columns[role]) for role in asked if plan.columns[role] < end)
    bare = f'SUMPRODUCT(({helpers.all("reason")}="")*({used}<>""))'
    for end in (helpers.top, helpers.bottom):
        write_at(canvas.sheet, end, helpers.places["reason"], "—")
    write_at(canvas.sheet, helpers.bottom, helpers.places["name"], Formula(bare))
    said = quoted("个指标行没有公式：请删去这行，复制一整行指标，再“插入复制的单元格”")
    text = f'IF({plan.bare}=0,"","有"&{plan.bare}&{said})'
    canvas.put((TITLE, plan.columns.hint), Formula(text), align="left", font=HINT, border=None)


def _levels(plan: Plan, canvas: Canvas, rows: list[Row]) -> None:
    columns, official = plan.columns, {level.name: level.weight for level in plan.rules.total.levels}
    place, first = levels_place(plan), plan.columns.hint
    if place is None or not rows:
        return
    for column, label in enumerate(("一级指标", "分值", "得分", "规则分值"), first):
        canvas.put((place[0], column), label, font=NOTE, border=PALE_BOX).fill = SCREEN
    helpers = rows[0].helpers
    for row, name in enumerate(level_names(plan.rows, plan.rules, BUDGET_LEVEL), place[0] + 1):
        label = address(row, first)
        canvas.put((row, first), name, font=NOTE, border=PALE_BOX)
        for number, values in enumerate(("w", "points")):
            total = f"SUMPRODUCT(({helpers.all('level1')}={label})*1,{helpers.all(values)})"
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


def _helpers(plan: Plan, canvas: Canvas, at: Row, lists: WordLists) -> None:
    """The hidden cells of a row: what its values say and what they are worth."""
    indicator = plan.rows.indicators[at.row - plan.frame.indicators[0]]
    formulas = row_formulas(at, indicator, plan.rules, plan.layout.levels)
    formulas["hint"] = hint_formula(at, plan.rules)
    for side, role in (("t", "target"), ("a", plan.columns.answer)):
        if role in plan.columns:
            formulas |= _value(at, side, role)
    for key, formula in without_constants(formulas, at).items():
        write_at(canvas.sheet, at.row, at.helpers.places[key], lists.in_cells(formula))
    write_at(canvas.sheet, at.row, at.columns.check, "").number_format = TEXT


def _value(at: Row, side: str, role: str) -> dict[str, str]:
    """The helper cells that read a printed value, a target from up to three cells."""

    def cell(key: str) -> str:
        return at(f"{side}_{key}")

    value = at.here(role)
    if role != "target" or not at.joined:
        read, prepared = value_formulas(value, cell), {}
    else:
        read = value_formulas(value, cell, joined(at))
        prepared = joined_formulas(at.here("sign"), value, at.here("unit"))
    return {f"{side}_{key}": formula for key, formula in read.items()} | prepared
