"""Merged areas that lose their first row (合并单元格的首行): its cells move into the next row that stays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from perf_excel.books.xlsx.markup import Markup, attributes, elements, text
from perf_excel.books.xlsx.sheet_places import place_of
from perf_excel.books.xlsx.splicing import Splice, character_data
from perf_excel.sheets.grid import Area, Place, address

_ADDRESS = re.compile(rb"""\sr\s*=\s*(?:"[^"]*"|'[^']*')""")


class Carrying:
    """The cells of one sheet that move on."""

    def __init__(
        self, markup: Markup, mask: bytes, areas: Collection[Area], removed: Collection[int]
    ) -> None:
        """Take the areas that lose their first row, and the rows that go."""
        self._markup, self._mask, self._x = markup, mask, markup.prefix
        self._areas = {
            area: next(row for row in range(area.top, area.bottom + 1) if row not in removed)
            for area in areas
        }
        self._waiting: dict[int, dict[int, tuple[Place, bytes, bytes]]] = {}
        self._replaced: list[tuple[int, int]] = []
        self.formulas: dict[Place, str] = {}
        """The formulas of cells that move on, by where these stood: as they read afterwards."""

    def take(self, row: int, start: int, end: int) -> None:
        """Take the cells of a row that goes, between two places of the part."""
        for area, to in self._areas.items():
            if area.top == row:
                for column, _, rest, content in self._row(start, end):
                    if area.left <= column <= area.right:
                        self._waiting.setdefault(to, {})[column] = ((row, column), rest, content)

    def takes(self, place: Place) -> bool:
        """Tell whether the cell of a row that goes moves on."""
        row, column = place
        return any(area.top == row and area.left <= column <= area.right for area in self._areas)

    def waits(self, row: int) -> bool:
        """Tell whether a row is to get cells."""
        return row in self._waiting

    def replaced(self, at: int) -> bool:
        """Tell whether a place of the part lies in a cell whose place is taken."""
        return any(start <= at < end for start, end in self._replaced)

    def put(self, row: int, number: int, start: int, end: int) -> Iterator[Splice]:
        """Yield the splices that put cells into a row, the content of which stands between two places.

        Args:
            row: the row.
            number: its number afterwards.
            start: where its content begins.
            end: where it ends.
        """
        cells = self._waiting.pop(row)
        there = list(self._row(start, end))
        for column, span, _, _ in there:
            if column in cells:
                self._replaced.append(span)
                yield *span, self._written(number, column, *cells.pop(column))
        for column, cell in sorted(cells.items()):
            at = next((span[0] for other, span, _, _ in there if other > column), end)
            yield at, at, self._written(number, column, *cell)

    def new_row(self, row: int, number: int) -> bytes:
        """Return the cells of a row that had none."""
        return b"".join(new for _, _, new in self.put(row, number, 0, 0))

    def _row(self, start: int, end: int) -> Iterator[tuple[int, tuple[int, int], bytes, bytes]]:
        column = 0
        for match in elements(self._x, b"c").finditer(self._mask, start, end):
            found = attributes(match[1])
            column = place_of(text(found[b"r"]), "")[1] if b"r" in found else column + 1
            content = self._markup.data[slice(*match.span(2))] if match[2] else b""
            yield column, match.span(), match[1], content

    def _written(self, row: int, column: int, place: Place, rest: bytes, content: bytes) -> bytes:
        x = self._x
        rest = _ADDRESS.sub(b"", rest).rstrip().removesuffix(b"/")
        head = b'<%bc r="%b"%b' % (x, address(row, column).encode(), rest)
        if place in self.formulas:
            formula = b"<%bf>%b</%bf>" % (x, character_data(self.formulas[place]), x)
            content = elements(x, b"f").sub(lambda _: formula, content)
        return b"%b>%b</%bc>" % (head, content, x) if content else head + b"/>"


def losing_their_first_row(merges: Collection[Area], removed: Collection[int]) -> list[Area]:
    """Return the merged areas whose first row goes while others stay."""
    return [
        area
        for area in merges
        if area.top in removed and any(row not in removed for row in range(area.top, area.bottom + 1))
    ]
