"""Page breaks (分页符) of a finished form of ours: made anew, for its rows grew as it was filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from perf_excel.books.finishing.merged_levels import say_on_each_page
from perf_excel.books.page_breaks import page_breaks
from perf_excel.books.paper import SPARE, page_of
from perf_excel.books.text_lines import digit_width
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import relations, workbook_part
from perf_excel.books.xlsx.trees import children, find, parse, remove, written
from perf_excel.sheets.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_USUAL_HEIGHT, _USUAL_WIDTH = 13.5, 9.0
_LAST_ROWS = 3
"""So many rows at the end of a form stay together."""
_BEHIND = (
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
"""What stands behind the breaks in a worksheet part."""
_ROWS = re.compile(r"\$([0-9]{1,7}):\$([0-9]{1,7})$")


def paged(data: bytes, name: str, grid: Grid, columns: Collection[int]) -> bytes:
    """Return a workbook with the pages of its one form begun where no group of rows is torn.

    What is merged in one of ``columns`` over several pages (levels and what stands beside the table) is said
    on each of them.
    """
    package = Package(data, name)
    main = workbook_part(package) or "xl/workbook.xml"
    book, related = parse(package, main), relations(package, main)
    sheet = next(one for one in children(book, "sheets", "sheet") if one.get("name") == grid.sheet)
    part = related[next(value for key, value in sheet.attrib.items() if str(key).endswith("}id"))].part
    tree = parse(package, part)
    remove([child for child in (find(tree, "rowBreaks"),) if child is not None])
    if begins := _begins(tree, grid, _repeated(book)):
        _put(tree, begins)
        say_on_each_page(tree, [area for area in grid.merges if area.left in columns], begins)
    return package.replace({part: written(tree)})


def _begins(tree: Element, grid: Grid, repeated: range) -> list[int]:
    heights = {int(row.get("r", "0")): _number(row.get("ht")) for row in children(tree, "sheetData", "row")}
    last = max(grid.bottom, *(area.bottom for area in grid.merges), 0)
    points = [heights.get(row) or _USUAL_HEIGHT for row in range(1, last + 1)]
    pixels = digit_width(11, latin=False) * sum(_widths(tree))
    setup = find(tree, "pageSetup")
    turned = setup is not None and setup.get("orientation") == "landscape"
    page = page_of(max(pixels, 1.0), turned=turned)
    groups = [(area.top, area.bottom) for area in grid.merges]
    groups += [(last - _LAST_ROWS + 1, last), (repeated.start, repeated.stop - 1 + _LAST_ROWS)]
    return page_breaks(points, groups, page, page - sum(points[row - 1] for row in repeated), SPARE)


def _widths(tree: Element) -> Iterator[float]:
    for column in children(tree, "cols", "col"):
        count = int(column.get("max", "1")) - int(column.get("min", "1")) + 1
        yield count * (_number(column.get("width")) or _USUAL_WIDTH)


def _repeated(book: Element) -> range:
    """The rows that every page repeats."""
    for name in children(book, "definedNames", "definedName"):
        if name.get("name") == "_xlnm.Print_Titles" and (found := _ROWS.search(name.text or "")):
            return range(int(found[1]), int(found[2]) + 1)
    return range(1, 1)


def _put(tree: Element, begins: list[int]) -> None:
    space = etree.QName(tree).namespace
    count = str(len(begins))
    breaks = etree.Element(f"{{{space}}}rowBreaks", count=count, manualBreakCount=count)
    for row in begins:
        etree.SubElement(breaks, f"{{{space}}}brk", id=str(row - 1), max="16383", man="1")
    behind = next((found for one in _BEHIND if (found := find(tree, one)) is not None), None)
    if behind is None:
        tree.append(breaks)
    else:
        behind.addprevious(breaks)


def _number(written: str | None) -> float | None:
    return float(written) if written and re.fullmatch(r"[0-9]{1,5}(?:\.[0-9]{1,20})?", written) else None
