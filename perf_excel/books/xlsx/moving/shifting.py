"""References (引用) in formulas and address lists, moved by rows put into a sheet or taken out of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from perf_excel.books.xlsx.moving.summands import LOST, without_lost
from perf_excel.books.xlsx.shared_formulas import LAST_ROW, column_number
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Place
from perf_excel.sheets.writing.moved_rows import Moves, in_words

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
_SHOWN = 60
_ADDRESS = re.compile(r"(\$?[A-Za-z]{0,3}\$?)([0-9]{1,7})")


class Anchor(NamedTuple):
    """The cells for which a formula is written: the first row, and whether it serves several rows.

    The formula of a rule (条件格式, 数据有效性) is written for the first cell of its area. Its relative
    references keep their distance where the area has several rows, for they mean another row in each.
    """

    row: int
    rows: bool = False
    now: int = 0
    """Of several rows: the first one afterwards."""


class Shift:
    """The references of one workbook, moved by the rows put into one of its sheets or taken out of it."""

    def __init__(self, name: str, sheet: str, moves: Moves, carried: Collection[Place] = ()) -> None:
        """Take the names of the file and of the sheet whose rows move, and the cells that outlive their row.

        Of a merged area that loses its first row, what its first cell holds is in the next row afterwards.
        """
        self._file = name
        self._carried = carried
        self.sheet = sheet
        self.moves = moves
        self._name = sheet.casefold()
        self._seen: dict[tuple[str, bool, Anchor | None], str] = {}

    def formula(self, text: str, *, own: bool, where: str, anchor: Anchor | None = None) -> str:
        """Return a formula with its references moved; a sum goes without the cells that are gone.

        Args:
            text: the formula, without the equals sign.
            own: whether it stands on the sheet whose rows move, so that references without a sheet's name
                mean it.
            where: what it is the formula of, for messages; nothing where it may lose cells.
            anchor: where the formula stands, if that is on this sheet.

        Raises:
            UserError: it needs a cell that is gone.
        """
        if not own and "!" not in text:
            return text
        # Most references stand above: then there is nothing to look for.
        if not any(int(digits) >= self.moves.first for digits in _DIGITS.findall(text)):
            return text
        if len(text) > TEXT_LIMIT or text.count("[") > _BRACKETS_LIMIT:
            return text
        key = text, own, anchor
        if key not in self._seen:
            self._seen[key] = _TOKEN.sub(lambda match: self._moved(match, anchor, own=own), text)
        moved = self._seen[key]
        if self.moves.removed and LOST in moved and moved.count(LOST) > text.count(LOST):
            moved = without_lost(moved) if LOST not in text else moved
            if LOST in moved and where:
                raise self.needed(where, f"的公式“={text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”")
        return moved

    def needed(self, where: str, what: str = "") -> UserError:
        """Return the error of something that cannot do without the rows that are to go."""
        return UserError(
            f"{self._file}：{where}{what}要用到工作表“{self.sheet}”将删除的单元格（{in_words(self.moves.removed)}），没有删除，请先修改这一处后重试。"
        )

    def address(self, text: str) -> str:
        """Return the address of a cell or range (A1, $A$5:$H$7, 5:7) moved; anything else stays.

        Of one that is gone nothing is left.
        """
        first, colon, last = text.partition(":")
        moved = self._range(first, last, None) if colon else self._cell(text, None)
        return "" if moved == LOST and text != LOST else moved

    def cuts(self, text: str) -> bool:
        """Tell whether any row of a range is to go."""
        first, colon, last = text.partition(":")
        top, bottom = row_of(first), row_of(last if colon else first)
        return (
            top is not None
            and bottom is not None
            and self.moves.end(bottom) - self.moves.row(top) < bottom - top
        )

    def nearest(self, text: str) -> str:
        """Return the address of a cell moved; of one that is gone, of the cell that takes its place."""
        row = row_of(text)
        return text if row is None else _with_row(text, min(self.moves.row(row), LAST_ROW))

    def cells(self, text: str) -> str:
        """Return an address moved, where it never takes in new rows behind its last: that of an array."""
        first, colon, last = text.partition(":")
        bottom = row_of(last)
        if not colon or bottom is None:
            return self.address(text)
        return f"{self.nearest(first)}:{_with_row(last, self.moves.end(bottom))}"

    def jump(self, text: str, *, own: bool) -> str:
        """Return where a link leads (自评表!A5) moved; for a cell that is gone, what takes its place."""
        if not own and "!" not in text:
            return text
        sheet, mark, cell = text.rpartition("!")
        if self.moves.removed and (self.names(sheet) if mark else own):
            return sheet + mark + ":".join(map(self.nearest, cell.split(":")))
        return _TOKEN.sub(lambda match: self._moved(match, None, own=own), text)

    def areas(self, text: str, *, grow: bool = True) -> str:
        """Return a list of areas (sqref) moved; where they ``grow``, with the new rows behind their last.

        Those that are gone are left out.
        """
        return " ".join(area for one in text.split() if (area := self._area(one, grow=grow)))

    def names(self, text: str) -> bool:
        """Tell whether a sheet's name in a formula (自评表!, '自 评 表'!) means the sheet whose rows move."""
        name = text.removesuffix("!")
        if name.startswith("'"):
            name = name[1:-1].replace("''", "'")
        return name.casefold() == self._name

    def _area(self, text: str, *, grow: bool) -> str:
        first, _, last = text.partition(":")
        moved, old = self.address(text), row_of(last or first)
        if not grow or old is None or not self.moves.behind(old):
            return moved
        end = _with_row(last or first, self.moves.row(old) + self.moves.behind(old))
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
        row = row_of(text)
        if row is None:
            return text
        if self.moves.gone(row) and not _keeps_distance(text, anchor) and not self._is_carried(text, row):
            return LOST
        return _with_row(text, self._row(text, row, anchor))

    def _is_carried(self, text: str, row: int) -> bool:
        letters = text.replace("$", "").rstrip("0123456789")
        return (row, column_number(letters)) in self._carried if self._carried else False

    def _range(self, first: str, last: str, anchor: Anchor | None) -> str:
        top, bottom = row_of(first), row_of(last)
        if top is None or bottom is None:
            return f"{first}:{last}"
        if top > bottom:
            return ":".join(reversed(self._range(last, first, anchor).split(":")))
        if top == 1 and bottom == LAST_ROW:
            return f"{first}:{last}"
        start, end = self._row(first, top, anchor), self._row(last, bottom, anchor)
        # A sum down to its own row is a running one: it ends where it stands.
        running = anchor is not None and _relative(last) and (anchor.rows or anchor.row == bottom)
        if not running:
            end = min(self.moves.bottom(top, bottom), LAST_ROW)
        if self.moves.removed and start is not None and end is not None and start > end:
            return LOST
        return f"{_with_row(first, start)}:{_with_row(last, end)}"

    def _row(self, text: str, row: int, anchor: Anchor | None) -> int | None:
        if anchor is not None and _keeps_distance(text, anchor):
            moved = (anchor.now or self.moves.row(anchor.row)) + row - anchor.row
            return moved if 1 <= moved <= LAST_ROW else row
        moved = self.moves.row(row)
        return moved if moved <= LAST_ROW else None


def _keeps_distance(text: str, anchor: Anchor | None) -> bool:
    return anchor is not None and anchor.rows and _relative(text)


def rows_of(formula: str) -> set[int]:
    """Return the rows that a formula reads on its own sheet; of whole columns none."""
    rows: set[int] = set()
    for match in _TOKEN.finditer(formula):
        first, last = (match["from"], match["to"]) if match["from"] else (match["top"], match["bottom"])
        top = row_of(first) if first and not match["sheet"] else None
        if top is not None:
            rows.update(range(top, min(row_of(last or first) or top, top + _MOST_ROWS) + 1))
    return rows


def row_of(text: str) -> int | None:
    """Return the row of an address of a cell; None where it is none."""
    found = _ADDRESS.fullmatch(text)
    return int(found[2]) if found else None


def _relative(text: str) -> bool:
    found = _ADDRESS.fullmatch(text)
    return bool(found) and not found[1].endswith("$")


def _with_row(text: str, row: int | None) -> str:
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return text
    return LOST if row is None else f"{found[1]}{row}"
