"""Rows of a sheet written as markup (成行写入): many times as fast as openpyxl cell by cell.

A summary of fifty thousand units has tens of millions of cells. openpyxl writes what stands around them:
heads, widths, filters, paper. Rows and links wait on the disk until the workbook is saved.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Generator, Sequence
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast
from xml.sax.saxutils import quoteattr

from perf_excel.books.summary.cells import Content, Link, harmless
from perf_excel.books.timeless import HYPERLINK, Streamed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_BUFFER = 1 << 18


class StreamedBook(NamedTuple):
    """A workbook in openpyxl's write-only mode, and what of its sheets is written beside it."""

    book: Workbook
    streamed: dict[str, Streamed]


@contextlib.contextmanager
def streamed_book() -> Generator[StreamedBook]:
    """A new workbook; what was written beside it is gone when it was saved."""
    from openpyxl import Workbook

    made = StreamedBook(Workbook(write_only=True), {})
    try:
        yield made
    finally:
        for one in made.streamed.values():
            for file in (one.rows, one.links, one.targets):
                file.close()


class RowStream:
    """The rows of a sheet in openpyxl's write-only mode, from the first one on."""

    def __init__(self, book: StreamedBook, sheet: Worksheet) -> None:
        stream = cast("Any", sheet)
        stream._get_writer()  # noqa: SLF001  (the only way to where a write-only sheet keeps what it wrote)
        self._files = Streamed(_file(), _file(), _file())
        book.streamed[str(stream._writer.out)] = self._files  # noqa: SLF001
        self._targets: dict[str, str] = {}

    def add(self, number: int, cells: Sequence[str], height: float) -> None:
        """Write the next row, as high as so many points."""
        self._files.rows.write(_row(number, cells, height))

    def put_on_top(self, number: int, cells: Sequence[str], height: float) -> None:
        """Write a row that stands before those that were added, the next of several."""
        self._files.top += _row(number, cells, height)

    def link(self, at: str, link: Link) -> None:
        """Let a cell lead to a file, and there to a place."""
        number = self._targets.get(link.target)
        if number is None:
            number = self._targets[link.target] = f"rId{len(self._targets) + 1}"
            target = f'Type="{HYPERLINK}" Target={quoteattr(link.target)} TargetMode="External"'
            self._files.targets.write(f'<Relationship Id="{number}" {target}/>'.encode())
        place = f" location={quoteattr(link.place)}" if link.place else ""
        self._files.links.write(f'<hyperlink ref="{at}"{place} r:id="{number}"/>'.encode())


def _row(number: int, cells: Sequence[str], height: float) -> bytes:
    return f'<row r="{number}" ht="{height:g}" customHeight="1">{"".join(cells)}</row>'.encode()


def _file() -> IO[bytes]:
    return tempfile.TemporaryFile(prefix="perf-excel-", buffering=_BUFFER)


def cell_markup(style: int, content: Content) -> str:
    """Return a cell but for its place: a text that stays text, whatever it begins with, or a number."""
    value = content.text if isinstance(content, Link) else content
    if value is None or value == "":
        return f' s="{style}"/>'
    if not isinstance(value, str):
        shown = f"{value:.16g}" if isinstance(value, Decimal) else value
        return f' s="{style}"><v>{shown}</v></c>'
    text = harmless(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = text.replace("\r", "&#13;")
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f' s="{style}" t="inlineStr"><is><t{kept}>{text}</t></is></c>'
