"""What stands left of the indicators in columns: the project, its goal and its money (预算公开表).

One wide table may hold several projects, each with some rows: each is a form of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from perf_excel.sheets.finding.choosing_columns import starts
from perf_excel.sheets.finding.closing_words import GRADE, TOTAL
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.header import Head
from perf_excel.sheets.finding.labels import Roles, role_of
from perf_excel.sheets.finding.lines import Columns, Lines, text_at
from perf_excel.sheets.finding.money_lines import AMOUNTS, Budget, Line, is_amount
from perf_excel.sheets.finding.money_words import FUNDS_TOTAL, MONEY_TOTAL, ONE_AMOUNT, SOURCE
from perf_excel.sheets.finding.particulars import Pair
from perf_excel.sheets.finding.year_goals import Goals
from perf_excel.sheets.grid import Place

_OF_ALL = frozenset({"rate", "weight", "score", "reason"})


def projects(lines: Lines, form: FormLayout, head: Head, roles: Roles) -> Iterator[FormLayout]:
    """Yield the forms that a table holds: itself, or one for each project that its first column names."""
    if not form.indicators.rows:
        yield form
        return
    if not {"project", "goal"} & head.columns.keys():
        yield _with_sums(lines, form, _heads(lines, head, roles)) if form.total_row is None else form
        return
    groups = list(_groups(lines, form.indicators.rows, head.columns))
    heads = _heads(lines, head, roles)
    for number, rows in enumerate(groups, 1):
        last = number == len(groups)
        one = replace(form, indicators=replace(form.indicators, rows=rows))
        if number > 1:
            one = replace(one, top=rows[0])
        if len(groups) > 1:
            one = replace(one, total_row=form.total_row if last else None, total=None, grade=None)
        yield _with_columns(lines, one, head.columns, heads)


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


class _Heads(NamedTuple):
    """What the columns beside the indicators hold: the money of each source, the total and the grade."""

    money: dict[str, dict[str, tuple[int, int]]]
    """The columns of each source by its name; that of all of them has none."""
    total: tuple[tuple[int, int], Place] | None
    """The columns, and the place of their label."""
    grade: tuple[tuple[int, int], Place] | None
    places: frozenset[Place]
    """Of the labels of the money."""


def _with_columns(lines: Lines, form: FormLayout, columns: Columns, heads: _Heads) -> FormLayout:
    """A form with what the columns beside its indicators say, where nothing above says it."""
    rows = form.indicators.rows
    if (span := columns.get("project")) and (place := _first(lines, rows, span)):
        pair = Pair("项目名称", text_at(lines.grid, *place), place)
        form = replace(form, head=replace(form.head, project=pair))
    if (span := columns.get("goal")) and form.goal is None and (place := _first(lines, rows, span)):
        form = replace(form, goal=Goals((place,)))
    found = [Line(item, dict(_places(lines, rows, spans))) for item, spans in heads.money.items()]
    filled = [
        text for line in found for place in line.places.values() if (text := text_at(lines.grid, *place))
    ]
    if form.budget is None and filled and all(map(is_amount, filled)):
        form = replace(form, budget=Budget(rows[0], rows[-1], tuple(found), heads.places))
    return _with_sums(lines, replace(form, claimed=heads.places), heads)


def _with_sums(lines: Lines, form: FormLayout, heads: _Heads) -> FormLayout:
    """A form with the total and the grade that have a column of their own beside its indicators."""
    rows, kept = form.indicators.rows, form.claimed
    total, grade = form.total, form.grade
    if heads.total and total is None and _is_one(lines, rows, heads.total[0]):
        total, kept = _first(lines, rows, heads.total[0]), kept | {heads.total[1]}
    if heads.grade and grade is None and _is_one(lines, rows, heads.grade[0]):
        grade, kept = _first(lines, rows, heads.grade[0]), kept | {heads.grade[1]}
    return replace(form, total=total, grade=grade, claimed=kept)


def _is_one(lines: Lines, rows: Sequence[int], span: tuple[int, int]) -> bool:
    """Whether a column says one thing for all of some rows."""
    areas = {lines.grid.area(row, span[0]) for row in rows}
    filled = {area for area in areas if (area.top, area.left) in lines.grid.cells}
    return len(filled) == 1 and min(area.top for area in filled) >= rows[0]


def _places(
    lines: Lines, rows: Sequence[int], spans: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[str, Place]]:
    for field, span in spans.items():
        if place := _first(lines, rows, span):
            yield field, place


def _heads(lines: Lines, head: Head, roles: Roles) -> _Heads:
    """What heads the columns left of the levels, and those of the total and the grade on either side."""
    first = min(head.columns[level][0] for level in ("level1", "level2", "level3") if level in head.columns)
    taken = starts(head.columns)
    money: dict[str, dict[str, tuple[int, int]]] = {"": {}}
    sums: dict[str, tuple[tuple[int, int], Place]] = {}
    places: set[Place] = set()
    for row in range(head.top, head.bottom + 1):
        for label in lines.own(row):
            if label.left in taken:
                continue
            span, place = (label.left, label.right), (row, label.left)
            kind = _sum_of(label.text)
            if kind:
                sums.setdefault(kind, (span, place))
            elif label.right < first and (named := _money_of(label.text, roles)):
                source, field = named
                money.setdefault(source, {})[field] = span
                places.add(place)
    # What has columns of its own below it is no column itself.
    whole = money[""]
    for field, span in [*whole.items()]:
        if any(span[0] <= other[0] and other[1] <= span[1] and other != span for other in _spans(money)):
            del whole[field]
    return _Heads(
        money if any(money.values()) else {}, sums.get("total"), sums.get("grade"), frozenset(places)
    )


def _spans(money: Mapping[str, Mapping[str, tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    for spans in money.values():
        yield from spans.values()


def _sum_of(text: str) -> str:
    if TOTAL.fullmatch(text) and "分" in text:
        return "total"
    return "grade" if GRADE.fullmatch(text) else ""


def _money_of(text: str, roles: Roles) -> tuple[str, str] | None:
    """The source and the field that a label means; all of the money has no name."""
    role = role_of(text, roles)
    if role in AMOUNTS or role in _OF_ALL:
        return "", role
    if ONE_AMOUNT.fullmatch(text) or MONEY_TOTAL.fullmatch(text) or FUNDS_TOTAL.fullmatch(text):
        return "", "initial"
    return (text, "initial") if SOURCE.fullmatch(text) else None


def _own_text(lines: Lines, row: int, span: tuple[int, int] | None) -> str:
    if span is None or lines.grid.area(row, span[0]).top != row:
        return ""
    return text_at(lines.grid, row, span[0])


def _first(lines: Lines, rows: Sequence[int], span: tuple[int, int]) -> Place | None:
    """The first place of a column among rows that holds something, else the first that is the rows' own."""
    areas = [lines.grid.area(row, span[0]) for row in rows]
    places = [(area.top, area.left) for area in areas]
    return next((place for place in places if place in lines.grid.cells), places[0] if places else None)
