"""The sheet part: its bytes as a Grid of values, formats, formulas and merged areas."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from perf_excel.books.xlsx.cell_contents import CellReader
from perf_excel.books.xlsx.cell_patterns import cells_up_to, patterns
from perf_excel.books.xlsx.markup import (
    Markup,
    attributes,
    integer,
    tag,
    tags,
    text,
)
from perf_excel.books.xlsx.merged_areas import check_merges, merged_areas
from perf_excel.books.xlsx.number_formats import GENERAL
from perf_excel.books.xlsx.percent_blanks import PercentBlanks
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN, LAST_ROW, ColumnNumbers, column_number
from perf_excel.books.xlsx.shared_strings import SharedStrings, Struck
from perf_excel.errors import UserError
from perf_excel.sheets.grid import PICTURE, Cell, Grid, Place, address, is_picture
from perf_excel.sheets.helper_cells import MARKER, set_apart
from perf_excel.sheets.shown_text import counted_from_1900

CELL_LIMIT = 300_000
FORMAT_LIMIT = 255
"""Characters that Excel lets a number format have."""
DATE_FORMAT = "yyyy-mm-dd"
_AT_ONCE = 4 << 20
_SAID = (b"s", b"t", b"vm")
"""What the attributes of a cell say beside its address: style, type, picture."""
_MARKER = MARKER.encode()
_INLINE_MARKER = b"<x:is><x:t>%b</x:t></x:is>" % _MARKER
_PICTURE = b"picture"
"""In place of the type of a cell that shows a picture."""

_MAY_HIDE = re.compile(rb"""\s(?:hidden\s*=|ht\s*=\s*["']0)""")
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Source(NamedTuple):
    """What a sheet part needs from the rest of its workbook."""

    label: str
    """File and sheet, for messages."""
    strings: SharedStrings
    formats: Sequence[str]
    date_1904: bool = False
    pictures: Collection[int] = ()
    """The numbers (vm) by which cells name a picture in place of a value."""


_Raw = tuple[int, int, bytes, bytes, bytes, bytes]
"""Row, column, attributes, formula, value; or the cell's content instead where it is more than these two."""


class _Rows(dict[bytes, int]):
    """Numbers of rows by their digits."""

    def __missing__(self, digits: bytes) -> int:
        self[digits] = number = int(digits)
        return number


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


def sheet_data(data: bytes, prefix: bytes) -> tuple[int, int, int] | None:
    """Return where <sheetData> begins and where its content begins and ends; None if there is none."""
    start = elements_start(prefix).search(data)
    if start is None:
        return None
    if start[1].endswith(b"/"):
        return start.start(), start.end(), start.end()
    return start.start(), start.end(), data.index(b"</" + prefix + b"sheetData", start.end())


@cache
def elements_start(prefix: bytes) -> re.Pattern[bytes]:
    """Return the pattern of <sheetData>."""
    return re.compile(tag(prefix, b"sheetData"))


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
    hidden_columns = _hidden_columns(data, place[0], markup.prefix)
    first_hidden = min(hidden_columns, default=None)
    found = _raw_cells(data, place, markup.prefix, source, first_hidden)
    if first_hidden:
        found = _before_helpers(found, first_hidden, source.strings)
    cells = _cells(found, markup.prefix, source, CELL_LIMIT)
    if source.pictures or any(name in data for name in (b"DISPIMG", b"IMAGE")):
        _without_picture_texts(cells)
    struck = _take_struck(cells) if source.strings.struck or b"strike" in data else {}
    if source.date_1904:
        cells = {place: counted_from_1900(cell) for place, cell in cells.items()}
    merges = merged_areas(data, place[2], markup.prefix, source.label)
    rows = _hidden_rows(data, place, markup.prefix)
    rows = rows and rows & {row for row, _ in cells}
    # A very large sheet is not kept in memory for it.
    formats = source.formats if len(data) < _AT_ONCE else ()
    blanks = PercentBlanks(data if formats else b"", markup.prefix, formats)
    grid = Grid(sheet, cells, merges, hidden, struck, blanks, hidden_rows=rows, hidden_columns=hidden_columns)
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
) -> Iterator[_Raw]:
    if patterns(prefix).irregular.search(data, *place[1:]):
        return _irregular_cells(data, place[1], place[2], prefix, source, after)
    last = _helper_column(data, place, prefix, source, hidden) if hidden else None
    return _regular_cells(data, place[1], place[2], cells_up_to(prefix, last))


def _helper_column(
    data: bytes, place: tuple[int, int, int], prefix: bytes, source: Source, hidden: int
) -> int | None:
    """Return the column of the marker of helper cells where it stands in the first row that holds anything.

    All that is right of it is passed over from there on, and need not even be found.
    """
    regular = patterns(prefix).regular
    first = regular.search(data, place[1], place[2])
    if first is None:
        return None
    end = data.find(b"</%brow" % prefix, first.end(), place[2])
    marker = _INLINE_MARKER.replace(b"x:", prefix)
    for _, column, rest, _, raw, content in _regular_cells(data, first.start(), end, regular):
        if content == marker or (b't="s"' in rest and source.strings[raw] == MARKER):
            return column if column > hidden else None
    return None


def _before_helpers(found: Iterable[_Raw], hidden: int, strings: SharedStrings) -> Iterator[_Raw]:
    """Yield cells without helper cells, which are thousands, and begin behind the first hidden column."""
    last = LAST_COLUMN + 1
    for cell in found:
        column, rest, raw, content = cell[1], cell[2], cell[4], cell[5]
        if column >= last:
            continue
        yield cell
        if column > hidden and (_MARKER in content or (b't="s"' in rest and strings[raw] == MARKER)):
            last = column


def _cells(found: Iterable[_Raw], prefix: bytes, source: Source, most: int) -> dict[Place, Cell]:
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


def _hidden_columns(data: bytes, end: int, prefix: bytes) -> frozenset[int]:
    """Return which columns are not shown: hidden, or of no width."""
    columns: set[int] = set()
    for found in tags(prefix, b"col").finditer(data, 0, end):
        values = attributes(found[1])
        first, last = integer(values.get(b"min")), integer(values.get(b"max"))
        if first and last and _is_hidden(values, b"width"):
            columns.update(range(first, min(last, LAST_COLUMN) + 1))
    return frozenset(columns)


def _hidden_rows(data: bytes, place: tuple[int, int, int], prefix: bytes) -> frozenset[int]:
    """Return which rows are not shown: hidden, or of no height."""
    hidden: set[int] = set()
    for found in tags(prefix, b"row").finditer(data, place[1], place[2]):
        if not _MAY_HIDE.search(found[1]):
            continue
        values = attributes(found[1])
        row = integer(values.get(b"r"))
        if row and _is_hidden(values, b"ht"):
            hidden.add(row)
    return frozenset(hidden)


def _is_hidden(values: Mapping[bytes, bytes], size: bytes) -> bool:
    return values.get(b"hidden") in (b"1", b"true") or values.get(size) in (b"0", b"0.0")


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


def _regular_cells(data: bytes, start: int, end: int, pattern: re.Pattern[bytes]) -> Iterator[_Raw]:
    columns, rows = ColumnNumbers(), _Rows()
    # All at once is quicker, one by one takes no memory: a million cells are refused after the first ones.
    found: Iterable[tuple[bytes, ...]] = (
        pattern.findall(data, start, end)
        if end - start < _AT_ONCE
        else (match.groups(b"") for match in pattern.finditer(data, start, end))
    )
    for letters, digits, rest, formula, value, content in found:
        yield rows[digits], columns[letters], rest, formula, value, content


def _irregular_cells(
    data: bytes, start: int, end: int, prefix: bytes, source: Source, row: int
) -> Iterator[_Raw]:
    column = 0
    for match in patterns(prefix).irregular_token.finditer(data, start, end):
        row_attributes, rest, content = match.groups()
        if rest is None:
            given = attributes(row_attributes).get(b"r")
            row, column = place_of(f"A{text(given)}", source.label)[0] if given else row + 1, 0
            continue
        found = attributes(rest)
        written = found.pop(b"r", None)
        if written is None:
            column += 1
        else:
            row, column = place_of(text(written), source.label)
        if content:
            # Without its address it repeats from cell to cell, and is looked up once.
            kept = b"".join(b' %b="%b"' % (name, found[name]) for name in _SAID if name in found)
            yield row, column, kept, b"", b"", content


def place_of(written: str, label: str) -> Place:
    """Return row and column of an A1 address.

    Raises:
        UserError: it is none; ``label`` names file and sheet.

    """
    match = _ADDRESS.fullmatch(written)
    if match is None or not 0 < int(match[2]) <= LAST_ROW or column_number(match[1]) > LAST_COLUMN:
        raise UserError(
            f"{label}：单元格地址“{written[:20]}”无效，文件已损坏，请用 Excel 或 WPS 修复并另存后重试。"
        )
    return int(match[2]), column_number(match[1])
