"""The figures' controls (内容控件) of a report that this program wrote, as they are read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from perf_excel.words.manuscript import Mark
from perf_excel.words.writing.report_figures import CONTROL

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_OURS = re.compile(r"pe_[0-9a-f]{12}_")
_WHITE = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""What python-docx takes these for in the text of a run."""


def paragraph_marks(words: BaseOxmlElement, number: int, text: str) -> Iterator[Mark]:
    """Yield the controls of a paragraph, in the text that it was read as."""
    at = 0
    found: list[tuple[str, int, int]] = []

    def walk(element: BaseOxmlElement) -> None:
        nonlocal at
        start = at
        for child in element:
            kind = _kind(child)
            if kind == "t":
                at += len(child.text or "")
            elif kind in _WHITE:
                at += 1
            elif kind not in ("del", "sdtPr", "rPr", "pPr"):
                walk(child)
        if _kind(element) == "sdt" and (key := key_of_control(element)):
            found.append((key, start, at))

    walk(words)
    if at == len(text):  # else some sign was read in another way, and the places are not certain
        yield from (Mark(key, number, text, start, end) for key, start, end in found if end > start)


def cell_marks(table: BaseOxmlElement, number: int, table_number: int) -> Iterator[Mark]:
    """Yield the controls of a table, each in the text of its cell."""
    rows = [child for child in table.iter() if _kind(child) == "tr"]
    for at, row in enumerate(rows, 1):
        cells = [child for child in row.iter() if _kind(child) == "tc"]
        for column, cell in enumerate(cells, 1):
            place = f"表格{table_number}第{at}行第{column}列"
            for control in cell.iter():
                key = key_of_control(control) if _kind(control) == "sdt" else ""
                text = "".join(piece.text or "" for piece in control.iter() if _kind(piece) == "t")
                if key and text:
                    yield Mark(key, number, text, 0, len(text), place)


def key_of_control(control: BaseOxmlElement) -> str:
    """Return the key of a figure's control, or the beginning of its bookmark; empty for any other control."""
    for element in control.iter():
        kind = _kind(element)
        if kind == "tag" and (key := _attribute(element, "val")).startswith(CONTROL):
            return key.removeprefix(CONTROL)
        if kind == "bookmarkStart" and (found := _OURS.match(_attribute(element, "name"))):
            return found[0]
    return ""


def _attribute(element: BaseOxmlElement, name: str) -> str:
    return next((value for key, value in element.attrib.items() if str(key).endswith(f"}}{name}")), "")


def _kind(element: BaseOxmlElement) -> str:
    return str(element.tag).rpartition("}")[2]
