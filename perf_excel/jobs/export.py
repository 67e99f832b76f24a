"""Export (导出): the finished form as .xlsx, .pdf or .json."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from perf_excel.books.finished import Finish, Finished, finished
from perf_excel.books.finishing.drawn_images import with_images_drawn
from perf_excel.books.finishing.merged_levels import Levels
from perf_excel.books.pdf import to_pdf
from perf_excel.books.xlsx.adding import Sheet
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.check_slip import slip, waivers_of
from perf_excel.jobs.examination.computed_form import as_computed
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.outcome_edits import cached_edits, keeping_errors
from perf_excel.sheets.finding.column_words import MARGIN
from perf_excel.sheets.reading.form_reading import Reading

SUFFIXES = (".xlsx", ".pdf", ".json")


def export(examined: Examined, target: Path, listed: date | None = None) -> Finished:
    """Return the finished form in the format that the target's name asks for, and what did not go into it.

    A workbook carries the form's waivers on a very hidden sheet, so that a check of it knows them.

    Args:
        examined: the form.
        target: the file that it is going to be.
        listed: the date of the slip of its check (校验单) to append; None for no slip.

    Raises:
        UserError: the format is not one of SUFFIXES, or has no place for a slip; the workbook cannot be
            edited, or no program prints PDF.
    """
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        formats = "、".join(SUFFIXES)
        raise UserError(f"{target.name or target}：不支持导出为“{suffix}”，可用的格式：{formats}。")
    if suffix == ".json":
        if listed:
            raise UserError(
                f"{target.name}：校验单只能附在 .xlsx、.pdf 后面，请改扩展名，",
                by_command="或去掉 --list。",
                by_hand="或不附校验单。",
            )
        return Finished(_json(examined))
    found = examined.found
    own = found.own
    # Formulas become values, so their cached results must be those of the form as it stands.
    edits = keeping_errors(examined, cached_edits(examined))
    data = found.book.editable().fill(found.reading.by_sheet(edits))
    last = _last_column(examined) if own else None
    finish = Finish(found.reading.sheets, last, own, _levels(found.reading) if own else None)
    form = finished(data, found.book.name, finish)
    if listed:
        form = _with(form, found.book.name, slip(examined, listed))
    return _printed(form, found.book.name) if suffix == ".pdf" else _with_waivers(form, examined)


def _with(form: Finished, name: str, sheet: Sheet) -> Finished:
    return replace(form, data=Workbook.from_bytes(form.data, name).with_sheet(sheet))


def _with_waivers(form: Finished, examined: Examined) -> Finished:
    """The finished form with the waivers of its findings, which go along unseen but not unsaid."""
    carried = waivers_of(examined)
    if carried is None:
        return form
    sheet, count = carried
    note = f"已忽略的 {count} 项连同理由存在完成表的隐藏工作表“{sheet.name}”里，再次校验时仍然有效"
    return replace(_with(form, examined.found.book.name, sheet), notes=(*form.notes, note))


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
    return _written(as_computed(examined))


def _written(form: Form) -> bytes:
    return json.dumps(data_of(form), ensure_ascii=False, indent=1).encode() + b"\n"
