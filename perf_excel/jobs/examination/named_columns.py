"""What the user says of columns (列的含义): H=得分, F=忽略; and the heads on the form that this is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from perf_excel.books.opening import Book
from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.errors import UserError
from perf_excel.forms.text import plain
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.layout import MAX_ROWS, find_forms, has_head
from perf_excel.sheets.finding.lines import MAX_COLUMNS, text_at
from perf_excel.sheets.finding.title_and_tasks import Block
from perf_excel.sheets.grid import Grid, column_letters
from perf_excel.sheets.reading.meanings import COLUMN_NAMES, IGNORED

Answers = Mapping[int, str]
"""What the user says of columns: number of the column → role."""

ASIDE = frozenset({IGNORED, "remark"})
"""Roles that explain no form: such a column stands beside those that do."""

_LETTERS = re.compile("[A-Za-z]{1,3}")
_TALLEST_HEAD = 5
_FARTHEST = 30
"""So many rows above one that a column is called by, no head begins."""


def answers_of(texts: Iterable[str]) -> dict[int, str]:
    """Read the user's answers: H=得分, F=忽略.

    Raises:
        UserError: one is no column letter with a meaning; the sentence lists the meanings.
    """
    roles = {name: role for role, name in COLUMN_NAMES.items()} | {role: role for role in COLUMN_NAMES}
    found: dict[int, str] = {}
    for text in texts:
        letters, _, meaning = text.partition("=")
        letters, meaning = plain(letters), plain(meaning)
        if not _LETTERS.fullmatch(letters) or meaning not in roles:
            names = "、".join(COLUMN_NAMES.values())
            raise UserError(by_command=f"--column {text}：应写成“列=含义”，如 H=得分；可用的含义：{names}。")
        found[column_number(letters.upper())] = roles[meaning]
    return found


def labels_of(book: Book, sheet: str | None, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Turn answers by column into labels by role: the heads that stand over those columns."""
    if not answers:
        return {}
    for name in [sheet] if sheet else book.visible:
        grid = book.grid(name)
        if grid is None or grid.bottom > MAX_ROWS:
            continue
        for heads in _explained(grid, answers):
            labels = _by_role(grid, heads, answers)
            if any(_is_as_said(form.indicators, answers) for form in find_forms(grid, labels)):
                _distinct(book, grid, heads)
                return labels
    columns = "、".join(column_letters(column) for column in answers)
    raise UserError(
        f"{book.name}：按给出的列的含义（{columns} 列）仍没有找到指标表的表头，",
        by_command="请核对 --column 的列号。",
        by_hand="请核对各列的含义。",
    )


def _by_role(grid: Grid, heads: Mapping[int, int], answers: Answers) -> dict[str, tuple[str, ...]]:
    labels: dict[str, tuple[str, ...]] = {}
    for column, row in heads.items():
        role = answers[column]
        labels[role] = (*labels.get(role, ()), bare(text_at(grid, row, column)))
    return labels


def _explained(grid: Grid, answers: Answers) -> Iterator[dict[int, int]]:
    """Yield the rows of the answered columns' heads, for each form that the answers explain.

    A form may be found without the answers; else it is one whose columns are what was said, when the row
    that holds all of their heads is taken at the user's word.
    """
    for form in find_forms(grid):
        if heads := _heads_over(grid, form.indicators, answers):
            yield heads
    meant = {column: role for column, role in answers.items() if role not in ASIDE}
    aside = {column: role for column, role in answers.items() if role in ASIDE}
    for row in range(1, grid.bottom + 1 if meant else 1):
        if not all(_head(grid, row, column) for column in meant):
            continue
        heads = dict.fromkeys(meant, row)
        labels = _by_role(grid, heads, answers)
        # Any row of a form may look like its head: the whole sheet is read only for those that are one.
        if not has_head(grid, range(max(row - _FARTHEST, 1), row + _TALLEST_HEAD), labels):
            continue
        for form in find_forms(grid, labels):
            beside = _heads_over(grid, form.indicators, aside)
            in_head = form.indicators.header - _TALLEST_HEAD < row <= form.indicators.header
            if in_head and beside is not None:
                yield heads | beside


def _heads_over(grid: Grid, block: Block, answers: Answers) -> dict[int, int] | None:
    """The rows of heads over columns of an indicator table: the lowest of its head that is filled there."""
    found: dict[int, int] = {}
    for column in answers:
        rows = range(block.header, max(block.header - _TALLEST_HEAD, 0), -1)
        row = next((row for row in rows if _head(grid, row, column)), None)
        if row is None or not _same_head(grid, block, row):
            return None
        found[column] = row
    return found


def _same_head(grid: Grid, block: Block, row: int) -> bool:
    """Whether a row above the lowest one is still of the table's head: a known column reaches up there."""
    lefts = [left for left, _ in block.columns.values()]
    return any(grid.area(row, left) == grid.area(block.header, left) for left in lefts)


def _is_as_said(block: Block, answers: Answers) -> bool:
    """Whether the columns of an indicator table are what the user says of them."""
    spans = {role: block.columns.get(role, (0, 0)) for role in answers.values()}
    return all(
        role in ASIDE or spans[role][0] <= column <= spans[role][1] for column, role in answers.items()
    )


def _head(grid: Grid, row: int, column: int) -> str:
    """What may be the head of a column; a number is none: it stands in a row below."""
    head = bare(text_at(grid, row, column)) if column <= MAX_COLUMNS else ""
    return head if any(letter.isalpha() for letter in head) else ""


def _distinct(book: Book, grid: Grid, heads: Mapping[int, int]) -> None:
    for column, row in heads.items():
        head = bare(text_at(grid, row, column))
        lefts = (one for one in range(1, min(grid.right, MAX_COLUMNS) + 1) if grid.area(row, one).left == one)
        if sum(bare(text_at(grid, row, one)) == head for one in lefts) > 1:
            raise UserError(
                f"{book.name}，{grid.sheet}：有几列的表头都是“{head}”，无法按表头分辨，"
                "请先在表里把表头改得不同，再收表。"
            )
