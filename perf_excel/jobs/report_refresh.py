"""Refreshing a report (更新报告): its figures as the forms have them now, the clerk's prose untouched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from perf_excel.books.report.document_refresh import Refreshed, refresh
from perf_excel.books.report.score_chart import charts_of
from perf_excel.books.report.word_file import opened, read_document
from perf_excel.jobs.report import Material, write_report
from perf_excel.words.writing.report_facts import Block
from perf_excel.words.writing.report_figures import Figure


@dataclass(frozen=True)
class Update:
    """A report brought up to date, and the figures that a new one would have and it has not."""

    refreshed: Refreshed
    lacking: tuple[str, ...]


def refreshed_report(report: Path, material: Material, template: Path) -> Update:
    """Bring a report up to date.

    Args:
        report: a report that ``write_report`` wrote, whatever was typed into it since.
        material: the forms as they are now.
        template: what it was written from.

    Raises:
        UserError: it is no such report, or the template cannot be used.
    """
    data = read_document(report)
    values = list(values_of(material.facts))
    figures = {one.key: one for one in values if isinstance(one, Figure)}
    pictures = {one.key: one for one in values if isinstance(one, Block) and one.key}
    done = refresh(data, report.name, figures, pictures, material.where)
    fresh = write_report(material, template).rendered
    lacking = [figure.label for key, figure in fresh.figures.items() if figure and key not in done.keys]
    drawn = {key for key, _, _ in charts_of(opened(fresh.data, report.name))}
    lost = [f"图“{pictures[key].title}”（没有更新）" for key in sorted(drawn - done.known_pictures)]
    return Update(done, tuple(dict.fromkeys([*lacking, *lost])))


def values_of(facts: object) -> Iterator[object]:
    """Yield every figure and block among facts, those in sentences and tables too."""
    if isinstance(facts, dict):
        for value in cast("dict[str, object]", facts).values():
            yield from values_of(value)
    elif isinstance(facts, (list, tuple)):
        for value in cast("list[object]", facts):
            yield from values_of(value)
    else:
        yield facts
