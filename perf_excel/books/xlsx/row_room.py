"""Rows as high as their texts need (行高): those of several sheets share the styles that this changes."""

from __future__ import annotations

from collections.abc import Collection

from perf_excel.books.xlsx.cell_looks import Wrapping
from perf_excel.books.xlsx.markup import Markup
from perf_excel.books.xlsx.package import Content
from perf_excel.books.xlsx.print_area import last_printed_column
from perf_excel.books.xlsx.raising import Raised, Texts, raised
from perf_excel.books.xlsx.workbook_parts import WorkbookParts
from perf_excel.sheets.grid import Grid, Place


class RowRoom:
    """Makes the texts of a workbook's sheets show whole."""

    def __init__(self, main: Markup, parts: WorkbookParts, name: str) -> None:
        """Take the main part and the others; ``name`` is the file's for messages."""
        self._main, self._parts, self._name = main, parts, name
        self._wrapping = Wrapping(parts.looks)

    def made(self, markup: Markup, grid: Grid, written: Collection[Place] | None = None) -> Raised:
        """Return what makes texts of a sheet show whole: those of the rows that were written, or all."""
        rows = {row for row, _ in (grid.cells if written is None else written)}
        texts = Texts(rows, written, last_printed_column(self._main, grid.sheet))
        return raised(markup, grid, self._wrapping, texts, f"{self._name}，{grid.sheet}")

    def styles(self) -> dict[str, Content]:
        """Return the part of the styles as far as any sheet needed others."""
        part, changed = self._parts.named("styles"), self._wrapping.styles()
        return {part: changed} if part and changed else {}
