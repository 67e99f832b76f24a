"""Groups of cells that share one formula (共享公式) when rows come or go: who shares it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from perf_excel.books.xlsx.markup import Markup, text
from perf_excel.books.xlsx.moving.shifting import row_of
from perf_excel.books.xlsx.shared_formulas import moved
from perf_excel.books.xlsx.splicing import Splice, attribute_splices, character_data, text_splices
from perf_excel.sheets.grid import Place, address
from perf_excel.sheets.writing.moved_rows import Moves


class Written(NamedTuple):
    """A formula as it stands in the part."""

    span: tuple[int, int]
    """Of the whole element."""
    rest: tuple[int, int]
    """Of its attributes."""
    content: tuple[int, int]
    place: Place
    gone: bool
    """Whether its row is taken out."""


class Group:
    """Cells that share one formula: the one that holds it, its text, and the others."""

    def __init__(self, key: bytes, reference: bytes, master: Written, formula: str) -> None:
        """Take the group's number and area as they are written."""
        self.key, self._reference = key, text(reference)
        self._master, self._formula = master, formula
        self.members: list[Written] = []
        self._holder: tuple[Place, str] | None = None
        """Afterwards: the cell that holds the formula, and how that reads."""

    def at(self, written: Written) -> str:
        """Return the formula as a member has it."""
        (row, column), (first_row, first_column) = written.place, self._master.place
        return moved(self._formula, row - first_row, column - first_column)

    def says(self, place: Place, formula: str) -> bool:
        """Tell whether a cell, afterwards, may share the formula: it is what the cell is to hold."""
        if self._holder is None:
            return False
        (row, column), held = self._holder
        return moved(held, place[0] - row, place[1] - column) == formula

    def splices(
        self, markup: Markup, mask: bytes, moves: Moves | None, move: Callable[[str, Written], str]
    ) -> Iterator[Splice]:
        """Yield the changes; members for which the formula is no longer true get their own.

        Args:
            markup: the sheet part.
            mask: the part, see :meth:`Markup.mask`.
            moves: the rows of this sheet that come or go; None where they are another's.
            move: returns a cell's formula as it reads afterwards.
        """
        kept = [one for one in (self._master, *self.members) if not one.gone]
        if not kept:
            return
        first, *others = kept
        held, at = move(self.at(first), first), _place(first, moves)
        self._holder = at, held
        if first is self._master:
            yield from text_splices(markup, *first.content, lambda _: held)
            yield from attribute_splices(mask, first.rest, b"ref", lambda _: self._area(moves, None))
        else:
            shares = b' t="shared" ref="%b" si="%b"' % (self._area(moves, at).encode(), self.key)
            yield *first.span, _element(markup.prefix, shares, held)
        for one in others:
            wanted = move(self.at(one), one)
            if not self.says(_place(one, moves), wanted):
                yield *one.span, _element(markup.prefix, b"", wanted)

    def _area(self, moves: Moves | None, top: Place | None) -> str:
        """Return the group's area afterwards, new rows behind its last one included."""
        first, colon, last = self._reference.partition(":")
        if moves is None:
            return self._reference
        row = row_of(last or first) or 0
        start = address(*top) if top else _in_row(first, moves.row(row_of(first) or 0))
        end = _in_row(last or first, moves.end(row) + moves.behind(row))
        return f"{start}:{end}" if colon or start != end else start


def _in_row(cell: str, row: int) -> str:
    return cell.rstrip("0123456789") + str(row)


def _place(written: Written, moves: Moves | None) -> Place:
    row, column = written.place
    return (moves.row(row) if moves else row), column


def _element(prefix: bytes, rest: bytes, formula: str) -> bytes:
    return b"<%bf%b>%b</%bf>" % (prefix, rest, character_data(formula), prefix)
