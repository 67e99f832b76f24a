"""The sheet part: its bytes as a Grid of values, formats, formulas and merged areas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from perf_excel.books.xlsx.cell_contents import CellReader
from perf_excel.books.xlsx.cell_patterns import cells_up_to, patterns
from perf_excel.books.xlsx.helper_columns import before_helpers, helper_column
from perf_excel.books.xlsx.hidden_lines import hidden_columns, hidden_rows
from perf_excel.books.xlsx.markup import Markup, attributes, integer, text
from perf_excel.books.xlsx.merged_areas import check_merges, merged_areas
from perf_excel.books.xlsx.number_formats import GENERAL
from perf_excel.books.xlsx.percent_blanks import PercentBlanks
from perf_excel.books.xlsx.raw_cells import AT_ONCE, RawCell, irregular_cells, regular_cells
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN, LAST_ROW
from perf_excel.books.xlsx.shared_strings import SharedStrings, Struck
from perf_excel.books.xlsx.sheet_places import sheet_data
from perf_excel.errors import UserError
from perf_excel.sheets.grid import PICTURE, Cell, Grid, Place, address, is_picture
from perf_excel.sheets.helper_cells import set_apart
from perf_excel.sheets.shown_text import counted_from_1900

CELL_LIMIT = 300_000
FORMAT_LIMIT = 255
"""Characters that Excel lets a number format have."""
DATE_FORMAT = "yyyy-mm-dd"
_PICTURE = b"picture"
"""In place of the type of a cell that shows a picture."""


class Source(NamedTuple):
    """What a sheet part needs from the rest of its workbook."""

    label: str
    """File and sheet, for messages."""
    strings: SharedStrings
    formats: Sequence[str]
    date_1904: bool = False
    pictures: Collection[int] = ()
    """The numbers (vm) by which cells name a picture in place of a value."""


class _Tags(dict[bytes, tuple[str, bytes]]):
    """Number format and type by the attributes behind the address, which repeat from cell to cell."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._formats = dict(enumerate(source.formats))
        self._pictures = source.pictures

    def __missing__(self, raw: bytes) -> tuple[str, bytes]:
        found = attributes(raw)
        kind = _PICTURE if integer(found.get(b"vm")) in self._pictures else found.get(b"t", b"n")
        code = self._formats.get(integer(found.get(b"s")) or 0, GENERAL)
        self[raw] = result = (code, kind)
        return result


def read_grid(markup: Markup, sheet: str, source: Source, *, hidden: bool = False) -> Grid:
    """Return the sheet's non-empty cells and merged areas.

    Raises:
        UserError: no worksheet, too many cells or merged areas, an impossible address.

    """
    if markup.root != b"worksheet":
        raise UserError(f"{source.label}：不是普通工作表，无法读取。")
    data = markup.plain()
    place = sheet_data(data, markup.prefix)
    if place is None:
        return Grid(sheet, {}, (), hidden)
    unshown = hidden_columns(data, place[0], markup.prefix)
    first_hidden = min(unshown, default=None)
    found = _raw_cells(data, place, markup.prefix, source, first_hidden)
    if first_hidden:
        found = before_helpers(found, first_hidden, source.strings)
    cells = _cells(found, markup.prefix, source, CELL_LIMIT)
    if source.pictures or any(name in data for name in (b"DISPIMG", b"IMAGE")):
        _without_picture_texts(cells)
    struck = _take_struck(cells) if source.strings.struck or b"strike" in data else {}
    if source.date_1904:
        cells = {place: counted_from_1900(cell) for place, cell in cells.items()}
    merges = merged_areas(data, place[2], markup.prefix, source.label)
    rows = hidden_rows(data, place, markup.prefix)
    rows = rows and rows & {row for row, _ in cells}
    # A very large sheet is not kept in memory for it.
    formats = source.formats if len(data) < AT_ONCE else ()
    blanks = PercentBlanks(data if formats else b"", markup.prefix, formats)
    grid = Grid(sheet, cells, merges, hidden, struck, blanks, hidden_rows=rows, hidden_columns=unshown)
    return set_apart(check_merges(grid, source.label))


def read_rows(data: bytes, prefix: bytes, source: Source, after: int) -> dict[Place, Cell]:
    """Return the non-empty cells of whole rows of a sheet part that is read piece by piece.

    Args:
        data: the rows, which hold no comments and the like.
        prefix: the prefix of their namespace.
        source: what they need from the rest of the workbook.
        after: the number of the row before them: not every program writes numbers.

    Raises:
        UserError: as :func:`read_grid`.
    """
    found = _raw_cells(data, (0, 0, len(data)), prefix, source, None, after)
    cells = _cells(found, prefix, source, len(data))  # what bounds them is the size of a piece
    _take_struck(cells)
    return cells


def _raw_cells(
    data: bytes,
    place: tuple[int, int, int],
    prefix: bytes,
    source: Source,
    hidden: int | None,
    after: int = 0,
) -> Iterator[RawCell]:
    if patterns(prefix).irregular.search(data, *place[1:]):
        return irregular_cells(data, place[1], place[2], prefix, source.label, after)
    last = helper_column(data, place, prefix, source.strings, hidden) if hidden else None
    return regular_cells(data, place[1], place[2], cells_up_to(prefix, last))


def _cells(found: Iterable[RawCell], prefix: bytes, source: Source, most: int) -> dict[Place, Cell]:
    cells: dict[Place, Cell] = {}
    tags = _Tags(source)
    strings = source.strings
    reader = CellReader(prefix, strings, date_1904=source.date_1904)
    numbers = reader.numbers
    for row, column, rest, formula, raw, content in found:
        code, kind = tags[rest]
        if not content:
            written = text(formula).removeprefix("=") if formula else None
            # The two kinds that fill nearly every form come first.
            if kind == b"s" and raw:
                value = strings[raw]
            elif kind == b"n" and raw:
                value = numbers[raw]
            else:
                value = reader.value(kind, raw)
        else:
            written, value = reader.content(kind, content, row, column)
        if kind == _PICTURE:
            written = written or PICTURE
        # Not `value == ""`: a Decimal takes a microsecond to find out that it is no text.
        if written is None and (value is None or (isinstance(value, str) and not value)):
            continue
        if kind == b"d" and code == GENERAL:
            code = DATE_FORMAT
        cells[row, column] = Cell(value, code, written)
        if row > LAST_ROW or column > LAST_COLUMN or len(code) > FORMAT_LIMIT or len(cells) > most:
            raise _beyond(source.label, row, column, len(code))
    return cells


def _take_struck(cells: dict[Place, Cell]) -> dict[Place, str]:
    """Return what is struck out, by its place; cells that hold nothing else are empty."""
    found = {at: (cell, cell.value) for at, cell in cells.items() if isinstance(cell.value, Struck)}
    for at, (cell, value) in found.items():
        if value != "":
            cells[at] = cell._replace(value=str(value))
        else:
            del cells[at]
    return {at: value.struck for at, (_, value) in found.items()}


def _without_picture_texts(cells: dict[Place, Cell]) -> None:
    """A picture has no value: what stands there is for programs that cannot show it."""
    for place, cell in cells.items():
        if cell.formula and is_picture(cell.formula):
            cells[place] = cell._replace(value=None)


def _beyond(label: str, row: int, column: int, format_length: int) -> UserError:
    """Return the error of the limit that a cell goes beyond."""
    if row > LAST_ROW or column > LAST_COLUMN:
        return UserError(f"{label}：单元格地址超出工作表范围（第 {row} 行第 {column} 列），文件已损坏。")
    if format_length > FORMAT_LIMIT:
        return UserError(
            f"{label}：单元格 {address(row, column)} 的数字格式超过 {FORMAT_LIMIT} 个字符，"
            "请在 Excel 或 WPS 里重设它的数字格式后重试。"
        )
    return UserError(f"{label}：有内容的单元格超过 {CELL_LIMIT} 个，请删除多余数据后重试。")
