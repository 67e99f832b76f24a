"""Forms typed into documents, as offices send them: a table of a .docx, and the same printed as .pdf."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import docx
from bureaus import EARLIER, LATER
from docx.oxml import OxmlElement
from facts import CASES, in_file, published
from office import converted_all
from typed import sheet_of

from perf_excel.books.documents.table_workbook import table_workbook
from perf_excel.forms.data_writing import data_of
from perf_excel.forms.model import Form
from perf_excel.sheets.finding.layout import find_forms
from perf_excel.sheets.grid import Grid
from perf_excel.sheets.reading.form_reading import read_form
from perf_excel.sheets.shown_text import printed


def in_word(grid: Grid, titles: int = 0, below: Iterable[str] = ()) -> bytes:
    """Type a sheet into a .docx: so many rows from its top as paragraphs, all others as one table.

    Args:
        grid: the sheet.
        titles: how many rows stand above the table, as lines of text.
        below: lines under the table.
    """
    document = docx.Document()
    for row in range(1, titles + 1):
        texts = [printed(cell) for _, cell in grid.row(row)]
        document.add_paragraph("    ".join(texts))
    bottom = max([grid.bottom, *(area.bottom for area in grid.merges)])
    right = max([grid.right, *(area.right for area in grid.merges)])
    table = document.add_table(bottom - titles, right)
    table.style = "Table Grid"
    for area in grid.merges:
        if area.top > titles:
            first = table.cell(area.top - titles - 1, area.left - 1)
            first.merge(table.cell(area.bottom - titles - 1, area.right - 1))
    for (row, column), cell in grid.cells.items():
        if row > titles and not grid.covered(row, column):
            table.cell(row - titles - 1, column - 1).text = printed(cell)
    for text in below:
        document.add_paragraph(text)
    return saved(document)


def saved(document: Any) -> bytes:
    """Return a document as its file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_run_property(cell: Any, name: str) -> None:
    """Give every run of a cell a property that needs no value (w:strike, w:vanish)."""
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().append(OxmlElement(name))


LAYOUTS_IN_PRINT = sorted({*EARLIER, *LATER})
"""The published forms."""


def sheet_in_print(name: str) -> Grid:
    """A published form as its bureau typed it."""
    return sheet_of(_later(name), LATER[name]) if name in LATER else sheet_of(published(name), EARLIER[name])


def _later(name: str) -> Form:
    """The form as published; of tables of several terms that of the year."""
    form = in_file(CASES / "published2" / f"{name}.json")
    return replace(form, indicators=tuple(row for row in form.indicators if not row.term))


def data_in(grids: Iterable[Grid]) -> list[Any]:
    """What the forms on some sheets say, without what cannot be read for certain."""
    return [data_of(read_form(grid, layout).form) for grid in grids for layout in find_forms(grid)]


def printed_forms() -> Iterator[tuple[str, bytes, list[Any]]]:
    """Each published form, printed to PDF from a workbook and from a document, with what it says."""
    sheets = {name: sheet_in_print(name) for name in LAYOUTS_IN_PRINT}
    for source, typed in (
        ("xlsx", [table_workbook([grid]) for grid in sheets.values()]),
        ("docx", [in_word(grid, 2) for grid in sheets.values()]),
    ):
        for (name, grid), data in zip(sheets.items(), converted_all(typed, "pdf", source), strict=True):
            yield f"{name}_{source}", data, data_in([grid])
