"""Adopt (收表样): a bureau's own form as a template of the user's own, and what was recognised on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from perf_excel.books.listsheet import Table, sheet_of
from perf_excel.books.opening import Book, open_book
from perf_excel.books.xlsx.tinting import tinted
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.examining import Found, find
from perf_excel.jobs.examination.filled import Filled
from perf_excel.jobs.examination.named_columns import ASIDE, Answers, labels_of
from perf_excel.jobs.examination.shelf import Template, content_of
from perf_excel.jobs.examination.whereabouts import address_of
from perf_excel.jobs.fill import fill
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.reading.meanings import (
    COLUMN_NAMES,
    head_labels,
    meanings,
    missing_columns,
    unknown_columns,
)
from perf_excel.sheets.writing.clearing import cleared_marks, clearing, left_standing
from perf_excel.sheets.writing.skipping import skipped

MAP_SHEET = "识别结果"


@dataclass(frozen=True)
class Adopted:
    """A template ready to be stored: its description, its workbook, how it was read, what was cleared."""

    template: Template
    data: bytes
    found: Found
    cleared: int
    left: tuple[tuple[str, str], ...] = ()
    """Cells with what still stands in them, which the program does not know to be the form's own."""
    marks: tuple[tuple[str, str], ...] = ()
    """Cells with the marks (—, /) that were cleared, which may have been the form's own."""


def adopt(
    path: Path,
    name: str,
    rules: str | None = None,
    sheet: str | None = None,
    table: int | None = None,
    answers: Answers | None = None,
) -> Adopted:
    """Read a bureau's form as a template; nothing is stored.

    What a unit filled in is taken out: words and amounts of the head, the money, the goal and the tasks,
    actuals, scores and reasons. Labels, levels, names, targets and weights of indicators stay, and so does
    every byte of a blank form.

    Raises:
        UserError: there is no usable form, or an answer names a column without a head of its own.
    """
    book = open_book(path)
    workbook = book.editable()
    labels = labels_of(book, sheet, answers or {})
    found = find(book, rules, sheet, table, labels)
    edits = clearing(found.reading)
    data = workbook.fill(found.reading.by_sheet(edits))
    template = Template(
        name=name,
        rules=rules or found.rules.id,
        sheet=found.reading.grid.sheet,
        title=found.reading.layout.title,
        suffix=workbook.suffix,
        labels=labels,
        head=head_labels(found.reading),
    )
    left, marks = (
        tuple((address_of(found.reading, place), text) for place, text in told(found.reading, edits))
        for told in (left_standing, cleared_marks)
    )
    return Adopted(template, data, found, len(edits), left, marks)


def questions(adopted: Adopted) -> list[str]:
    """Return what is to be asked: columns without a known meaning, and columns that were not found."""
    reading = adopted.found.reading
    aside = [head for role in ASIDE for head in adopted.template.labels.get(role, ())]
    unknown = unknown_columns(reading, aside)
    asked = [f"{letter} 列“{head}”是什么？请说明含义，不用的写“忽略”" for letter, head in unknown]
    if unknown:
        asked.append(f"可用的含义：{'、'.join(COLUMN_NAMES.values())}")
    if lacking := missing_columns(reading):
        asked.append(f"没有找到：{'、'.join(lacking)}；表上确实没有的不用管，有的请指明是哪一列")
    return asked


def with_map(adopted: Adopted) -> bytes:
    """Return the template's workbook with a sheet that says what was recognised, cell by cell."""
    reading = adopted.found.reading
    sheet, known = reading.grid.sheet, meanings(reading)
    unread = [(cell.where, "未识别", cell.text) for cell in reading.form.unread]
    asked = [("", "待答", question) for question in questions(adopted)]
    rows = [*((one.cells, one.meaning, one.content) for one in known), *unread, *asked]
    links = [(sheet, cells) if cells else None for cells, _, _ in rows]
    lines = (
        f"模板“{adopted.template.name}”，工作表“{sheet}”",
        "点单元格可跳到该处；没有识别的单元格在表上涂成橙色。",
    )
    table = Table(MAP_SHEET, lines, ("单元格", "含义", "内容"), (16.0, 26.0, 70.0), rows, 1, links)
    name = adopted.found.book.name
    data = tinted(adopted.data, name, {sheet: reading.unread})
    return Workbook.from_bytes(data, name).with_sheet(sheet_of(MAP_SHEET, table))


def from_template(template: Template, target: Path, data: Form) -> Filled:
    """Make a new form from a template; what ``data`` does not say stays blank.

    Raises:
        UserError: the template cannot be read, or has no place for some of the data.
    """
    workbook = Workbook.from_bytes(content_of(template), template.path.name)
    book = Book(target, workbook)
    found = find(book, template.rules, template.sheet, labels=template.labels)
    filled = fill(replace(found, why=f"由模板“{template.name}”确定"), data)
    # Data without indicators asks for a blank form: that the template's stay blank needs no word.
    return filled if data.indicators else replace(filled, notes=tuple(_unplaced(found.reading, data)))


def _unplaced(reading: Reading, data: Form) -> Iterator[str]:
    """Say what of unit and year the template has no place for: what it says there itself would stay."""
    said, year = list(skipped(reading, data)), reading.form.year
    if said:
        there = f"（表样里写着 {year} 年）" if year and data.year and year != data.year else ""
        yield f"表样里没有单独的格填写{'、'.join(said)}{there}，请打开新表自己改"
