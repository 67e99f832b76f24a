"""Which cell is what (版式识别): a form on a sheet found by its labels, never by fixed addresses.

Blocks may be shifted, columns reordered or added, labels merged or spelled otherwise (labels.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from perf_excel.sheets import labels
from perf_excel.sheets.grid import Grid, Place
from perf_excel.sheets.labels import Role, bare, role_of
from perf_excel.sheets.printing import printed

Columns = Mapping[str, tuple[int, int]]
"""Role → first and last column of its header cell."""

MAX_ROWS, MAX_COLUMNS = 5_000, 200
"""A form is never larger; beyond this a sheet holds something else."""
MAX_GAP = 100
"""Behind a blank row or a subtotal, the total stands no further down."""


@dataclass(frozen=True, slots=True)
class Block:
    """A table within the form: its header's last row, its columns, and its rows."""

    header: int
    columns: Columns
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FormLayout:
    """A form found on a sheet. Places are None, and blocks empty, where the form has none."""

    title: str
    title_row: int
    unit: Place | None
    budget: Block | None
    goal: tuple[Place, Place] | None
    """Places of the expected and the achieved goal."""
    tasks: Block | None
    indicators: Block
    total_row: int | None
    grade: Place | None


def find_forms(grid: Grid, more: Mapping[str, tuple[str, ...]] | None = None) -> list[FormLayout]:
    """Return every form on a sheet, from top to bottom; none where the labels of no indicator block stand.

    Args:
        grid: the sheet.
        more: a rule set's own labels by role.
    """
    if grid.bottom > MAX_ROWS:
        return []
    indicator_roles, budget_roles = _compiled(tuple(sorted((more or {}).items())))
    forms: list[FormLayout] = []
    top = 1
    for head in _headers(grid, indicator_roles):
        if head.top < top:
            continue
        form = _form(grid, top, head, (indicator_roles, budget_roles))
        forms.append(form)
        top = max(form.total_row or 0, *form.indicators.rows, head.bottom) + 1
    return forms


@lru_cache(maxsize=32)
def _compiled(more: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    own = dict(more)
    return labels.roles(labels.INDICATOR, own), labels.roles(labels.BUDGET, own)


def text_at(grid: Grid, row: int, column: int) -> str:
    """Return what a place shows, that of a merged area for each of its places."""
    return printed(grid.at(row, column)).strip()


def _labels(grid: Grid, row: int) -> Iterator[tuple[int, int, str]]:
    """Yield (first column, last column, bare text) of what a row shows, merged areas once."""
    column = 1
    last = min(grid.right, MAX_COLUMNS)
    while column <= last:
        area = grid.area(row, column)
        text = bare(text_at(grid, row, column))
        if text:
            yield column, area.right, text
        column = max(area.right, column) + 1


def _columns(grid: Grid, row: int, roles: tuple[Role, ...]) -> dict[str, tuple[int, int]]:
    """The roles that a row's labels name, each at its first label."""
    found: dict[str, tuple[int, int]] = {}
    for left, right, text in _labels(grid, row):
        if len(text) <= 30 and (role := role_of(text, roles)):
            found.setdefault(role, (left, right))
    return found


def _is_header(columns: Columns) -> bool:
    named = {"level1", "level2", "level3"} & columns.keys()
    valued = {"target", "actual", "weight", "score"} & columns.keys()
    return ("level3" in named or len(named) == 2) and len(valued) >= 1 and len(named) + len(valued) >= 3


class _Head(NamedTuple):
    """The head of an indicator block: its first and last row, and the columns that it names."""

    top: int
    bottom: int
    columns: Columns


def _headers(grid: Grid, roles: tuple[Role, ...]) -> Iterator[_Head]:
    """Yield the heads of indicator blocks, each of one or several rows."""
    row = 1
    while row <= grid.bottom:
        columns = _columns(grid, row, roles)
        if _is_header(columns):
            top = row
            while row < grid.bottom and _shares_labels(grid, row, columns):
                row, columns = row + 1, {**columns, **_columns(grid, row + 1, roles)}
            if (below := _columns(grid, row + 1, roles)).keys() - columns.keys() and _only_labels(
                grid, row + 1, below
            ):
                row, columns = row + 1, {**columns, **below}
            yield _Head(top, row, columns)
        row += 1


def _only_labels(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether a row under a head holds nothing but further labels, none of them a level's."""
    own = [left for left, _, _ in _labels(grid, row) if grid.area(row, left).top == row]
    return bool(own) and set(own) == {left for role, (left, _) in columns.items() if "level" not in role}


def _shares_labels(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether a header row's labels reach into the next row."""
    return any(grid.area(row, left).bottom > row for left, _ in columns.values())


def _form(grid: Grid, top: int, head: _Head, roles: tuple[tuple[Role, ...], tuple[Role, ...]]) -> FormLayout:
    header, columns = head.top, head.columns
    rows, total_row = _indicator_rows(grid, head.bottom, columns, roles[0])
    budget = _budget(grid, top, header, roles[1])
    title_row, title = _title(grid, top, header)
    return FormLayout(
        title=title,
        title_row=title_row,
        unit=_unit(grid, top, header),
        budget=budget,
        goal=_goal(grid, top, header),
        tasks=_tasks(grid, top, header),
        indicators=Block(head.bottom, columns, rows),
        total_row=total_row,
        grade=_grade(grid, total_row) if total_row else None,
    )


def _indicator_rows(
    grid: Grid, header: int, columns: Columns, roles: tuple[Role, ...]
) -> tuple[tuple[int, ...], int | None]:
    """The rows of the indicator block, and the total row behind them."""
    rows: list[int] = []
    first = min(left for left, _ in columns.values())
    last = max(right for _, right in columns.values())
    for row in range(header + 1, grid.bottom + 1):
        texts = [text for left, _, text in _labels(grid, row) if left <= last]
        if _is_total(grid, row, columns):
            if _total_follows(grid, row, columns, roles):
                continue
            return tuple(rows), row
        if _is_header(_columns(grid, row, roles)):
            if _columns(grid, row, roles) == columns:  # the head of the next printed page
                continue
            break
        if texts and _is_note(texts, own_name=_own(grid, row, columns, "level3")):
            break
        if any(_own(grid, row, columns, role) for role in columns if role not in ("hint", "judged")):
            if not _is_subtotal(grid, row, columns) and _inside(grid, row, first, last):
                rows.append(row)
        elif not texts and rows and not _goes_on(grid, row, columns, roles):
            break
    return tuple(rows), None


def _is_note(texts: list[str], *, own_name: bool) -> bool:
    """Whether a row is a remark below the table, or the line where people sign."""
    if labels.SIGNED.fullmatch(texts[0]):
        return True
    return bool(labels.NOTE.fullmatch(texts[0])) and len(texts) <= 2 and not own_name


def _goes_on(grid: Grid, blank: int, columns: Columns, roles: tuple[Role, ...]) -> bool:
    """Whether a table goes on behind a blank row: a merged area covers it, or the total is still to come."""
    return grid_has_merge(grid, blank, columns) or any(_totals_after(grid, blank, columns, roles))


def _totals_after(grid: Grid, above: int, columns: Columns, roles: tuple[Role, ...]) -> Iterator[int]:
    """Yield the total rows further down, before the next form begins."""
    titled = False
    for row in range(above + 1, min(grid.bottom, above + MAX_GAP) + 1):
        titled = titled or any(labels.TITLE.fullmatch(text) for _, _, text in _labels(grid, row))
        head = _columns(grid, row, roles)
        if _is_header(head) and (titled or head != columns):
            return
        if _is_total(grid, row, columns):
            yield row


def _total_follows(grid: Grid, above: int, columns: Columns, roles: tuple[Role, ...]) -> bool:
    """Whether a total row is only that of its level: more indicators and another total follow."""
    below = next(_totals_after(grid, above, columns, roles), above)
    if below == above + 1:
        return "总" in _total_label(grid, below, columns) and "总" not in _total_label(grid, above, columns)
    filled = [role for role in ("level3", "target", "weight", "score") if role in columns]
    return any(all(_own(grid, row, columns, role) for role in filled) for row in range(above + 1, below))


def grid_has_merge(grid: Grid, row: int, columns: Columns) -> bool:
    """Return whether a merged area covers one of the columns in a row (a blank row inside a table)."""
    return any(grid.area(row, left) != (row, left, row, left) for left, _ in columns.values())


def _inside(grid: Grid, row: int, first: int, last: int) -> bool:
    """Whether a row is cut into cells as the table is, rather than one wide cell."""
    area = grid.area(row, first)
    return not (area.left <= first and area.right >= last)


def _own(grid: Grid, row: int, columns: Columns, role: str) -> bool:
    """Whether a row holds something of its own under a role: not the area of a row above."""
    if role not in columns:
        return False
    place = value_place(grid, row, columns[role])
    return place[0] == row and place in grid.cells


def value_place(grid: Grid, row: int, span: tuple[int, int]) -> Place:
    """Return the place of a row's value under a header cell: its first filled place, else its first."""
    first: Place | None = None
    for column in range(span[0], span[1] + 1):
        area = grid.area(row, column)
        place = (area.top, area.left)
        if place in grid.cells:
            return place
        first = first or place
    return first or (row, span[0])


def _is_total(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether a row is a total row: a label before the values says so."""
    return bool(_total_label(grid, row, columns))


def _total_label(grid: Grid, row: int, columns: Columns) -> str:
    values = [columns[role][0] for role in ("target", "actual", "weight", "score") if role in columns]
    limit = min((columns[role][0] for role in ("weight", "score") if role in columns), default=min(values))
    found = (
        text.partition(":")[0]
        for left, _, text in _labels(grid, row)
        if left < max(limit, 2) and grid.area(row, left).top == row
    )
    return next((text for text in found if labels.TOTAL.fullmatch(text)), "")


def _is_subtotal(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether a row sums up the rows above it: a name says so, and nothing was aimed at or reached."""
    names = (columns[role] for role in ("level1", "level2", "level3") if role in columns)
    summed = any(labels.SUBTOTAL.fullmatch(bare(text_at(grid, row, span[0]))) for span in names)
    return summed and not (_own(grid, row, columns, "target") or _own(grid, row, columns, "actual"))


def _budget(grid: Grid, top: int, header: int, roles: tuple[Role, ...]) -> Block | None:
    """The budget block above the indicators: its header has two of the three amounts."""
    for row in range(top, header):
        columns = _columns(grid, row, roles)
        if len({"initial", "annual", "executed"} & columns.keys()) >= 2:
            left = min(span[0] for span in columns.values())
            return Block(row, columns, tuple(_budget_rows(grid, row, header, left, columns)))
    return None


def _budget_rows(grid: Grid, head: int, end: int, left: int, columns: Columns) -> Iterator[int]:
    for row in range(head + 1, end):
        texts = [text for _, _, text in _labels(grid, row)]
        if any(labels.EXPECTED.fullmatch(text) or labels.TASK_NAME.fullmatch(text) for text in texts):
            return
        label = label_of(grid, row, left)
        if not label or labels.AIM.search(label) or _is_wide(grid, row, columns):
            return
        yield row


def _is_wide(grid: Grid, row: int, columns: Columns) -> bool:
    """Whether one cell reaches over several columns of the block, so that the row is no row of amounts."""
    area = grid.area(row, columns[min(columns, key=lambda role: columns[role][0])][0])
    return sum(area.left <= left and right <= area.right for left, right in columns.values()) > 1


def label_of(grid: Grid, row: int, before: int) -> str:
    """Return the label of a row: the last text of its own before a column, not one merged down from above."""
    label = ""
    for column in range(1, before):
        area = grid.area(row, column)
        if area.top == row and (text := text_at(grid, row, column)):
            label = text
    return label


def _goal(grid: Grid, top: int, header: int) -> tuple[Place, Place] | None:
    for row in range(top, header):
        found = list(_labels(grid, row))
        expected = next((left for left, _, text in found if labels.EXPECTED.fullmatch(text)), None)
        achieved = next((left for left, _, text in found if labels.ACHIEVED.fullmatch(text)), None)
        if expected and achieved:
            below = grid.area(row, expected).bottom + 1
            return value_place(grid, below, (expected, expected)), value_place(
                grid, below, (achieved, achieved)
            )
    return None


def _tasks(grid: Grid, top: int, header: int) -> Block | None:
    for row in range(top, header):
        columns: dict[str, tuple[int, int]] = {}
        for left, right, text in _labels(grid, row):
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
                if grid.area(below, first).right >= columns["content"][0]:
                    break
                if any(_is_block_label(grid, below, column) for column in range(1, first)):
                    break
                rows.append(below)
            return Block(row, columns, tuple(rows))
    return None


def _is_block_label(grid: Grid, row: int, column: int) -> bool:
    """Whether a new side label begins at a row."""
    return grid.area(row, column).top == row and bool(text_at(grid, row, column))


def _title(grid: Grid, top: int, header: int) -> tuple[int, str]:
    """The form's title: the first text that calls itself a form (…表)."""
    for row in range(top, min(header, top + 15)):
        for _, _, text in _labels(grid, row):
            if labels.TITLE.fullmatch(text) and "填" not in text[:1]:
                return row, text
    return top, ""


def _unit(grid: Grid, top: int, header: int) -> Place | None:
    """The place of the unit's name: beside or in its label, the label nearest to what is meant first."""
    for spelling in labels.UNIT_NAMES:
        for row in range(top, header):
            for left, right, text in _labels(grid, row):
                name, _, behind = text.partition(":")
                if spelling.fullmatch(name):
                    return (row, left) if behind else _beside(grid, row, right + 1)
    return None


def _beside(grid: Grid, row: int, column: int) -> Place:
    """The place of what a label names: some blank cells further on, but before the next label."""
    place = value_place(grid, row, (column, column + 3))
    text = text_at(grid, *place).replace("：", ":")
    label = ":" in text or any(one.fullmatch(bare(text)) for one in labels.UNIT_NAMES)
    return (row, column) if label else place


def _grade(grid: Grid, total_row: int) -> Place | None:
    """The place of the grade: right of its label in the total row or the one below, or a grade's own name."""
    for row in (total_row, total_row + 1):
        for left, right, text in _labels(grid, row):
            name, _, behind = text.partition(":")
            if labels.GRADE.fullmatch(name):
                return (row, left) if behind else value_place(grid, row, (right + 1, right + 1))
            if row == total_row and labels.GRADES.fullmatch(text):
                return value_place(grid, row, (left, left))
    return None
