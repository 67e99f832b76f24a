"""How the parts of a workbook find each other: relationships (_rels) and content types."""

from __future__ import annotations

import posixpath
from typing import NamedTuple, Protocol
from urllib.parse import unquote

from perf_excel.books.xlsx.markup import Markup, attributes, check, tags, text
from perf_excel.books.xlsx.zip_directory import MEGABYTE

SMALL = 32 * MEGABYTE
"""Limit of the parts that only describe others."""
_KEPT_SIZE, _MOST_KEPT = 64 << 10, 64
"""So large parts are kept at most, and so many; of more, all are forgotten."""

_checked: dict[bytes, Markup] = {}
"""Parts that describe others, by their bytes: in the files of one template they are all the same."""


class Parts(Protocol):
    """The parts of a workbook, however they are kept (``Package``, or on the disk)."""

    name: str

    def __contains__(self, part: str, /) -> bool:
        """Tell whether there is a part of this name."""
        ...

    def read(self, part: str, limit: int = ..., /) -> bytes:
        """Return a part, inflated to no more than so many bytes."""
        ...


class Relation(NamedTuple):
    """One relationship inside the package."""

    kind: str
    """The last word of its type, the same in transitional and strict files: ``worksheet``, ``styles`` …"""
    part: str
    """Name of the part it points at."""


def read_xml(package: Parts, part: str, limit: int = SMALL) -> Markup:
    """Return a part as checked XML.

    Raises:
        UserError: the part is missing, too large or unsafe.

    """
    raw = package.read(part, limit)
    if limit > SMALL or len(raw) > _KEPT_SIZE:
        return check(raw, package.name, part)
    known = _checked.get(raw)
    if known is None:
        known = check(raw, package.name, part)
        if len(_checked) >= _MOST_KEPT:
            _checked.clear()
        _checked[raw] = known
    return known


def relations_part(part: str) -> str:
    """Return the name of the part that lists the relationships of a part ("" for the package)."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def relations(package: Parts, part: str) -> dict[str, Relation]:
    """Return the relationships of a part ("" for those of the package) by their ids."""
    rels, folder = relations_part(part), posixpath.dirname(part)
    if rels not in package:
        return {}
    markup = read_xml(package, rels)
    found: dict[str, Relation] = {}
    for raw in tags(markup.prefix, b"Relationship").findall(markup.plain()):
        values = attributes(raw)
        if values.get(b"TargetMode") == b"External":
            continue
        kind = text(values.get(b"Type", b"")).rpartition("/")[2]
        target = text(values.get(b"Target", b""))
        found[text(values.get(b"Id", b""))] = Relation(kind, _resolve(package, folder, target))
    return found


def _resolve(package: Parts, folder: str, target: str) -> str:
    target = target.replace("\\", "/").partition("#")[0]
    part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return part if part in package else unquote(part)


def workbook_part(package: Parts) -> str | None:
    """Return the name of the main part, by relationship or else by content type; None if there is none."""
    for relation in relations(package, "").values():
        if relation.kind == "officeDocument":
            return relation.part
    if "[Content_Types].xml" in package:
        markup = read_xml(package, "[Content_Types].xml")
        for raw in tags(markup.prefix, b"Override").findall(markup.plain()):
            values = attributes(raw)
            if b"main+xml" in values.get(b"ContentType", b"") and b"sheet" in values.get(b"ContentType", b""):
                return text(values.get(b"PartName", b"")).lstrip("/")
    return None
