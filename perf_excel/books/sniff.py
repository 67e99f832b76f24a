"""What a file really holds, told from its bytes and never from its name."""

from __future__ import annotations

import re
from typing import Literal

from perf_excel.books.xlsx.package import Package
from perf_excel.errors import UserError

Kind = Literal["xlsx", "xls", "xlsb", "ods", "encrypted", "html", "xml", "unknown"]

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
_HTML = re.compile(
    rb"(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|meta|body|table|style)\b", re.IGNORECASE | re.DOTALL
)
_HEAD = 4096


class OtherFormatError(UserError):
    """The file is no .xlsx/.xlsm workbook; ``kind`` says what it is, so that a caller can route it."""

    def __init__(self, message: str, kind: Kind) -> None:
        """Keep the sentence and what the file was recognised as."""
        super().__init__(message)
        self.kind: Kind = kind


def sniff(data: bytes) -> Kind:
    """Tell what the bytes of a file are. "encrypted" is an Office file with a password to open."""
    if data.startswith(ZIP):
        return _sniff_zip(data)
    if data.startswith(OLE):
        return _sniff_ole(data)
    if data.startswith(_BARE_BIFF):
        return "xls"
    return _sniff_markup(data[:_HEAD])


def _sniff_zip(data: bytes) -> Kind:
    # Names of members stand uncompressed in a zip, so this works for a truncated one too.
    # The mimetype should be the first member and stored; some programs pack it, or leave it out.
    if _ODS in data[:_HEAD] or (b"content.xml" in data and _spreadsheet(data)):
        return "ods"
    if b"xl/workbook.bin" in data:
        return "xlsb"
    if b"word/document.xml" in data or b"ppt/presentation.xml" in data:
        # A workbook may hold a document or slides as an embedded object, but stored as one member.
        return "xlsx" if b"xl/workbook.xml" in data else "unknown"
    return (
        "xlsx"
        if b"[content_types].xml" in data[:_HEAD].lower() or b"[Content_Types].xml" in data
        else "unknown"
    )


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
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    # Stream names of the container's directory: Workbook since Excel 97, Book before.
    if any(f"{name}\0".encode("utf-16-le") in data for name in ("Workbook", "WORKBOOK", "Book", "BOOK")):
        return "xls"
    return "unknown"


def _sniff_markup(head: bytes) -> Kind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML.match(head):
        return "html"
    if head.startswith(b"<?xml"):
        # Excel writes web pages with an XML declaration before <html>.
        return "html" if re.search(rb"<html\b", head, re.IGNORECASE) else "xml"
    return "unknown"


_SENTENCES: dict[Kind, str] = {
    "xls": "这是旧版 .xls 格式的工作簿，请在 Excel 或 WPS 中另存为 .xlsx 后重试。",
    "xlsb": "这是二进制 .xlsb 格式的工作簿，请在 Excel 或 WPS 中另存为 .xlsx 后重试。",
    "ods": "这是 OpenDocument（.ods）表格，请另存为 .xlsx 后重试。",
    "encrypted": "文件设有打开密码，请在 Excel 或 WPS 中取消密码并保存后重试。",
    "html": "这是网页（HTML）而不是工作簿，请用 Excel 或 WPS 打开并另存为 .xlsx 后重试。",
    "xml": "这是 XML 文件而不是 .xlsx 工作簿，请用 Excel 或 WPS 打开并另存为 .xlsx 后重试。",
    "unknown": "这不是 Excel 工作簿，请选择 .xlsx 或 .xlsm 文件。",
}


def refuse(name: str, kind: Kind) -> OtherFormatError:
    """Return the error that says what the file is instead of an .xlsx workbook."""
    return OtherFormatError(f"{name}：{_SENTENCES.get(kind, _SENTENCES['unknown'])}", kind)
