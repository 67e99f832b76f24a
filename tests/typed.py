"""Forms typed by other means than ours: a bureau's own sheet, in whatever order and wording."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.workbook import Workbook
from perf_excel.forms.data import data_of
from perf_excel.forms.model import Form
from perf_excel.sheets.grid import Grid

LABELS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "deviation": "偏差度",
    "reason": "偏差原因分析及改进措施",
}
BUDGET = {
    "initial": "年初预算数",
    "annual": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}


@dataclass(frozen=True)
class Typing:
    """How a form is typed: the order of its columns, its labels, where it begins."""

    title: str = "部门整体自评表"
    columns: Sequence[str] = tuple(LABELS)
    labels: dict[str, str] = field(default_factory=dict[str, str])
    top: int = 1
    left: int = 1
    side_label: bool = True
    merged: bool = True
    value: Callable[[str, str], Any] = lambda _, text: text
    """Turns (column, printed text) into what is typed into the cell: text, or (number, format)."""


def typed(form: Form, how: Typing = Typing()) -> bytes:  # noqa: B008  (immutable)
    """Type a form into a new workbook, as the clerk of another unit would."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表1"
    type_into(sheet, form, how)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def type_into(sheet: Worksheet, form: Form, how: Typing) -> None:
    """Type a form into a sheet."""
    data = data_of(form)
    row, left = how.top, how.left
    sheet.cell(row, left, how.title)
    sheet.cell(row + 1, left, f"（{form.year}年度）" if form.year else None)
    sheet.cell(row + 2, left, "部门（单位）名称")
    sheet.cell(row + 2, left + 2, form.unit)
    row += 3
    first = left + (1 if how.side_label else 0)
    if data["budget"]:
        row = _budget(sheet, data["budget"], (row, left, first), how)
    row = _indicators(sheet, data["indicators"], (row, left, first), how)
    sheet.cell(row, left, "总分")
    place = {name: first + number for number, name in enumerate(how.columns)}
    if "weight" in place:
        sheet.cell(row, place["weight"], 100)
    if "score" in place:
        sheet.cell(row, place["score"], data["total"])


def _budget(sheet: Worksheet, rows: list[dict[str, Any]], at: tuple[int, int, int], how: Typing) -> int:
    row, left, first = at
    if how.side_label:
        sheet.cell(row, left, "部门整体支出情况")
        if how.merged:
            sheet.merge_cells(start_row=row, end_row=row + len(rows), start_column=left, end_column=left)
    for number, (name, label) in enumerate(BUDGET.items(), 1):
        sheet.cell(row, first + number, how.labels.get(f"budget.{name}", label))
        for below, item in enumerate(rows, 1):
            sheet.cell(row + below, first, item["item"])
            shown = item[name] if item[name] is not None else "-"
            sheet.cell(row + below, first + number, shown)
    return row + len(rows) + 1


def _indicators(sheet: Worksheet, rows: list[dict[str, Any]], at: tuple[int, int, int], how: Typing) -> int:
    row, left, first = at
    place = {name: first + number for number, name in enumerate(how.columns)}
    if how.side_label:
        sheet.cell(row, left, "绩效指标")
    for name, column in place.items():
        sheet.cell(row, column, how.labels.get(name, LABELS[name]))
    start = row + 1
    for number, item in enumerate(rows, start):
        for name, column in place.items():
            value: Any = item[name]
            if name in ("target", "actual", "deviation") and value is not None:
                value = how.value(name, value)
            cell = sheet.cell(number, column)
            if isinstance(value, tuple):
                cell.value, cell.number_format = value
            else:
                cell.value = value
    if how.merged:
        for name in ("level1", "level2"):
            if name in place:
                _merge_equal(sheet, place[name], rows, name, start)
    return start + len(rows)


def _merge_equal(sheet: Worksheet, column: int, rows: list[dict[str, Any]], name: str, start: int) -> None:
    """Merge a level's cell down over the rows that belong to it, as printed forms do."""
    keys = ("level1", "level2")[: ("level1", "level2").index(name) + 1]
    begin = 0
    for number in range(1, len(rows) + 1):
        same = number < len(rows) and all(rows[number][key] == rows[begin][key] for key in keys)
        if not same:
            if number - begin > 1:
                sheet.merge_cells(
                    start_row=start + begin,
                    end_row=start + number - 1,
                    start_column=column,
                    end_column=column,
                )
            begin = number


def grid_of(data: bytes, sheet: str = "表1") -> Grid:
    """Read a sheet of a workbook in memory."""
    return Workbook.from_bytes(data, "测试.xlsx").grid(sheet)


def as_percent_cell(_: str, text: str) -> Any:
    """Type 99% as a clerk's Excel keeps it: the number 0.99 under the format 0%."""
    bare = text.removesuffix("%")
    try:
        number = Decimal(bare)
    except ArithmeticError:
        return text
    places = len(bare.partition(".")[2])
    return (float(number / 100), "0." + "0" * places + "%" if places else "0%") if text.endswith("%") else text
