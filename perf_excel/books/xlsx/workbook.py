"""An .xlsx/.xlsm workbook as a file: filled and changed without touching anything else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from perf_excel.books.xlsx.adding import Main, Sheet, put_sheet
from perf_excel.books.xlsx.editing import fill_sheet, has_formulas
from perf_excel.books.xlsx.forgotten_parts import forgotten
from perf_excel.books.xlsx.markup import Markup, check
from perf_excel.books.xlsx.moving.moving_parts import Target, move_rows
from perf_excel.books.xlsx.package import Content
from perf_excel.books.xlsx.read_workbook import ReadWorkbook
from perf_excel.books.xlsx.recalculation import force_recalculation
from perf_excel.books.xlsx.row_room import RowRoom
from perf_excel.books.xlsx.splicing import Piece, encoded, spliced
from perf_excel.books.xlsx.workbook_parts import KEPT_SIZE
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Edit, address
from perf_excel.sheets.writing.moved_rows import Moves


class Workbook(ReadWorkbook):
    """An opened workbook, and what its file becomes with other cells, rows or sheets."""

    def with_part(self, sheet: str, content: bytes) -> Workbook:
        """Return the workbook with another part for a sheet, in the encoding that it is stored in.

        Raises:
            UserError: there is no sheet of this name.
        """
        return Workbook.from_bytes(self._package.replace({self._sheet(sheet).part: content}), self.name)

    def fill(self, edits: Mapping[str, Sequence[Edit]]) -> bytes:
        """Return the file with cells changed by sheet; all its other parts keep their bytes.

        Styles stay, and so do formulas, whose edits become their cached results. If there are formulas, the
        application is asked to calculate them all when it opens the file. Rows that are written grow as far
        as their texts need.

        Raises:
            UserError: there is no sheet of a name, its part cannot be edited, or a text is too long.
            ValueError: an edit lies outside the sheet, or its number is not finite.

        """
        parts: dict[str, Content] = {}
        read: dict[str, Markup] = {}
        room = RowRoom(self._markup, self._parts, self.name)
        for sheet, wanted in edits.items():
            found = self._sheet(sheet)
            # What was worked out on reading is written, too: viewers show what is stored.
            changes = [*self._worked_out.get(sheet, ()), *wanted]
            if not changes:
                continue
            read[found.part] = markup = self._parts.sheet(found.part)
            pieces = fill_sheet(markup, changes, f"{self.name}，{sheet}")
            # A large sheet is deflated piece by piece: there is never a second one in memory.
            small = len(markup.data) <= KEPT_SIZE or markup.encoding != "utf-8"
            if small:
                pieces = self._raised_where_written(
                    replace(markup, data=b"".join(pieces)), sheet, changes, room
                )
            parts[found.part] = encoded(pieces, markup.encoding) if small else pieces
        if not parts:
            return self._data
        parts |= room.styles()
        if self._has_formulas(read):
            recalculated = force_recalculation(self._markup)
            if recalculated is not None:
                parts[self._part] = encoded([recalculated], self._markup.encoding)
        return self._package.replace(parts)

    def _raised_where_written(
        self, markup: Markup, sheet: str, changes: Sequence[Edit], room: RowRoom
    ) -> list[Piece]:
        try:
            grid = self.grid(sheet).edited(changes)
        except UserError:
            return [markup.data]  # what else stands on a sheet that cannot be read is not known
        written = {(row, column) for row, column, _ in changes}
        return spliced(markup.data, room.made(markup, grid, written).splices)

    def with_room(self, sheets: Collection[str]) -> tuple[bytes, list[str]]:
        """Return the file with the rows of sheets as high as their texts need; none becomes lower.

        The cells whose text is too long for any row come with it.
        """
        parts: dict[str, Content] = {}
        cut: list[str] = []
        room = RowRoom(self._markup, self._parts, self.name)
        for sheet in sheets:
            found = self._sheet(sheet)
            markup = self._parts.sheet(found.part)
            changed = room.made(markup, self.grid(sheet))
            parts[found.part] = encoded(spliced(markup.data, changed.splices), markup.encoding)
            cut += [address(area.top, area.left) for area in changed.cut]
        return self._package.replace({**parts, **room.styles()}), cut

    def worked_out(self) -> Workbook:
        """Return the workbook with the results of formulas that were worked out when its sheets were read."""
        if not any(self._worked_out.values()):
            return self
        return Workbook.from_bytes(self.fill(dict.fromkeys(self._worked_out, ())), self.name)

    def with_rows(self, sheet: str, moves: Moves, forgetful: Collection[str] = ()) -> Workbook:
        """Return the workbook with rows put into a sheet or taken out; what refers to its cells goes along.

        New rows are like the row that they follow: its height, styles and formulas, but not its values. Their
        formulas have no results yet; the application is asked to calculate when it opens the file. A merged
        area that loses its first row keeps that row's cells in its next one.

        Args:
            sheet: the sheet.
            moves: the rows that come or go.
            forgetful: sheets whose formulas may lose the cells that they speak of (#REF!).

        Raises:
            UserError: there is no sheet of this name, it is too large, an array formula is in the way, or
                something needs a cell that is to go.

        """
        self._sheet(sheet)
        places = {name: found.part for name, found in self._sheets.items()}
        target = Target(self._part, self._markup, sheet, places, forgetful)
        changed = move_rows(self._package, target, moves)
        parts: dict[str, Content] = {**changed.parts}
        if self._has_formulas({}):
            book = check(changed.parts[self._part], self.name, self._part) if self._part in parts else None
            recalculated = force_recalculation(book or self._markup)
            if recalculated is not None:
                parts[self._part] = encoded([recalculated], self._markup.encoding)
        return Workbook.from_bytes(self._package.replace(parts, changed.drop), self.name)

    def without_chain(self) -> Workbook:
        """Return the workbook without its calculation chain, which applications write anew.

        One that names a cell whose formula is gone makes them repair the file.
        """
        chain = self._parts.named("calcChain")
        if chain is None:
            return self
        parts: dict[str, Content] = {**forgotten(self._package, self._part, {chain})}
        gone = {chain} & set(self._package.names)
        return Workbook.from_bytes(self._package.replace(parts, gone), self.name)

    def with_sheet(self, new: Sheet) -> bytes:
        """Return the file with a sheet added, or its content replaced; all its other parts keep their bytes.

        See :func:`~perf_excel.books.xlsx.adding.put_sheet` for the errors.

        """
        return put_sheet(self._package, Main(self._part, self._markup, self._relations), new)

    def _has_formulas(self, read: Mapping[str, Markup]) -> bool:
        if self._parts.named("calcChain") or any(map(has_formulas, read.values())):
            return True
        others = (sheet.part for sheet in self._sheets.values() if sheet.part not in read)
        try:
            return any(has_formulas(self._parts.sheet(part)) for part in others)
        except UserError:
            # Another sheet that cannot be read is no reason to refuse this one, and may hold formulas.
            return True
