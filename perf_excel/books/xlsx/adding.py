"""A worksheet added to a workbook, or its content replaced; every other sheet and part keeps its bytes.

Three parts learn of a new sheet: the content types, the workbook and its relationships. An added sheet
comes last, so that nothing which counts sheets (defined names) has to change.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from perf_excel.books.xlsx.borrowed_style import table_style
from perf_excel.books.xlsx.markup import Markup, attributes, elements, escape, integer, tags, text
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import Relation, read_xml, relations_part
from perf_excel.books.xlsx.rule_looks import with_looks
from perf_excel.books.xlsx.zip_directory import part_key
from perf_excel.errors import UserError

TYPES = "[Content_Types].xml"
_KIND = b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_IDS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_IDS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# What may stand between the sheets and the defined names, in the order of the schema.
_BEFORE_NAMES = (b"externalReferences", b"functionGroups", b"sheets")
_STOWED = re.compile(rb"""\sstate\s{0,9}=\s{0,9}["']veryHidden["']""")


@dataclass(frozen=True, slots=True)
class Host:
    """What a new sheet has to fit: the workbook's namespace, and the id of its style for tables of text.

    ``looks`` are the numbers of the looks that its rules asked for; none where the workbook has no styles.
    """

    namespace: bytes
    style: int
    looks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Main:
    """The workbook's main part: its name, content and relationships."""

    part: str
    markup: Markup
    relations: Mapping[str, Relation]


Draw = Callable[[Host], bytes]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to add: its name, what draws its part (UTF-8) told what it has to fit, and what it needs.

    ``titles`` are the first and last row to repeat on every printed page (set when the sheet is new), None
    for a sheet that nobody prints; ``looks`` those that its conditional formatting asks for (rule_looks.py).
    A ``stowed`` sheet is new and very hidden (veryHidden): no menu of Excel lists it. One that is not stowed
    comes out when its content is replaced.
    """

    name: str
    draw: Draw
    titles: tuple[int, int] | None = None
    looks: Sequence[bytes] = ()
    stowed: bool = False


def put_sheet(package: Package, main: Main, new: Sheet) -> bytes:
    """Return the workbook with a sheet of this name: a new last one, or in place of the old content.

    Args:
        package: the workbook file.
        main: its main part.
        new: the sheet.

    Raises:
        UserError: the workbook has no list of sheets, or a sheet of this name that is no worksheet.
    """
    x = main.markup.prefix
    styles = next((one.part for one in main.relations.values() if one.kind == "styles"), None)
    style, numbers, parts = 0, (), dict[str, bytes]()
    if styles and styles in package:
        markup = read_xml(package, styles)
        style = table_style(markup)
        dressed, numbers = with_looks(markup, new.looks)
        if dressed != markup.data:
            parts[styles] = _encoded(dressed, markup)
    content = new.draw(Host(_STRICT if _is_strict(main.markup) else _MAIN, style, numbers))
    section = _sheets(main, package.name)
    listed = list(tags(x, b"sheet").finditer(main.markup.mask(), section.start(2), section.end(2)))
    for entry in listed:
        values = attributes(entry[1])
        if text(values.get(b"name", b"")) == new.name:
            related = main.relations.get(text(values.get(b"id", b"")))
            if related is None or related.kind != "worksheet":
                raise UserError(f"{package.name}：“{new.name}”不是普通工作表，请改名后重试。")
            if values.get(b"state") == b"veryHidden" and not new.stowed:
                parts[main.part] = _out(main.markup, entry)
            return package.replace({**parts, related.part: content})
    part = _free_part(package, main.part)
    rels = read_xml(package, relations_part(main.part))
    relation = _free_id(rels)
    parts |= {
        TYPES: _typed(read_xml(package, TYPES), part),
        main.part: _listed(main, package.name, new, (relation, len(listed))),
        relations_part(main.part): _related(rels, relation, main.part, part),
    }
    return package.replace({**parts, part: content})


def _is_strict(markup: Markup) -> bool:
    root = tags(markup.prefix, markup.root).search(markup.mask())
    return bool(root and _STRICT in root[1])


def _sheets(main: Main, name: str) -> re.Match[bytes]:
    found = elements(main.markup.prefix, b"sheets").search(main.markup.mask())
    if found is None or not found[2]:
        raise UserError(f"{name}：工作簿没有工作表清单，文件已损坏，请用 Excel 或 WPS 另存后重试。")
    return found


def _free_part(package: Package, main: str) -> str:
    used = {part_key(name) for name in package.names}
    folder = posixpath.join(posixpath.dirname(main), "worksheets")
    names = (f"{folder}/sheet{number}.xml" for number in itertools.count(1))
    return next(name for name in names if part_key(name) not in used)


def _free_id(rels: Markup) -> str:
    raws = tags(rels.prefix, b"Relationship").findall(rels.data)
    used = {text(attributes(raw).get(b"Id", b"")) for raw in raws}
    return next(name for number in itertools.count(1) if (name := f"rId{number}") not in used)


def _typed(types: Markup, part: str) -> bytes:
    entry = b'<%bOverride PartName="/%b" ContentType="%b"/>' % (types.prefix, part.encode(), _KIND)
    return _before_end(types, b"Types", entry)


def _related(rels: Markup, relation: str, main: str, part: str) -> bytes:
    kinds = (
        attributes(raw).get(b"Type", b"") for raw in tags(rels.prefix, b"Relationship").findall(rels.data)
    )
    kind = next(kind for kind in kinds if kind.endswith(b"/worksheet"))
    target = posixpath.relpath(part, posixpath.dirname(main) or ".")
    entry = b'<%bRelationship Id="%b" Type="%b" Target="%b"/>' % (
        rels.prefix, relation.encode(), kind, target.encode(),
    )  # fmt: skip
    return _before_end(rels, b"Relationships", entry)


def _out(main: Markup, entry: re.Match[bytes]) -> bytes:
    """The main part with a sheet that was stowed away in the open."""
    tag = _STOWED.sub(b"", main.data[entry.start() : entry.end()])
    return _encoded(main.data[: entry.start()] + tag + main.data[entry.end() :], main)


def _listed(main: Main, name: str, new: Sheet, at_end: tuple[str, int]) -> bytes:
    """The main part with the sheet at the end of the list, and the rows that its pages repeat."""
    relation, index = at_end
    x = main.markup.prefix
    section = _sheets(main, name)
    raws: list[bytes] = tags(x, b"sheet").findall(section[2])
    taken = [integer(attributes(raw).get(b"sheetId")) or 0 for raw in raws]
    # The prefix is declared in place: programs differ in where they declare theirs.
    space = _STRICT_IDS if _is_strict(main.markup) else _IDS
    state = b' state="veryHidden"' if new.stowed else b""
    entry = b'<%bsheet xmlns:r="%b" name="%b" sheetId="%d"%b r:id="%b"/>' % (
        x, space, _quoted(new.name), max(taken, default=0) + 1, state, relation.encode(),
    )  # fmt: skip
    at = section.end(2)
    if new.titles is None:
        data = main.markup.data
        return _encoded(data[:at] + entry + data[at:], main.markup)
    first, last = new.titles
    rows = f"'{new.name.replace(chr(39), chr(39) * 2)}'!${first}:${last}"
    title = b'<%bdefinedName name="_xlnm.Print_Titles" localSheetId="%d">%b</%bdefinedName>' % (
        x, index, escape(rows), x,
    )  # fmt: skip
    named = _with_name(main.markup, title)
    # The names stand behind the sheets: inserting first there keeps the earlier place right.
    return _encoded(named[:at] + entry + named[at:], main.markup)


def _with_name(markup: Markup, entry: bytes) -> bytes:
    data, mask, x = markup.data, markup.mask(), markup.prefix
    found = elements(x, b"definedNames").search(mask)
    if found is not None and found[2] is not None:
        return data[: found.end(2)] + entry + data[found.end(2) :]
    if found is not None:
        return data[: found.start()] + _wrapped(x, entry) + data[found.end() :]
    at = next(place.end() for name in _BEFORE_NAMES if (place := elements(x, name).search(mask)))
    return data[:at] + _wrapped(x, entry) + data[at:]


def _wrapped(prefix: bytes, entry: bytes) -> bytes:
    return b"<%bdefinedNames>%b</%bdefinedNames>" % (prefix, entry, prefix)


def _quoted(name: str) -> bytes:
    return escape(name).replace(b'"', b"&quot;")


def _before_end(markup: Markup, root: bytes, entry: bytes) -> bytes:
    at = markup.mask().rindex(b"</" + markup.prefix + root)
    return _encoded(markup.data[:at] + entry + markup.data[at:], markup)


def _encoded(data: bytes, markup: Markup) -> bytes:
    return data if markup.encoding == "utf-8" else data.decode().encode(markup.encoding)
