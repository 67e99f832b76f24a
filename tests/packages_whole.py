"""What in a workbook leads to nothing: parts, relationships, ids, names and references of cells."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OFFICE = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
    "{urn:schemas-microsoft-com:office:office}relid",
)
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!")
_FORMULAS = ("f", "definedName", "formula1", "formula2", "formula")


def leads_nowhere(data: bytes) -> list[str]:
    """Return a sentence for everything in a workbook that leads to nothing, or that nothing leads to."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name.lower(): package.read(name) for name in package.namelist()}
    return [*_relations(parts), *_types(parts), *_references(parts)]


def _relations(parts: dict[str, bytes]) -> Iterator[str]:
    reached = {"[content_types].xml"}
    todo = [""]
    while todo:
        part = todo.pop()
        ids = dict(_targets(parts, part))
        reached.add(_listed(part))
        for target in ids.values():
            if target and target not in parts:
                yield f"{part or 'the package'} leads to {target}, which is not there"
            elif target and target not in reached:
                reached.add(target)
                todo.append(target)
        for element, value in _names(parts.get(part, b"") if part.endswith((".xml", ".vml")) else b""):
            if value not in ids:
                yield f"{part} names {value} on {element}, which it does not lead to"
    for part in sorted(parts.keys() - reached):
        if not part.endswith("/"):
            yield f"nothing leads to {part}"


def _listed(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _targets(parts: dict[str, bytes], part: str) -> Iterator[tuple[str, str]]:
    """What a part leads to by id; nothing for what stands outside."""
    folder = posixpath.dirname(part)
    if _listed(part) in parts:
        for entry in etree.fromstring(parts[_listed(part)]).iter(RELATIONS):
            joined = posixpath.join("/", folder, unquote(entry.get("Target", "")).partition("#")[0])
            outside = entry.get("TargetMode") == "External"
            yield entry.get("Id", ""), "" if outside else posixpath.normpath(joined).lstrip("/").lower()


def _names(content: bytes) -> Iterator[tuple[str, str]]:
    """The ids that a part names, each with the element."""
    for element in etree.fromstring(content).iter() if content else ():
        for key, value in element.attrib.items():
            if str(key).startswith(_OFFICE) and value:
                yield str(element.tag), str(value)


def _types(parts: dict[str, bytes]) -> Iterator[str]:
    known: set[str] = set()
    endings: set[str] = set()
    for entry in etree.fromstring(parts["[content_types].xml"]):
        if part := entry.get("PartName", "").lstrip("/").lower():
            known.add(part)
            if part not in parts:
                yield f"a content type is that of {part}, which is not there"
        else:
            endings.add(entry.get("Extension", "").lower())
    for part in parts:
        if part not in known and part.rpartition(".")[2] not in endings and not part.endswith("/"):
            yield f"{part} has no content type"


def _references(parts: dict[str, bytes]) -> Iterator[str]:
    """Formulas and names that speak of sheets which are not there, or of other workbooks."""
    sheets: set[str] = set()
    for part, content in parts.items():
        if part.endswith("workbook.xml"):
            sheets |= {
                one.get("name", "").lower() for one in etree.fromstring(content).iter() if _is(one, "sheet")
            }
    for part, content in parts.items():
        if not part.endswith(".xml"):
            continue
        for element in etree.fromstring(content).iter():
            texts = [element.text or ""] if any(_is(element, name) for name in _FORMULAS) else []
            texts += [element.get("textlink", ""), element.get("location", "")]
            for text in texts:
                named = [(quoted or bare).replace("''", "'") for quoted, bare in _SHEET.findall(text)]
                if "#REF!" in text or "[" in text or any(one.lower() not in sheets for one in named):
                    yield f"{part} refers to {text}"
                if _is(element, "sheet") or not text:
                    continue


def _is(element: Element, name: str) -> bool:
    return isinstance(element.tag, str) and etree.QName(element).localname == name
