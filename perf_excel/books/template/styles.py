"""Typefaces, borders and colours of the form: black on white; colours only where something is missing."""

from __future__ import annotations

from typing import Literal

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

FACE = "宋体"
SIZE = 10
"""Points of the form's type."""
TITLE = Font(name="黑体", size=18)
PLAIN = Font(name=FACE, size=SIZE)
BOLD = Font(name=FACE, size=SIZE, bold=True)
NOTE = Font(name=FACE, size=9, color="7F7F7F")
HINT = Font(name=FACE, size=9, color="C00000")
_SIDE = Side(style="thin", color="000000")
_PALE = Side(style="hair", color="A6A6A6")
BOX = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
SIDES = Border(left=_SIDE, right=_SIDE)
TOP, BOTTOM = Border(_SIDE, _SIDE, top=_SIDE), Border(_SIDE, _SIDE, bottom=_SIDE)
"""With the sides again: LibreOffice takes the lines of a conditional look in place of a cell's own."""
PALE_BOX = Border(left=_PALE, right=_PALE, top=_PALE, bottom=_PALE)
UNLOCKED = Protection(locked=False)

MISSING = PatternFill(bgColor="FFF2CC")
REASON = PatternFill(bgColor="FCD5B4")
WRONG = PatternFill(bgColor="FF9999")
"""Fills of conditional formats: they show bgColor."""

INPUT_TINT = "F3F8FE"
INPUT = PatternFill("solid", fgColor=INPUT_TINT)
"""Behind what is filled in, on the screen: pages are printed black and white, and finished without it."""

SCREEN = PatternFill("solid", fgColor="F2F2F2")
"""Behind the headings that are not printed."""

SPACER = Font(name=FACE, size=18)
"""Of an empty cell beside a row that programs fit to its texts: it never becomes lower than this type."""

MONEY = "#,##0.00####"
TEXT = "@"

Align = Literal["left", "center", "right", "note"]
"""A note stands at the top left: what does not fit is cut off at its end, not at its beginning."""


def dress(  # noqa: PLR0913  (all but the first have names)
    cell: Cell,
    *,
    font: Font = PLAIN,
    align: Align = "center",
    border: Border | None = BOX,
    unlocked: bool = False,
    number_format: str = "General",
    shrink: bool = False,
    indent: int = 1,
) -> None:
    """Give a cell its looks."""
    cell.font = font
    note = align == "note"
    cell.alignment = Alignment(
        horizontal="left" if note else align,
        vertical="top" if note else "center",
        wrap_text=not shrink,
        shrink_to_fit=shrink,
        indent=indent if align == "left" else 0,
    )
    if border is not None:
        cell.border = border
    if unlocked:
        cell.protection, cell.fill = UNLOCKED, INPUT
    cell.number_format = number_format
