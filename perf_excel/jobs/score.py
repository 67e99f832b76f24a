"""Score (打分): what forms are worth by their rules, written into a copy of their workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.outcome_edits import edits_of, keeping_errors
from perf_excel.sheets.calculating.recalculated import with_results
from perf_excel.sheets.grid import Edit


class Scored(NamedTuple):
    """The workbook with the results in it, and for each form the edits that put them there."""

    data: bytes
    edits: tuple[tuple[Edit, ...], ...]


def scored(forms: Sequence[Examined]) -> Scored:
    """Write what each form of one workbook is worth: points, deviations, sums, total, grade, 校验提示.

    Args:
        forms: examined forms of the same workbook, at least one.

    Raises:
        UserError: the workbook's format cannot be written.
    """
    edits = tuple(tuple(keeping_errors(examined, edits_of(examined))) for examined in forms)
    sheets: dict[str, list[Edit]] = {}
    for examined, own in zip(forms, edits, strict=True):
        for sheet, some in examined.found.reading.by_sheet(own).items():
            sheets.setdefault(sheet, []).extend(some)
    workbook = forms[0].found.book.editable()
    filled = {sheet: with_results(workbook.grid(sheet), some) for sheet, some in sheets.items()}
    return Scored(workbook.fill(filled), edits)
