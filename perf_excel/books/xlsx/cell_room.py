"""The room of a cell as it stands (单元格的大小): whether a text shows whole in it without any change."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import NamedTuple

from perf_excel.books.text_lines import PIXELS_PER_POINT, room, text_height
from perf_excel.books.xlsx.cell_looks import Looks
from perf_excel.books.xlsx.markup import Markup
from perf_excel.books.xlsx.raising import SLACK
from perf_excel.books.xlsx.sheet_measures import SheetMeasures
from perf_excel.books.xlsx.sheet_places import sheet_data
from perf_excel.sheets.grid import Grid, Place


class Room(NamedTuple):
    """The room of a cell as it stands: pixels across, the size of its type, points from top to bottom."""

    pixels: float
    size: float
    points: float
    wraps: bool

    def holds(self, text: str) -> bool:
        """Whether a text surely shows whole without any change of row or style."""
        if self.wraps:
            return text_height(text, self.pixels, self.size) <= self.points + SLACK
        # No sign is wider than high.
        return "\n" not in text and len(text) * self.size * PIXELS_PER_POINT <= self.pixels


def rooms(
    markup: Markup, grid: Grid, looks: Looks, places: Collection[Place], label: str
) -> dict[Place, Room]:
    """Return the room of cells of a sheet; ``label`` names file and sheet for messages."""
    found: dict[Place, Room] = {}
    if (rows := sheet_data(markup.mask(), markup.prefix)) is None:
        return found
    sheet = SheetMeasures(markup, rows, looks, label)
    for row, column in places:
        area = grid.area(row, column)
        look = looks[sheet.styles(row).get(column, (0, None))[0]]
        width = sheet.width(area)
        if look.turned or look.shrinks or not width:
            found[row, column] = Room(math.inf, look.size, math.inf, wraps=False)
            continue
        points = sheet.height(area)
        found[row, column] = Room(room(width, look.indent), look.size, points, look.wraps)
    return found
