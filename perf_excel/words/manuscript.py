"""A report as it was read (报告原稿): its paragraphs and its tables; tables of other files beside it."""

from __future__ import annotations

from dataclasses import dataclass

from perf_excel.words.prose import Paragraph


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its number, the paragraph in front of it, its cells as text by row.

    ``title`` is what stands in front of it, its unit (单位：元) among it.
    """

    number: int
    title: str
    rows: tuple[tuple[str, ...], ...]
    source: str = ""
    """The file and sheet that it stands on; empty inside of the document itself."""
    above: int = 0
    """How many rows of its sheet stand above its first."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document's text and tables; ``notes`` say what of it was not read."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
