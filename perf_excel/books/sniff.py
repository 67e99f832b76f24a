"""What a file really holds, told from its bytes and never from its name."""

from __future__ import annotations

import re
from typing import Literal

from perf_excel.books.foreign import what_it_is
from perf_excel.books.streams import root_streams
from perf_excel.books.xlsx.package import Package
from perf_excel.errors import UserError

Kind = Literal["xlsx", "xls", "xlsb", "ods", "docx", "pdf", "encrypted", "unknown"]

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ODS = b"mimetype" + _ODS_TYPE
_ODS_BODY = b"<office:spreadsheet"
# The first record of a workbook older than Excel 97 that stands alone, without an OLE container.
_BARE_BIFF = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_PDF_WITHIN = 1024
"""Some programs write a few bytes of their own before a PDF begins; readers look so far."""
_WORD = re.compile(rb"word/document\d{0,3}\.xml")
_HEAD = 4096


class OtherFormatError(UserError):
    """The file is no .xlsx/.xlsm workbook; ``kind`` says what it is, so that a caller can route it."""

    def __init__(self, message: str, kind: Kind) -> None:
        """Keep the sentence and what the file was recognised as."""
        super().__init__(message)
        self.kind: Kind = kind


def sniff(data: bytes) -> Kind:
    """Tell what a file is: a workbook, a document, or an Office file with a password ("encrypted")."""
    if data.startswith(ZIP):
        return _sniff_zip(data)
    if data.startswith(OLE):
        return _sniff_ole(data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    return "xls" if data.startswith(_BARE_BIFF) else "unknown"


def _sniff_zip(data: bytes) -> Kind:
    # Names of members stand uncompressed in a zip, so this works for a truncated one too.
    # The mimetype should be the first member and stored; some programs pack it, or leave it out.
    if _ODS in data[:_HEAD] or (b"content.xml" in data and _spreadsheet(data)):
        return "ods"
    if b"xl/workbook.bin" in data:
        return "xlsb"
    if _WORD.search(data):
        return _of_members(data)
    if b"ppt/presentation.xml" in data:
        # A workbook may hold slides as an embedded object, but stored as one member.
        return "xlsx" if b"xl/workbook.xml" in data else "unknown"
    return (
        "xlsx"
        if b"[content_types].xml" in data[:_HEAD].lower() or b"[Content_Types].xml" in data
        else "unknown"
    )


def _of_members(data: bytes) -> Kind:
    """Tell a workbook with a document in it from a document with a workbook in it (嵌入的对象)."""
    try:
        names = {name.lower().replace("\\", "/") for name in Package(data, "").names}
    except UserError:
        return "unknown"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "docx" if any(_WORD.fullmatch(name.encode("utf-8", "replace")) for name in names) else "unknown"


def _spreadsheet(data: bytes) -> bool:
    """Whether a zip is an OpenDocument workbook by its mimetype, or where it has none, by its content."""
    try:
        package = Package(data, "")
        if "mimetype" in package:
            return package.read("mimetype", _HEAD).strip() == _ODS_TYPE
        return _ODS_BODY in package.read("content.xml")
    except UserError:
        return False


def _sniff_ole(data: bytes) -> Kind:
    streams = root_streams(data)
    if streams is None:  # damaged: by whatever names stand in it
        names = ("EncryptedPackage", "Workbook\0", "WORKBOOK\0", "Book\0", "BOOK\0")
        streams = frozenset(name.rstrip("\0").lower() for name in names if name.encode("utf-16-le") in data)
    if "encryptedpackage" in streams:
        return "encrypted"
    # Workbook since Excel 97, Book before.
    return "xls" if streams & {"workbook", "book"} else "unknown"


_SENTENCES: dict[Kind, str] = {
    "xls": "这是旧版 .xls 格式的工作簿，请在 Excel 或 WPS 中另存为 .xlsx 后重试。",
    "xlsb": "这是二进制 .xlsb 格式的工作簿，请在 Excel 或 WPS 中另存为 .xlsx 后重试。",
    "ods": "这是 OpenDocument（.ods）表格，请另存为 .xlsx 后重试。",
    "encrypted": "文件设有打开密码或权限保护，请在 Excel 或 WPS 中取消并保存后重试。",
}


def refuse(name: str, kind: Kind, data: bytes) -> OtherFormatError:
    """Return the error that says what the file is instead of an .xlsx workbook."""
    return OtherFormatError(f"{name}：{_SENTENCES.get(kind) or what_it_is(data)}", kind)
