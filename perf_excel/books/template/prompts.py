"""Input messages (输入提示): what belongs in a cell, with an example of its kind, shown when it is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.columns import across
from perf_excel.books.template.indicator_block import heading
from perf_excel.books.template.plan import Plan
from perf_excel.forms.measure import Measure
from perf_excel.sheets.grid import address

_LONGEST = 255
_COMPUTED = ("score", "raw", "share", "reached", "deviation")
_TEXTS = {
    "level1": "如 产出指标。每行都填，与上一行相同的不显示。",
    "level2": "如 数量指标。每行都填，与上一行相同的不显示。",
    "level3": "指标的名称，如 培训次数。要加一行，复制整行后插入。",
    "direction": "正向（越多越好）或反向（越少越好）。",
    "sign": "≥、≤ 或 =；时间或文字目标不填。",
    "unit": "如 %、次、万元；时间或文字目标不填。",
    "reason": "得分低于分值的，写明原因和改进措施，如：因疫情少办1期，已列入明年计划。",
    "remark": "如：预计年底不能完成的原因和拟采取的措施。",
}
_DERIVED = "已由公式按上面的预算数计算；可以改填，如 72.41%，改填的由校验核对。"
_SLOW = "执行率偏低的写明原因，如：工程12月完工，尾款下年支付。"
_ANSWERS = ("actual", "progress", "expected")


def explain(plan: Plan, sheet: Worksheet, said: Mapping[tuple[str, str], list[str]]) -> None:
    """Give every cell that is filled in, and has no list or limits yet, its input message.

    ``said`` are those of the cells around the indicators: title and text, and the cells.
    """
    for (title, text), cells in said.items():
        _say(sheet, " ".join(cells), title, text)
    if plan.frame.funding and "reason" in plan.budget:
        _say(sheet, across(plan.frame.funding, plan.budget["reason"][0]), "原因", _SLOW)
    columns, rows = plan.columns, plan.frame.indicators
    taken = {str(area) for one in sheet.data_validations.dataValidation for area in one.sqref.ranges}
    for role, text in _TEXTS.items():
        if role in columns and across(rows, columns[role]) not in taken:
            _say(sheet, across(rows, columns[role]), heading(plan, role), text)
    for role in (*columns.bounds, "target", *_ANSWERS):
        if role in columns:
            for text, cells in _by_text(plan, role).items():
                free = [cell for cell in cells if cell not in taken and not _inside(cell, taken)]
                _say(sheet, " ".join(free), _title(plan, role), text)
    computed = [role for role in _COMPUTED if role in columns and (role != "score" or columns.scored)]
    _refuse(sheet, " ".join(across(rows, columns[role]) for role in computed))


def _title(plan: Plan, role: str) -> str:
    return "评价标准" if role in plan.columns.bounds else heading(plan, role)


def _by_text(plan: Plan, role: str) -> dict[str, list[str]]:
    """The cells of a column, by what is to be said of them."""
    found: dict[str, list[str]] = {}
    for index, indicator in enumerate(plan.rows.indicators):
        words = _DERIVED if role == "actual" and plan.derived(index) else _words(plan, role, indicator.target)
        place = address(plan.frame.indicators[0] + index, plan.columns[role])
        found.setdefault(words, []).append(place)
    return found


def _words(plan: Plan, role: str, target: Measure) -> str:
    if role in plan.columns.bounds:
        return "填这一档的界限数字，如 95。"
    if role == "target":
        parts = {"sign", "unit"} & set(plan.columns.roles)
        return "填数字，如 95；时间或文字目标照实填写。" if parts else "写明符号、数字和单位，如 ≥95%、≤3次。"
    example = _example(target)
    return f"填实际数和单位，如 {example}，不抄符号。" if target.kind == "number" else f"如 {example}。"


def _example(target: Measure) -> str:
    """A value of a target's own kind."""
    if target.kind == "number":
        return "98%" if target.unit == "%" else f"{target.number:f}{target.unit}"
    if target.kind == "date":
        return f"{target.day.year or 2023}年6月20日" if target.day else "6月20日"
    return f"{target.text}（照目标做到的）、98%" if target.kind == "words" else "98%、2次"


def _inside(cell: str, taken: set[str]) -> bool:
    return any(cell in areas.split() for areas in taken)


def _say(sheet: Worksheet, cells: str, title: str, text: str) -> None:
    if not cells:
        return
    validation = DataValidation(sqref=cells, allow_blank=True)
    validation.promptTitle, validation.prompt = title[:31], text[:_LONGEST]
    validation.showInputMessage = True
    sheet.add_data_validation(validation)


def _refuse(sheet: Worksheet, cells: str) -> None:
    """Cells with formulas take nothing that is typed: the sheet is not protected."""
    if not cells:
        return
    validation = DataValidation(type="custom", formula1="FALSE", sqref=cells, allow_blank=True)
    validation.errorTitle, validation.error = "由公式计算", "这一格由公式计算，不用填。"
    validation.showErrorMessage = True
    sheet.add_data_validation(validation)
