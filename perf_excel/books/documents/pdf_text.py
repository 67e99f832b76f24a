"""A report in PDF: the text of its pages in reading order; a scanned one holds none and is refused."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from perf_excel.books.documents.line_joining import joined_lines
from perf_excel.books.older import confined
from perf_excel.errors import UserError
from perf_excel.words.manuscript import Manuscript
from perf_excel.words.prose import paragraph

MOST_PAGES = 400
_MEGABYTES = 700
_LEAST_SIGNS = 20
"""Signs on a page of text; of a scanned page there are none."""


def read_pdf(path: Path) -> Manuscript:
    """Read the text of a PDF, in a child process with limits: its parser is native code.

    Raises:
        UserError: it is damaged, has a password, too many pages, or no text (scanned).
    """
    answer = confined.call(
        "perf_excel.books.documents.pdf_text:child_read", [str(path.resolve()), path.name],
        name=path.name, megabytes=_MEGABYTES,
    )  # fmt: skip
    pages = [str(page) for page in cast("list[object]", answer)]
    if sum(len(page.strip()) for page in pages) < _LEAST_SIGNS * max(1, len(pages)):
        raise UserError(
            f"{path.name}：PDF 里没有文字（多半是扫描件），本程序不做文字识别，"
            "请提供 Word 文档或可复制文字的 PDF。"
        )
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    notes = (f"第 {'、'.join(empty)} 页没有文字，没有核对",) if empty else ()
    lines = joined_lines(line for page in pages for line in page.splitlines())
    return Manuscript(
        path.name, tuple(paragraph(number, line) for number, line in enumerate(lines, 1)), notes=notes
    )


def child_read(path: str, name: str) -> list[str]:
    """Return the text of each page: the part of ``read_pdf`` that runs in the child process.

    Raises:
        UserError: it is damaged, has a password, or too many pages.
    """
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        reason = "需要密码" if "password" in str(error).lower() else "已损坏"
        raise UserError(f"{name}：PDF {reason}，无法读取，请提供没有密码的 PDF 或 Word 文档。") from None
    if len(document) > MOST_PAGES:
        raise UserError(f"{name}：共 {len(document)} 页，超过 {MOST_PAGES} 页的上限，请只留报告部分后重试。")
    return [page.get_textpage().get_text_range().replace("\ufffe", "") for page in document]
