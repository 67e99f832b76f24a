"""Filling cells: the bytes of a sheet part with new values spliced in, everything else as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from perf_excel.books.xlsx.cell_forms import CellForms
from perf_excel.books.xlsx.cell_writing import cell_markup
from perf_excel.books.xlsx.found_cells import CellFinder, FoundRow
from perf_excel.books.xlsx.markup import Markup, attributes, integer, tags
from perf_excel.books.xlsx.shared_formulas import LAST_COLUMN, LAST_ROW
from perf_excel.books.xlsx.sheet_places import closed_at_once, sheet_data
from perf_excel.books.xlsx.splicing import Piece, Splice, spliced
from perf_excel.errors import UserError
from perf_excel.forms.cell_limit import overlong
from perf_excel.sheets.grid import Edit, Value, address


def has_formulas(markup: Markup) -> bool:
    """Tell whether any cell of the sheet holds a formula."""
    data = markup.mask()
    place = sheet_data(data, markup.prefix)
    return bool(place and tags(markup.prefix, b"f").search(data, place[1], place[2]))


def fill_sheet(markup: Markup, edits: Iterable[Edit], label: str) -> list[Piece]:
    """Return the sheet part with cells changed, in pieces; ``label`` names file and sheet for messages.

    Raises:
        UserError: the part is no worksheet, or a text is longer than a cell can hold.
        ValueError: an edit lies outside the sheet, or its number is not finite.

    """
    return spliced(markup.data, _Sheet(markup, label).splices(_by_row(edits, label)))


def _by_row(edits: Iterable[Edit], label: str) -> dict[int, dict[int, Value]]:
    rows: dict[int, dict[int, Value]] = {}
    for row, column, value in edits:
        if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
            raise ValueError(f"no such cell: row {row}, column {column}")
        if isinstance(value, str) and (wrong := overlong(value)):
            raise UserError(f"{label}，{address(row, column)}：{wrong}。")
        rows.setdefault(row, {})[column] = value
    return rows


class _Sheet:
    """One sheet part under edit."""

    def __init__(self, markup: Markup, label: str) -> None:
        self._found = CellFinder(markup, label)
        self._forms = CellForms(markup)
        self._prefix = markup.prefix

    def splices(self, edits: Mapping[int, Mapping[int, Value]]) -> list[Splice]:
        """Return the changes that bring the edits about."""
        rows, following = self._found.rows(edits)
        end = self._found.end
        splices: list[Splice] = []
        new_rows: dict[int, list[bytes]] = {}
        for number in sorted(edits):
            values = edits[number]
            if number in rows:
                splices += self._edit_row(number, rows[number], values)
            else:
                new_rows.setdefault(following.get(number, end), []).append(self._new_row(number, values))
        if closed_at_once(self._found.data, self._found.content, end):
            inner = b"".join(row for inserted in new_rows.values() for row in inserted)
            return [(end - 2, end, b">" + inner + b"</" + self._prefix + b"sheetData>")]
        return splices + [(at, at, b"".join(inserted)) for at, inserted in new_rows.items()]

    def _edit_row(self, number: int, row: FoundRow, values: Mapping[int, Value]) -> list[Splice]:
        cells, following = self._found.cells(number, row, values)
        splices = [
            (cell.start(), cell.end(), self._forms.of(cell, values[column]).holding(values[column]))
            for column, cell in cells.items()
        ]
        inserted: dict[int, list[bytes]] = {}
        for column in sorted(values.keys() - cells.keys()):
            cell = self._new_cell(number, column, values[column], row.attributes)
            inserted.setdefault(following.get(column, row.content_end), []).append(cell)
        if row.content_end == row.tag_end and row.attributes.endswith(b"/"):
            inner = b"".join(cell for cells in inserted.values() for cell in cells)
            closing = b">" + inner + b"</" + self._prefix + b"row>"
            return [(row.tag_end - 2, row.tag_end, closing)] if inner else []
        return splices + [(at, at, b"".join(cells)) for at, cells in inserted.items()]

    def _new_row(self, number: int, values: Mapping[int, Value]) -> bytes:
        cells = b"".join(self._new_cell(number, column, values[column], b"") for column in sorted(values))
        if not cells:
            return b""
        x = self._prefix
        return b'<%brow r="%d">%b</%brow>' % (x, number, cells, x)

    def _new_cell(self, row: int, column: int, value: Value, row_attributes: bytes) -> bytes:
        if value is None or (isinstance(value, str) and not value):
            return b""
        rest = b' r="%b"' % address(row, column).encode()
        style = self._inherited_style(column, row_attributes)
        if style:
            rest += b' s="%b"' % style
        return cell_markup(self._prefix, rest, value)

    def _inherited_style(self, column: int, row_attributes: bytes) -> bytes | None:
        row = attributes(row_attributes)
        if row.get(b"customFormat") in {b"1", b"true"} and b"s" in row:
            return row[b"s"]
        for raw in tags(self._prefix, b"col").findall(self._found.data, 0, self._found.start):
            values = attributes(raw)
            first, last = integer(values.get(b"min")) or 1, integer(values.get(b"max")) or 0
            if first <= column <= last:
                return values.get(b"style")
        return None
