"""Diff (对比): two forms held together, 自评 and 复评, last year and this, sent and returned."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.data_writing import plain_number
from perf_excel.forms.differences import Change, Differences, Row, differences, lost
from perf_excel.forms.model import Form, Indicator
from perf_excel.jobs.examination.choosing import Choice
from perf_excel.jobs.examination.computed_form import as_computed
from perf_excel.jobs.examination.datafile import load_data
from perf_excel.jobs.examination.declared import nearest
from perf_excel.jobs.examination.examining import examined, find_all


@dataclass(frozen=True)
class Compared:
    """Two forms with their files' names, and what differs."""

    one: Form
    other: Form
    names: tuple[str, str]
    found: Differences


def compare(one: Path, other: Path, rules: str | None = None, choice: Choice | None = None) -> Compared:
    """Hold the forms of two files together.

    Args:
        one: the first file: a workbook, or data (.json).
        other: the other.
        rules: name of a rule set by whose labels to read; None lets each workbook decide.
        choice: which form of a file that has several; without it the one that is nearest to the other file's.

    Raises:
        UserError: a file cannot be used, or it is not clear which of its forms is meant.
    """
    here, there = (_forms(path, rules, choice) for path in (one, other))
    if len(here) > 1 and len(there) > 1:
        names = "、".join(f"“{form.form or '绩效表'}”" for form in here)
        raise UserError(
            f"{one.name}、{other.name}：两份都有几张绩效表（前一份有{names}），",
            by_command="请用 --table 加表号指定其中一张。",
            by_hand="请各留一张再对比。",
        )
    first = here[0] if len(here) == 1 else nearest(there[0], here, one.name)
    second = there[0] if len(there) == 1 else nearest(first, there, other.name)
    return Compared(first, second, _names(one, other), differences(first, second))


def _forms(path: Path, rules: str | None, choice: Choice | None) -> list[Form]:
    if path.suffix.lower() == ".json":
        return [load_data(path)]
    book = open_book(path)
    sheet, table = choice or (None, None)
    found = find_all(book, rules, sheet)
    if table is not None and len(found) > 1:
        found = find_all(book, rules, sheet, table)
    return [as_computed(examined(one)) for one in found]


def _names(one: Path, other: Path) -> tuple[str, str]:
    """The files' names; where these are the same, with their folders."""
    if one.name != other.name:
        return one.name, other.name
    return str(one), str(other)


def diff_data(done: Compared) -> dict[str, Any]:
    """Return what ``diff --json`` says: money in 万元, percentages as they are printed."""
    found = done.found
    return {
        "one": _form(done.names[0], done.one),
        "other": _form(done.names[1], done.other),
        "same": found.same,
        "rows_compared": found.compared_rows,
        "cells_compared": found.compared_cells,
        "changes": [_change(change) for change in found.changes],
        "only_one": list(found.only_one),
        "only_other": list(found.only_other),
        "not_compared": list(found.left_out),
        "indicators": [_row(row) for row in found.rows],
    }


def _form(name: str, form: Form) -> dict[str, Any]:
    return {
        "file": name,
        "form": form.form,
        "unit": form.unit,
        "year": form.year,
        "total": plain_number(form.total),
        "grade": form.grade,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "part": change.part,
        "label": change.label,
        "field": change.field,
        "one": change.one,
        "other": change.other,
        "by": plain_number(change.by),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "level1": row.level1,
        "indicator": row.label,
        "one": _indicator(row.one),
        "other": _indicator(row.other),
        "by": plain_number(row.by),
    }


def _indicator(row: Indicator | None) -> dict[str, Any] | None:
    if row is None:
        return None
    numbers: dict[str, Decimal | None] = {"weight": row.weight, "score": row.score, "lost": lost(row)}
    return {
        "target": row.target.text,
        "actual": row.actual.text,
        **{key: plain_number(number) for key, number in numbers.items()},
        "reason": row.reason,
    }
