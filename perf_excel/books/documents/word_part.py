"""The main part of a Word document (正文部件), opened under limits: no DTD, no bombs, no deep nesting."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from perf_excel.books.documents.word_text import W
from perf_excel.books.xlsx.markup import check
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.zip_directory import MEGABYTE
from perf_excel.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

PART_BYTES = 8 * MEGABYTE
"""What the main part may inflate to: a report of two hundred pages takes half."""
_USUAL = "word/document.xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TARGET = re.compile(rb"<[^<>]*/officeDocument\"[^<>]*>")
_NAMED = re.compile(rb"Target=\"([^\"]+)\"")


def main_part(package: Package) -> str:
    """Return the name of the part that holds a document's text."""
    if "_rels/.rels" in package and (relation := _TARGET.search(package.read("_rels/.rels", MEGABYTE))):
        target = _NAMED.search(relation[0])
        name = posixpath.normpath(target[1].decode("utf-8", "replace").lstrip("/")) if target else _USUAL
        return name if name in package else _USUAL
    return _USUAL


def body_of(package: Package) -> Element:
    """Return the body of a document as a tree.

    Raises:
        UserError: there is none, it is damaged, holds a DTD, is too large or nested without end.
    """
    return body_in(tree_of(package), package)


def body_in(tree: Element, package: Package) -> Element:
    """Return the body in the tree of a document's main part.

    Raises:
        UserError: there is none.
    """
    body = tree.find(f"{W}body")
    if body is None:
        raise _without_body(package)
    return body


def tree_of(package: Package) -> Element:
    """Return the main part of a document as a tree; a strict document's names are those of any other.

    Raises:
        UserError: there is none, it is damaged, holds a DTD, is too large or nested without end.
    """
    from lxml import etree

    content = _content(package).replace(_STRICT, W[1:-1].encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise UserError(
            f"{package.name}：正文的表格层层嵌套或内容已损坏，无法读取，请把要用的表单独存成一个文档后再试。"
        ) from None


def is_strict(package: Package) -> bool:
    """Whether a document is of the strict kind (Strict Open XML)."""
    return _STRICT in _content(package)


def _content(package: Package) -> bytes:
    part = main_part(package)
    if part not in package:
        raise _without_body(package)
    try:
        content = package.read(part, PART_BYTES)
    except UserError:  # in the words of a workbook
        raise UserError(
            f"{package.name}：正文已损坏、加密或超过 {PART_BYTES // MEGABYTE} MB，"
            "请用 Word 或 WPS 打开，把要用的表单独存成一个文档后再试。"
        ) from None
    return check(content, package.name, part).data


def _without_body(package: Package) -> UserError:
    return UserError(f"{package.name}：没有正文，不是完整的 Word 文档（.docx），请用 Word 或 WPS 打开检查。")
