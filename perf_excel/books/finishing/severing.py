"""Relationship ids (r:id) in a part: which it uses, and what has to go where one leads to nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, cast

from lxml import etree

from perf_excel.books.xlsx.trees import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_SPACES = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
_VML = "{urn:schemas-microsoft-com:office:office}relid"
_NAMING = etree.XPath(
    "//*[@*["
    + " or ".join(
        f"namespace-uri()='{space[1:-1]}'"
        for space in (*_SPACES, "{urn:schemas-microsoft-com:office:office}")
    )
    + "]]"
)
ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor", "relSizeAnchor", "absSizeAnchor")
_OWN = frozenset({"pageSetup"})
"""Elements that say more than where they lead: only the id goes."""
_ALONE = frozenset({"hlinkClick", "hlinkHover", "hlinkMouseOver"})
"""Elements that go by themselves, and the picture that they stand on stays."""


def used(tree: Element) -> set[str]:
    """Return the ids of relationships that a part names."""
    return {value for element in _naming(tree) for _, value in _ids(element)}


def sever(tree: Element, kept: Collection[str]) -> list[str]:
    """Take out what names any other relationship; return the names of pictures and shapes that went."""
    gone: list[str] = []
    for element in _naming(tree):
        lost = [key for key, value in _ids(element) if value not in kept]
        if not lost or not _is_in(element, tree):
            continue
        for key in lost:
            del element.attrib[key]
        # A picture that is linked and embedded stays by what is embedded.
        if local(element) in _OWN or (local(element) == "blip" and any(_ids(element))):
            continue
        gone += take_out(element)
    return gone


def take_out(element: Element) -> list[str]:
    """Take out an element with the shape or picture that it makes up; return the names of that."""
    unit = element if local(element) in _ALONE else _unit(element)
    parent = unit.getparent()
    if parent is None:
        return []
    parent.remove(unit)
    shapes = [one.get("name", "") for one in unit.iter() if local(one) == "cNvPr"]
    return [name for name in shapes if name]


def _unit(element: Element) -> Element:
    """The whole shape: what stands on the sheet by itself, or in a group."""
    climbed = element
    while (parent := climbed.getparent()) is not None:
        if local(parent) in ANCHORS:
            return parent
        if local(parent) in ("grpSp", "cellImages"):
            return climbed
        climbed = parent
    return element


def _naming(tree: Element) -> list[Element]:
    """The elements that name a relationship: a few among the many of a sheet."""
    return cast("list[Element]", _NAMING(tree))


def _ids(element: Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        name = str(key)
        if value and (name.startswith(_SPACES) or name == _VML):
            yield name, str(value)


def _is_in(element: Element, tree: Element) -> bool:
    """Whether an element has not gone with another."""
    while (parent := element.getparent()) is not None:
        element = parent
    return element is tree
