"""A report as it was read (报告原稿): its paragraphs and its tables, in the order of the document."""

from __future__ import annotations

from dataclasses import dataclass

from perf_excel.words.prose import Paragraph


@dataclass(frozen=True, slots=True)
class Table:
    """A table inside of a document: its number, the paragraph in front of it, its cells as text by row.

    ``title`` is what stands in front of it, its unit (单位：元) among it.
    """

    number: int
    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document's text and tables; ``notes`` say what of it was not read."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
