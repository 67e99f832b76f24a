"""The cells of one workbook written a thousand times over (逐份填写): as :meth:`Workbook.fill`, faster."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from perf_excel.books.xlsx.cell_forms import CellForm, cell_forms
from perf_excel.books.xlsx.cell_room import Room, rooms
from perf_excel.books.xlsx.moulding import Mould
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.grid import Place, Value

SheetValues = Mapping[Place, Value]


class Casting:
    """A workbook whose cells at some places differ from one copy to the next."""

    def __init__(self, workbook: Workbook, places: Mapping[str, Collection[Place]]) -> None:
        """Find the cells, and pack all else.

        Args:
            workbook: the workbook, with something in each of these cells.
            places: by sheet the cells that differ.

        Raises:
            UserError: a sheet cannot be read.
            ValueError: a place has no cell, or a part is not in UTF-8.
        """
        self._sheets: list[tuple[str, list[tuple[Place, CellForm]]]] = []
        self._rooms: dict[str, dict[Place, Room]] = {}
        spans: dict[str, list[tuple[int, int]]] = {}
        for sheet, wanted in places.items():
            part, markup = workbook.markup(sheet)
            label = f"{workbook.name}，{sheet}"
            forms = cell_forms(markup, wanted, label)
            if markup.encoding != "utf-8" or forms.keys() != set(wanted):
                raise ValueError(label)
            ordered = sorted(forms.items(), key=lambda one: one[1].start)
            self._sheets.append((sheet, ordered))
            spans[part] = [(form.start, form.end) for _, form in ordered]
            if not workbook.hidden(sheet):
                self._rooms[sheet] = rooms(markup, workbook.grid(sheet), workbook.looks, wanted, label)
        self._mould = Mould(workbook.data, workbook.name, spans)

    def cast(self, values: Mapping[str, SheetValues]) -> bytes | None:
        """Return a copy with values in its cells; a cell of which nothing is said is blank.

        None where a text needs more room than its cell has: rows would have to grow.

        Args:
            values: by sheet and place; of a formula its result.
        """
        contents: list[list[bytes]] = []
        for sheet, forms in self._sheets:
            own, room = values[sheet], self._rooms.get(sheet)
            written: list[bytes] = []
            for place, form in forms:
                value = own.get(place)
                if room and isinstance(value, str) and not room[place].holds(value):
                    return None
                written.append(form.holding(value))
            contents.append(written)
        return self._mould.cast(contents)
