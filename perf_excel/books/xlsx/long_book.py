"""A workbook read row by row from the disk (逐行读), however long: our own lists and summaries.

Nothing is kept but the piece that is being read, the shared strings and the styles. It reads what programs
write: a sheet in UTF-8, without comments, CDATA or a DTD; any other is refused.
"""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Generator, Iterator
from itertools import groupby
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from perf_excel.books.saving import ensure_closed
from perf_excel.books.xlsx.number_formats import number_formats
from perf_excel.books.xlsx.relations import read_xml, relations, workbook_part
from perf_excel.books.xlsx.shared_strings import SharedStrings
from perf_excel.books.xlsx.sheet_list import listed_sheets
from perf_excel.books.xlsx.sheet_places import elements_start
from perf_excel.books.xlsx.sheetxml import Source, read_rows
from perf_excel.books.xlsx.workbook_parts import STRINGS_LIMIT
from perf_excel.books.xlsx.zip_directory import MEGABYTE, part_key
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Cell

SHEET_LIMIT = 4096 * MEGABYTE
"""Of one sheet: some fifteen million rows' worth of short cells, a thousand times what fits on it."""
_PART_LIMIT = 64 * MEGABYTE
_MEMBERS = 10_000
_PIECE = MEGABYTE
_MOST_WAITING = 4 * MEGABYTE
"""A row is never so large, nor what stands before the first one."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)

Row = tuple[int, dict[int, Cell]]
"""Its number, and its cells that hold something, by column."""


@contextlib.contextmanager
def long_book(path: Path) -> Generator[LongBook | None]:
    """Open a workbook file to be read row by row; None where it is no .xlsx at all.

    Raises:
        UserError: it is open in an application, or damaged.
    """
    ensure_closed(path)
    if not path.is_file() or not zipfile.is_zipfile(path):
        yield None
        return
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN:
        raise _damaged(path.name) from None
    with archive:
        parts = _Parts(archive, path.name)
        main = workbook_part(parts)
        yield LongBook(parts, main) if main else None


class _Parts:
    """The parts of a workbook that are small enough to be read whole, and pieces of those that are not."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        found = archive.infolist()
        if len(found) > _MEMBERS:
            raise _damaged(name)
        self._members = {part_key(one.filename): one for one in found}

    def __contains__(self, part: str) -> bool:
        return part_key(part) in self._members

    def read(self, part: str, limit: int = _PART_LIMIT) -> bytes:
        return b"".join(self.pieces(part, limit))

    def pieces(self, part: str, limit: int) -> Iterator[bytes]:
        """Yield a part piece by piece, no more than it may be."""
        member = self._members.get(part_key(part))
        if member is None or member.flag_bits & 1:
            raise _damaged(self.name)
        size = 0
        try:
            with self._archive.open(member) as file:
                while piece := file.read(_PIECE):
                    size += len(piece)
                    if size > limit:
                        raise UserError(
                            f"{self.name}：部件 {part} 解压后超过 {limit // MEGABYTE} MB，没有读。"
                        )
                    yield piece
        except _BROKEN:
            raise _damaged(self.name) from None


class LongBook:
    """An opened workbook."""

    def __init__(self, parts: _Parts, main: str) -> None:
        """Find its sheets; see :func:`long_book`."""
        self._parts = parts
        self._relations = relations(parts, main)
        markup = read_xml(parts, main)
        self._sheets = listed_sheets(markup, self._relations, parts.name)
        self._strings: SharedStrings | None = None
        self._formats: list[str] = []

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of its sheets, in order."""
        return tuple(self._sheets)

    @property
    def visible(self) -> list[str]:
        """Those that people see."""
        return [name for name, sheet in self._sheets.items() if not sheet.hidden]

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet that hold something, from top to bottom.

        Raises:
            UserError: the sheet is damaged, or not written as programs write it.
        """
        label = f"{self._parts.name}，{sheet}"
        if self._strings is None:
            strings, styles = self._related("sharedStrings"), self._related("styles")
            found = read_xml(self._parts, strings, STRINGS_LIMIT) if strings else None
            self._strings = SharedStrings(found, self._parts.name)
            self._formats = number_formats(read_xml(self._parts, styles)) if styles else []
        source = Source(label, self._strings, self._formats)
        after = 0
        for prefix, piece in _whole_rows(self._parts.pieces(self._sheets[sheet].part, SHEET_LIMIT), label):
            cells = read_rows(piece, prefix, source, after)
            for row, places in groupby(cells, key=_row):
                after = row
                yield row, {column: cells[row, column] for _, column in places}

    def _related(self, kind: str) -> str | None:
        found = (one.part for one in self._relations.values() if one.kind == kind)
        return next((part for part in found if part in self._parts), None)


def _row(place: tuple[int, int]) -> int:
    return place[0]


def _whole_rows(pieces: Iterator[bytes], label: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield the prefix of a sheet's namespace and, piece by piece, rows that are whole."""
    checker = _Checker(label)
    waiting, inside = b"", False
    for piece in pieces:
        checker.take(piece)
        prefix = checker.prefix
        if checker.done:
            continue
        waiting += piece
        if not inside and (start := elements_start(prefix).search(waiting)):
            inside, waiting = True, waiting[start.end() :]
            checker.done = start[1].endswith(b"/")
        if inside and not checker.done:
            row, end = b"</%brow>" % prefix, waiting.find(b"</%bsheetData" % prefix)
            checker.done = end >= 0
            cut = end if checker.done else waiting.rfind(row) + len(row)
            if cut >= len(row) or checker.done:
                yield prefix, waiting[:cut]
                waiting = waiting[cut:]
        if len(waiting) > _MOST_WAITING:
            raise _damaged(label)
    checker.end()


class _Checker:
    """Says that what goes by is well-formed, and plain."""

    def __init__(self, label: str) -> None:
        self._label = label
        self.prefix = b""
        self.done = False
        """Whether the last row went by."""
        self._parser = parser = expat.ParserCreate()
        parser.StartElementHandler = self._root
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = parser.CommentHandler = self._unusual
        parser.StartCdataSectionHandler = parser.ProcessingInstructionHandler = self._unusual

    def take(self, piece: bytes) -> None:
        try:
            self._parser.Parse(piece, False)  # noqa: FBT003 - expat takes it by position only
        except expat.ExpatError:
            raise _damaged(self._label) from None

    def end(self) -> None:
        try:
            self._parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError:
            raise _damaged(self._label) from None

    def _root(self, name: str, _: object) -> None:
        prefix, colon, _rest = name.rpartition(":")
        self.prefix = f"{prefix}{colon}".encode()
        self._parser.StartElementHandler = None

    def _declared(self, _: str, encoding: str | None, __: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            self._unusual()

    def _unusual(self, *_: object) -> NoReturn:
        raise UserError(
            f"{self._label}：不是常见程序写的工作表（编码、注释等），请用 Excel 或 WPS 另存后重试。"
        )


def _damaged(label: str) -> UserError:
    return UserError(f"{label}：文件已损坏或不完整，请重新获取该文件，或用 Excel、WPS 修复并另存后重试。")
