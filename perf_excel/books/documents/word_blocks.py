"""A Word document as blocks (段落和表格), in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from perf_excel.books.documents.word_text import Shown, W, child, gather, is_on, local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_AROUND = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice")
)
"""Elements that stand around others and show nothing themselves."""


class Block(NamedTuple):
    """A paragraph, or a table where ``table`` is set."""

    shown: Shown
    table: Element | None = None
    new_page: bool = False
    """Whether it begins a page or section."""
    paragraph: Element | None = None


def within(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of a name, also those with something around them (内容控件、修订)."""
    for part in element:
        kind = local(part)
        if kind == name:
            yield part
        elif kind in _AROUND:
            yield from within(part, name)


def blocks(container: Element) -> Iterator[Block]:
    """Yield the blocks of a body or cell; a table of one cell is a frame, and its content stands for it."""
    new_page = False
    for part in _parts(container):
        if local(part) == "tbl":
            inside = only_cell(part)
            if inside is None:
                yield Block(Shown(), part, new_page)
            else:
                yield from blocks(inside)
            new_page = False
            continue
        shown = Shown()
        gather(part, shown)
        begins = new_page or shown.new_page or is_on(child(part, "pPr", "pageBreakBefore"))
        yield Block(shown, None, begins, part)
        new_page = child(part, "pPr", "sectPr") is not None
        for box in _boxes(part):
            yield Block(Shown(), box)


def only_cell(table: Element) -> Element | None:
    """Return the cell of a table that has but one."""
    cells = [cell for row in within(table, "tr") for cell in within(row, "tc")]
    return cells[0] if len(cells) == 1 else None


def _parts(container: Element) -> Iterator[Element]:
    for part in container:
        kind = local(part)
        if kind in ("p", "tbl"):
            yield part
        elif kind in _AROUND:
            yield from _parts(part)


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The tables in a paragraph's text boxes, each once: a box may stand there again for older programs."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(local(above) == "Fallback" for above in box.iterancestors()):
            yield from within(box, "tbl")
