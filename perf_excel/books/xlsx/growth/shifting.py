"""References (引用) in formulas and address lists, moved by rows that are put into a sheet."""

from __future__ import annotations

import re
from typing import NamedTuple

from perf_excel.books.xlsx.shared_formulas import LAST_ROW
from perf_excel.sheets.writing.inserted_rows import Growth

# What is passed over: texts, structured references and the names of other workbooks. Then a sheet's name
# with its mark, or none, and the reference behind it; a name or function that looks like one is neither.
_SHEET = r"(?: '(?:[^']|'')*+' | (?:\[[^\[\]]{0,255}+\])?+ [\w.\\?]++ (?: : [\w.\\?]++ )?+ ) !"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_TOKEN = re.compile(
    rf"""
      (?P<text> "(?:[^"]|"")*+" | \[(?: '. | [^\[\]'] | \[(?:'.|[^\[\]']){{0,255}}+\] ){{0,300}}+ \](?!\w*!) )
    | (?P<sheet> (?<![\w.$\\!?\]]) {_SHEET} )? (?<![\w.$\\]) (?(sheet)|(?<!!)) (?:
          (?P<from>{_CELL}) (?: : (?P<to>{_CELL}) )? (?![\w.(!\\])
        | (?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}) (?![\w.(!$\\])
        | (?P<top>\$?[1-9][0-9]{{0,6}}) : (?P<bottom>\$?[1-9][0-9]{{0,6}}) (?![\w.(!$\\])
      )
    | (?P<other> '(?:[^']|'')*+' !? )
    """,
    re.VERBOSE,
)
TEXT_LIMIT = 16_384
"""Longer formulas than applications accept, or with more brackets, are left alone: they would take long."""
_BRACKETS_LIMIT = 200
_MOST_ROWS = 10_000
_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"(\$?[A-Za-z]{0,3}\$?)([0-9]{1,7})")


class Anchor(NamedTuple):
    """The cells for which a formula is written: the first row, and whether it serves several rows.

    The formula of a rule (条件格式, 数据有效性) is written for the first cell of its area. Its relative
    references keep their distance where the area has several rows, for they mean another row in each.
    """

    row: int
    rows: bool = False


class Shift:
    """The references of one workbook, moved by the rows put into one of its sheets."""

    def __init__(self, sheet: str, growth: Growth) -> None:
        """Take the name of the sheet that grows, and its new rows."""
        self.sheet = sheet
        self.growth = growth
        self._name = sheet.casefold()
        self._seen: dict[tuple[str, bool, Anchor | None], str] = {}

    def formula(self, text: str, *, own: bool, anchor: Anchor | None = None) -> str:
        """Return a formula with its references moved.

        Args:
            text: the formula, without the equals sign.
            own: whether it stands on the sheet that grows, so that references without a sheet's name mean it.
            anchor: where the formula stands, if that is on this sheet.
        """
        if not own and "!" not in text:
            return text
        # Most references stand above: then there is nothing to look for.
        if not any(int(digits) >= self.growth.first for digits in _DIGITS.findall(text)):
            return text
        if len(text) > TEXT_LIMIT or text.count("[") > _BRACKETS_LIMIT:
            return text
        key = text, own, anchor
        if key not in self._seen:
            self._seen[key] = _TOKEN.sub(lambda match: self._moved(match, anchor, own=own), text)
        return self._seen[key]

    def address(self, text: str) -> str:
        """Return the address of a cell or range (A1, $A$5:$H$7, 5:7) moved; anything else stays."""
        first, colon, last = text.partition(":")
        return self._range(first, last, None) if colon else self._cell(text, None)

    def areas(self, text: str, *, grow: bool = True) -> str:
        """Return a list of areas (sqref) moved; where they ``grow``, with the new rows behind their last."""
        return " ".join(self._area(one, grow=grow) for one in text.split())

    def names(self, text: str) -> bool:
        """Tell whether a sheet's name in a formula (自评表!, '自 评 表'!) means the sheet that grows."""
        name = text.removesuffix("!")
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        return name.casefold() == self._name

    def _area(self, text: str, *, grow: bool) -> str:
        first, _, last = text.partition(":")
        moved, old = self.address(text), _row(last or first)
        if not grow or old is None or not self.growth.behind(old):
            return moved
        end = _with_row(last or first, self.growth.row(old) + self.growth.behind(old))
        return f"{moved.partition(':')[0]}:{end}"

    def _moved(self, match: re.Match[str], anchor: Anchor | None, *, own: bool) -> str:
        if match["text"] or match["other"] or match["columns"]:
            return match[0]
        sheet = match["sheet"] or ""
        if not (self.names(sheet) if sheet else own):
            return match[0]
        if match["top"]:
            return sheet + self._range(match["top"], match["bottom"], anchor)
        if match["to"]:
            return sheet + self._range(match["from"], match["to"], anchor)
        return sheet + self._cell(match["from"], anchor)

    def _cell(self, text: str, anchor: Anchor | None) -> str:
        row = _row(text)
        return text if row is None else _with_row(text, self._row(text, row, anchor))

    def _range(self, first: str, last: str, anchor: Anchor | None) -> str:
        top, bottom = _row(first), _row(last)
        if top is None or bottom is None:
            return f"{first}:{last}"
        if top > bottom:
            return f"{self._cell(first, anchor)}:{self._cell(last, anchor)}"
        if top == 1 and bottom == LAST_ROW:
            return f"{first}:{last}"
        end = self._row(last, bottom, anchor)
        # A sum down to its own row is a running one: it ends where it stands.
        running = anchor is not None and _relative(last) and (anchor.rows or anchor.row == bottom)
        if not running:
            end = min(self.growth.bottom(top, bottom), LAST_ROW)
        return f"{_with_row(first, self._row(first, top, anchor))}:{_with_row(last, end)}"

    def _row(self, text: str, row: int, anchor: Anchor | None) -> int | None:
        if anchor is not None and anchor.rows and _relative(text):
            moved = self.growth.row(anchor.row) + row - anchor.row
            return moved if 1 <= moved <= LAST_ROW else row
        moved = self.growth.row(row)
        return moved if moved <= LAST_ROW else None


def rows_of(formula: str) -> set[int]:
    """Return the rows that a formula reads on its own sheet; of whole columns none."""
    rows: set[int] = set()
    for match in _TOKEN.finditer(formula):
        first, last = (match["from"], match["to"]) if match["from"] else (match["top"], match["bottom"])
        top = _row(first) if first and not match["sheet"] else None
        if top is not None:
            rows.update(range(top, min(_row(last or first) or top, top + _MOST_ROWS) + 1))
    return rows


def _row(text: str) -> int | None:
    found = _ADDRESS.fullmatch(text)
    return int(found[2]) if found else None


def _relative(text: str) -> bool:
    found = _ADDRESS.fullmatch(text)
    return bool(found) and not found[1].endswith("$")


def _with_row(text: str, row: int | None) -> str:
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return text
    return "#REF!" if row is None else f"{found[1]}{row}"
