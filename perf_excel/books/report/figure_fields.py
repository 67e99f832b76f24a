"""Figures of a report as content controls (内容控件): known again by a tag, whatever is typed around them.

A control's tag is ``pe:`` and the figure's key; its title says where in the form the figure stands, and is
what Word shows when the figure is clicked. What is still to be filled in (【待填：…】) is marked yellow.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from perf_excel.books.report.word_file import parent_of, put_back, stories, tag
from perf_excel.words.writing.report_facts import Block
from perf_excel.words.writing.report_figures import CONTROL, TO_FILL, Figure, bookmark_of, one_line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.text.run import CT_R
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

MARK = "\ue000{}\ue001"
"""What stands in the filled template for a figure or block; nothing of a form has such signs in it."""
_MARKED = re.compile(f"\ue000([0-9]{{1,9}})\ue001|(【{TO_FILL}[^】]{{0,200}}】)")
_FIRST = 900_000
TITLE_LENGTH = 64
"""So long may a control's title be in Word."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class PlacedFigures:
    """The figures and blocks that a template named, in the order in which it did."""

    def __init__(self, where: Callable[[Figure], str]) -> None:
        self._where = where
        self._kept: list[Figure | Block] = []
        self.used: dict[str, Figure] = {}
        self._controls = 0

    def keep(self, one: Figure | Block) -> int:
        """Keep what a mark stands for, and return its number."""
        self._kept.append(one)
        return len(self._kept) - 1

    def next_number(self) -> int:
        """Return the number of the next control; those of a template's own bookmarks are lower."""
        self._controls += 1
        return _FIRST + self._controls

    def __getitem__(self, number: int) -> Figure | Block:
        return self._kept[number]

    def title(self, figure: Figure) -> str:
        """Return what a control's title says of its figure."""
        return one_line(self._where(figure))[:TITLE_LENGTH]


def place_figures(document: Document, placed: PlacedFigures) -> tuple[str, ...]:
    """Put controls in the place of the marks of figures, and return what is still to be filled in."""
    to_fill: list[str] = []
    for part, tree in stories(document):
        for run in list(tree.iter(tag("r"))):
            if any(_MARKED.search(node.text or "") for node in run.iter(tag("t"))):
                for piece in _pieces(run, placed, to_fill):
                    run.addprevious(piece)
                parent_of(run).remove(run)
        put_back(part, tree)
    return tuple(to_fill)


def _pieces(run: Element, placed: PlacedFigures, to_fill: list[str]) -> list[Element]:
    """Return what takes a run's place: runs of plain text, controls, marked runs; all look as it did."""
    made = [_like(run)]
    for node in list(run):
        if node.tag == tag("t"):
            for text, found in _cut(node.text or ""):
                if text:
                    write_text(made[-1], text)
                if found:
                    made += [_placed(found, run, placed, to_fill), _like(run)]
        elif node.tag != tag("rPr"):
            made[-1].append(node)
    return [one for one in made if one.tag != tag("r") or any(child.tag != tag("rPr") for child in one)]


def _cut(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield the marks in a text, each with the text before it; last the text behind them."""
    at = 0
    for found in _MARKED.finditer(text):
        yield text[at : found.start()], found
        at = found.end()
    yield text[at:], None


def _placed(found: re.Match[str], run: Element, placed: PlacedFigures, to_fill: list[str]) -> Element:
    """Return what takes the place of a mark: a figure's control, or what is to be filled in, in yellow."""
    meant = placed[int(found[1])] if found[1] else None
    if isinstance(meant, Figure):
        placed.used[meant.key] = meant
        if not meant:
            to_fill.append(meant.written)
        return control(meant, placed.title(meant), _like(run), placed.next_number())
    made = _like(run)
    if found[2]:
        to_fill.append(found[2])
        write_text(made, found[2])
        set_marked(made, on=True)
    return made


def _like(run: Element) -> Element:
    """Return an empty run that looks as another."""
    made = run.makeelement(run.tag, dict(run.attrib))
    look = run.find(tag("rPr"))
    if look is not None:
        made.append(copy.deepcopy(look))
    return made


def write_text(run: Element, text: str) -> None:
    """Put text into a run, at its end."""
    node = run.makeelement(tag("t"), {_SPACE: "preserve"})
    node.text = text
    run.append(node)


def set_marked(run: Element, *, on: bool) -> None:
    """Mark a run yellow, or take the mark away."""
    from docx.enum.text import WD_COLOR_INDEX

    look = cast("CT_R", run).get_or_add_rPr()
    look.highlight_val = WD_COLOR_INDEX.YELLOW if on else None


def name_control(properties: Element, key: str, title: str) -> None:
    """Give a control its title and its tag."""
    for name, value in (("alias", title), ("tag", f"{CONTROL}{key}")):
        properties.append(properties.makeelement(tag(name), {tag("val"): value}))


def control(figure: Figure, title: str, run: Element, number: int) -> Element:
    """Return a content control that holds a figure in a run of its own, within a bookmark.

    It is no control for plain text only: LibreOffice gives the text of those another look. LibreOffice 7.4
    keeps neither title nor tag of a control when it saves, but it keeps bookmarks.
    """
    made, properties, content = (run.makeelement(tag(name)) for name in ("sdt", "sdtPr", "sdtContent"))
    look = run.find(tag("rPr"))
    if look is not None:
        properties.append(copy.deepcopy(look))
    write_text(run, one_line(figure.written))
    if not figure:
        set_marked(run, on=True)
    name_control(properties, figure.key, title)
    mark = {tag("id"): str(number)}
    named = {**mark, tag("name"): f"{bookmark_of(figure.key)}{number}"}
    content.append(run.makeelement(tag("bookmarkStart"), named))
    content.append(run)
    content.append(run.makeelement(tag("bookmarkEnd"), mark))
    made.append(properties)
    made.append(content)
    return made
