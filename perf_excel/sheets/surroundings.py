"""What stands around the indicators: title, unit, budget block, goal, tasks and grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from perf_excel.sheets import labels
from perf_excel.sheets.grid import Place
from perf_excel.sheets.labels import Role, bare
from perf_excel.sheets.lines import Columns, Lines, label_of, text_at, value_place


@dataclass(frozen=True, slots=True)
class Block:
    """A table within the form: its header's last row, its columns, and its rows."""

    header: int
    columns: Columns
    rows: tuple[int, ...]


def find_budget(lines: Lines, top: int, header: int, roles: tuple[Role, ...]) -> Block | None:
    """The budget block above the indicators: its header has two of the three amounts."""
    for row in range(top, header):
        columns = lines.columns(row, roles)
        if len({"initial", "annual", "executed"} & columns.keys()) >= 2:
            left = min(span[0] for span in columns.values())
            return Block(row, columns, tuple(_budget_rows(lines, row, header, left, columns)))
    return None


def _budget_rows(lines: Lines, head: int, end: int, left: int, columns: Columns) -> Iterator[int]:
    for row in range(head + 1, end):
        texts = [text for _, _, text in lines.labels(row)]
        if any(labels.EXPECTED.fullmatch(text) or labels.TASK_NAME.fullmatch(text) for text in texts):
            return
        label = label_of(lines.grid, row, left)
        if not label or labels.AIM.search(label) or _is_wide(lines, row, columns):
            return
        yield row


def _is_wide(lines: Lines, row: int, columns: Columns) -> bool:
    """Whether one cell reaches over several columns of the block, so that the row is no row of amounts."""
    area = lines.grid.area(row, columns[min(columns, key=lambda role: columns[role][0])][0])
    return sum(area.left <= left and right <= area.right for left, right in columns.values()) > 1


def find_goal(lines: Lines, top: int, header: int) -> tuple[Place, Place] | None:
    """The places of the expected and the achieved goal: under the row that heads both."""
    for row in range(top, header):
        found = lines.labels(row)
        expected = next((left for left, _, text in found if labels.EXPECTED.fullmatch(text)), None)
        achieved = next((left for left, _, text in found if labels.ACHIEVED.fullmatch(text)), None)
        if expected and achieved:
            below = lines.grid.area(row, expected).bottom + 1
            places = (value_place(lines.grid, below, (column, column)) for column in (expected, achieved))
            return next(places), next(places)
    return None


def find_tasks(lines: Lines, top: int, header: int) -> Block | None:
    """The task block (年度主要任务): its rows down to the next side label."""
    for row in range(top, header):
        columns: dict[str, tuple[int, int]] = {}
        for left, right, text in lines.labels(row):
            for role, spelling in (
                ("name", labels.TASK_NAME),
                ("content", labels.TASK_CONTENT),
                ("achieved", labels.ACHIEVED),
            ):
                if spelling.fullmatch(text):
                    columns.setdefault(role, (left, right))
        if {"name", "content"} <= columns.keys():
            first = columns["name"][0]
            rows: list[int] = []
            for below in range(row + 1, header):
                if lines.grid.area(below, first).right >= columns["content"][0]:
                    break
                if any(_is_block_label(lines, below, column) for column in range(1, first)):
                    break
                rows.append(below)
            return Block(row, columns, tuple(rows))
    return None


def _is_block_label(lines: Lines, row: int, column: int) -> bool:
    """Whether a new side label begins at a row."""
    return lines.grid.area(row, column).top == row and bool(text_at(lines.grid, row, column))


def find_title(lines: Lines, top: int, header: int) -> tuple[int, str]:
    """The form's title: the first text that calls itself a form (…表)."""
    filled = (row for row in range(top, header) if lines.labels(row))
    for row in islice(filled, 15):
        for _, _, text in lines.labels(row):
            if labels.TITLE.fullmatch(text) and "填" not in text[:1]:
                return row, text
    return top, ""


def find_unit(lines: Lines, top: int, header: int) -> Place | None:
    """The place of the unit's name: beside or in its label, the label nearest to what is meant first."""
    for spelling in labels.UNIT_NAMES:
        for row in range(top, header):
            for left, right, text in lines.labels(row):
                name, _, behind = text.partition(":")
                if spelling.fullmatch(name):
                    return (row, left) if behind else _beside(lines, row, right + 1)
    return None


def _beside(lines: Lines, row: int, column: int) -> Place:
    """The place of what a label names: some blank cells further on, but before the next label."""
    place = value_place(lines.grid, row, (column, column + 3))
    text = text_at(lines.grid, *place).replace("：", ":")
    label = ":" in text or any(one.fullmatch(bare(text)) for one in labels.UNIT_NAMES)
    return (row, column) if label else place


def find_grade(lines: Lines, total_row: int) -> Place | None:
    """The place of the grade: right of its label in the total row or the one below, or a grade's own name."""
    for row in (total_row, total_row + 1):
        for left, right, text in lines.labels(row):
            name, _, behind = text.partition(":")
            if labels.GRADE.fullmatch(name):
                return (row, left) if behind else value_place(lines.grid, row, (right + 1, right + 1))
            if row == total_row and labels.GRADES.fullmatch(text):
                return value_place(lines.grid, row, (left, left))
    return None
