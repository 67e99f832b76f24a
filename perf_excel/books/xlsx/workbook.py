"""An .xlsx/.xlsm workbook as a file: opened safely, read as grids, filled without touching anything else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from perf_excel.books.file_reading import read_file
from perf_excel.books.sniff import refuse, sniff
from perf_excel.books.xlsx.adding import Main, Sheet, put_sheet
from perf_excel.books.xlsx.cell_looks import Looks
from perf_excel.books.xlsx.editing import fill_sheet, has_formulas
from perf_excel.books.xlsx.forgotten_parts import forgotten
from perf_excel.books.xlsx.main_types import as_workbook
from perf_excel.books.xlsx.markup import Markup, attributes, check, tags
from perf_excel.books.xlsx.moving.moving_parts import Target, move_rows
from perf_excel.books.xlsx.package import Content, Package
from perf_excel.books.xlsx.recalculation import force_recalculation
from perf_excel.books.xlsx.relations import read_xml, relations, workbook_part
from perf_excel.books.xlsx.row_room import RowRoom
from perf_excel.books.xlsx.sheet_list import ListedSheet, listed_sheets, main_part
from perf_excel.books.xlsx.sheetxml import Source, read_grid
from perf_excel.books.xlsx.splicing import Piece, encoded, spliced
from perf_excel.books.xlsx.workbook_parts import KEPT_SIZE, WorkbookParts
from perf_excel.errors import UserError
from perf_excel.sheets.calculating.recalculated import recalculated
from perf_excel.sheets.grid import Edit, Grid, address
from perf_excel.sheets.writing.moved_rows import Moves

_TYPES = "[Content_Types].xml"


class Workbook:
    """An opened .xlsx/.xlsm, or a template (.xltx/.xltm): the bytes in memory, which never change."""

    def __init__(self, package: Package, data: bytes, part: str | None) -> None:
        """Find the sheets, named by the main part; use :meth:`open` or :meth:`from_bytes`."""
        self._package = package
        self._data = data
        self._part, self._markup = main_part(package, part, data)
        self._relations = relations(package, self._part)
        self._sheets = listed_sheets(self._markup, self._relations, self.name)
        self._parts = WorkbookParts(package, self._relations)
        properties = tags(self._markup.prefix, b"workbookPr").search(self._markup.plain())
        self.date_1904 = bool(properties and attributes(properties[1]).get(b"date1904") in {b"1", b"true"})
        self._grids: dict[str, Grid] = {}
        self._worked_out: dict[str, list[Edit]] = {}

    @classmethod
    def open(cls, path: Path) -> Workbook:
        """Open a workbook file.

        Raises:
            UserError: the file cannot be read, or is no workbook that can be used safely. An
                :class:`~perf_excel.books.sniff.OtherFormatError` says what else it is.

        """
        return cls.from_bytes(read_file(path), path.name)

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> Workbook:
        """Open a workbook from its bytes; ``name`` is the file's name for messages.

        Raises:
            UserError: as :meth:`open`.

        """
        if not data:
            raise UserError(f"{name}：文件是空的（0 字节），请重新获取该文件。")
        if not data.startswith(b"PK"):
            raise refuse(name, sniff(data), data)
        package = Package(data, name)
        # A template is read as the workbook that an application makes of it: so it is written, too.
        part = workbook_part(package)
        workbook = as_workbook(package, part or "")
        if workbook is None:
            return cls(package, data, part)
        return cls(Package(workbook, name), workbook, part)

    @property
    def name(self) -> str:
        """The file's name."""
        return self._package.name

    @property
    def data(self) -> bytes:
        """The file as it is."""
        return self._data

    def markup(self, sheet: str) -> tuple[str, Markup]:
        """Return a sheet's part and its name in the file.

        Raises:
            UserError: there is no sheet of this name, or its part is damaged, unsafe or too large.
        """
        part = self._sheet(sheet).part
        return part, self._parts.sheet(part)

    def with_part(self, sheet: str, content: bytes) -> Workbook:
        """Return the workbook with another part for a sheet, in the encoding that it is stored in.

        Raises:
            UserError: there is no sheet of this name.
        """
        return Workbook.from_bytes(self._package.replace({self._sheet(sheet).part: content}), self.name)

    @property
    def suffix(self) -> str:
        """The ending that a file of this content needs: applications refuse macros under .xlsx."""
        types = read_xml(self._package, _TYPES).data if _TYPES in self._package else b""
        return ".xlsm" if b"macroEnabled" in types else ".xlsx"

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the worksheets in order; chart and macro sheets are left out."""
        return tuple(self._sheets)

    def hidden(self, sheet: str) -> bool:
        """Tell whether a sheet is hidden.

        Raises:
            UserError: there is no sheet of this name.

        """
        return self._sheet(sheet).hidden

    def grid(self, sheet: str) -> Grid:
        """Return a sheet's cells; they are read once.

        Raises:
            UserError: there is no sheet of this name, or its part is damaged, unsafe or too large.

        """
        if sheet not in self._grids:
            found = self._sheet(sheet)
            markup = self._parts.sheet(found.part)
            source = Source(
                f"{self.name}，{sheet}",
                self._parts.strings,
                self._parts.formats,
                self.date_1904,
                self._parts.pictures,
            )
            grid = read_grid(markup, sheet, source, hidden=found.hidden)
            # Programs that write workbooks without calculating them leave formulas without results.
            worked_out = list(recalculated(grid, uncalculated=True))
            self._grids[sheet] = grid.edited(worked_out) if worked_out else grid
            self._worked_out[sheet] = worked_out
        return self._grids[sheet]

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

    @property
    def looks(self) -> Looks:
        """How its cells look."""
        return self._parts.looks

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

    @property
    def structure_locked(self) -> bool:
        """Whether the workbook asks applications not to add or remove sheets (保护工作簿结构)."""
        found = tags(self._markup.prefix, b"workbookProtection").search(self._markup.plain())
        return bool(found and attributes(found[1]).get(b"lockStructure") in {b"1", b"true"})

    @property
    def signed(self) -> bool:
        """Whether the workbook has a digital signature (数字签名), which no change leaves valid."""
        return any(relation.kind == "origin" for relation in relations(self._package, "").values())

    def _sheet(self, sheet: str) -> ListedSheet:
        if sheet not in self._sheets:
            names = "、".join(self._sheets)
            raise UserError(f"{self.name}：没有名为“{sheet}”的工作表，现有工作表：{names}。")
        return self._sheets[sheet]

    def _has_formulas(self, read: Mapping[str, Markup]) -> bool:
        if self._parts.named("calcChain") or any(map(has_formulas, read.values())):
            return True
        others = (sheet.part for sheet in self._sheets.values() if sheet.part not in read)
        try:
            return any(has_formulas(self._parts.sheet(part)) for part in others)
        except UserError:
            # Another sheet that cannot be read is no reason to refuse this one, and may hold formulas.
            return True
