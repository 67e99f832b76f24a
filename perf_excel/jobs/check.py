"""Check (校验): every form of a workbook examined, held against its declaration where one is given."""

from __future__ import annotations

from pathlib import Path

from perf_excel.books.opening import open_book
from perf_excel.jobs.examination.choosing import Choice
from perf_excel.jobs.examination.declared import declared_forms, nearest
from perf_excel.jobs.examination.examining import Examined, examined, find_all


def check(
    path: Path,
    rules: str | None = None,
    choice: Choice | None = None,
    against: Path | None = None,
    *,
    even_open: bool = False,
) -> list[Examined]:
    """Examine every form of a workbook that is meant.

    Args:
        path: the workbook.
        rules: name of a rule set; None lets the workbook decide.
        choice: which of its forms; None for all.
        against: the declaration (申报表) or monitoring form (监控表) of the same unit and year, a workbook or
            data.
        even_open: also read files that an application has open, as they were last saved.

    Raises:
        UserError: one of the files cannot be used, or holds no such form.
    """
    sheet, table = choice or (None, None)
    there = find_all(open_book(path, even_open=even_open), rules, sheet, table)
    declared = declared_forms(against, rules, even_open=even_open) if against else []
    return [
        examined(found, nearest(found.reading.form, declared, against.name) if against else None)
        for found in there
    ]
