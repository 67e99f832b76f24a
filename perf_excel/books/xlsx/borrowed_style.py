"""Cell styles (单元格样式) that a workbook has already, told by how they look: a new sheet can borrow one."""

from __future__ import annotations

import re

from perf_excel.books.xlsx.markup import Markup, attributes, elements, integer, tags

_EDGES = (b"left", b"right", b"top", b"bottom")
_PLAIN_FORMATS = frozenset({0, 49})
_LARGEST_TYPE = 12.0


def table_style(markup: Markup) -> int:
    """Return the id of the style that suits a table of text best: wrapped, thin lines around, plain type.

    Without any that wraps, 0: the workbook's own plain style.
    """
    data, x = markup.plain(), markup.prefix
    section = elements(x, b"cellXfs").search(data)
    if section is None or not section[2]:
        return 0
    fonts = [_is_plain(font, x) for font in _inside(data, x, b"fonts", b"font")]
    lined = [_is_lined(border, x) for border in _inside(data, x, b"borders", b"border")]
    best, found = 0, 0
    for number, (raw, content) in enumerate(elements(x, b"xf").findall(section[2])):
        values, inner = attributes(raw), content or b""
        alignment = tags(x, b"alignment").search(inner)
        placed = attributes(alignment[1]) if alignment else {}
        if placed.get(b"wrapText") not in {b"1", b"true"} or placed.get(b"textRotation", b"0") != b"0":
            continue
        if integer(values.get(b"fillId")) or not _of(fonts, values.get(b"fontId")):
            continue
        points = 1 + 4 * _of(lined, values.get(b"borderId"))
        points += 2 * (placed.get(b"horizontal", b"general") in {b"general", b"left"})
        points += integer(values.get(b"numFmtId")) in _PLAIN_FORMATS
        if points > found:
            best, found = number, points
    return best


def _inside(data: bytes, prefix: bytes, section: bytes, name: bytes) -> list[bytes]:
    found = elements(prefix, section).search(data)
    return [content or b"" for _, content in elements(prefix, name).findall(found[2] or b"")] if found else []


def _of(known: list[bool], raw: bytes | None) -> bool:
    number = integer(raw) or 0
    return number < len(known) and known[number]


def _is_plain(font: bytes, prefix: bytes) -> bool:
    size = tags(prefix, b"sz").search(font)
    value = attributes(size[1]).get(b"val", b"11") if size else b"11"
    small = bool(re.fullmatch(rb"[0-9]{1,3}(\.[0-9]+)?", value)) and float(value) <= _LARGEST_TYPE
    decorated = re.search(rb"<%b(?:b|i|u|strike)[\s/>]" % re.escape(prefix), font)
    color = tags(prefix, b"color").search(font)
    shade = attributes(color[1]) if color else {}
    dark = not shade or shade.get(b"theme") == b"1" or shade.get(b"rgb", b"")[-6:] == b"000000"
    return small and not decorated and (dark or b"indexed" in shade or b"auto" in shade)


def _is_lined(border: bytes, prefix: bytes) -> bool:
    return all(
        (edge := tags(prefix, name).search(border)) and attributes(edge[1]).get(b"style", b"none") != b"none"
        for name in _EDGES
    )
