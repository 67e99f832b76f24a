"""Relationships added to a part (新的引用): the tree of its _rels, there or not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import relations_part
from perf_excel.books.xlsx.trees import parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


def relations_tree(package: Package, part: str) -> Element:
    """Return the relationships of a part as a tree, empty where it has none."""
    name = relations_part(part)
    if name in package:
        return parse(package, name)
    return etree.Element(f"{{{_NAMESPACE}}}Relationships", nsmap={None: _NAMESPACE})


def relate(relationships: Element, kind: str, target: str, prefix: str = "rId") -> str:
    """Add a relationship and return its id, which begins with ``prefix``."""
    taken = {one.get("Id") for one in relationships}
    name = next(name for number in range(1, len(taken) + 2) if (name := f"{prefix}{number}") not in taken)
    space = etree.QName(relationships).namespace
    etree.SubElement(relationships, f"{{{space}}}Relationship", Id=name, Type=kind, Target=target)
    return name
