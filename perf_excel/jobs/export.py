"""Export (导出): the finished form as .xlsx, .pdf or .json."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from perf_excel.books.finished import Finish, Finished, finished
from perf_excel.books.finishing.drawn_images import with_images_drawn
from perf_excel.books.finishing.merged_levels import Levels
from perf_excel.books.pdf import to_pdf
from perf_excel.errors import UserError
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.outcome_edits import cached_edits, keeping_errors
from perf_excel.sheets.finding.labels import MARGIN
from perf_excel.sheets.reading.form_reading import Reading

SUFFIXES = (".xlsx", ".pdf", ".json")


def export(examined: Examined, target: Path) -> Finished:
    """Return the finished form in the format that the target's name asks for, and what did not go into it.

    Raises:
        UserError: the format is not one of SUFFIXES, the workbook cannot be edited, or no program prints PDF.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        formats = "、".join(SUFFIXES)
        raise UserError(f"{target.name or target}：不支持导出为“{suffix}”，可用的格式：{formats}。")
    if suffix == ".json":
        return Finished(_json(examined))
    found = examined.found
    own = found.own
    # Formulas become values, so their cached results must be those of the form as it stands.
    edits = keeping_errors(examined, cached_edits(examined))
    data = found.book.editable().fill(found.reading.by_sheet(edits))
    last = _last_column(examined) if own else None
    finish = Finish(found.reading.sheets, last, own, _levels(found.reading) if own else None)
    form = finished(data, found.book.name, finish)
    return _printed(form, found.book.name) if suffix == ".pdf" else form


def _printed(form: Finished, name: str) -> Finished:
    """Return the finished form as it is printed."""
    drawn = with_images_drawn(form.data, name)
    lost = (f"{'、'.join(drawn.missing)} 的图片不在工作簿里，PDF 上是空的",) if drawn.missing else ()
    return Finished(to_pdf(drawn.data, name), (*form.notes, *lost))


def _last_column(examined: Examined) -> int:
    """The last column that belongs to the printed form."""
    layout = examined.found.reading.layout
    spans = [span for role, span in layout.indicators.columns.items() if role not in MARGIN]
    return max(right for _, right in spans)


def _levels(reading: Reading) -> Levels | None:
    """The levels that a form's rows say one after the other; None for a form that has them merged."""
    block, grid = reading.layout.indicators, reading.grid
    columns = tuple(block.columns[role][0] for role in ("level1", "level2") if role in block.columns)
    if grid.helpers is None or not block.rows or "level3" not in block.columns:
        return None
    first = min(left for left, _ in block.columns.values())
    return Levels(1 if first > 1 else None, columns, block.header, block.rows, block.columns["level3"][0])


def _json(examined: Examined) -> bytes:
    """The form's data, with the computed results where its formulas were never calculated."""
    form, scores = examined.form, examined.scores
    if form.calculated:
        return _written(form)
    points = {row.at: row.points for row in scores.indicators}
    form = replace(
        form,
        indicators=tuple(
            replace(row, score=points[index]) if row.score is None else row
            for index, row in enumerate(form.indicators)
        ),
        total=scores.total if form.total is None else form.total,
        grade=form.grade or scores.grade,
    )
    return _written(form)


def _written(form: Form) -> bytes:
    return json.dumps(data_of(form), ensure_ascii=False, indent=1).encode() + b"\n"
