"""A report's figures brought up to date (更新数字): those in its controls, and nothing that was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perf_excel.books.report.figure_fields import (
    TITLE_LENGTH,
    name_control,
    set_marked,
    write_text,
)
from perf_excel.books.report.score_chart import charts_of, redrawn
from perf_excel.books.report.word_file import opened, parent_of, put_back, saved, stories, tag
from perf_excel.errors import UserError
from perf_excel.words.writing.report_facts import Block
from perf_excel.words.writing.report_figures import CONTROL, TO_FILL, Figure, bookmark_of, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_OURS = re.compile(r"pe_[0-9a-f]{12}_")


@dataclass(frozen=True)
class Change:
    """A figure that was brought up to date, and in how many places."""

    label: str
    old: str
    new: str
    places: int = 1


@dataclass(frozen=True)
class Refreshed:
    """A report brought up to date.

    ``agreeing`` is how many figures already were; ``stale`` those that the form no longer has, as the report
    still says them; ``emptied`` those whose text the clerk deleted; ``keys`` all that stand in the report.
    ``pictures`` is how many pictures were drawn anew, of those that are ``known_pictures``.
    """

    data: bytes
    changes: tuple[Change, ...]
    agreeing: int
    stale: tuple[str, ...]
    emptied: tuple[str, ...]
    keys: frozenset[str]
    pictures: int
    known_pictures: frozenset[str]


def refresh(
    data: bytes,
    name: str,
    figures: Mapping[str, Figure],
    pictures: Mapping[str, Block],
    where: Callable[[Figure], str],
) -> Refreshed:
    """Bring a report's figures up to date.

    Args:
        data: the report, safe to open.
        name: its name, for messages.
        figures: every figure of the forms as they are now, by key.
        pictures: the pictures by key.
        where: where in the form a figure stands.

    Raises:
        UserError: it is no report of this program's.
    """
    document = opened(data, name)
    work = _Work(figures, where)
    for part, tree in stories(document):
        for control, key in _controls(tree, figures):
            work.bring_up_to_date(control, key)
        put_back(part, tree)
    if not work.keys:
        raise UserError(
            f"{name}：里面没有本程序写的数（带标记的内容控件），不能更新，请给出本程序写的报告；"
            "另存为其他格式会失去标记。"
        )
    charts = [(pictures[key], part, shape) for key, part, shape in charts_of(document) if pictures.get(key)]
    drawn = sum(redrawn(part, shape, block) for block, part, shape in charts)
    return Refreshed(
        saved(document),
        tuple(Change(*texts, places) for texts, places in work.changes.items()),
        work.agreeing,
        tuple(dict.fromkeys(work.stale)),
        tuple(dict.fromkeys(work.emptied)),
        frozenset(work.keys),
        drawn,
        frozenset(block.key for block, _, _ in charts),
    )


class _Work:
    """What becomes of the controls of a report, one after the other."""

    def __init__(self, figures: Mapping[str, Figure], where: Callable[[Figure], str]) -> None:
        self._figures, self._where = figures, where
        self.changes: dict[tuple[str, str, str], int] = {}
        self.agreeing = 0
        self.stale: list[str] = []
        self.emptied: list[str] = []
        self.keys: set[str] = set()

    def bring_up_to_date(self, control: Element, key: str) -> None:
        """Put what a figure is now into its control; what the form no longer says stays as it is."""
        self.keys.add(key)
        figure, old = self._figures.get(key), _text(control)
        title = _property(control, "alias")
        name = figure.label if figure is not None else "" if title is None else title.get(tag("val"), "")
        if not old or _shows_placeholder(control):
            self.emptied.append(name)
        elif not figure:
            if f"【{TO_FILL}" not in old:
                self.stale.append(f"{name}“{old}”")
        elif old == figure.text:
            self.agreeing += 1
        else:
            change = (figure.label, old, figure.text)
            self.changes[change] = self.changes.get(change, 0) + 1
            _put(control, figure.text)
        if figure is not None:
            self._name(control, figure, title)

    def _name(self, control: Element, figure: Figure, title: Element | None) -> None:
        """Say in a control's title where its figure stands now; where it lost title and tag, give it both."""
        words, properties = one_line(self._where(figure))[:TITLE_LENGTH], control.find(tag("sdtPr"))
        if title is not None:
            title.set(tag("val"), words)
        elif properties is not None and _property(control, "tag") is None:
            name_control(properties, figure.key, words)


def _controls(tree: Element, figures: Iterable[str]) -> Iterator[tuple[Element, str]]:
    """Yield this program's controls, each with its key; what is deleted with changes tracked is none.

    A control whose tag was lost is known by the bookmark in it; of a figure that the forms no longer have,
    that is its key.
    """
    keys = {bookmark_of(key): key for key in figures}
    for control in list(tree.iter(tag("sdt"))):
        if next(control.iterancestors(tag("del")), None) is not None:
            continue
        named = _property(control, "tag")
        key = "" if named is None else named.get(tag("val"), "")
        if key.startswith(CONTROL):
            yield control, key.removeprefix(CONTROL)
        elif not key and (found := next(filter(None, map(_OURS.match, _bookmarks(control))), None)):
            yield control, keys.get(found[0], found[0])


def _bookmarks(control: Element) -> Iterator[str]:
    return (mark.get(tag("name"), "") for mark in control.iter(tag("bookmarkStart")))


def _property(control: Element, name: str) -> Element | None:
    properties = control.find(tag("sdtPr"))
    return None if properties is None else properties.find(tag(name))


def _shows_placeholder(control: Element) -> bool:
    """Whether Word shows its own words there, because the figure was deleted."""
    return _property(control, "showingPlcHdr") is not None


def _text(control: Element) -> str:
    return "".join(node.text or "" for node in control.iter(tag("t")))


def _put(control: Element, text: str) -> None:
    """Put a text into the first of a control's runs that has any, and take it out of the others."""
    first, *others = [node for node in control.iter(tag("t")) if node.text]
    run = parent_of(first)
    for node in (first, *others):
        parent_of(node).remove(node)
    write_text(run, text)
    set_marked(run, on=False)
