"""A returned form held against the one that was sent (改动): what was changed, or that it is another form."""

from __future__ import annotations

from dataclasses import replace

from perf_excel.books.summary.records import FormRecord
from perf_excel.books.summary.returned_forms import Change
from perf_excel.sheets.structure import Structure, structure_of
from perf_excel.sheets.structure_changes import changes


def kept(returned: FormRecord) -> Structure:
    """Return what a returned form holds of what was to be left as it is.

    A form that the unit typed into a workbook of its own has no formulas: that is said once, elsewhere.
    """
    return replace(structure_of(returned.structure), formulas=returned.formulas and bool(returned.marks))


def altered(sent: Structure, there: Structure) -> tuple[Change, ...]:
    """Return what a unit changed of a form."""
    found = changes(sent, there)
    return tuple(
        Change(one.kind, one.at, one.was_at, one.what, one.old, one.new, one.allowed) for one in found
    )


def is_another_form(sent: Structure, there: Structure) -> bool:
    """Whether a form is not the one that was sent at all: another title, and hardly anything in common.

    What they have in common are the roles of columns, and the names of indicators where some were sent.
    """
    if sent.title == there.title:
        return False
    columns = {one.role or one.head for one in sent.columns}
    if "actual" in columns and "actual" not in {one.role for one in there.columns}:
        return True  # targets alone: a declaration in place of a year's result
    names = {row.names for row in sent.rows if row.part == "indicator"}
    common = len(columns & {one.role or one.head for one in there.columns})
    kept = len(names & {row.names for row in there.rows if row.part == "indicator"})
    few_columns = 2 * common <= len(columns)
    return few_columns if not names else 2 * kept <= len(names) and (few_columns or not kept)
