"""What was recognised on a form (识别结果): cell and meaning, and what is to be asked about the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from perf_excel.forms.text import plain
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import Lines, text_at
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import Place, address, column_letters
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.shown_text import printed

IGNORED = "ignored"
"""The role of a column that the user says to pass over."""

COLUMN_NAMES: dict[str, str] = {
    "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "指标值",
    "actual": "实际完成值", "weight": "分值", "score": "得分", "deviation": "偏差度", "reason": "偏差原因",
    "adjusted": "调整后指标值", "nature": "指标性质", "unit": "计量单位", "share": "得分率",
    "raw": "单项得分",
    "progress": "执行情况（到监控时点）", "expected": "全年预计完成情况", "cause": "偏差原因（分类勾选）",
    "sure": "可能性：确定能", "maybe": "可能性：有可能", "never": "可能性：完全不可能",
    "likelihood": "完成目标可能性",
    "remark": "备注", "reached": "达到档次",
    "bound1": "优的标准", "bound2": "良的标准", "bound3": "中的标准", "bound4": "差的标准",
    "earlier": "以前年度或参考值", "above": "四级之上的三级指标", "level4": "四级指标", "number": "序号",
    "audited": "复核得分", "project": "项目名称", "goal": "年度绩效目标",
    "name": "指标名称", "task": "任务", "judged": "人工评分", "hint": "校验提示", "prompt": "填报提示",
    IGNORED: "忽略",
}  # fmt: skip
"""Roles of the indicator table's columns, by the names in which they are asked for and answered."""

_RESOLVED = {"sign": "比较符号", "direction": "指标性质"}
"""What a column of 指标性质 turned out to hold."""

AMOUNT_NAMES = {
    "initial": "年初预算数", "change": "调整数", "left": "结转结余数", "arrived": "到位数",
    "annual": "全年预算数", "executed": "全年执行数",
    "weight": "分值",
    "so_far": "执行数（到监控时点）", "expected": "全年预计执行数",
    "rate": "执行率", "score": "得分", "reason": "原因",
}  # fmt: skip
SINGLE_NAMES = {
    ("head", "unit"): "单位名称", ("head", "project"): "项目名称", ("head", "unit_code"): "单位代码",
    ("head", "year"): "年度", ("goal", "expected"): "年度目标", ("goal", "achieved"): "年度目标完成情况",
    ("total", "weight"): "分值合计", ("total", "score"): "总分", ("total", "grade"): "等级",
}  # fmt: skip
_TASKS = {"name": "任务名称", "content": "任务内容", "achieved": "任务完成情况"}
_WANTED = ("level1", "level3", "target", "actual", "weight", "score", "reason")
_LONGEST = 40


class Meaning(NamedTuple):
    """A cell or a run of cells, what it means, and what is printed there or at the head of its column."""

    cells: str
    meaning: str
    content: str = ""


def meanings(reading: Reading) -> list[Meaning]:
    """Return what was recognised, from the head of the form down to its total."""
    return [*_singles(reading, "head"), *_details(reading), *_blocks(reading), *_singles(reading, "total")]


def unknown_columns(reading: Reading, ignored: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return the columns of the indicator table whose head means nothing to the program: letter and head.

    ``ignored`` are the heads of columns, without blanks, that the user says to pass over.
    """
    block, lines = reading.layout.indicators, Lines(reading.grid)
    known = {column for left, right in block.columns.values() for column in range(left, right + 1)}
    first = min(left for left, _ in block.columns.values())
    return [
        (column_letters(left), text)
        for left, _, text in lines.labels(block.header)
        if left >= first and left not in known and bare(text) not in ignored
    ]


class HeadedColumn(NamedTuple):
    """A column of the indicator table: its number, what stands over it, and its role; empty for unknown."""

    column: int
    head: str
    role: str

    @property
    def letter(self) -> str:
        """The column's letter."""
        return column_letters(self.column)


def headed_columns(reading: Reading, ignored: Collection[str] = ()) -> list[HeadedColumn]:
    """Return the columns of the indicator table from left to right, each with what the program takes it for.

    ``ignored`` are the heads of columns, without blanks, that the user says to pass over.
    """
    block, grid = reading.layout.indicators, reading.grid
    roles = {left: role for role, (left, _) in block.columns.items()}
    known = [
        HeadedColumn(left, plain(text_at(grid, _head_row(reading, block, left), left))[:_LONGEST], role)
        for left, role in roles.items()
    ]
    first = min(roles, default=1)
    covered = {column for left, right in block.columns.values() for column in range(left, right + 1)}
    others = [
        HeadedColumn(left, text[:_LONGEST], IGNORED if bare(text) in ignored else "")
        for left, _, text in Lines(grid).labels(block.header)
        if left >= first and left not in covered
    ]
    return sorted([*known, *others])


def column_name(role: str) -> str:
    """Return what a column's role is called; empty for none."""
    return (COLUMN_NAMES | _RESOLVED).get(role) or COLUMN_NAMES.get(role.rstrip("0123456789"), role)


def missing_columns(reading: Reading) -> list[str]:
    """Return the columns that a self-evaluation form usually has and were not found on this one."""
    return [f"列“{COLUMN_NAMES[role]}”" for role in _WANTED if role not in reading.layout.indicators.columns]


def missing(reading: Reading) -> list[str]:
    """Return what a self-evaluation form usually has around its columns and was not found on this one."""
    layout = reading.layout
    places = {(spot.part, spot.field) for spot in reading.places}
    around = [
        ("单位名称", bool(reading.form.unit) or ("head", "unit") in places),
        ("资金（年初、全年预算数和执行数）", layout.budget is not None),
        ("年度目标", layout.goal is not None),
        ("总分", layout.total_row is not None or layout.total is not None),
    ]
    return [name for name, found in around if not found]


def head_labels(reading: Reading) -> tuple[tuple[int, str], ...]:
    """Return the heads of the indicator table, each with its column: by them a form is known again."""
    block = reading.layout.indicators
    return tuple((left, text) for left, _, text in Lines(reading.grid).labels(block.header))


def _singles(reading: Reading, part: str) -> Iterator[Meaning]:
    parts = ("head", "goal") if part == "head" else (part,)
    for (of, field), name in SINGLE_NAMES.items():
        for spot, place in reading.places.items():
            if of in parts and (spot.part, spot.field) == (of, field):
                yield Meaning(address(*place), name, _content(reading, place))


def _details(reading: Reading) -> Iterator[Meaning]:
    """What else the head says: the places of its texts."""
    for spot, place in reading.places.items():
        if str(spot.part) == "detail" and spot.row < len(reading.form.details):
            yield Meaning(address(*place), reading.form.details[spot.row].label, _content(reading, place))


def _blocks(reading: Reading) -> Iterator[Meaning]:
    layout = reading.layout
    yield from _money(reading)
    for block, names in ((layout.tasks, _TASKS), (layout.indicators, COLUMN_NAMES | _RESOLVED)):
        if block is None or not block.rows:
            continue
        for role, (left, _) in sorted(block.columns.items(), key=lambda item: item[1]):
            cells = _run((block.rows[0], left), (block.rows[-1], left))
            head = plain(text_at(reading.grid, _head_row(reading, block, left), left))[:_LONGEST]
            name = names.get(role) or names.get(role.rstrip("0123456789"), role)
            yield Meaning(cells, name, f"表头“{head}”")


def _money(reading: Reading) -> Iterator[Meaning]:
    """The amounts by what they are, wherever the form has put them."""
    for field, name in AMOUNT_NAMES.items():
        places = sorted(
            place for spot, place in reading.places.items() if (spot.part, spot.field) == ("funding", field)
        )
        if places:
            straight = places[0][1] == places[-1][1] or places[0][0] == places[-1][0]
            cells = (
                _run(places[0], places[-1]) if straight else "、".join(address(*place) for place in places)
            )
            yield Meaning(
                cells, f"资金：{name}", "、".join(row.item for row in reading.form.funding)[:_LONGEST]
            )


def _head_row(reading: Reading, block: Block, column: int) -> int:
    return reading.grid.area(block.header, column).top


def _run(first: Place, last: Place) -> str:
    return address(*first) if first == last else f"{address(*first)}:{address(*last)}"


def _content(reading: Reading, place: Place) -> str:
    """What a cell shows, in one line."""
    return " ".join(printed(reading.grid.at(*place)).split())[:_LONGEST]
