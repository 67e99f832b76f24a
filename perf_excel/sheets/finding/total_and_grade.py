"""Where the total and the grade stand (总分、等级): in the total row, below it, or above the table."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from perf_excel.forms.measure import parse
from perf_excel.forms.text import folded
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.closing_words import CONCLUSION, GRADE, GRADE_ABOVE, GRADED, GRADES, TOTAL
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import Columns, Lines, beside, text_at, value_place
from perf_excel.sheets.finding.particulars import PART
from perf_excel.sheets.finding.tickboxes import ticked
from perf_excel.sheets.grid import Label, Place

_LABELS = labels.any_of(TOTAL, GRADE, CONCLUSION)
FURTHER = 5
"""So far below the total the grade may stand."""


class _Said(NamedTuple):
    """A label and what it names, where that stands: beside it, or in its own cell."""

    name: str
    text: str
    place: Place
    label: Place


def find_total(lines: Lines, row: int, columns: Columns, grade: Place | None) -> Place | None:
    """The place of a total row's points: under their column, else behind a label of the row.

    Args:
        lines: the sheet's.
        row: the total row.
        columns: of the indicators.
        grade: the place of the grade, which is none of the total.
    """
    own = value_place(lines.grid, row, columns["score"]) if "score" in columns else None
    shown = text_at(lines.grid, *own) if own else ""
    if own and (GRADED.fullmatch(bare(shown)) or parse(shown).number is not None):
        return own
    weight = columns.get("weight", (0, 0))
    named = [
        one
        for one in _said(lines, row)
        if TOTAL.fullmatch(one.name) and not weight[0] <= one.place[1] <= weight[1]
    ]
    numbers = [_last_of_run(lines, one) for one in named if parse(one.text).number is not None]
    scores = [one for one in numbers if "得分" in one.name or "评分" in one.name]
    if numbers:
        return (scores or numbers)[0].place
    if not shown and (alone := _only_number(lines, row, weight)):
        return alone
    if own and own != grade:
        return own if not shown or parse(shown).kind != "words" else None
    blank = (one.place for one in named if not one.text)
    return next(blank, None)


def _only_number(lines: Lines, row: int, weight: tuple[int, int]) -> Place | None:
    """The place of the only points in a total row, but for the sum of the weights."""
    areas = [lines.grid.area(row, label.left) for label in lines.labels(row)]
    found = [
        (row, area.left)
        for area in areas
        if area.top == row
        and not weight[0] <= area.left <= weight[1]
        and (shown := parse(text_at(lines.grid, row, area.left))).number is not None
        and shown.unit in ("", "分")
    ]
    return found[0] if len(found) == 1 else None


def _last_of_run(lines: Lines, one: _Said) -> _Said:
    """Of numbers side by side behind one label the last is the total: 总分 | 100 | 98.62."""
    place, text = one.place, one.text
    while place != one.label:
        area = lines.grid.area(*place)
        further = text_at(lines.grid, place[0], area.right + 1)
        found = parse(further)
        if found.number is None or found.unit not in ("", "分") or area.right >= lines.grid.right:
            break
        place, text = (place[0], area.right + 1), further
    return one._replace(place=place, text=text)


def find_grade(lines: Lines, rows: range) -> Place | None:
    """The place of the grade: right of its label in the total row or below it, or a grade's own name.

    Args:
        lines: the sheet's.
        rows: from the total row on.
    """
    for row in rows:
        for one in _said(lines, row):
            if _names_grade(one):
                return one.place
        for left, _, text in lines.labels(row):
            if row == rows.start and GRADES.fullmatch(text):
                return value_place(lines.grid, row, (left, left))
    return None


def find_above(lines: Lines, rows: range, taken: Container[Place]) -> tuple[Place | None, Place | None]:
    """The places of the total and of the grade above the table, where no row below it sums up.

    Args:
        lines: the sheet's.
        rows: from the form's first row to before the head of its indicators.
        taken: places of labels that belong to the budget, the goal or the tasks.
    """
    said = [one for row in rows for one in _said(lines, row) if one.label not in taken]
    totals = (
        one.place
        for one in said
        if TOTAL.fullmatch(one.name)
        and "分" in one.name
        and (not one.text or parse(one.text).number is not None)
    )
    grades = (one.place for one in said if GRADE_ABOVE.search(one.name) and _names_grade(one))
    return next(totals, None), next(grades, None)


def find_behind(lines: Lines, rows: range) -> tuple[Place | None, Place | None]:
    """The places of the total and of the grade behind a table that has no total row."""
    said = [one for row in rows for one in _said(lines, row) if one.text]
    totals = (
        one.place
        for one in said
        if TOTAL.fullmatch(one.name) and "分" in one.name and parse(one.text).number is not None
    )
    grades = (one.place for one in said if _names_grade(one))
    return next(totals, None), next(grades, None)


def _names_grade(one: _Said) -> bool:
    if GRADE.fullmatch(one.name):
        return True
    grade = bare(one.text)
    named = CONCLUSION.fullmatch(one.name) is not None
    return named and (not grade or bool(GRADES.fullmatch(grade)) or ticked(one.text) is not None)


def _said(lines: Lines, row: int) -> Iterator[_Said]:
    """The labels of a row that name a total, a grade or a conclusion, each with what it names."""
    for index, label in enumerate(lines.labels(row)):
        if lines.grid.area(row, label.left).top != row:
            continue
        own = (row, label.left)
        raw = folded(text_at(lines.grid, *own))
        parts = PART.finditer(raw) if ":" in raw else ()
        inside = [
            _Said(bare(found["name"]).lstrip("("), found["text"], own, own)
            for found in parts
            if found["text"]
        ]
        yield from (one for one in inside if _LABELS.fullmatch(one.name))
        if not inside and not _LABELS.fullmatch(label.text):
            continue
        if not inside and (place := beside(lines, row, index)):
            text = text_at(lines.grid, *place)
            if place[1] > label.right + 1 and _is_label(text):
                place, text = (row, label.right + 1), ""
            if not text and (only := _only_other(lines, row, index)):
                place, text = only, text_at(lines.grid, *only)
            if (not text or _is_label(text)) and (below := _below(lines, row, label)):
                place, text = below, text_at(lines.grid, *below)
            if text or place[1] <= lines.right:
                yield _Said(label.text, text, place, own)
                yield from _grade_behind(lines, label.text, place, own)
        elif not inside and (below := _below(lines, row, label)):
            yield _Said(label.text, text_at(lines.grid, *below), below, own)


def _only_other(lines: Lines, row: int, index: int) -> Place | None:
    """The place of the only other text of a row, where it is points or a grade: it may stand far off."""
    found = lines.labels(row)
    if len(found) != 2 or index or lines.grid.area(row, found[1].left).top != row:
        return None
    other = found[1].text
    says = parse(other).number is not None or GRADES.fullmatch(other)
    return (row, found[1].left) if says else None


def _grade_behind(lines: Lines, name: str, place: Place, own: Place) -> Iterator[_Said]:
    """The grade in the cell behind the total's, where one label names both (得分/等级)."""
    behind = (place[0], lines.grid.area(*place).right + 1)
    if "等" in name and TOTAL.fullmatch(name):
        grade = text_at(lines.grid, *behind)
        if GRADES.fullmatch(bare(grade)) or ticked(grade) is not None:
            yield _Said("自评等级", grade, behind, own)


def _below(lines: Lines, row: int, label: Label) -> Place | None:
    """The place below a label, where a number or a grade stands there and in no row of labels."""
    if not _is_label(label.text):
        return None
    place = (lines.grid.area(row, label.left).bottom + 1, label.left)
    area, text = lines.grid.area(*place), text_at(lines.grid, *place)
    said = parse(text).number is not None or GRADES.fullmatch(bare(text)) or ticked(text) is not None
    return place if said and (area.top, area.left) == place else None


def _is_label(text: str) -> bool:
    return _LABELS.fullmatch(bare(text)) is not None
