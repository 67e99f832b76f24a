"""A Word document (.docx) opened within limits: a template or a report comes from anybody."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, cast

from perf_excel.books.file_reading import read_file
from perf_excel.books.saving import ensure_closed
from perf_excel.books.xlsx.markup import check
from perf_excel.books.xlsx.package import Package as Container
from perf_excel.books.xlsx.zip_directory import MEGABYTE
from perf_excel.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.opc.package import OpcPackage as Package
    from docx.opc.part import Part
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT_LIMIT = 16 * MEGABYTE
"""Largest XML part of a document."""
_STORIES = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml", "endnotes+xml")
_LARGEST = 64 * MEGABYTE
_MOST_PARTS = 2000
_HARMLESS = ("/hyperlink", "/image")
"""Kinds of things outside the document that it may point at."""


def tag(name: str) -> str:
    """Return the full name of an element of WordprocessingML, such as p for a paragraph."""
    return f"{{{WORD}}}{name}"


def read_document(path: Path) -> bytes:
    """Return the bytes of a .docx that is safe to open.

    Raises:
        UserError: it is open in an application, no .docx, damaged, too large, or not to be trusted.
    """
    ensure_closed(path)
    data, name = read_file(path), path.name
    ensure_safe(data, name)
    return data


def ensure_safe(data: bytes, name: str) -> None:
    """Refuse a document that is damaged, too large, or loads something from elsewhere.

    Raises:
        UserError: why, in a sentence.
    """
    if not data.startswith(b"PK") or b"word/" not in data:
        raise UserError(f"{name}：不是 .docx 文档，请用 Word 或 WPS 另存为 .docx 后重试。")
    package = Container(data, name)
    if len(package.names) > _MOST_PARTS:
        raise UserError(f"{name}：文档里的部件超过 {_MOST_PARTS} 个，已拒绝打开，请另存为新文件后重试。")
    total = 0
    for part in package.names:
        text = part.lower().endswith((".xml", ".rels"))
        content = package.read(part, TEXT_LIMIT if text else _LARGEST)
        total += len(content)
        if total > _LARGEST:
            raise UserError(
                f"{name}：文档解压后超过 {_LARGEST // MEGABYTE} MB，已拒绝打开，请压缩其中的图片后重试。"
            )
        if text:
            check(content, name, part)


def opened(data: bytes, name: str) -> Document:
    """Return a document that ``ensure_safe`` let pass.

    Raises:
        UserError: its parts do not make a Word document, or it loads something from elsewhere.
    """
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(io.BytesIO(data))
    except (OpcError, etree.LxmlError, KeyError, ValueError, AttributeError):
        # python-docx has no error of its own for parts that point at nothing, or are of another kind.
        raise UserError(
            f"{name}：文档的内部结构已损坏，或不是 .docx，请用 Word 或 WPS 打开并另存后重试。"
        ) from None
    for part in parts_of(document):
        for relation in part.rels.values():
            if relation.is_external and not relation.reltype.endswith(_HARMLESS):
                kind = relation.reltype.rpartition("/")[2]
                raise UserError(
                    f"{name}：文档要从外面载入内容（{kind}），已拒绝使用，请在 Word 里断开后另存。"
                )
    return document


def parts_of(document: Document) -> Iterator[Part]:
    """Yield every part of a document."""
    return package_of(document).iter_parts()


def package_of(document: Document) -> Package:
    """Return the container of an opened document."""
    return cast("Package", document.part.package)


def saved(document: Document) -> bytes:
    """Return a document as a file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def stories(document: Document) -> Iterator[tuple[Part, Element]]:
    """Yield the parts that hold text (body, headers, footers, notes), each with its tree.

    The tree of a part that python-docx keeps as bytes is written back by ``put_back``.
    """
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml

    for part in parts_of(document):
        if part.content_type.endswith(_STORIES):
            yield part, part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def put_back(part: Part, tree: Element) -> None:
    """Keep the changed tree of a part."""
    from docx.opc.part import XmlPart
    from lxml import etree

    if not isinstance(part, XmlPart):
        put_bytes(part, etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def put_bytes(part: Part, content: bytes) -> None:
    """Give a part that is kept as bytes others."""
    # python-docx has no public way to do so.
    part._blob = content  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def parent_of(element: Element) -> Element:
    """Return what an element stands in; only the root of a part stands in nothing."""
    return cast("Element", element.getparent())
