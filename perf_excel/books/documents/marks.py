"""What is printed on a page of a PDF (页面上的字和线), in points; y runs downwards."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """A character and its box."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half its width."""
        return (self.left + self.right) / 2


class Rule(NamedTuple):
    """A straight line: ``at`` is where it lies, ``start`` to ``end`` how far it reaches."""

    at: float
    start: float
    end: float


class Marks(NamedTuple):
    """The characters and ruling lines of a page."""

    signs: list[Sign]
    across: list[Rule]
    """Horizontal lines: at a height, from left to right."""
    down: list[Rule]
    """Vertical lines: at a distance from the left, from top to bottom."""
    pictured: bool
    """Whether a picture covers most of the page (扫描件)."""
