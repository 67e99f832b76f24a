"""A sheet's rows as forms show them: what a place shows, and each row's labels, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from perf_excel.forms.error_value import is_error_value
from perf_excel.forms.text import is_blank, plain, remembered
from perf_excel.sheets.finding.labels import bare
from perf_excel.sheets.grid import Grid, Label, Place
from perf_excel.sheets.shown_text import printed

Columns = Mapping[str, tuple[int, int]]
"""Role → first and last column of its header cell."""

MAX_COLUMNS = 200
"""A form is never wider; beyond this a sheet holds something else."""
_COUNT = re.compile(r"[\d.,，]+")
_TALLEST = 3
"""A label merged over more rows stands beside a block, not over a column."""
FAR = 3
"""So many blank cells may stand between a label and what it names."""


class Lines:
    """The rows of a sheet."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._own: dict[int, list[Label]] = {}

    @cached_property
    def right(self) -> int:
        """The last column that holds something or is merged; nothing has its place beyond it."""
        return max((self.grid.right, *(area.right for area in self.grid.merges if area.right <= MAX_COLUMNS)))

    def labels(self, row: int) -> list[Label]:
        """Return what a row shows from left to right, merged areas once, empty cells not."""
        found = self.grid.labels.get(row)
        return self._read(row) if found is None else found

    def texts(self, row: int) -> list[str]:
        """Return what the cells of a row's labels show, as it stands there: with brackets and white space."""
        self.labels(row)
        return self.grid.label_texts[row]

    def own(self, row: int) -> list[Label]:
        """Return the labels that begin in a row, and are none that stands beside a whole block."""
        found = self._own.get(row)
        if found is None:
            merged = self.grid.merged
            areas = [(label, merged.get((row, label.left))) for label in self.labels(row)]
            found = [
                label
                for label, area in areas
                if area is None or (area.top == row and area.bottom - row < _TALLEST)
            ]
            self._own[row] = found
        return found

    def _read(self, row: int) -> list[Label]:
        grid, found, texts = self.grid, list[Label](), list[str]()
        cells, merged, known = grid.cells, grid.merged, grid.texts
        column, last = 1, min(grid.right, MAX_COLUMNS)
        while column <= last:
            place, right = (row, column), column
            if area := merged.get(place):
                top, left, _, right = area
                place = (top, left)
            if cell := cells.get(place):
                shown, text = _seen(printed(cell))
                known[place] = shown
                if text:
                    found.append(Label(column, right, text))
                    texts.append(shown)
            column = right + 1
        grid.labels[row], grid.label_texts[row] = found, texts
        return found


def text_at(grid: Grid, row: int, column: int) -> str:
    """Return what a place shows, of a merged area for each of its places; errors and unseen signs not."""
    place = (row, column)
    known = grid.texts.get(place)
    if known is not None:
        return known
    own = grid.anchor(row, column)
    if own not in grid.cells:
        return ""  # not kept: a sheet may have millions of blank places
    known = grid.texts[place] = _shown(grid, own)
    return known


def _shown(grid: Grid, place: Place) -> str:
    """What a cell that is there shows, looked up once."""
    known = grid.texts.get(place)
    if known is None:
        known = grid.texts[place] = _seen(printed(grid.cells[place]))[0]
    return known


@remembered
def _seen(text: str) -> tuple[str, str]:
    """What a cell's text shows, and that as a label: nothing where it is blank or an error."""
    text = text.strip()
    if is_blank(text) or (text[0] == "#" and is_error_value(text)):
        return "", ""
    return text, bare(text)


def value_place(grid: Grid, row: int, span: tuple[int, int]) -> Place:
    """Return the place of a row's value under a header cell: its first filled place, else its first."""
    cells, merged, first = grid.cells, grid.merged, None
    for column in range(span[0], span[1] + 1):
        place = (row, column)
        if area := merged.get(place):
            place = area[:2]
        if place in cells:
            return place
        first = first or place
    return first or (row, span[0])


def beside(lines: Lines, row: int, index: int) -> Place | None:
    """Return the place of what a row's label of an index names: filled, or blank up to the next text.

    None where the next label stands at once beside it, or the cell is merged down from a row above.
    """
    found = lines.labels(row)
    label = found[index]
    follows = found[index + 1] if index + 1 < len(found) else None
    column = label.right + 1
    if follows and follows.left <= column + FAR:
        column = follows.left
    if column > MAX_COLUMNS:
        return None
    area = lines.grid.area(row, column)
    return (row, column) if area.top == row and area.left == column else None


def label_of(grid: Grid, row: int, before: int) -> str:
    """Return the label of a row: the last text of its own before a column.

    One merged down from above is none, nor is a number, which only counts the rows.
    """
    label = ""
    for column in range(1, before):
        area = grid.area(row, column)
        if area.top == row and (text := text_at(grid, row, column)) and not _COUNT.fullmatch(plain(text)):
            label = text
    return label
