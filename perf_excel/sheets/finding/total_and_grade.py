"""Where the total and the grade stand (总分、等级): in the total row, below it, or above the table."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from perf_excel.forms.measure import parse
from perf_excel.forms.text import folded
from perf_excel.sheets.finding import labels
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.finding.lines import Columns, Lines, beside, text_at, value_place
from perf_excel.sheets.finding.particulars import PART
from perf_excel.sheets.finding.tickboxes import ticked
from perf_excel.sheets.grid import Place

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
    if own and (labels.GRADED.fullmatch(bare(shown)) or parse(shown).number is not None):
        return own
    weight = columns.get("weight", (0, 0))
    named = [
        one
        for one in _said(lines, row)
        if labels.TOTAL.fullmatch(one.name) and not weight[0] <= one.place[1] <= weight[1]
    ]
    numbers = [one for one in named if parse(one.text).number is not None]
    scores = [one for one in numbers if "得分" in one.name or "评分" in one.name]
    if numbers:
        return (scores or numbers)[0].place
    if own and own != grade:
        return own if not shown or parse(shown).kind != "words" else None
    blank = (one.place for one in named if not one.text)
    return next(blank, None)


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
            if row == rows.start and labels.GRADES.fullmatch(text):
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
        if labels.TOTAL.fullmatch(one.name)
        and "分" in one.name
        and (not one.text or parse(one.text).number is not None)
    )
    grades = (one.place for one in said if labels.GRADE_ABOVE.search(one.name) and _names_grade(one))
    return next(totals, None), next(grades, None)


def _names_grade(one: _Said) -> bool:
    if labels.GRADE.fullmatch(one.name):
        return True
    grade = bare(one.text)
    named = labels.CONCLUSION.fullmatch(one.name) is not None
    return named and (not grade or bool(labels.GRADES.fullmatch(grade)) or ticked(one.text) is not None)


def _said(lines: Lines, row: int) -> Iterator[_Said]:
    for index, label in enumerate(lines.labels(row)):
        if lines.grid.area(row, label.left).top != row:
            continue
        own = (row, label.left)
        raw = folded(text_at(lines.grid, *own))
        inside = [
            _Said(bare(found["name"]), found["text"], own, own)
            for found in PART.finditer(raw)
            if found["text"]
        ]
        yield from inside
        if not inside and (place := beside(lines, row, index)):
            text = text_at(lines.grid, *place)
            if place[1] > label.right + 1 and _is_label(text):
                place, text = (row, label.right + 1), ""
            yield _Said(label.text, text, place, own)


def _is_label(text: str) -> bool:
    name = bare(text)
    return any(one.fullmatch(name) for one in (labels.TOTAL, labels.GRADE, labels.CONCLUSION))
