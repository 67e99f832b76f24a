"""What a Word document (.docx) may inflate to before a library opens it: it comes from anybody."""

from __future__ import annotations

from perf_excel.books.file_reading import FILE_LIMIT
from perf_excel.books.xlsx.markup import check
from perf_excel.books.xlsx.package import MEGABYTE, Package
from perf_excel.errors import UserError

TEXT_LIMIT = 16 * MEGABYTE
"""Largest XML part: a report of two hundred pages takes a quarter."""
WHOLE_LIMIT = FILE_LIMIT
"""All parts together: pictures hardly shrink, so a file that may be read reaches it with them only."""
_MOST_PARTS = 2000


def ensure_bounded(package: Package) -> None:
    """Inflate every part within its limit, and refuse markup that a parser should not see.

    Raises:
        UserError: the document is damaged, too large, or holds a DTD or the like.
    """
    name = package.name
    if len(package.names) > _MOST_PARTS:
        raise UserError(f"{name}：文档里的部件超过 {_MOST_PARTS} 个，已拒绝打开，请另存为新文件后重试。")
    total = 0
    for part in package.names:
        text = part.lower().endswith((".xml", ".rels"))
        content = package.read(part, TEXT_LIMIT if text else WHOLE_LIMIT)
        total += len(content)
        if total > WHOLE_LIMIT:
            raise UserError(
                f"{name}：文档解压后超过 {WHOLE_LIMIT // MEGABYTE} MB，已拒绝打开，请压缩其中的图片后重试。"
            )
        if text:
            check(content, name, part)
