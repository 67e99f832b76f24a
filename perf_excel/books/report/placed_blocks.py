"""Tables and the picture of a report put where the template names them (表和图)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from perf_excel.books.report.drawn_tables import drawn_table
from perf_excel.books.report.figure_fields import MARK, PlacedFigures
from perf_excel.books.report.score_chart import chart_paragraph
from perf_excel.books.report.word_file import parent_of, put_back, stories, tag
from perf_excel.words.writing.report_facts import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_MARKED = re.compile("\ue000([0-9]{1,9})\ue001")
_PAGE = 11_906 - 1_588 - 1_474
"""Width of a page's text in twips, where the section does not say."""


def place_blocks(document: Document, placed: PlacedFigures) -> None:
    """Put what a block is behind the paragraph that names it, which is dropped if nothing else is in it.

    In headers and footers a block has no place: its mark is taken out.
    """
    body = cast("Element", document.element)
    for paragraph in list(body.iter(tag("p"))):
        blocks = list(_taken_out(paragraph, placed))
        if not blocks:
            continue
        last: Element = paragraph
        width = _width(paragraph)
        for element in (made for block in blocks for made in _drawn(document, block, placed, width)):
            last.addnext(element)
            last = element
        _drop_if_empty(paragraph, last)
    for part, tree in stories(document):
        if part is not document.part:
            for paragraph in tree.iter(tag("p")):
                list(_taken_out(paragraph, placed))
            put_back(part, tree)


def _taken_out(paragraph: Element, placed: PlacedFigures) -> Iterator[Block]:
    """Yield the blocks that a paragraph names, and take their marks out of it."""
    for node in paragraph.iter(tag("t")):
        text = node.text or ""
        for found in _MARKED.finditer(text):
            meant = placed[int(found[1])]
            if isinstance(meant, Block):
                node.text = (node.text or "").replace(MARK.format(found[1]), "")
                yield meant


def _drawn(document: Document, block: Block, placed: PlacedFigures, width: int) -> Iterator[Element]:
    if block.kind == "chart" and block:
        yield chart_paragraph(document, block, width)
    for table in block.tables:
        yield from drawn_table(table, placed, width)


def _drop_if_empty(paragraph: Element, last: Element) -> None:
    """Remove a paragraph without text; one with which a section ends goes behind what was put in."""
    said = "".join(node.text or "" for node in paragraph.iter(tag("t"))).strip()
    holder = parent_of(paragraph)
    if next(paragraph.iter(tag("sectPr")), None) is not None:
        if last is not paragraph:
            last.addnext(paragraph)
    # A cell of a table ends with a paragraph, be it empty.
    elif not said and not (holder.tag == tag("tc") and holder[-1] in (paragraph, last)):
        holder.remove(paragraph)


def _width(paragraph: Element) -> int:
    """Return the width of the text on the page where a paragraph stands, in twips."""
    at: Element | None = paragraph
    section = None
    while at is not None and section is None:
        section = next(at.iter(tag("sectPr")), None)
        at = at.getnext() if parent_of(at).tag == tag("body") else parent_of(at)
    if section is None:
        return _PAGE
    size, margins = section.find(tag("pgSz")), section.find(tag("pgMar"))
    if size is None or margins is None:
        return _PAGE
    numbers = [node.get(tag(name), "") for node, name in ((size, "w"), (margins, "left"), (margins, "right"))]
    if not all(number.isascii() and number.isdecimal() for number in numbers):
        return _PAGE
    whole, left, right = map(int, numbers)
    return max(whole - left - right, 2000)
