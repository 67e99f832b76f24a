"""What keeps a form whole while it is filled: checked entries, colours for what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.columns import across
from perf_excel.books.template.formulas.hints import SHORT, UNTICKED
from perf_excel.books.template.formulas.pieces import number
from perf_excel.books.template.formulas.row_score import no_reason
from perf_excel.books.template.frame import level_names
from perf_excel.books.template.indicator_block import heading
from perf_excel.books.template.levels_look import show_levels
from perf_excel.books.template.margin import levels_place
from perf_excel.books.template.money_block import AMOUNTS
from perf_excel.books.template.plan import Plan
from perf_excel.books.template.prompts import explain
from perf_excel.books.template.styles import MISSING, REASON, WRONG
from perf_excel.forms.likelihood import TICK
from perf_excel.rules.scoring.form_score import BUDGET_LEVEL
from perf_excel.sheets.grid import address, column_letters

_LIST_LIMIT = 255
"""Longer lists make Excel repair the file."""


def guard(plan: Plan, sheet: Worksheet, said: Mapping[tuple[str, str], list[str]]) -> None:
    """Validate and colour the form's sheet, whose cells around the indicators say what belongs into them.

    It is not protected: protection, even without a password, forbids inserting and deleting rows. Cells with
    formulas stay marked as locked, and refuse what is typed.
    """
    _validate(plan, sheet)
    explain(plan, sheet, said)
    _colour(plan, sheet)
    show_levels(plan, sheet)


def _validate(plan: Plan, sheet: Worksheet) -> None:
    columns, rows = plan.columns, plan.frame.indicators
    points = plan.rules.total.points
    typed = ["weight", *(["score"] if not columns.scored else [])]
    for role in (role for role in typed if role in columns):
        prompt = f"请填 0—{points} 之间的数字，如 5。"
        _numbers(sheet, across(rows, columns[role]), heading(plan, role), prompt, points=number(points))
    if columns.scored:
        _numbers(
            sheet, across(rows, columns.manual), "人工评分",
            "由人判断得分的行才填，范围见左侧填报提示，如 8.5；其他行不用填。", points=number(points),
        )  # fmt: skip
    _validate_money(plan, sheet)
    names = [name for name in level_names(plan.rows, plan.rules, BUDGET_LEVEL) if name != BUDGET_LEVEL]
    seconds = list(dict.fromkeys(row.level2 for row in plan.layout.rows if row.level2))
    lists = {
        "level1": names,
        "level2": seconds,
        "direction": ["正向", "反向"],
        "sign": ["≥", "≤", "=", ">", "<"],
    }
    for role, choices in lists.items():
        if role in columns:
            example = f"如 {choices[0]}；可从列表选择，也可直接填写。" if choices else ""
            _suggest(sheet, [across(rows, columns[role])], choices, example)
    if not {"weight", "score"} & set(columns.roles) and plan.frame.grade:
        grades = [grade.name for grade in plan.rules.grades]
        place = address(plan.frame.grade, columns.end("level3") + 1)
        _suggest(sheet, [place], grades, f"如 {grades[0]}；请从列表选择结论。", warn=True)
    ticked = [across(rows, columns[role]) for role in (*columns.causes, *columns.likely)]
    _suggest(sheet, ticked, [TICK], "选中的打勾（√）；不选的按 Delete 清除。", warn=True)
    if columns.compared:
        _bands(plan, sheet)


def _validate_money(plan: Plan, sheet: Worksheet) -> None:
    places = [plan.budget[name][0] for name in AMOUNTS if name in plan.budget]
    rows = plan.frame.funding
    if rows and places:
        money = " ".join(across(rows, place) for place in places)
        _numbers(sheet, money, "金额", f"请填不小于 0 的数字，单位：{plan.money}，如 357.65；没有的填 0。")


def _bands(plan: Plan, sheet: Worksheet) -> None:
    """Offer the bands of a qualitative row; a warning only where its target is known to be words."""
    names = [band.name for band in plan.rules.text.bands]
    cells: dict[bool, list[str]] = {True: [], False: []}
    for row, indicator in enumerate(plan.rows.indicators, plan.frame.indicators[0]):
        if indicator.target.kind in ("words", "empty"):
            cells[indicator.target.kind == "words"].append(address(row, plan.columns[plan.columns.answer]))
    prompt = "定性指标可从列表选择完成档次；定量指标请填实际数，如 98%、2次。"
    for warn, places in cells.items():
        _suggest(sheet, places, names, prompt, warn=warn)


def _numbers(sheet: Worksheet, cells: str, title: str, prompt: str, *, points: str | None = None) -> None:
    validation = DataValidation(
        type="decimal",
        operator="between" if points else "greaterThanOrEqual",
        formula1="0",
        formula2=points,
        allow_blank=True,
        sqref=cells,
    )
    validation.promptTitle, validation.prompt = title, prompt
    validation.errorTitle, validation.error = title, prompt
    validation.showInputMessage = validation.showErrorMessage = True
    sheet.add_data_validation(validation)


def _suggest(
    sheet: Worksheet, cells: list[str], names: list[str], prompt: str, *, warn: bool = False
) -> None:
    """A list to choose from; other text is allowed, after a question where ``warn``."""
    joined = ",".join(names)
    if (
        not names
        or not cells
        or len(joined) > _LIST_LIMIT
        or any("," in name or '"' in name for name in names)
    ):
        return
    validation = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True, sqref=" ".join(cells))
    validation.errorStyle = "warning"
    validation.errorTitle, validation.error = "不在列表中", "填写的内容不在列表中，确定这样填写吗？"
    validation.prompt = prompt
    validation.showInputMessage, validation.showErrorMessage = True, warn
    sheet.add_data_validation(validation)


def _colour(plan: Plan, sheet: Worksheet) -> None:
    columns, frame, rules = plan.columns, plan.frame, plan.rules
    first = frame.indicators[0]

    def here(role: str) -> str:
        return f"${column_letters(columns[role])}{first}"

    named = f'{here("level3")}<>""'
    used = f"OR({named},ISNUMBER({here('weight')}))" if "weight" in columns else named
    for role in ("target", "actual", "progress", "expected"):
        if role in columns:
            missing = f'AND({used},TRIM({here(role)})="")'
            _paint(sheet, across(frame.indicators, columns[role]), missing, MISSING)
    if {"score", "weight", "reason"} <= set(columns.roles):
        score, weight = here("score"), here("weight")
        short = f"IF(AND(ISNUMBER({score}),ISNUMBER({weight})),{score}<{weight},FALSE)"
        unexplained = f"AND({short},{no_reason(here('reason'))})"
        _paint(sheet, across(frame.indicators, columns["reason"]), unexplained, REASON)
    if columns.answer == "expected":
        _colour_foreseen(plan, sheet)
    points, tolerance = number(rules.total.points), number(rules.total.tolerance)
    if frame.total and "weight" in columns:
        total = address(frame.total, columns["weight"])
        off = f"IF(ISNUMBER({total}),ROUND(ABS({total}-{points}),8)>{tolerance},FALSE)"
        _paint(sheet, total, off, WRONG)
    _colour_money(plan, sheet)
    if table := levels_place(plan):
        rows = (table[0] + 1, table[0] + table[1])
        actual = f"${column_letters(columns.hint)}{rows[0]}"
        official = f"${column_letters(columns.official)}{rows[0]}"
        differs = f"IF(ISNUMBER({official}),ROUND(ABS({actual}-{official}),8)>{tolerance},FALSE)"
        _paint(sheet, across(rows, columns.hint), differs, REASON)


def _colour_foreseen(plan: Plan, sheet: Worksheet) -> None:
    """Colour what a monitoring form still wants to know, by the hint beside the row."""
    columns, rows = plan.columns, plan.frame.indicators
    hint = f"${column_letters(columns.hint)}{rows[0]}"
    if "reason" in columns:
        _paint(sheet, across(rows, columns["reason"]), f'{hint}="{SHORT}"', REASON)
    if not columns.likely:
        return
    first, last = (column_letters(columns[columns.likely[place]]) for place in (0, -1))
    cells = f"{first}{rows[0]}:{last}{rows[1]}"
    _paint(sheet, cells, f'{hint}="{UNTICKED}"', MISSING)
    _paint(sheet, cells, f'OR(ISNUMBER(FIND("只能选一项",{hint})),ISNUMBER(FIND("却选了",{hint})))', WRONG)


def _colour_money(plan: Plan, sheet: Worksheet) -> None:
    rows = plan.frame.funding
    if rows and {"initial", "so_far", "expected"} <= plan.budget.keys():
        initial, so_far, expected = (
            f"${column_letters(plan.budget[name][0])}{rows[0]}" for name in ("initial", "so_far", "expected")
        )
        over = f"IF(AND(ISNUMBER({initial}),ISNUMBER({so_far})),{so_far}>{initial},FALSE)"
        _paint(sheet, across(rows, plan.budget["so_far"][0]), over, WRONG)
        numbers = f"AND(ISNUMBER({initial}),ISNUMBER({expected}))"
        more, less = (f"IF({numbers},{expected}{sign}{initial},FALSE)" for sign in "><")
        _paint(sheet, across(rows, plan.budget["expected"][0]), more, WRONG)
        _paint(sheet, across(rows, plan.budget["expected"][0]), less, REASON)
    if rows and {"annual", "executed"} <= plan.budget.keys():
        annual, executed = (
            f"${column_letters(plan.budget[name][0])}{rows[0]}" for name in ("annual", "executed")
        )
        over = f"IF(AND(ISNUMBER({annual}),ISNUMBER({executed})),{executed}>{annual},FALSE)"
        _paint(sheet, across(rows, plan.budget["executed"][0]), over, WRONG)


def _paint(sheet: Worksheet, cells: str, formula: str, fill: PatternFill) -> None:
    rule = Rule(type="expression", dxf=DifferentialStyle(fill=fill), formula=[formula])
    sheet.conditional_formatting.add(cells, rule)  # pyright: ignore[reportUnknownMemberType]
