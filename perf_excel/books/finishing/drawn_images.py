"""Pictures in cells (单元格图片) as drawings over the cells, for programs that print an error instead."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from perf_excel.books.finishing.form_sheet import place_of
from perf_excel.books.text_lines import digit_width
from perf_excel.books.xlsx.new_relations import relate, relations_tree
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import relations, relations_part, workbook_part
from perf_excel.books.xlsx.rich_values import pictures
from perf_excel.books.xlsx.trees import children, descendants, find, local, parse, remove, written
from perf_excel.books.xlsx.zip_directory import MEGABYTE
from perf_excel.sheets.grid import Area, address, is_picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_IDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OWN = "rIdCell"
"""What the ids begin with that are added here."""
_TYPES = "[Content_Types].xml"
_KIND = "application/vnd.openxmlformats-officedocument.drawing+xml"
_PIXEL, _POINT = 9525, 12700
"""In the units of drawings."""
_EDGE = 2 * _PIXEL
_USUAL_WIDTH, _USUAL_HEIGHT = 9.0, 15.0
_IMAGE_LIMIT = 32 * MEGABYTE
_BEHIND = frozenset({
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
})  # fmt: skip
"""What stands behind the drawing in a worksheet part."""


class _Shown(NamedTuple):
    area: Area
    image: str


class Drawn(NamedTuple):
    """A workbook with its pictures drawn, and the cells whose pictures are not in it: they are empty."""

    data: bytes
    missing: tuple[str, ...] = ()


def with_images_drawn(data: bytes, name: str) -> Drawn:
    """Return a workbook whose pictures in cells lie over them as drawings; the cells themselves are empty."""
    package = Package(data, name)
    main = workbook_part(package) or "xl/workbook.xml"
    related = relations(package, main)
    named = {key: value for one in related.values() if one.kind.lower() == "cellimage"
             for key, value in _named(package, one.part).items()}  # fmt: skip
    numbered = dict(_numbered(package, main))
    missing: list[str] = []
    parts: dict[str, bytes] = {}
    types = parse(package, _TYPES)
    for number, sheet in enumerate(one.part for one in related.values() if one.kind == "worksheet"):
        tree = parse(package, sheet)
        shown = list(_take_out(tree, named, numbered))
        missing += [address(one.area.top, one.area.left) for one in shown if not one.image]
        if shown:
            parts |= _drawn(package, sheet, tree, shown, f"xl/drawings/cells{number}.xml", types)
            parts[sheet] = written(tree)
    changed = package.replace({**parts, _TYPES: written(types)}) if parts else data
    return Drawn(changed, tuple(missing))


def _named(package: Package, part: str) -> dict[str, str]:
    """WPS's pictures: the part of each by its name."""
    related = relations(package, part)
    found: dict[str, str] = {}
    for image in parse(package, part):
        names = [one.get("name", "") for one in descendants(image, "cNvPr")]
        ids = [one.get(f"{{{_IDS}}}embed", "") for one in descendants(image, "blip")]
        if names and ids and ids[0] in related and related[ids[0]].part in package:
            found[names[0]] = related[ids[0]].part
    return found


def _numbered(package: Package, main: str) -> Iterator[tuple[int, str]]:
    """Excel's pictures: the part of each by the number that cells name it with."""
    related = relations(package, main)
    listing = next((one.part for one in related.values() if one.kind.lower() == "richvaluerel"), "")
    if listing not in package:
        return
    images = relations(package, listing)
    ids = [one.get(f"{{{_IDS}}}id", "") for one in descendants(parse(package, listing), "rel")]
    for number, picture in pictures(package, related).items():
        found = images.get(ids[picture.image]) if picture.image < len(ids) else None
        if found and found.part in package:
            yield number, found.part


def _take_out(tree: Element, named: Mapping[str, str], numbered: Mapping[int, str]) -> Iterator[_Shown]:
    """Empty the cells that show pictures; yield what they show, "" where it is not there."""
    merged = {
        place_of(ref.partition(":")[0]): Area(
            *place_of(ref.partition(":")[0]), *place_of(ref.partition(":")[2])
        )
        for one in children(tree, "mergeCells", "mergeCell")
        if ":" in (ref := one.get("ref", ""))
    }
    for row in children(tree, "sheetData", "row"):
        for cell in row:
            formula, number = find(cell, "f"), cell.get("vm", "")
            text = (formula.text or "") if formula is not None else ""
            if is_picture(text):
                image = next((named[word] for word in text.split('"')[1::2] if word in named), "")
            elif number.isdigit() and int(number) in numbered:
                image = numbered[int(number)]
            else:
                continue
            remove(list(cell))
            for key in ("t", "vm", "cm"):
                cell.attrib.pop(key, None)
            place = place_of(cell.get("r", "A1"))
            yield _Shown(merged.get(place, Area(*place, *place)), image)


def _drawn(
    package: Package, sheet: str, tree: Element, shown: list[_Shown], new: str, types: Element
) -> dict[str, bytes]:
    """Put drawings on a sheet: into its own drawing, or a new one."""
    related, shown = relations(package, sheet), [one for one in shown if one.image]
    if not shown:
        return {}
    there = find(tree, "drawing")
    part = related[there.get(f"{{{_IDS}}}id", "")].part if there is not None else new
    parts: dict[str, bytes] = {}
    if there is None:
        rels = relations_tree(package, sheet)
        behind = next((one for one in tree if local(one) in _BEHIND), None)
        own = etree.Element(etree.QName(etree.QName(tree).namespace, "drawing"), nsmap={"r": _IDS})
        own.set(f"{{{_IDS}}}id", relate(rels, f"{_IDS}/drawing", f"/{part}", _OWN))
        if behind is None:
            tree.append(own)
        else:
            behind.addprevious(own)
        parts[relations_part(sheet)] = written(rels)
        space = etree.QName(types).namespace
        etree.SubElement(types, f"{{{space}}}Override", PartName=f"/{part}", ContentType=_KIND)
        drawing = etree.Element(f"{{{_DRAWING}}}wsDr", nsmap={"xdr": _DRAWING, "a": _MAIN, "r": _IDS})
    else:
        drawing = parse(package, part)
    rels = relations_tree(package, part)
    for number, one in enumerate(shown, 9001):
        drawing.append(
            _anchor(
                tree,
                one.area,
                package.read(one.image, _IMAGE_LIMIT),
                number,
                relate(rels, f"{_IDS}/image", f"/{one.image}", _OWN),
            )
        )
    return {**parts, part: written(drawing), relations_part(part): written(rels)}


def _anchor(tree: Element, area: Area, image: bytes, number: int, relation: str) -> Element:
    """A drawing in the middle of an area, as large as it can be there."""
    across, down = _across(tree, area), _down(tree, area)
    room = max(1, across - 2 * _EDGE), max(1, down - 2 * _EDGE)
    width, height = size_of(image) or room
    scale = min(room[0] / width, room[1] / height)
    size = max(1, int(width * scale)), max(1, int(height * scale))
    columns = [_across(tree, Area(1, one, 1, one)) for one in range(area.left, area.right + 1)]
    rows = [_down(tree, Area(one, 1, one, 1)) for one in range(area.top, area.bottom + 1)]
    column, aside = _within(area.left, columns, (across - size[0]) // 2)
    row, above = _within(area.top, rows, (down - size[1]) // 2)
    extent = f'cx="{size[0]}" cy="{size[1]}"'
    return etree.fromstring(
        f'<xdr:oneCellAnchor xmlns:xdr="{_DRAWING}" xmlns:a="{_MAIN}" xmlns:r="{_IDS}">'
        f"<xdr:from><xdr:col>{column - 1}</xdr:col><xdr:colOff>{aside}</xdr:colOff>"
        f"<xdr:row>{row - 1}</xdr:row><xdr:rowOff>{above}</xdr:rowOff></xdr:from>"
        f'<xdr:ext {extent}/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name="图片"/><xdr:cNvPicPr/>'
        f'</xdr:nvPicPr><xdr:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/>'
        "</xdr:oneCellAnchor>"
    )


def _within(first: int, sizes: list[int], offset: int) -> tuple[int, int]:
    """The row or column that lies so far behind the beginning of the first, and how far into it."""
    for number, size in enumerate(sizes[:-1]):
        if offset < size:
            return first + number, offset
        offset -= size
    return first + len(sizes) - 1, max(0, offset)


def _across(tree: Element, area: Area) -> int:
    digit, found = digit_width(11, latin=True), 0.0
    for column in range(area.left, area.right + 1):
        entries = (
            one.get("width")
            for one in children(tree, "cols", "col")
            if int(one.get("min", "1")) <= column <= int(one.get("max", "1"))
        )
        found += float(next(entries, None) or _USUAL_WIDTH)
    return int(found * digit * _PIXEL)


def _down(tree: Element, area: Area) -> int:
    heights = {row.get("r"): row.get("ht") for row in children(tree, "sheetData", "row")}
    rows = range(area.top, area.bottom + 1)
    return int(sum(float(heights.get(str(row)) or _USUAL_HEIGHT) for row in rows) * _POINT)


def size_of(image: bytes) -> tuple[int, int] | None:
    """Return the width and height of a picture (PNG, JPEG); None for others."""
    if image.startswith(b"\x89PNG\r\n\x1a\n") and len(image) >= 24:
        width, height = struct.unpack(">II", image[16:24])
        return (width, height) if width and height else None
    at = 2
    while image.startswith(b"\xff\xd8") and at + 9 <= len(image) and image[at] == 0xFF:
        kind, length = image[at + 1], int.from_bytes(image[at + 2 : at + 4])
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", image[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + length
    return None
