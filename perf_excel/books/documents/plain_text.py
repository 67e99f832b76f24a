"""A report as plain text (.txt): UTF-8, GBK (GB 18030) or UTF-16, told from the bytes."""

from __future__ import annotations

from perf_excel.books.documents.line_joining import joined_lines
from perf_excel.errors import UserError
from perf_excel.words.manuscript import Manuscript
from perf_excel.words.prose import paragraph

MOST_SIGNS = 2_000_000
"""A report has some ten thousand; what is longer is none."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(data: bytes, name: str) -> Manuscript:
    """Read a text file.

    Raises:
        UserError: it is no text, or much longer than any report.
    """
    text = _decoded(data, name)
    if len(text) > MOST_SIGNS:
        raise UserError(f"{name}：文字超过 {MOST_SIGNS} 个，不像一份报告，请只留报告正文后重试。")
    lines = joined_lines(text.splitlines())
    return Manuscript(name, tuple(paragraph(number, line) for number, line in enumerate(lines, 1)))


def _decoded(data: bytes, name: str) -> str:
    if data.startswith(_UTF16):
        names = ("utf-16",)
    elif b"\x00" in data[:4096]:
        names = ()
    else:
        names = ("utf-8-sig", "gb18030")
    for encoding in names:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(f"{name}：不是文本文件（UTF-8、GBK 或 UTF-16），请另存为 .docx 或 UTF-8 的 .txt 后重试。")
