"""What stands left of the indicators in columns: the project, its goal and its money (预算公开表).

One wide table may hold several projects, each with some rows: each is a form of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.header import Head
from perf_excel.sheets.finding.labels import Roles, role_of
from perf_excel.sheets.finding.lines import Columns, Lines, text_at
from perf_excel.sheets.finding.money_lines import AMOUNTS, Budget, Line, is_amount
from perf_excel.sheets.finding.particulars import Pair
from perf_excel.sheets.finding.year_goals import Goals
from perf_excel.sheets.grid import Place


def projects(lines: Lines, form: FormLayout, head: Head, roles: Roles) -> Iterator[FormLayout]:
    """Yield the forms that a table holds: itself, or one for each project that its first column names."""
    if not {"project", "goal"} & head.columns.keys() or not form.indicators.rows:
        yield form
        return
    groups = list(_groups(lines, form.indicators.rows, head.columns))
    money = dict(_money(lines, head, roles))
    for number, rows in enumerate(groups, 1):
        last = number == len(groups)
        one = replace(form, indicators=replace(form.indicators, rows=rows))
        if number > 1:
            one = replace(one, top=rows[0])
        if len(groups) > 1:
            one = replace(one, total_row=form.total_row if last else None, total=None, grade=None)
        yield _with_columns(lines, one, head.columns, money)


def _groups(lines: Lines, rows: Sequence[int], columns: Columns) -> Iterator[tuple[int, ...]]:
    """The rows of each project: from where its name stands to before the next name."""
    group: list[int] = []
    name = ""
    for row in rows:
        own = _own_text(lines, row, columns.get("project"))
        if group and own and own != name:
            yield tuple(group)
            group = []
        name = own or name
        group.append(row)
    yield tuple(group)


def _with_columns(lines: Lines, form: FormLayout, columns: Columns, money: Columns) -> FormLayout:
    """A form with what the columns left of its indicators say, where nothing above says it."""
    rows = form.indicators.rows
    if (span := columns.get("project")) and (place := _first(lines, rows, span)):
        pair = Pair("项目名称", text_at(lines.grid, *place), place)
        form = replace(form, head=replace(form.head, project=pair))
    if (span := columns.get("goal")) and form.goal is None and (place := _first(lines, rows, span)):
        form = replace(form, goal=Goals((place,)))
    places = {field: place for field, span in money.items() if (place := _first(lines, rows, span))}
    filled = [text for place in places.values() if (text := text_at(lines.grid, *place))]
    if filled and all(map(is_amount, filled)) and form.budget is None:
        form = replace(form, budget=Budget(rows[0], rows[-1], (Line("", places),)))
    return form


def _money(lines: Lines, head: Head, roles: Roles) -> Iterator[tuple[str, tuple[int, int]]]:
    """The columns of amounts left of the levels."""
    first = min(head.columns[level][0] for level in ("level1", "level2", "level3") if level in head.columns)
    for row in range(head.top, head.bottom + 1):
        for label in lines.labels(row):
            role = role_of(label.text, roles)
            named = labels.ONE_AMOUNT.fullmatch(label.text) or labels.MONEY_TOTAL.fullmatch(label.text)
            if label.right < first and (role in AMOUNTS or named):
                yield role if role in AMOUNTS else "initial", (label.left, label.right)


def _own_text(lines: Lines, row: int, span: tuple[int, int] | None) -> str:
    if span is None or lines.grid.area(row, span[0]).top != row:
        return ""
    return text_at(lines.grid, row, span[0])


def _first(lines: Lines, rows: Sequence[int], span: tuple[int, int]) -> Place | None:
    """The first place of a column among rows that holds something, else the first that is the rows' own."""
    areas = [lines.grid.area(row, span[0]) for row in rows]
    places = [(area.top, area.left) for area in areas]
    return next((place for place in places if place in lines.grid.cells), places[0] if places else None)
