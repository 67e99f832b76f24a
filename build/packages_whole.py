"""What in a workbook leads to nothing, or is led to by nothing (部件、关系、名称、公式).

It shares no code with the program, and serves the tests and the command `corpus`.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

TYPES = "[content_types].xml"
_OFFICE = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
    "{urn:schemas-microsoft-com:office:office}relid",
)
_BY_ITSELF = ("xml", "rels")
"""Endings whose default content type every package states."""
_TEXT = re.compile(r'"[^"]*"')
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!")
_NAME = re.compile(r"(?<![\w.!$'])[^\W\d][\w.]*(?![\w.]*[(!'\[:])")
_PLACE = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}|[A-Z]{1,3}|TRUE|FALSE", re.IGNORECASE)
_FORMULAS = frozenset({"f", "definedName", "formula1", "formula2", "formula", "calculatedColumnFormula"})
_REFERENCES = ("textlink", "location", "fmlaLink", "fmlaRange", "sheet")


def leads_nowhere(data: bytes) -> list[str]:
    """Return a sentence for everything in a workbook that leads to nothing, or that nothing leads to."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name.lower(): package.read(name) for name in package.namelist() if not name.endswith("/")}
    trees = {
        part: etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
        for part, content in parts.items()
        if part.endswith((".xml", ".vml", ".rels"))
    }
    return [
        *_relations(parts, trees),
        *_types(parts, trees[TYPES]),
        *_references(trees),
        *_scopes(trees),
        *_strings(trees),
        *_styles(trees),
    ]


def _relations(parts: Mapping[str, bytes], trees: Mapping[str, Element]) -> Iterator[str]:
    reached = {TYPES}
    todo = [""]
    while todo:
        part = todo.pop()
        ids = dict(_targets(trees, part))
        reached.add(_listed(part))
        for target in ids.values():
            if target and target not in parts:
                yield f"{part or 'the package'} leads to {target}, which is not there"
            elif target and target not in reached:
                reached.add(target)
                todo.append(target)
        for element, value in _ids(trees.get(part)):
            if value not in ids:
                yield f"{part} names {value} on {element}, which it does not lead to"
    yield from (f"nothing leads to {part}" for part in sorted(parts.keys() - reached))


def _listed(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _targets(trees: Mapping[str, Element], part: str) -> Iterator[tuple[str, str]]:
    """What a part leads to by id; nothing for what stands outside, or is a place in the workbook."""
    folder = posixpath.dirname(part)
    for entry in trees.get(_listed(part), ()):
        path = unquote(entry.get("Target", "")).partition("#")[0]
        outside = entry.get("TargetMode") == "External" or not path
        joined = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/").lower()
        yield entry.get("Id", ""), "" if outside else joined


def _ids(tree: Element | None) -> Iterator[tuple[str, str]]:
    """The ids that a part names, each with the element."""
    for element in tree.iter() if tree is not None else ():
        for key, value in element.attrib.items():
            if str(key).startswith(_OFFICE) and value:
                yield _local(element), str(value)


def _types(parts: Mapping[str, bytes], types: Element) -> Iterator[str]:
    known = {entry.get("PartName", "").lstrip("/").lower() for entry in types if _local(entry) == "Override"}
    endings = {entry.get("Extension", "").lower() for entry in types if _local(entry) == "Default"}
    yield from (
        f"a content type is that of {part}, which is not there" for part in sorted(known - parts.keys())
    )
    used = {part.rpartition(".")[2] for part in parts.keys() - known - {TYPES}}
    yield from (f"a part .{ending} has no content type" for ending in sorted(used - endings))
    unused = endings - used - {*_BY_ITSELF}
    yield from (f"a content type is that of .{ending}, and no part is" for ending in sorted(unused))


def _references(trees: Mapping[str, Element]) -> Iterator[str]:
    """Formulas and names that speak of sheets or names which are not there, or of other workbooks."""
    book = _book(trees)
    sheets = {one.get("name", "").lower() for one in _all(book, "sheet")}
    names = {one.get("name", "").lower() for one in _all(book, "definedName")}
    names |= {
        one.get("displayName", "").lower()
        for tree in trees.values()
        if _local(tree) == "table"
        for one in [tree]
    }
    for part, tree in trees.items():
        for element in tree.iter():
            own = element.text or "" if _local(element) in _FORMULAS else ""
            for text in (own, *(element.get(key, "") for key in _REFERENCES)):
                if text and not _leads_on(text, sheets, names):
                    yield f"{part} refers to {text}"


def _leads_on(text: str, sheets: set[str], names: set[str]) -> bool:
    rest = _TEXT.sub("", text)
    if rest.lower() in sheets:
        return True
    named = [(quoted or bare).replace("''", "'").lower() for quoted, bare in _SHEET.findall(rest)]
    words = _NAME.findall(_SHEET.sub("", rest))
    return not (
        "#REF!" in text
        or "[" in rest
        or set(named) - sheets
        or any(word.lower() not in names and not _PLACE.fullmatch(word) for word in words)
    )


def _scopes(trees: Mapping[str, Element]) -> Iterator[str]:
    """Names and views that belong to a sheet by its number."""
    book = _book(trees)
    count = len(_all(book, "sheet"))
    for one in _all(book, "definedName"):
        if not 0 <= int(one.get("localSheetId", "0")) < count:
            yield f"the name {one.get('name')} belongs to a sheet that is not there"
    for view in _all(book, "workbookView"):
        if int(view.get("activeTab", "0")) >= count:
            yield "the sheet in front is not there"


def _strings(trees: Mapping[str, Element]) -> Iterator[str]:
    """Shared strings that no cell uses, and cells that use none."""
    kept = {
        number for tree in trees.values() if _local(tree) == "sst" for number in range(len(_all(tree, "si")))
    }
    asked = {
        int("".join(value.text or "" for value in cell if _local(value) == "v"))
        for tree in trees.values()
        if _local(tree) == "worksheet"
        for cell in _all(tree, "c")
        if cell.get("t") == "s" and len(cell)
    }
    yield from (f"no cell uses the shared string {number}" for number in sorted(kept - asked))
    yield from (
        f"a cell uses the shared string {number}, which is not there" for number in sorted(asked - kept)
    )


def _styles(trees: Mapping[str, Element]) -> Iterator[str]:
    """Cells of a style that is not there."""
    styles = next((tree for tree in trees.values() if _local(tree) == "styleSheet"), None)
    formats = next(iter(_all(styles, "cellXfs")), None)
    count = 1 if formats is None else len(formats)
    for part, tree in trees.items():
        for cell in _all(tree, "c") if _local(tree) == "worksheet" else ():
            if int(cell.get("s", "0")) >= count:
                yield f"{part}, {cell.get('r')} has a style that is not there"


def _book(trees: Mapping[str, Element]) -> Element | None:
    return next((tree for tree in trees.values() if _local(tree) == "workbook"), None)


def _all(tree: Element | None, name: str) -> list[Element]:
    return [] if tree is None else list(tree.iter(f"{{*}}{name}"))


def _local(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
