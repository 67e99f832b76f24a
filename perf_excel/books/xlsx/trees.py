"""XML parts as trees (lxml, hardened): small ones only: a tree takes some thirty times as much memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from perf_excel.books.xlsx.markup import check
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.sheet_places import sheet_data
from perf_excel.books.xlsx.workbook_parts import SHEET_LIMIT
from perf_excel.books.xlsx.zip_directory import MEGABYTE
from perf_excel.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

TREE_LIMIT = 8 * MEGABYTE
"""Largest part to make a tree of."""


def parse(package: Package, part: str) -> Element:
    """Return a part as a tree; of a large sheet the blank rows at its end are left out.

    Raises:
        UserError: the part is missing, damaged or too large.
    """
    content = package.read(part, SHEET_LIMIT)
    if len(content) > TREE_LIMIT:
        content = _without_blank_end(content, package.name, part)
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError:
        raise UserError(f"{package.name}：部件 {part} 已损坏，请用 Excel 或 WPS 打开并另存后重试。") from None


def written(tree: Element) -> bytes:
    """Return a tree as a part."""
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def local(element: Element) -> str:
    """Return an element's name without its namespace; nothing for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def find(tree: Element, name: str) -> Element | None:
    """Return the first child of a name."""
    return next((child for child in tree if local(child) == name), None)


def children(tree: Element, parent: str, name: str) -> list[Element]:
    """Return the children of a name in the first child of a name."""
    found = find(tree, parent)
    return [] if found is None else [child for child in found if local(child) == name]


def descendants(tree: Element, *names: str) -> list[Element]:
    """Return all elements of some names, in order."""
    return list(tree.iter(*(f"{{*}}{name}" for name in names)))


def add(parent: Element, name: str, **attributes: str) -> None:
    """Add a child, in the namespace of its parent."""
    etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, name), attributes)


def remove(elements: Iterable[Element]) -> None:
    """Take elements out of their trees."""
    for element in elements:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _without_blank_end(content: bytes, name: str, part: str) -> bytes:
    """Return a large sheet without the rows behind its last value: only formatted, they may be a million."""
    markup = check(content, name, part)
    data, prefix = markup.mask(), markup.prefix
    found = sheet_data(data, prefix)
    if found and markup.encoding == "utf-8":
        _, start, end = found
        last = max(data.rfind(b"<" + prefix + element, start, end) for element in (b"v", b"f", b"is"))
        row_end = data.find(b"</" + prefix + b"row", last, end) if last >= 0 else -1
        cut = data.index(b">", row_end) + 1 if row_end >= 0 else start
        if last < cut and cut + len(data) - end <= TREE_LIMIT:
            return markup.data[:cut] + markup.data[end:]
    raise UserError(
        f"{name}：部件 {part} 超过 {TREE_LIMIT // MEGABYTE} MB，无法处理，"
        "请删除表格下方和右侧多余的空白行列后重试。"
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
