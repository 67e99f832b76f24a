"""Pages of a PDF that belong side by side (左右分页): a sheet wider than the paper is printed in strips.

An application prints what runs over the edge of a page in full on both pages: by that they are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from perf_excel.books.documents.marks import Marks, Rule, Sign
from perf_excel.books.documents.ruled_tables import NEAR

_SAME = 1.5
"""Points by which the two prints of one character lie apart at most."""
_FEWEST = 2
"""So many characters at least run over the edge."""
_MOST = 0.8
"""And so many of those that do are there again on the other page."""
_FAR = 40
"""Pages between two strips: those below a strip are printed before the one beside it."""


class Page(NamedTuple):
    """A page with its number."""

    number: int
    marks: Marks


@dataclass(frozen=True)
class _Strip:
    """A page, where its lines begin and end, and how far it is moved to the right."""

    marks: Marks
    left: float
    right: float
    shift: float = 0.0

    @cached_property
    def over(self) -> list[Sign]:
        """The characters beyond its lines on the right."""
        return [sign for sign in self.marks.signs if sign.centre > self.right and not sign.text.isspace()]

    @cached_property
    def under(self) -> list[Sign]:
        """Those beyond its lines on the left."""
        return [sign for sign in self.marks.signs if sign.centre < self.left and not sign.text.isspace()]

    @cached_property
    def places(self) -> dict[tuple[str, int], list[float]]:
        """Where its characters stand from the left, by what they are and their height."""
        found: dict[tuple[str, int], list[float]] = {}
        for sign in self.marks.signs:
            found.setdefault((sign.text, round(sign.middle)), []).append(sign.left)
        return found

    def again(self, some: Iterable[Sign], shift: float) -> int:
        """Count the characters that it prints, too, so far to the right."""
        return sum(
            any(
                abs(sign.left + shift - left) <= _SAME
                for height in (-1, 0, 1)
                for left in self.places.get((sign.text, round(sign.middle) + height), ())
            )
            for sign in some
        )


def side_by_side(pages: Sequence[Page]) -> list[Page]:
    """Return the pages, those that belong side by side as one that is as wide as all of them."""
    strips = [_strip(page.marks) for page in pages]
    beside: dict[int, list[_Strip]] = {}
    taken = set[int]()
    for at in range(len(pages)):
        if at in taken or at in beside:
            continue
        for chain in _chains(strips, at, taken):
            beside[chain[0]] = _moved([one for index in chain if (one := strips[index])])
            taken |= {*chain[1:]}
    return [
        Page(page.number, _together(beside[at])) if at in beside else page
        for at, page in enumerate(pages)
        if at not in taken
    ]


def _chains(strips: Sequence[_Strip | None], first: int, taken: Collection[int]) -> list[list[int]]:
    """Return the pages that stand right of a page, and of those below it, which are printed before them."""
    chain = [first]
    for further in range(first + 1, min(first + _FAR, len(strips))):
        one, other = strips[chain[-1]], strips[further]
        if further not in taken and one and other and _is_beside(one, other):
            chain.append(further)
    if len(chain) < 2:
        return []
    found = [chain]
    for below in range(1, chain[1] - first):
        again = [index + below for index in chain if index + below < len(strips)]
        if len(again) < len(chain) or not all(
            _goes_on_like(strips[old], strips[new]) for old, new in zip(chain, again, strict=True)
        ):
            break
        if not all(_same_heights(strips[again[0]], strips[index]) for index in again[1:]):
            break
        found.append(again)
    return found


def _goes_on_like(above: _Strip | None, below: _Strip | None) -> bool:
    """Whether two pages have their lines between the same distances from the left."""
    return bool(
        above and below and abs(above.left - below.left) <= NEAR and abs(above.right - below.right) <= NEAR
    )


def _same_heights(one: _Strip | None, other: _Strip | None) -> bool:
    """Whether the rows of two pages lie at the same heights, as far as one has lines between them."""
    if one is None or other is None:
        return False
    heights = [sorted({round(rule.at) for rule in strip.marks.across}) for strip in (one, other)]
    fewer, more = sorted(heights, key=len)
    return all(any(abs(height - there) <= NEAR for there in more) for height in fewer)


def _moved(chain: Sequence[_Strip]) -> list[_Strip]:
    """Return strips, each moved to the right end of the one before it."""
    found = [chain[0]]
    for strip in chain[1:]:
        last = found[-1]
        found.append(replace(strip, shift=last.shift + last.right - strip.left))
    return found


def _strip(marks: Marks) -> _Strip | None:
    if not marks.across or not marks.down:
        return None
    return _Strip(marks, min(rule.start for rule in marks.across), max(rule.end for rule in marks.across))


def _is_beside(strip: _Strip, further: _Strip) -> bool:
    """Whether a page is the strip right of another: what runs over the edge is printed on both."""
    apart, most = strip.right - further.left, len(strip.over) + len(further.under)
    if most < _FEWEST:
        return False
    again = further.again(strip.over, -apart) + strip.again(further.under, apart)
    return again >= max(_FEWEST, _MOST * most)


def _together(strips: Sequence[_Strip]) -> Marks:
    """Return strips as one page: of what runs over an edge each gives the part on its own side."""
    signs: list[Sign] = []
    for at, strip in enumerate(strips):
        first, last = at == 0, at == len(strips) - 1
        signs += [
            sign._replace(left=sign.left + strip.shift, right=sign.right + strip.shift)
            for sign in strip.marks.signs
            if (first or sign.centre > strip.left) and (last or sign.centre <= strip.right)
        ]
    across = [
        Rule(rule.at, rule.start + strip.shift, rule.end + strip.shift)
        for strip in strips
        for rule in strip.marks.across
    ]
    down = [rule._replace(at=rule.at + strip.shift) for strip in strips for rule in strip.marks.down]
    return Marks(signs, across, down, any(strip.marks.pictured for strip in strips))
