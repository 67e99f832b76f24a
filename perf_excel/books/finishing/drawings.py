"""Drawings (绘图) on a form: pictures and shapes stay; buttons, controls and slicers have nothing to do."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from perf_excel.books.finishing.references import leads_only_to
from perf_excel.books.finishing.severing import ANCHORS, take_out
from perf_excel.books.vba.buttons import is_ours
from perf_excel.books.xlsx.trees import descendants, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_SLICERS = ("slicer", "timeslicer")


def still(drawing: Element, sheets: Collection[str]) -> list[str]:
    """Take out what only works in the workbook that it was drawn in; return the names of what is missed.

    Controls are counted where the sheet lists them.
    """
    gone: list[str] = []
    for anchor in descendants(drawing, *ANCHORS):
        if any(is_ours(one) or local(one) == "compatExt" for one in anchor.iter()):
            take_out(anchor)
        elif any(map(_is_slicer, anchor.iter())):
            gone += take_out(anchor)
    for shape in drawing.iter():
        if not isinstance(shape.tag, str):
            continue
        if shape.get("macro"):
            shape.set("macro", "")
        if (linked := shape.get("textlink")) and not leads_only_to(linked, sheets):
            del shape.attrib["textlink"]  # the text that it showed stays
    return gone


def _is_slicer(element: Element) -> bool:
    return local(element) == "graphicData" and element.get("uri", "").rpartition("/")[2] in _SLICERS
