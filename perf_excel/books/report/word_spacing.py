"""The distance of a report's lines (行距): that of every style that has it exact, set to another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from perf_excel.books.report.word_file import tag

if TYPE_CHECKING:
    from docx.document import Document

LEAST, MOST = Decimal(20), Decimal(40)
"""What can be asked for, in points; GB/T 9704 makes it 28.95, offices use 28 to 30."""


def with_line_spacing(document: Document, points: Decimal) -> None:
    """Set the exact distance of lines of all styles, and the grid of the pages with it."""
    twips = str(int((points * 20).to_integral_value()))
    for node in document.styles.element.iter(tag("spacing")):
        if node.get(tag("lineRule")) == "exact" and node.get(tag("line")):
            node.set(tag("line"), twips)
    for node in document.element.iter(tag("docGrid")):
        if node.get(tag("linePitch")):
            node.set(tag("linePitch"), twips)
