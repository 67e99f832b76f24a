"""Pictures in cells (单元格图片): which cells show a picture instead of a value.

WPS writes a formula DISPIMG that names the picture; Excel gives the cell an error value and metadata (vm)
that lead over a rich value to the picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from perf_excel.books.xlsx.markup import Markup, attributes, elements, integer, tags, text
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import Relation, read_xml

RICH = ("sheetMetadata", "rdRichValue", "rdRichValueStructure")
"""The parts that lead from a cell to its rich value, by the kinds of their relationships."""
_PICTURE = "_localImage"
_IDENTIFIER = "_rvRel:LocalImageIdentifier"
_KIND = b"XLRICHVALUE"
_ANY = rb"(?:[^\s/>:!?]+:)?"
_BINDING = re.compile(rb"<%brvb(?=[\s/>])([^>]*)>" % _ANY)


class Picture(NamedTuple):
    """Where a cell's picture is found: its rich value, and its place in the list of pictures."""

    value: int
    image: int


def pictures(package: Package, related: Mapping[str, Relation]) -> dict[int, Picture]:
    """Return the pictures by the number that cells name them with (vm, from 1)."""
    parts = {relation.kind.lower(): relation.part for relation in related.values()}
    names = [parts.get(kind.lower(), "") for kind in RICH]
    if not all(name in package for name in names):
        return {}
    metadata, values, structures = (read_xml(package, name) for name in names)
    images = _images(values, structures)
    found: dict[int, Picture] = {}
    for number, value in enumerate(_values(metadata), 1):
        if value in images:
            found[number] = Picture(value, images[value])
    return found


def _values(metadata: Markup) -> list[int]:
    """The rich values by cells' numbers; -1 for metadata of another kind."""
    data, x = metadata.plain(), metadata.prefix
    kinds = [attributes(raw).get(b"name", b"") for raw in tags(x, b"metadataType").findall(data)]
    bound: list[int] = []
    for raw, content in elements(x, b"futureMetadata").findall(data):
        if attributes(raw).get(b"name") == _KIND:
            bound = [
                (integer(attributes(found[1]).get(b"i")) or 0) if (found := _BINDING.search(block)) else -1
                for _, block in elements(x, b"bk").findall(content or b"")
            ]
    section = elements(x, b"valueMetadata").search(data)
    rich: list[int] = []
    for _, block in elements(x, b"bk").findall(section[2] or b"") if section else ():
        record = tags(x, b"rc").search(block)
        of = attributes(record[1]) if record else {}
        kind, place = (integer(of.get(b"t")) or 0) - 1, integer(of.get(b"v")) or 0
        known = 0 <= kind < len(kinds) and kinds[kind] == _KIND and place < len(bound)
        rich.append(bound[place] if known else -1)
    return rich


def _images(values: Markup, structures: Markup) -> dict[int, int]:
    """The place of the picture by rich value, of those that are pictures."""
    keys = [
        [attributes(key).get(b"n", b"") for key in tags(structures.prefix, b"k").findall(content or b"")]
        if text(attributes(raw).get(b"t", b"")) == _PICTURE
        else []
        for raw, content in elements(structures.prefix, b"s").findall(structures.plain())
    ]
    found: dict[int, int] = {}
    for number, (raw, content) in enumerate(elements(values.prefix, b"rv").findall(values.plain())):
        kind = integer(attributes(raw).get(b"s"))
        names = keys[kind] if kind is not None and kind < len(keys) else []
        held = [one for _, one in elements(values.prefix, b"v").findall(content or b"")]
        if _IDENTIFIER.encode() in names and len(held) == len(names):
            image = integer(held[names.index(_IDENTIFIER.encode())])
            if image is not None:
                found[number] = image
    return found
