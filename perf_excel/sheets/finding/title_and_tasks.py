"""What stands around the indicators in words: title, year and tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from perf_excel.forms.text import Folded
from perf_excel.sheets.finding.around_words import (
    ACHIEVED,
    TASK_CONTENT,
    TASK_NAME,
    TASK_NUMBERED,
    TITLE,
    YEAR_NAMES,
)
from perf_excel.sheets.finding.lines import Columns, Lines, beside, text_at
from perf_excel.sheets.grid import Place

_YEAR_OR_BLANK = re.compile(r"((?:20\d\d)?)年?度?")
_YEAR_ALONE = re.compile(r"([(（【\[]?\s{0,30})((?:20\d\d)?)(\s{0,30}年度?\s{0,30}[)）】\]]?)")


@dataclass(frozen=True, slots=True)
class Block:
    """A table within the form: its header's last row, its columns, and its rows."""

    header: int
    columns: Columns
    rows: tuple[int, ...]


def find_tasks(lines: Lines, top: int, header: int) -> Block | None:
    """The task block (年度主要任务): its rows down to the next side label, or rows numbered 任务1 …."""
    for row in range(top, header):
        columns: dict[str, tuple[int, int]] = {}
        for left, right, text in lines.labels(row):
            for role, spelling in (
                ("name", TASK_NAME),
                ("content", TASK_CONTENT),
                ("achieved", ACHIEVED),
            ):
                if spelling.fullmatch(text):
                    columns.setdefault(role, (left, right))
        if "name" in columns and len(columns) > 1:
            bottom = max(lines.grid.area(row, left).bottom for left, _ in columns.values())
            return Block(bottom, columns, tuple(_task_rows(lines, bottom, header, columns)))
    return _numbered_tasks(lines, top, header)


def _task_rows(lines: Lines, row: int, header: int, columns: Columns) -> Iterator[int]:
    first = columns["name"][0]
    second = min(span[0] for role, span in columns.items() if role != "name")
    for below in range(row + 1, header):
        if lines.grid.area(below, first).right >= second > first:
            return
        if any(_is_block_label(lines, below, column) for column in range(1, first)):
            return
        yield below


def _numbered_tasks(lines: Lines, top: int, header: int) -> Block | None:
    rows: list[int] = []
    columns: Columns = {}
    for row in range(top, header):
        for index, label in enumerate(lines.labels(row)):
            if TASK_NUMBERED.fullmatch(label.text) and (place := beside(lines, row, index)):
                columns = columns or {
                    "name": (label.left, label.right),
                    "content": (place[1], lines.grid.area(*place).right),
                }
                rows.append(row)
                break
    return Block(rows[0], columns, tuple(rows)) if rows else None


def tasks_claim(lines: Lines, block: Block) -> frozenset[Place]:
    """The places of the texts that belong to the tasks."""
    top = min(lines.grid.area(block.header, left).top for left, _ in block.columns.values())
    heads = range(top, block.header + 1)
    return frozenset((row, label.left) for row in (*heads, *block.rows) for label in lines.labels(row))


def _is_block_label(lines: Lines, row: int, column: int) -> bool:
    """Whether a new side label begins at a row."""
    return lines.grid.area(row, column).top == row and bool(text_at(lines.grid, row, column))


def find_title(lines: Lines, top: int, header: int) -> tuple[int, str]:
    """The form's title: the first text that calls itself a form (…表)."""
    filled = (row for row in range(top, header) if lines.labels(row))
    for row in islice(filled, 15):
        for _, _, text in lines.labels(row):
            if TITLE.fullmatch(text) and "填" not in text[:1]:
                return row, text
    return top, ""


def find_year(lines: Lines, rows: range) -> tuple[Place, str, str] | None:
    """The place where the year stands alone, and what frames it there: （2022年度）, or 年度 | 2022."""
    for row in rows:
        for index, label in enumerate(lines.labels(row)):
            shown = Folded(text_at(lines.grid, row, label.left))
            found = _YEAR_ALONE.fullmatch(shown.text)
            if found and (found[2] or found[1].strip()):
                before, _, behind = shown.cut(*found.span(2))
                return (row, label.left), before, behind
            place = beside(lines, row, index) if YEAR_NAMES.fullmatch(label.text) else None
            # Where a blank cell and the next label follow, the blank one is the year's.
            for one in (place, (row, label.right + 1)) if place else ():
                shown = Folded(text_at(lines.grid, *one))
                if found := _YEAR_OR_BLANK.fullmatch(shown.text):
                    return one, "", shown.cut(*found.span(1))[2]
    return None
