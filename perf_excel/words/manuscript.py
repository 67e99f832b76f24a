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
class Mark:
    """A figure's control (内容控件) in a report that this program wrote: by its key the figure is known.

    ``key`` is that of the control's tag, or begins as its bookmark where the tag was lost. ``start`` and
    ``end`` are where it stands in ``text``: that of a paragraph by its ``number``, or of the row of a table
    behind that paragraph, which ``row`` and its column name.
    """

    key: str
    number: int
    text: str
    start: int
    end: int
    row: str = ""

    @property
    def printed(self) -> str:
        """What the control says."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document's text and tables; ``notes`` say what of it was not read; ``marks`` are its controls."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
