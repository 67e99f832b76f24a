"""Cells of the summary (单元格): text that stays text, numbers with formats, links; reused row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NamedTuple

from perf_excel.books.text_lines import digit_width, lines_height, room
from perf_excel.books.text_lines import lines as lines_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FACE = "宋体"
SIZE = 10
HEAD_GROUND = "1F4E79"
ACCENT = "2E75B6"
STRIPE = "F2F7FC"
_DIGIT = digit_width(11, latin=True)
_MOST_TEXT = 32_000
_CUT = "……（太长，余下从略）"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_LINES = 12

Kind = Literal["text", "centre", "long", "points", "money", "percent", "count", "link"]
_FORMATS: dict[Kind, str] = {
    "points": "0.00",
    "money": "#,##0.00####",
    "percent": "0.00%",
    "count": "0",
}
Said = str | Decimal | int | None


class Link(NamedTuple):
    """A text that leads to a file, and there to a cell of a sheet ('自评表'!H5) where one is known."""

    text: str
    target: str
    place: str = ""


class Column(NamedTuple):
    """A column of a table: its head, its width in digits, and what stands in it."""

    head: str
    width: float
    kind: Kind = "text"


Content = Said | Link


class Looks:
    """The cells of a sheet's columns by what stands in them and how they look: prototypes to be reused."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._made: dict[tuple[int, Kind, str], Cell] = {}
        self._styles: dict[tuple[Kind, str], int] = {}

    def style(self, kind: Kind, look: str = "") -> int:
        """Return the number of a style, by which markup names it."""
        found = self._styles.get((kind, look))
        if found is None:
            found = self._styles[kind, look] = _prototype(self._sheet, kind, look).style_id
        return found

    def cell(self, place: int, content: Content, kind: Kind, look: str = "") -> Cell:
        """Return a cell for a place of a row; the row is written before the next one is asked for."""
        cell = self._made.get((place, kind, look))
        if cell is None:
            cell = self._made[place, kind, look] = _prototype(self._sheet, kind, look)
        value = content.text if isinstance(content, Link) else content
        cell.value = harmless(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula, nor an error value, whatever it begins with
        return cell


def _prototype(sheet: Worksheet, kind: Kind, look: str) -> Cell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell = WriteOnlyCell(sheet)
    line = Side(style="thin", color="BFBFBF")
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    cell.font = Font(name=FACE, size=SIZE)
    across = (
        "left" if kind in ("text", "long", "link") else "center" if kind in ("centre", "count") else "right"
    )
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    cell.number_format = _FORMATS.get(kind, "@" if kind in ("text", "centre", "long") else "General")
    if kind == "link":
        cell.font = Font(name=FACE, size=SIZE, color="0563C1", underline="single")
    if look == "head":
        cell.font = Font(name="黑体", size=SIZE, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=HEAD_GROUND)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.number_format = "@"
    elif look in _TINTS:
        ink, ground = _TINTS[look]
        cell.font = Font(name=FACE, size=SIZE, color=ink)
        cell.fill = PatternFill("solid", fgColor=ground)
    elif look == "total":
        cell.font = Font(name=FACE, size=SIZE, bold=True)
        cell.fill = PatternFill("solid", fgColor=STRIPE)
    elif look in ("tile", "figure"):
        cell.font = (
            Font(name=FACE, size=9, color="595959")
            if look == "tile"
            else Font(name="黑体", size=18, color=HEAD_GROUND)
        )
        cell.fill = PatternFill("solid", fgColor=STRIPE)
        cell.border = Border()
    elif look in _BARE:
        name, size, bold, ink = _BARE[look]
        cell.border = Border()
        cell.font = Font(name=name, size=size, bold=bold, color=ink)
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=look in ("remark", "note"))
    return cell


_TINTS = {
    "bad": ("9C0006", "FFC7CE"),
    "doubtful": ("7F4F00", "FFEB9C"),
    "good": ("1E5631", "E2F0D9"),
    "known": ("1F4E79", "DDEBF7"),
}
_BARE = {
    "title": ("黑体", 18, False, "000000"),
    "section": ("黑体", 12, False, HEAD_GROUND),
    "note": (FACE, 9, False, "595959"),
    "remark": (FACE, SIZE, False, "404040"),
}


def harmless(text: str) -> str:
    """Return a text as a cell can hold it: no characters that no file may hold, and not too long."""
    text = _ILLEGAL.sub("", text)
    return text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - len(_CUT)] + _CUT


def height_of(contents: Sequence[Content], columns: Sequence[Column]) -> float | None:
    """Return how high a row must be for its texts; None where one line is enough."""
    return height(max(lines_in(one, column.width) for one, column in zip(contents, columns, strict=True)))


def lines_in(content: Content, width: float) -> int:
    """Return how many lines a content takes in a column of a width."""
    text = content.text if isinstance(content, Link) else content
    if not isinstance(text, str) or (len(text) * 2 <= width - 1 and "\n" not in text):
        return 1
    return lines_of(text[:2_000], room(width * _DIGIT), SIZE)


def height(lines: int) -> float | None:
    """Return how high a row of so many lines is; None of one line."""
    return None if lines <= 1 else lines_height(min(lines, _MOST_LINES), SIZE) + 3
