"""Parts that go out of a workbook (删去的部件): what else mentions them, without them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from perf_excel.books.xlsx.markup import Markup, attributes, tags, text
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import read_xml, relations, relations_part
from perf_excel.books.xlsx.splicing import Splice, encoded, spliced
from perf_excel.books.xlsx.zip_directory import part_key

_TYPES = "[Content_Types].xml"


def forgotten(package: Package, main: str, gone: Collection[str]) -> dict[str, bytes]:
    """Return the content types and the main part's relationships without some of the parts it relates to."""
    keys = {part_key(part) for part in gone}
    found = relations(package, main).items()
    ids = {key.lower() for key, relation in found if relation.part in gone}
    rels = relations_part(main)
    types, related = read_xml(package, _TYPES), read_xml(package, rels)
    changed = {
        _TYPES: (types, list(_without(types, b"Override", b"PartName", keys))),
        rels: (related, list(_without(related, b"Relationship", b"Id", ids))),
    }
    return {
        part: encoded(spliced(markup.data, splices), markup.encoding)
        for part, (markup, splices) in changed.items()
        if splices
    }


def _without(markup: Markup, name: bytes, attribute: bytes, gone: set[str]) -> Iterator[Splice]:
    for match in tags(markup.prefix, name).finditer(markup.mask()):
        value = text(attributes(match[1]).get(attribute, b"")).lower().lstrip("/")
        if value in gone and match[0].endswith(b"/>"):
            yield *match.span(), b""
