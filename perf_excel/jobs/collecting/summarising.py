"""What the summary says (汇总的内容), put together from the returns and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from perf_excel.books.summary.missing_sheet import Missing
from perf_excel.books.summary.processing_sheet import Passed
from perf_excel.books.summary.ranking_sheet import UNRANKED
from perf_excel.books.summary.summary_book import Contents
from perf_excel.jobs.collecting import remembering
from perf_excel.jobs.collecting.first_page import overview_of
from perf_excel.jobs.collecting.judging import Judged
from perf_excel.jobs.collecting.summary_figures import figures
from perf_excel.jobs.collecting.taken_in import TakenIn


def contents_of(
    taken: TakenIn, judged: Judged, passed: Sequence[Passed], context: str, today: date
) -> Contents:
    """Return what is in the summary.

    Args:
        taken: the returns.
        judged: what came of them.
        passed: the files that were not looked at.
        context: what the records depend on that are kept for the next run.
        today: the date to write on it.
    """
    expected = taken.expected
    counted = [entry for entry in judged.entries if entry.counts]
    computed = figures(((entry, taken.shown(entry)) for entry in counted), judged.entries)
    ordered = [one.entry for one in computed.ranked]
    missing = [
        Missing(due.unit, due.code, due.superior, due.form, due.project, due.year, reason, due.contacts)
        for due, reason in judged.missing
    ]
    heads = dict.fromkeys(head for due in (expected.dues if expected else ()) for head in due.contacts)
    return Contents(
        overview=overview_of(judged, computed, today, listed=expected is not None),
        ranked=computed.ranked,
        levels=computed.levels,
        forms=lambda: ((entry, taken.shown(entry)) for entry in ordered),
        entries=judged.entries,
        missing=missing,
        contacts=list(heads),
        listed=expected is not None,
        passed=passed,
        remembered=lambda: remembering.rows(context, taken.lines()),
        memory_sheet=remembering.SHEET,
        empty=_empty(judged, missing),
    )


def _empty(judged: Judged, missing: Sequence[Missing]) -> frozenset[str]:
    """The heads of columns in which nothing would stand: where no form is a project's, say."""
    heads = {"项目": "project", "上级单位": "superior", "单位代码": "code", "应交的表": "form"}
    lines = (*judged.entries, *missing)
    empty = {head for head, name in heads.items() if not any(getattr(one, name, "") for one in lines)}
    ranked = all(not entry.unranked for entry in judged.entries if entry.counts)
    return frozenset(empty | ({UNRANKED} if ranked else set()))
