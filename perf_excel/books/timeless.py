"""A workbook of openpyxl's saved without the time of day (不带时刻): again made, it is the same file."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import SizedBuffer, StrPath
    from openpyxl import Workbook

_TIME = (2020, 1, 1, 0, 0, 0)


def saved_timeless(book: Workbook, day: date, title: str) -> bytes:
    """Return a workbook's file: the same contents give the same bytes.

    Args:
        book: the workbook, of openpyxl.
        day: the day that its file properties name.
        title: its title there.
    """
    from openpyxl.writer.excel import ExcelWriter

    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (a day, without a time)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = "perf-excel"
    book.properties.title = title
    raw = io.BytesIO()
    with _Archive(raw, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        ExcelWriter(book, archive).save()
    return raw.getvalue()


class _Archive(zipfile.ZipFile):
    """A zip whose members carry no time: the same contents give the same bytes."""

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
        with (
            Path(filename).open("rb") as source,
            self.open(_member(str(arcname or filename)), "w", force_zip64=True) as target,
        ):
            while piece := source.read(1 << 20):
                target.write(piece)


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    return member
