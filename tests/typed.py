"""Forms typed by other means than ours: a bureau's own sheet, in whatever order and wording."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.measure import parse, split
from perf_excel.forms.model import Form
from perf_excel.sheets.grid import Area, Cell, Grid, Place

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
FURTHER = {
    "sign": "指标性质",
    "unit": "度量单位",
    "adjusted": "调整指标值",
    "share": "得分系数",
    "raw": "单项得分",
    "direction": "指标性质",
}
"""Columns that only some forms have."""
BUDGET = {
    "initial": "年初预算数",
    "annual": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
MORE_MONEY = {"change": "调整数"}
AMOUNTS = ("initial", "change", "annual", "executed")


def as_typed(_: str, text: str) -> Any:
    return text


@dataclass(frozen=True)
class Typing:
    """How a form is typed: the order of its columns, its labels, where it begins, what else is there."""

    title: str = "部门整体自评表"
    columns: Sequence[str] = tuple(LABELS)
    """Columns of the indicator block; a name with + in front is an extra column of that label."""
    labels: dict[str, str] = field(default_factory=dict[str, str])
    """Labels other than the usual, those of the budget block as budget.initial …"""
    top: int = 1
    left: int = 1
    side_label: bool = True
    merged: bool = True
    value: Callable[[str, str], Any] = as_typed
    """Turns (column, printed text) into what is typed into the cell: text, or (number, format)."""
    amount: Callable[[Any], Any] = lambda number: number
    """Turns an amount of money (or None) into what is typed into its cell."""
    above: Sequence[str] = ()
    """Rows of text above the title."""
    unit: str = "部门（单位）名称"
    """Label of the unit's name; with a colon at its end the name stands in the same cell."""
    under: str = ""
    """A line under the unit's name, such as 单位：元."""
    budget_columns: Sequence[str] = tuple(BUDGET)
    goal: bool = False
    width: int = 1
    """How many columns of the sheet a column of the indicator block is merged over."""
    two_rows: bool = False
    """Whether the head of the indicator block is merged over two rows."""
    groups: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """Labels of a second head row above the others, each over columns that stand side by side."""
    points: Callable[[Any], Any] = lambda number: number
    """Turns a weight into what is typed into its cell."""
    page: int = 0
    """After so many rows the head is printed again."""
    subtotals: bool = False
    words: tuple[str, str] = ("", "")
    """What stands in the columns of sign and unit where a target has none (定性, 无)."""
    total: str = "总分"
    grade: str = ""
    """Label of the grade, in the total row or (with ↓ in front) the row below it."""
    money_below: bool = False
    """Whether the money stands below the indicators, before the total."""
    numbered: bool = False
    """Whether the head of the names is merged over numbers (指标1) and names."""
    total_above: bool = False
    """Whether the total stands in the head, below its label, rather than in a row of its own."""
    twice: bool = False
    """Whether the total stands above the table as well as in its row."""
    scored: Sequence[tuple[str, float, float]] = ()
    """Rows of a scored table above the indicators: name, weight and points."""
    goal_shape: str = "heads"
    """How the goal is typed: under heads, with the changed one, in rows, or in one cell with its label."""
    below: Sequence[str] = ()
    """Rows of remarks below the total row."""


class Paper:
    """An empty sheet to type on."""

    def __init__(self) -> None:
        self.cells: dict[Place, tuple[Any, str]] = {}
        self.merges: list[Area] = []

    def put(self, row: int, column: int, value: Any) -> None:
        """Type a value, or (number, format)."""
        if value is not None and value != "":
            self.cells[row, column] = value if isinstance(value, tuple) else (value, "General")

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append(Area(top, left, bottom, right))

    def rows(self, *rows: Sequence[Any], top: int = 1, left: int = 1) -> None:
        """Type a small table."""
        for row, values in enumerate(rows, top):
            for column, value in enumerate(values, left):
                self.put(row, column, value)

    def grid(self, sheet: str = "表1") -> Grid:
        """Return the sheet as cells, as the reader of a file gives it."""
        return Grid(
            sheet,
            {place: Cell(_exact(value), shown) for place, (value, shown) in self.cells.items()},
            tuple(self.merges),
        )

    def type_into(self, sheet: Worksheet) -> None:
        """Type everything into a workbook's sheet."""
        for (row, column), (value, shown) in self.cells.items():
            cell: Any = sheet.cell(row, column)
            cell.value, cell.number_format = value, shown
        for top, left, bottom, right in self.merges:
            sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def grid(*rows: Sequence[Any], merges: Sequence[Sequence[int]] = ()) -> Grid:
    """Return a small sheet, written as a table; merges are (top, left, bottom, right)."""
    paper = Paper()
    paper.rows(*rows)
    for area in merges:
        paper.merge(*area)
    return paper.grid()


def table(text: str) -> list[list[Any]]:
    """Return the rows of a small table written with bars; numbers are numbers, 5%% is 0.05 shown as 5%."""
    return [[_typed_in(cell.strip()) for cell in line.split("|")] for line in text.strip("\n ").splitlines()]


def _typed_in(text: str) -> Any:
    if text.endswith("%%"):
        return float(Decimal(text[:-2]) / 100), "0%"
    return float(text) if re.fullmatch(r"-?\d+(?:\.\d+)?", text) else text


def _exact(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value


def typed(form: Form, how: Typing = Typing()) -> bytes:
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
    paper_of(form, how).type_into(sheet)


def sheet_of(form: Form, how: Typing = Typing()) -> Grid:
    """Type a form, and return its sheet without the detour through a file."""
    return paper_of(form, how).grid()


def paper_of(form: Form, how: Typing) -> Paper:
    """Type a form on a sheet of paper."""
    paper = Paper()
    type_on(paper, form, how)
    return paper


def type_on(paper: Paper, form: Form, how: Typing) -> int:
    """Type a form from row ``how.top`` on, and return the first row below it."""
    data = data_of(form)
    row, left = how.top, how.left
    for text in how.above:
        paper.put(row, left, text)
        row += 1
    paper.put(row, left, how.title)
    paper.put(row + 1, left, f"（{form.year}年度）" if form.year else None)
    if how.unit.endswith(("：", ":")):
        paper.put(row + 2, left, how.unit + form.unit)
    else:
        paper.put(row + 2, left, how.unit)
        paper.put(row + 2, left + 2, form.unit)
    row += 3
    if how.under:
        paper.put(row, left + 3, how.under)
        row += 1
    if how.total_above:
        paper.rows(("主管部门", "某局", how.total), ("联系人", "某人", data["total"]), top=row, left=left)
        row += 2
    first = left + (1 if how.side_label else 0)
    if data["budget"] and not how.money_below:
        row = _budget(paper, data["budget"], (row, left, first), how)
    if how.twice:
        paper.rows(("主管部门", "某局", how.total.strip("：:"), data["total"]), top=row, left=left)
        row += 1
    if how.goal:
        row = _goal(paper, data, (row, left, first), how.goal_shape)
    if how.scored:
        row = _scored(paper, (row, left), how)
    return _indicators(paper, data, (row, left, first), how)


def _budget(paper: Paper, rows: list[dict[str, Any]], at: tuple[int, int, int], how: Typing) -> int:
    row, left, first = at
    if how.side_label:
        paper.put(row, left, "部门整体支出情况")
        if how.merged:
            paper.merge(row, left, row + len(rows), left)
    for number, name in enumerate(how.budget_columns, 1):
        label = {**BUDGET, **MORE_MONEY}[name]
        paper.put(row, first + number, how.labels.get(f"budget.{name}", label))
        for below, item in enumerate(rows, 1):
            paper.put(row + below, first, item["item"])
            value = how.amount(item.get(name)) if name in AMOUNTS else item[name]
            paper.put(row + below, first + number, "-" if value is None else value)
    return row + len(rows) + 1


def _scored(paper: Paper, at: tuple[int, int], how: Typing) -> int:
    row, left = at
    paper.rows(
        ("资金管理情况（10分）", "", "情况说明", "分值", "得分"),
        *(("", name, "按规定执行", weight, score) for name, weight, score in how.scored),
        top=row,
        left=left,
    )
    paper.merge(row, left, row + len(how.scored), left)
    return row + len(how.scored) + 1


def _goal(paper: Paper, data: Mapping[str, Any], at: tuple[int, int, int], shape: str) -> int:
    row, left, first = at
    expected, achieved = data["goal"]["expected"], data["goal"]["achieved"]
    if shape == "inside":
        paper.rows(("年度总体目标", f"年初设定：{expected}", "", f"完成情况：{achieved}"), top=row, left=left)
        return row + 1
    if shape == "rows":
        lines = (("年初设定目标", "旧目标"), ("年中调整目标", expected), ("全年完成情况", achieved))
        paper.rows(*(("", *line) for line in lines), top=row, left=left)
        paper.put(row, left, "年度总体目标")
        paper.merge(row, left, row + 2, left)
        return row + 3
    if shape == "changed":
        paper.rows(
            ("年度总体目标", "年初设定目标", "调整后目标", "全年完成情况"),
            ("", "旧目标", expected, achieved),
            top=row,
            left=left,
        )
        paper.merge(row, left, row + 1, left)
        return row + 2
    paper.put(row, left, "年度总体目标")
    paper.merge(row, left, row + 1, left)
    for side, (label, text) in enumerate((("预期目标", "expected"), ("实际完成情况", "achieved"))):
        column = first + 3 * side
        paper.put(row, column, label)
        paper.put(row + 1, column, data["goal"][text])
        paper.merge(row, column, row, column + 2)
        paper.merge(row + 1, column, row + 1, column + 2)
    return row + 2


def _indicators(paper: Paper, data: Mapping[str, Any], at: tuple[int, int, int], how: Typing) -> int:
    row, left, first = at
    place = _columns(how, first)
    last = max(place.values()) + how.width - 1
    top, begin = row, row
    row = _head(paper, row, place, how)
    group: list[tuple[int, dict[str, Any]]] = []
    items: list[dict[str, Any]] = data["indicators"]
    for number, item in enumerate(items):
        if how.page and number and number % how.page == 0:
            row = _head(paper, row, place, how)
        group.append((row, item))
        _row(paper, row, item, place, how)
        row += 1
        if how.subtotals and (number + 1 == len(items) or items[number + 1]["level1"] != item["level1"]):
            _subtotal(paper, row, [one for one in items if one["level1"] == item["level1"]], place)
            row += 1
    if how.side_label:
        paper.put(top, left, "绩效指标")
        if how.merged:
            paper.merge(begin, left, row - 1, left)
    if how.merged:
        for name in {"level1", "level2"} & place.keys():
            _merge_equal(paper, place[name], group, name, how.width)
    if data["budget"] and how.money_below:
        row = _budget(paper, data["budget"], (row, left, first), how)
    if how.total_above:
        return row
    _total(paper, data, (row, left), place, how)
    return _below(paper, (row, left, last), how)


def _subtotal(paper: Paper, row: int, rows: Sequence[Mapping[str, Any]], place: Mapping[str, int]) -> None:
    paper.put(row, place["level1"], "小计")
    for name in {"weight", "score"} & place.keys():
        paper.put(row, place[name], round(sum(one[name] or 0 for one in rows), 2))


def _columns(how: Typing, first: int) -> dict[str, int]:
    """Where each column begins; the name's own number stands before it."""
    place = {name: first + number * how.width for number, name in enumerate(how.columns)}
    beyond = place.get("level3", 0)
    return {name: column + (how.numbered and column > beyond) for name, column in place.items()}


def _below(paper: Paper, at: tuple[int, int, int], how: Typing) -> int:
    row, left, last = at
    below = row + 1 + how.grade.startswith("↓")
    for text in how.below:
        paper.put(below, left, text)
        paper.merge(below, left, below, last)
        below += 1
    return below


def _head(paper: Paper, row: int, place: Mapping[str, int], how: Typing) -> int:
    grouped = {name for names in how.groups.values() for name in names}
    height = 2 if how.two_rows or grouped else 1
    for label, names in how.groups.items():
        paper.put(row, place[names[0]], label)
        if how.merged:
            paper.merge(row, place[names[0]], row, place[names[-1]] + how.width - 1)
    for name, column in place.items():
        usual = name[1:] if name.startswith("+") else (LABELS | FURTHER).get(name)
        top = row + (name in grouped)
        bottom = row + height - 1 if how.merged or how.two_rows else top
        paper.put(top, column, how.labels.get(name, usual))
        paper.merge(top, column, bottom, column + how.width - 1 + (how.numbered and name == "level3"))
    return row + height


def _row(paper: Paper, row: int, item: Mapping[str, Any], place: Mapping[str, int], how: Typing) -> None:
    values = {**item, **_parts(item, place, how), "weight": how.points(item["weight"])}
    for name, column in place.items():
        value = "按文件要求" if name.startswith("+") else values.get(name)
        if name in ("target", "adjusted", "actual", "deviation") and value is not None:
            value = how.value(name, value)
        numbered = how.numbered and name == "level3"
        if numbered:
            paper.put(row, column, f"指标{row}")
        paper.put(row, column + numbered, value)
        if not (how.merged and name in ("level1", "level2")):
            paper.merge(row, column, row, column + how.width - 1)


def _parts(item: Mapping[str, Any], place: Mapping[str, int], how: Typing) -> dict[str, Any]:
    """The target in as many columns as the form has for it: of every second row, the adjusted one."""
    parts = split(parse(item["target"] or ""))
    target = parts.value
    if "sign" not in place:
        target = parts.sign + target
    if "unit" not in place:
        target += parts.unit
    number = bool(parts.sign or parts.unit)
    found = {"sign": parts.sign if number else how.words[0], "unit": parts.unit or how.words[1]}
    if not {"sign", "unit"} & place.keys():
        target = item["target"]
    if "adjusted" in place and target and len(item["level3"]) % 2:
        return found | {"target": "1", "adjusted": target}
    return found | {"target": target}


def _merge_equal(
    paper: Paper, column: int, group: list[tuple[int, dict[str, Any]]], name: str, width: int
) -> None:
    """Merge a level's cell down over the rows that belong to it, as printed forms do."""
    keys = ("level1", "level2")[: ("level1", "level2").index(name) + 1]
    begin = 0
    for number in range(1, len(group) + 1):
        same = number < len(group) and (
            group[number][0] == group[number - 1][0] + 1
            and all(group[number][1][key] == group[begin][1][key] for key in keys)
        )
        if not same:
            top, bottom = group[begin][0], group[number - 1][0]
            paper.merge(top, column, bottom, column + width - 1)
            for row in range(top + 1, bottom + 1):
                paper.cells.pop((row, column), None)
            begin = number


def _total(
    paper: Paper, data: Mapping[str, Any], at: tuple[int, int], place: Mapping[str, int], how: Typing
) -> None:
    row, left = at
    if how.total.endswith("："):
        paper.put(row, left, f"{how.total}{data['total']}")
        paper.merge(row, left, row, max(place.values()))
        return
    paper.put(row, left, how.total)
    behind = max(place.values()) + how.width
    points = min(place.get("weight", behind), place.get("score", behind))
    if how.merged and left + 1 < points:
        paper.merge(row, left, row, points - 1)
    if "weight" in place:
        paper.put(row, place["weight"], 100)
    if "score" in place:
        paper.put(row, place["score"], data["total"])
    if how.grade.startswith("↓"):
        paper.put(row + 1, left, how.grade[1:])
        paper.put(row + 1, left + 1, data["grade"])
    elif how.grade:
        paper.put(row, behind, how.grade)
        paper.put(row, behind + 1, data["grade"])


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
    return (
        (float(number / 100), "0." + "0" * places + "%" if places else "0%") if text.endswith("%") else text
    )


def as_full_width(_: str, text: str) -> str:
    """Type 98.5% as ９８．５％, as an input method left in full-width mode does."""
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def grouped(number: Any) -> Any:
    """Type 1812.92 as the text 1,812.92."""
    return None if number is None else f"{number:,}"


def in_yuan(number: Any) -> Any:
    """Type an amount of 万元 in 元."""
    return None if number is None else float(Decimal(str(number)) * 10_000)
