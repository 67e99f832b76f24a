"""The merged areas (合并单元格) of a sheet part."""

from __future__ import annotations

import re
from functools import cache

from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN, LAST_ROW, ColumnNumbers
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, Grid

MERGE_LIMIT = 200_000
MERGED_PLACES_LIMIT = 1_000_000


@cache
def _merge(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(
        rb"""<%bmergeCell(?: ref="|\s[^>]*?\bref\s*=\s*["'])"""
        rb"""\$?([A-Za-z]{1,3})\$?([0-9]{1,7}):\$?([A-Za-z]{1,3})\$?([0-9]{1,7})["']""" % re.escape(prefix)
    )


def merged_areas(data: bytes, start: int, prefix: bytes, label: str) -> tuple[Area, ...]:
    """Return the merged areas that stand behind a place; ``label`` names file and sheet for messages.

    Raises:
        UserError: there are too many, or one lies beyond the sheet.

    """
    found: list[tuple[bytes, bytes, bytes, bytes]] = _merge(prefix).findall(data, start)
    if len(found) > MERGE_LIMIT:
        raise UserError(f"{label}：合并单元格超过 {MERGE_LIMIT} 处，请取消多余的合并后重试。")
    numbers = ColumnNumbers()
    areas: list[Area] = []
    for corners in found:
        left, top, right, bottom = numbers[corners[0]], int(corners[1]), numbers[corners[2]], int(corners[3])
        if top > bottom:
            top, bottom = bottom, top
        if left > right:
            left, right = right, left
        if not (top and bottom <= LAST_ROW and right <= LAST_COLUMN):
            shown = "{}{}:{}{}".format(*(corner.decode() for corner in corners))
            raise UserError(
                f"{label}：合并单元格“{shown}”超出工作表范围，"
                "文件已损坏，请用 Excel 或 WPS 修复并另存后重试。"
            )
        areas.append(Area(top, left, bottom, right))
    return tuple(areas)


def check_merges(grid: Grid, label: str) -> Grid:
    """Return the grid, if its merged areas do not cover too much of it.

    Raises:
        UserError: they do. A Grid spreads its merged areas over the used places: a few hostile ones could
            fill the memory.

    """
    if len(grid.merges) * grid.bottom * grid.right > MERGED_PLACES_LIMIT:
        places = sum(
            max(0, min(area.bottom, grid.bottom) - area.top + 1)
            * max(0, min(area.right, grid.right) - area.left + 1)
            for area in grid.merges
        )
        if places > MERGED_PLACES_LIMIT:
            raise UserError(f"{label}：合并单元格覆盖的范围过大，请取消多余的合并后重试。")
    return grid
