"""An .xlsx/.xlsm workbook as a file: opened safely, read as grids, filled without touching anything else."""

from __future__ import annotations

import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from perf_excel.books.sniff import refuse, sniff
from perf_excel.books.xlsx.adding import Main, Sheet, put_sheet
from perf_excel.books.xlsx.cell_looks import Looks, Wrapping
from perf_excel.books.xlsx.editing import fill_sheet, has_formulas
from perf_excel.books.xlsx.forgotten_parts import forgotten
from perf_excel.books.xlsx.main_types import as_workbook
from perf_excel.books.xlsx.markup import Markup, attributes, check, elements, tags, text
from perf_excel.books.xlsx.moving.moving_parts import Target, move_rows
from perf_excel.books.xlsx.number_formats import number_formats
from perf_excel.books.xlsx.package import MEGABYTE, Content, Package
from perf_excel.books.xlsx.print_area import last_printed_column
from perf_excel.books.xlsx.raising import Raised, Texts, raised
from perf_excel.books.xlsx.recalculation import force_recalculation
from perf_excel.books.xlsx.relations import Relation, read_xml, relations, workbook_part
from perf_excel.books.xlsx.rich_values import pictures
from perf_excel.books.xlsx.shared_strings import SharedStrings
from perf_excel.books.xlsx.sheetxml import Source, read_grid
from perf_excel.books.xlsx.splicing import Piece, encoded, spliced
from perf_excel.errors import UserError
from perf_excel.sheets.calculating.recalculated import recalculated
from perf_excel.sheets.grid import Edit, Grid, Place, address
from perf_excel.sheets.writing.moved_rows import Moves

FILE_LIMIT = 128 * MEGABYTE
SHEET_LIMIT = 200 * MEGABYTE
STRINGS_LIMIT = 128 * MEGABYTE
_NO_NAME = 123
"""ERROR_INVALID_NAME of Windows."""
_TYPES = "[Content_Types].xml"
_KEPT_SIZE = 4 * MEGABYTE


class SheetPart(NamedTuple):
    """A sheet: the name of its part, and whether it is hidden."""

    part: str
    hidden: bool


class Workbook:
    """An opened .xlsx/.xlsm, or a template (.xltx/.xltm): the bytes in memory, which never change."""

    def __init__(self, package: Package, data: bytes, part: str | None) -> None:
        """Find the sheets, named by the main part; use :meth:`open` or :meth:`from_bytes`."""
        self._package = package
        self._data = data
        self._part, self._markup = _main_part(package, part, data)
        self._relations = relations(package, self._part)
        plain = self._markup.plain()
        self._sheets = sheets_of(plain, self._markup.prefix, self._relations, self.name)
        properties = tags(self._markup.prefix, b"workbookPr").search(plain)
        self.date_1904 = bool(properties and attributes(properties[1]).get(b"date1904") in {b"1", b"true"})
        self._kept: dict[str, Markup] = {}
        self._grids: dict[str, Grid] = {}
        self._worked_out: dict[str, list[Edit]] = {}
        self._strings: SharedStrings | None = None
        self._formats: list[str] | None = None
        self._shown: frozenset[int] | None = None
        self._looks: Looks | None = None

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
        return part, self._read_sheet(part)

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
            markup = self._read_sheet(found.part)
            source = Source(
                f"{self.name}，{sheet}",
                self._shared_strings(),
                self._number_formats(),
                self.date_1904,
                self._pictures(),
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
        wrapping = Wrapping(self._cell_looks())
        for sheet, wanted in edits.items():
            found = self._sheet(sheet)
            # What was worked out on reading is written, too: viewers show what is stored.
            changes = [*self._worked_out.get(sheet, ()), *wanted]
            if not changes:
                continue
            read[found.part] = markup = self._read_sheet(found.part)
            pieces = fill_sheet(markup, changes, f"{self.name}，{sheet}")
            # A large sheet is deflated piece by piece: there is never a second one in memory.
            small = len(markup.data) <= _KEPT_SIZE or markup.encoding != "utf-8"
            if small:
                pieces = self._raised_where_written(
                    replace(markup, data=b"".join(pieces)), sheet, changes, wrapping
                )
            parts[found.part] = encoded(pieces, markup.encoding) if small else pieces
        if not parts:
            return self._data
        parts |= self._changed_styles(wrapping)
        if self._has_formulas(read):
            recalculated = force_recalculation(self._markup)
            if recalculated is not None:
                parts[self._part] = encoded([recalculated], self._markup.encoding)
        return self._package.replace(parts)

    def _raised_where_written(
        self, markup: Markup, sheet: str, changes: Sequence[Edit], wrapping: Wrapping
    ) -> list[Piece]:
        try:
            grid = self.grid(sheet).edited(changes)
        except UserError:
            return [markup.data]  # what else stands on a sheet that cannot be read is not known
        written = {(row, column) for row, column, _ in changes}
        return spliced(markup.data, self._raised(markup, grid, wrapping, written).splices)

    def with_room(self, sheets: Collection[str]) -> tuple[bytes, list[str]]:
        """Return the file with the rows of sheets as high as their texts need; none becomes lower.

        The cells whose text is too long for any row come with it.
        """
        parts: dict[str, Content] = {}
        cut: list[str] = []
        wrapping = Wrapping(self._cell_looks())
        for sheet in sheets:
            found = self._sheet(sheet)
            markup = self._read_sheet(found.part)
            changed = self._raised(markup, self.grid(sheet), wrapping)
            parts[found.part] = encoded(spliced(markup.data, changed.splices), markup.encoding)
            cut += [address(area.top, area.left) for area in changed.cut]
        return self._package.replace({**parts, **self._changed_styles(wrapping)}), cut

    def _raised(
        self, markup: Markup, grid: Grid, wrapping: Wrapping, written: Collection[Place] | None = None
    ) -> Raised:
        """Return what makes texts of a sheet show whole: those of the rows that were written, or all."""
        rows = {row for row, _ in (grid.cells if written is None else written)}
        texts = Texts(rows, written, last_printed_column(self._markup, grid.sheet))
        return raised(markup, grid, wrapping, texts, f"{self.name}，{grid.sheet}")

    @property
    def looks(self) -> Looks:
        """How its cells look."""
        return self._cell_looks()

    def _cell_looks(self) -> Looks:
        if self._looks is None:
            part = self._related("styles")
            self._looks = Looks(read_xml(self._package, part) if part else None)
        return self._looks

    def _changed_styles(self, wrapping: Wrapping) -> dict[str, Content]:
        part, changed = self._related("styles"), wrapping.styles()
        return {part: changed} if part and changed else {}

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
        chain = self._related("calcChain")
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

    def _sheet(self, sheet: str) -> SheetPart:
        if sheet not in self._sheets:
            names = "、".join(self._sheets)
            raise UserError(f"{self.name}：没有名为“{sheet}”的工作表，现有工作表：{names}。")
        return self._sheets[sheet]

    def _read_sheet(self, part: str) -> Markup:
        markup = self._kept.get(part)
        if markup is None:
            markup = read_xml(self._package, part, SHEET_LIMIT)
            # One workbook is often filled a thousand times over: the form's sheet need not be read again.
            if len(markup.data) <= _KEPT_SIZE:
                self._kept[part] = markup
        return markup

    def _related(self, kind: str) -> str | None:
        for relation in self._relations.values():
            if relation.kind == kind and relation.part in self._package:
                return relation.part
        return None

    def _shared_strings(self) -> SharedStrings:
        if self._strings is None:
            part = self._related("sharedStrings")
            markup = read_xml(self._package, part, STRINGS_LIMIT) if part else None
            self._strings = SharedStrings(markup, self.name)
        return self._strings

    def _pictures(self) -> Collection[int]:
        if self._shown is None:
            self._shown = frozenset(pictures(self._package, self._relations))
        return self._shown

    def _number_formats(self) -> list[str]:
        if self._formats is None:
            part = self._related("styles")
            self._formats = number_formats(read_xml(self._package, part)) if part else []
        return self._formats

    def _has_formulas(self, read: Mapping[str, Markup]) -> bool:
        if self._related("calcChain") or any(map(has_formulas, read.values())):
            return True
        others = (sheet.part for sheet in self._sheets.values() if sheet.part not in read)
        try:
            return any(has_formulas(self._read_sheet(part)) for part in others)
        except UserError:
            # Another sheet that cannot be read is no reason to refuse this one, and may hold formulas.
            return True


def read_file(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        UserError: it is missing, a folder, not allowed, or too large for a workbook.

    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UserError(f"{path.name or path}：这是文件夹，请选择其中的工作簿文件。")
        if not stat.S_ISREG(found.st_mode):
            raise UserError(f"{path.name}：这不是普通文件，无法读取。")
        if found.st_size > FILE_LIMIT:
            raise UserError(
                f"{path.name}：文件超过 {FILE_LIMIT // MEGABYTE} MB，请删除其中的大图片或多余数据后重试。"
            )
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise UserError(f"{path.name}：找不到该文件，请检查路径：{path}。") from None
    except PermissionError:
        raise UserError(f"{path.name}：没有读取权限，或文件正被其他程序独占，请关闭后重试。") from None
    except (OSError, ValueError) as error:
        if getattr(error, "winerror", None) == _NO_NAME:
            raise UserError(f"{path.name}：找不到该文件，Windows 的文件名里也不会有这样的字符。") from None
        raise UserError(f"{path.name}：文件无法读取（{error}）。") from None


def _main_part(package: Package, part: str | None, data: bytes) -> tuple[str, Markup]:
    kind = sniff(data)
    if part is None or kind == "xlsb":
        raise refuse(package.name, "unknown" if kind == "xlsx" else kind, data)
    markup = read_xml(package, part)
    if markup.root != b"workbook":
        raise refuse(package.name, kind if kind == "docx" else "unknown", data)
    return part, markup


def sheets_of(plain: bytes, prefix: bytes, found: Mapping[str, Relation], name: str) -> dict[str, SheetPart]:
    """Return the sheets that a main part names.

    Raises:
        UserError: one is named twice, or there is none.
    """
    sheets: dict[str, SheetPart] = {}
    section = elements(prefix, b"sheets").search(plain)
    for raw in tags(prefix, b"sheet").findall(section[2] or b"") if section else ():
        values = attributes(raw)
        relation = found.get(text(values.get(b"id", b"")))
        if relation is None or relation.kind != "worksheet":
            continue
        title = text(values.get(b"name", b""))
        if title in sheets or any(relation.part == sheet.part for sheet in sheets.values()):
            raise UserError(
                f"{name}：工作表“{title}”重复出现，文件已损坏，请用 Excel 或 WPS 修复并另存后重试。"
            )
        sheets[title] = SheetPart(relation.part, values.get(b"state", b"visible") != b"visible")
    if not sheets:
        raise UserError(f"{name}：工作簿里没有普通工作表。")
    return sheets
