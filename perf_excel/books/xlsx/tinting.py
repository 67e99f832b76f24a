"""Cells tinted (着色) in a copy of a workbook: their styles get another fill, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from lxml import etree

from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import relations, workbook_part
from perf_excel.books.xlsx.trees import parse, written
from perf_excel.sheets.grid import Place, address

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

ORANGE = "FFFCD5B4"


def tinted(data: bytes, name: str, places: Mapping[str, Iterable[Place]], colour: str = ORANGE) -> bytes:
    """Return a workbook with cells that hold something filled in a colour.

    Args:
        data: the workbook.
        name: its file's name, for messages.
        places: the cells by sheet.
        colour: as ARGB.

    Raises:
        UserError: a part cannot be read as XML.
    """
    package = Package(data, name)
    main = workbook_part(package) or "xl/workbook.xml"
    related = relations(package, main)
    styles_part = next((one.part for one in related.values() if one.kind == "styles"), "")
    if styles_part not in package:
        return data
    styles = _Styles(parse(package, styles_part), colour)
    parts: dict[str, bytes] = {}
    for sheet in parse(package, main).iter("{*}sheet"):
        wanted = {address(*place) for place in places.get(sheet.get("name", ""), ())}
        relation = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        if not wanted or relation not in related:
            continue
        tree = parse(package, related[relation].part)
        for cell in tree.iter("{*}c"):
            if cell.get("r") in wanted:
                cell.set("s", str(styles.filled(int(cell.get("s", "0")))))
        parts[related[relation].part] = written(tree)
    return package.replace({**parts, styles_part: written(styles.tree)}) if parts else data


class _Styles:
    """The cell styles of a workbook, with a filled twin of each that is asked for."""

    def __init__(self, tree: Element, colour: str) -> None:
        self.tree = tree
        self._twins: dict[int, int] = {}
        fills = next(tree.iter("{*}fills"))
        fill = etree.SubElement(fills, _like(fills, "fill"))
        pattern = etree.SubElement(fill, _like(fills, "patternFill"), patternType="solid")
        etree.SubElement(pattern, _like(fills, "fgColor"), rgb=colour)
        self._fill = str(_counted(fills) - 1)

    def filled(self, style: int) -> int:
        """Return the style that looks as another one, with the fill."""
        if style not in self._twins:
            formats = next(self.tree.iter("{*}cellXfs"))
            twin = deepcopy(formats[min(style, len(formats) - 1)])
            twin.set("fillId", self._fill)
            twin.set("applyFill", "1")
            formats.append(twin)
            self._twins[style] = _counted(formats) - 1
        return self._twins[style]


def _counted(parent: Element) -> int:
    parent.set("count", str(len(parent)))
    return len(parent)


def _like(element: Element, name: str) -> str:
    """A name in an element's namespace."""
    return f"{{{etree.QName(element).namespace}}}{name}"
