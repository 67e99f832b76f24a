"""The paper that our forms are laid out for: A4 with its margins, in points."""

from __future__ import annotations

from perf_excel.books.text_lines import PIXELS_PER_POINT

SIDE, TOP, BOTTOM = 0.5, 0.6, 0.7
"""Margins in inches."""
SPARE = 0.03
"""The share of a page by which programs differ in how much they get on it."""
_INCH = 72.0
_SHORT, _LONG = 595.3, 841.9


def scale_of(pixels: float, *, turned: bool) -> float:
    """Return how much smaller a sheet so many pixels wide is printed, to fit one page across."""
    room = (_LONG if turned else _SHORT) - 2 * SIDE * _INCH
    return min(1.0, room * PIXELS_PER_POINT / pixels)


def page_of(pixels: float, *, turned: bool) -> float:
    """Return the points of rows that fit a page of a sheet so many pixels wide."""
    return ((_SHORT if turned else _LONG) - (TOP + BOTTOM) * _INCH) / scale_of(pixels, turned=turned)
