"""Charts (图表) on a form: what they show of sheets that go stands in them as plain values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

from perf_excel.books.finishing.references import leads_only_to, references
from perf_excel.books.xlsx.trees import descendants, find, local, remove
from perf_excel.sheets.grid import Area, Value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

Look = Callable[[str, Area], list[Value] | None]
"""Returns the values of an area of a sheet, row by row; None where it cannot be read."""

_LITERALS = {"numRef": ("numCache", "numLit"), "strRef": ("strCache", "strLit")}
_LABELS = frozenset({"cat", "xVal", "tx"})
_MOST = 10_000
"""Points that a chart takes over from a sheet that goes."""


def made_independent(chart: Element, sheets: Collection[str], look: Look) -> bool:
    """Turn what a chart takes from other sheets into plain values; False where that cannot be done."""
    remove(descendants(chart, "pivotSource", "externalData"))
    # What an extension names a second time (series filtered out, ranges of labels) goes with it.
    remove(one for one in descendants(chart, "extLst") if any(_foreign(one, sheets)))
    if "chartex" in (etree.QName(chart).namespace or ""):
        return not any(_foreign(chart, sheets))
    return all(_literal(formula, look) for formula in list(_foreign(chart, sheets)))


def _foreign(tree: Element, sheets: Collection[str]) -> Iterator[Element]:
    for formula in descendants(tree, "f", "sqref"):
        if not leads_only_to(formula.text or "", sheets):
            yield formula


def _literal(formula: Element, look: Look) -> bool:
    """Put plain values in place of a reference."""
    reference = formula.getparent()
    if reference is None:
        return False
    if local(reference) == "multiLvlStrRef":
        return _first_level(reference)
    if local(reference) not in _LITERALS:
        return False
    cached, name = _LITERALS[local(reference)]
    cache = find(reference, cached)
    if cache is None or find(cache, "pt") is None:
        values = _looked_up(formula.text or "", look)
        if values is None:
            return False
        cache, name = _points(reference, values)
    parent = reference.getparent()
    if parent is None:
        return False
    space = etree.QName(reference).namespace
    if local(parent) == "tx":  # of a title nothing but the text: there is no literal
        title = etree.Element(f"{{{space}}}v")
        title.text = "".join(cache.itertext()).strip()
        parent.replace(reference, title)
        return True
    literal = etree.Element(f"{{{space}}}{name}")
    literal.extend(list(cache))
    parent.replace(reference, literal)
    return True


def _first_level(reference: Element) -> bool:
    """Of labels in several levels the innermost: a chart has no literal of more."""
    cache, parent = find(reference, "multiLvlStrCache"), reference.getparent()
    level = None if cache is None else find(cache, "lvl")
    if cache is None or level is None or parent is None:
        return False
    literal = etree.Element(f"{{{etree.QName(reference).namespace}}}strLit")
    count = find(cache, "ptCount")
    literal.extend([*([] if count is None else [count]), *list(level)])
    parent.replace(reference, literal)
    return True


def _looked_up(formula: str, look: Look) -> list[Value] | None:
    """The values of a plain reference, read from the workbook: the program that wrote it kept none."""
    values: list[Value] = []
    for sheet, area in references(formula) or ():
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1) if area else _MOST + 1
        if area is None or not 0 < size <= _MOST - len(values):
            return None
        found = look(sheet, area)
        if found is None:
            return None
        values += found
    return values or None


def _points(reference: Element, values: list[Value]) -> tuple[Element, str]:
    """Points as a chart writes them. Labels that are texts stay texts; a text among amounts is no point."""
    space = etree.QName(reference).namespace
    parent = reference.getparent()
    labels = parent is not None and local(parent) in _LABELS
    texts = labels and any(isinstance(value, str) for value in values)
    cache = etree.Element(f"{{{space}}}cache")
    etree.SubElement(cache, f"{{{space}}}ptCount", val=str(len(values)))
    for index, value in enumerate(values):
        if isinstance(value, Decimal) or (labels and value is not None):
            point = etree.SubElement(cache, f"{{{space}}}pt", idx=str(index))
            etree.SubElement(point, f"{{{space}}}v").text = str(value)
    return cache, "strLit" if texts or local(reference) == "strRef" else "numLit"
