"""A workbook of openpyxl's saved without the time of day (不带时刻): again made, it is the same file."""

from __future__ import annotations

import io
import posixpath
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import SizedBuffer, StrPath
    from openpyxl import Workbook

_TIME = (2020, 1, 1, 0, 0, 0)
_NO_ROWS = b"<sheetData></sheetData>"
_BEHIND_LINKS = b"<printOptions"


@dataclass
class Streamed:
    """What of a sheet was written beside openpyxl, as markup: its rows, its links, the files they lead to."""

    rows: IO[bytes]
    links: IO[bytes]
    targets: IO[bytes]
    top: bytes = b""
    """The first rows, which are known last."""


def saved_timeless(book: Workbook, day: date, title: str) -> bytes:
    """Return a workbook's file: the same contents give the same bytes.

    Args:
        book: the workbook, of openpyxl.
        day: the day that its file properties name.
        title: its title there.
    """
    raw = io.BytesIO()
    save_timeless(book, day, title, raw, {})
    return raw.getvalue()


def save_timeless(
    book: Workbook, day: date, title: str, out: IO[bytes], streamed: Mapping[str, Streamed]
) -> None:
    """Write a workbook's file: the same contents give the same bytes.

    Args:
        book: the workbook, of openpyxl.
        day: the day that its file properties name.
        title: its title there.
        out: where it is written.
        streamed: what of sheets was written beside openpyxl, by the file that openpyxl keeps the rest in.
    """
    from openpyxl.writer.excel import ExcelWriter

    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (a day, without a time)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = "perf-excel"
    book.properties.title = title
    with _Archive(out, streamed) as archive:
        ExcelWriter(book, archive).save()


class _Archive(zipfile.ZipFile):
    """A zip whose members carry no time: the same contents give the same bytes."""

    def __init__(self, out: IO[bytes], streamed: Mapping[str, Streamed]) -> None:
        super().__init__(out, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._streamed = streamed

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: SizedBuffer | str,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        super().writestr(_member(name), data, compress_type, compresslevel)

    def write(
        self,
        filename: StrPath,
        arcname: StrPath | None = None,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        del compress_type, compresslevel
        name = str(arcname or filename)
        streamed = self._streamed.get(str(filename))
        if streamed is not None:
            self._write_streamed(Path(filename).read_bytes(), name, streamed)
            return
        with Path(filename).open("rb") as source, self._opened(name) as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def _write_streamed(self, rest: bytes, name: str, streamed: Streamed) -> None:
        """Write a sheet whose rows and links stand beside what openpyxl made of it."""
        head, _, tail = rest.partition(_NO_ROWS)
        before, there, behind = tail.partition(_BEHIND_LINKS)
        with self._opened(name) as target:
            target.write(head + b"<sheetData>" + streamed.top)
            _copied(streamed.rows, target)
            target.write(b"</sheetData>" + before)
            if streamed.links.tell():
                target.write(b'<hyperlinks xmlns:r="%b">' % _OFFICE.encode())
                _copied(streamed.links, target)
                target.write(b"</hyperlinks>")
            target.write(there + behind)
        if streamed.targets.tell():
            folder, file = posixpath.split(name)
            with self._opened(f"{folder}/_rels/{file}.rels") as target:
                target.write(b'<Relationships xmlns="%b">' % _PACKAGE.encode())
                _copied(streamed.targets, target)
                target.write(b"</Relationships>")

    def _opened(self, name: str) -> IO[bytes]:
        return self.open(_member(name), "w", force_zip64=True)


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HYPERLINK = f"{_OFFICE}/hyperlink"


def _copied(source: IO[bytes], target: IO[bytes]) -> None:
    source.seek(0)
    shutil.copyfileobj(source, target, 1 << 20)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    return member
