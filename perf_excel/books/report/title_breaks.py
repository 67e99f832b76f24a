"""Where the lines of a report's title end (标题回行): alike in length, and not within a word.

Left to itself a title fills its first line, and a last word (报告) may stand alone below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from perf_excel.books.report.word_file import parent_of, tag

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.paragraph import CT_P
    from docx.section import Section
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_TITLE = re.compile(r"\S.*报告\s*", re.DOTALL)
_PARTS = re.compile(
    "(?<=年度)|(?<=委员会)|(?<=人民政府)|(?<=[)）])|(?=[(（])"
    "|(?=部门整体|项目支出|绩效评价)|(?<!部门)(?=整体支出)|(?=绩效(?!评价))|(?<!绩效)(?=自评)"
)
"""Where one part of a title ends and the next begins."""
_WORDS = re.compile("(?<=[省市县区局厅院])(?=[^局部省市县区的])|(?=工程|补助|资金|经费)")
"""Where a word may end within a part, outside brackets."""
_WITHIN = re.compile(r"[0-9A-Za-z.%]{2}|.[)）」』》”、，。：]|[(（「『《“].|报告")
"""Two signs between which no line ends."""
_LATIN = 0x2E80
_LONGEST = 200
"""Signs of a title: a longer paragraph is none."""
_BROKEN_WORD, _BROKEN_PART, _FURTHER_LINE = 12.0, 3.0, 3.0
"""How many signs of difference between lines are as bad as an end in a word, in a part, and a line more."""


def break_titles(document: Document) -> None:
    """End the lines of titles longer than a line: centred paragraphs of the body that name a report."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for node, width in _paragraphs(document):
        text = "".join(one.text or "" for one in node.iter(tag("t")))
        if not _TITLE.fullmatch(text) or next(node.iter(tag("br")), None) is not None:
            continue
        alignment, size = _look(node, document)
        if size and alignment == WD_ALIGN_PARAGRAPH.CENTER and len(text) <= _LONGEST:
            _break(node, line_ends(text, width / size))


def line_ends(title: str, room: float) -> tuple[int, ...]:
    """Return where the lines of a title end, as places in it; nothing where it is one line.

    Args:
        title: its text.
        room: how many Chinese signs a line holds.
    """
    lengths = [_length(sign) for sign in title]
    least = int(-(-sum(lengths) // max(room, 1.0)))
    if least < 2 or least >= len(title):
        return ()
    ways = [
        (worth + extra * _FURTHER_LINE, ends)
        for extra in (0, 1)
        for worth, ends in _ways(title, least + extra, room)
    ]
    return min(ways, default=(0.0, ()))[1]


def _length(sign: str) -> float:
    return 1.0 if ord(sign) >= _LATIN else 0.55


def _prices(title: str) -> dict[int, float]:
    """Return what it costs to end a line, by the places where one may end."""
    parts = {found.start() for found in _PARTS.finditer(title)}
    words = {found.start() for found in _WORDS.finditer(title)}
    prices: dict[int, float] = {}
    depth = 0
    for at, sign in enumerate(title[:-1], 1):
        depth += (sign in "(（") - (sign in ")）")
        if not _WITHIN.fullmatch(title[at - 1 : at + 1]):
            word = _BROKEN_PART if at in words and not depth else _BROKEN_WORD
            prices[at] = 0.0 if at in parts else word
    return prices


def _ways(title: str, lines: int, room: float) -> Iterator[tuple[float, tuple[int, ...]]]:
    """Yield the best way to write a title in so many lines, if there is any, with what it costs."""
    before = [0.0]
    for sign in title:
        before.append(before[-1] + _length(sign))
    even, prices = before[-1] / lines, _prices(title) | {len(title): 0.0}
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, lines + 1):
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in [len(title)] if number == lines else prices:
            ways = [
                (worth + abs(before[end] - before[start] - even) + prices[end], (*ends, end))
                for start, (worth, ends) in best.items()
                if start < end and before[end] - before[start] <= room
            ]
            if ways:
                found[end] = min(ways)
        best = found
    yield from ((worth, ends[:-1]) for worth, ends in best.values())


def _paragraphs(document: Document) -> Iterator[tuple[Element, float]]:
    """Yield the paragraphs of the body, each with the width of the text on its pages."""
    widths, at = [_width(section) for section in document.sections], 0
    for node in cast("Element", document.element).iterfind(f"{tag('body')}/{tag('p')}"):
        width = widths[min(at, len(widths) - 1)] if widths else None
        if width:
            yield node, width
        at += next(node.iter(tag("sectPr")), None) is not None


def _unreadable() -> tuple[type[Exception], ...]:
    """What python-docx raises of values that it does not know: a template comes from anybody."""
    from docx.oxml.exceptions import InvalidXmlError

    return InvalidXmlError, ValueError, KeyError, TypeError, AttributeError


def _width(section: Section) -> float | None:
    with suppress(*_unreadable()):
        whole, left, right = section.page_width, section.left_margin, section.right_margin
        return None if whole is None else float(whole - (left or 0) - (right or 0))
    return None


def _look(node: Element, document: Document) -> tuple[object, float | None]:
    """Return how a paragraph is aligned, and how large its letters are."""
    from docx.text.paragraph import Paragraph

    paragraph: Any = Paragraph(cast("CT_P", node), document)
    with suppress(*_unreadable()):
        style, own = paragraph.style, paragraph.alignment
        return style.paragraph_format.alignment if own is None else own, style.font.size
    return None, None


def _break(paragraph: Element, ends: tuple[int, ...]) -> None:
    """Put a break of the line into the runs of a paragraph at places of its text."""
    for end in reversed(ends):
        at = 0
        for node in list(paragraph.iter(tag("t"))):
            text = node.text or ""
            if at <= end < at + len(text):
                _break_at(node, end - at)
                break
            at += len(text)


def _break_at(node: Element, place: int) -> None:
    text, run = node.text or "", parent_of(node)
    line = run.makeelement(tag("br"), {})
    if not place:
        node.addprevious(line)
        return
    rest = run.makeelement(tag("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    node.text, rest.text = text[:place], text[place:]
    node.addnext(line)
    line.addnext(rest)
