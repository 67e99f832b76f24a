"""A report's file (报告文件), read by what it really holds: .docx, .pdf or plain text."""

from __future__ import annotations

from pathlib import Path

from perf_excel.books.documents.pdf_text import read_pdf
from perf_excel.books.documents.plain_text import read_text
from perf_excel.books.documents.word_document import Remark, commented, read_docx, written
from perf_excel.books.file_reading import read_file
from perf_excel.books.sniff import OLE, ZIP
from perf_excel.errors import UserError
from perf_excel.words.manuscript import Manuscript

PDF = b"%PDF-"
_HEAD = 1024


def read_report(path: Path) -> Manuscript:
    """Read a report.

    Raises:
        UserError: it is none of .docx, .pdf, .txt, damaged, scanned, or too large.
    """
    data = read_file(path)
    if data.startswith(ZIP):
        return read_docx(data, path.name)
    if PDF in data[:_HEAD]:
        return read_pdf(path)
    if data.startswith(OLE):
        raise UserError(
            f"{path.name}：这是旧格式的 Word 文档（.doc）或加密的文件，请另存为没有密码的 .docx 后重试。"
        )
    return read_text(data, path.name)


def annotated(path: Path, manuscript: Manuscript, remarks: list[Remark]) -> bytes:
    """Return a Word document with comments: a copy of the report, or its text where it is no .docx.

    Raises:
        UserError: the document cannot be opened.
    """
    data = read_file(path)
    if data.startswith(ZIP):
        return commented(data, path.name, remarks)
    return written((one.raw for one in manuscript.paragraphs), remarks)
