"""Save a workbook as bytes that depend on nothing but its content; no green corners on text numbers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from functools import partial

from openpyxl import Workbook

from perf_excel.books.template.sharing_formulas import share_formulas

_TIME = (2020, 1, 1, 0, 0, 0)
_STAMP = b"2020-01-01T00:00:00Z"
_CORE = "docProps/core.xml"
_THEME = "xl/theme/theme1.xml"
_MENTION = re.compile(rb"<(?:Relationship|Override)[^>]*theme1\.xml[^>]*/>")
"""Nothing is drawn in the colours of a theme: applications have one of their own."""
_FORM = "xl/worksheets/sheet1.xml"
_FIXED = re.compile(rb'(<row r="([0-9]+)"[^>]*?) customHeight="1"')
_STYLES = "xl/styles.xml"
_LIBRARY_FONT = (
    b'<font><name val="Calibri"/><family val="2"/><color theme="1"/><sz val="11"/>'
    b'<scheme val="minor"/></font>'
)
_USUAL_FONT = (
    '<font><name val="宋体"/><charset val="134"/><family val="3"/><color theme="1"/><sz val="11"/></font>'
).encode()
"""The workbook's usual type (常规样式): columns are as wide as so many of its digits."""
_CHARACTER = re.compile(rb"&#(\d+);")
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def pack(book: Workbook, text_numbers: str, fitting: Collection[int]) -> bytes:
    """Return the workbook's file.

    Args:
        book: the workbook; its first sheet is the form.
        text_numbers: the cells whose numbers are text on purpose (≥95%, 100%), as a range.
        fitting: rows of the form whose height applications may fit to their texts.
    """
    raw, packed = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name == _THEME:
                continue
            data = _MENTION.sub(b"", source.read(name))
            if name == _CORE:
                data = _MODIFIED.sub(rb"\g<1>" + _STAMP, data)
            elif name == _FORM:
                data = _ignoring(_FIXED.sub(partial(_unless_fitting, fitting), data), text_numbers)
            elif name == _STYLES:
                data = data.replace(_LIBRARY_FONT, _USUAL_FONT, 1)
            data = _CHARACTER.sub(_in_utf8, data)
            if name == _FORM:
                data = share_formulas(data.decode()).encode()
            _put(target, name, data)
    return packed.getvalue()


def repacked(data: bytes) -> bytes:
    """Return a new form's file as small as it gets, after the quick writing of its first results."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            _put(target, name, source.read(name))
    return packed.getvalue()


def _put(target: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 0
    target.writestr(info, data, compresslevel=9)


def _unless_fitting(fitting: Collection[int], row: re.Match[bytes]) -> bytes:
    """Let applications change a row's height: the library fixes every one that it writes."""
    return row[1] if int(row[2]) in fitting else row[0]


def _in_utf8(reference: re.Match[bytes]) -> bytes:
    """Write a character itself: the library writes each Chinese one as a reference of eight bytes."""
    code = int(reference[1])
    return chr(code).encode() if code > 0x7F else reference[0]


def _ignoring(data: bytes, cells: str) -> bytes:
    """Add the element that openpyxl does not write; it stands after the page's set-up."""
    if not cells:
        return data
    element = f'<ignoredErrors><ignoredError sqref="{cells}" numberStoredAsText="1"/></ignoredErrors>'
    before, end, after = data.rpartition(b"</worksheet>")
    return before + element.encode() + end + after
