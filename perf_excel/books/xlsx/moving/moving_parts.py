"""Rows put into a sheet of a workbook or taken out of it (插入行、删除行): which parts change, and how."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from perf_excel.books.xlsx.forgotten_parts import forgotten
from perf_excel.books.xlsx.markup import Markup
from perf_excel.books.xlsx.merged_areas import merged_areas
from perf_excel.books.xlsx.moving.anchors import note_splices
from perf_excel.books.xlsx.moving.beside_cells import surround_splices
from perf_excel.books.xlsx.moving.carrying import losing_their_first_row
from perf_excel.books.xlsx.moving.dependants import MOVING, View, names
from perf_excel.books.xlsx.moving.moving_cells import Side, cell_splices
from perf_excel.books.xlsx.moving.shifting import Shift
from perf_excel.books.xlsx.moving.tidying import tidied
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import read_xml, relations
from perf_excel.books.xlsx.sheet_places import sheet_data
from perf_excel.books.xlsx.splicing import Splice, encoded, spliced
from perf_excel.books.xlsx.zip_directory import MEGABYTE, part_key
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area
from perf_excel.sheets.writing.moved_rows import Moves

SHEET_LIMIT = 16 * MEGABYTE
"""Largest sheet whose rows move: every cell below is written anew, and no form is near as large."""
OTHER_LIMIT = 64 * MEGABYTE

_SHEETS = frozenset({"worksheet", "chartsheet", "dialogsheet", "xlMacrosheet"})
_LEAVES = frozenset({"image", "hyperlink", "theme", "styles", "sharedStrings", "printerSettings"})
_DRAWN = frozenset({"vmlDrawing", "legacyDrawing"})


class Target(NamedTuple):
    """The sheet whose rows come or go, in its workbook."""

    main: str
    """Name of the workbook part."""
    book: Markup
    sheet: str
    parts: Mapping[str, str]
    """The parts of all sheets, by their names."""
    forgetful: Collection[str] = ()
    """Sheets whose formulas may lose the cells that they speak of."""


class Changed(NamedTuple):
    """What becomes of a workbook's parts."""

    parts: dict[str, bytes]
    drop: frozenset[str]


def move_rows(package: Package, target: Target, moves: Moves) -> Changed:
    """Return the parts of a workbook that change when rows are put into a sheet or taken out of it.

    The calculation chain goes, since applications write it anew.

    Raises:
        UserError: the sheet is too large, its last row is in use, an array formula is in the way, or
            something needs a cell that is to go.
    """
    carried = _carried(package, target, moves)
    places = frozenset((area.top, area.left) for area in carried)
    work = _Work(package, target, Shift(package.name, target.sheet, moves, places), carried)
    work.walk()
    return Changed(work.parts, frozenset(work.drop))


def _carried(package: Package, target: Target, moves: Moves) -> list[Area]:
    """Return the merged areas that lose their first row."""
    if not moves.removed:
        return []
    markup = read_xml(package, target.parts[target.sheet], OTHER_LIMIT)
    mask = markup.mask()
    place = sheet_data(mask, markup.prefix)
    label = f"{package.name}，{target.sheet}"
    merges = merged_areas(mask, place[2], markup.prefix, label) if place else ()
    return losing_their_first_row(merges, moves.removed)


class _Work:
    def __init__(self, package: Package, target: Target, shift: Shift, carried: Collection[Area]) -> None:
        self._package, self._target, self._shift, self._carried = package, target, shift, carried
        self._mention = _mention(target.sheet)
        self._seen = {part_key(target.main)}
        self._sheets = {part: sheet for sheet, part in target.parts.items()}
        self.parts: dict[str, bytes] = {}
        self.drop: set[str] = set()

    def walk(self) -> None:
        """Look at every part that belongs to the workbook."""
        main, book = self._target.main, self._target.book
        self._write(main, book, names(book, self._shift))
        for relation in relations(self._package, main).values():
            if relation.kind == "calcChain":
                self.drop.add(relation.part)
            else:
                self._visit(
                    relation.part, relation.kind, own=relation.part == self._target.parts[self._target.sheet]
                )
        if self.drop:
            self.parts |= forgotten(self._package, main, self.drop)
            self.drop &= set(self._package.names)

    def _visit(self, part: str, kind: str, *, own: bool) -> None:
        if kind in _LEAVES or part_key(part) in self._seen or part not in self._package:
            return
        self._seen.add(part_key(part))
        if kind == "worksheet":
            self._sheet(part, own=own)
        elif kind in _DRAWN:
            if own:
                self._notes(part)
        elif kind in MOVING:
            markup = read_xml(self._package, part)
            name, moving = MOVING[kind]
            if own or self._speaks(markup):
                self._write(part, markup, moving(markup, View(self._shift, own, name)))
        # Only what hangs on the sheet itself belongs to it, and what hangs on that, such as a control.
        if kind in _SHEETS or kind == "drawing":
            for relation in relations(self._package, part).values():
                self._visit(relation.part, relation.kind, own=own)

    def _sheet(self, part: str, *, own: bool) -> None:
        markup = read_xml(self._package, part, OTHER_LIMIT)
        sheet = self._sheets.get(part, "")
        label = f"{self._package.name}，{sheet}" if own else self._package.name
        if own and len(markup.data) > SHEET_LIMIT:
            raise UserError(
                f"{label}：工作表过大（超过 {SHEET_LIMIT // MEGABYTE} MB），无法插入或删除行，"
                "请删除表格下方和右侧多余的空白行列后重试。"
            )
        if own or self._speaks(markup):
            tidy = tidied if own and self._shift.moves.removed else None
            self._write(part, markup, self._sheet_splices(markup, sheet, label, own=own), tidy)

    def _sheet_splices(self, markup: Markup, sheet: str, label: str, *, own: bool) -> Iterator[Splice]:
        named = f"工作表“{sheet}”"
        side = Side(label, named, own, sheet in self._target.forgetful, self._carried if own else ())
        yield from cell_splices(markup, self._shift, side)
        yield from surround_splices(markup, self._shift, own=own, label=named)

    def _notes(self, part: str) -> None:
        data = self._package.read(part)
        splices = list(note_splices(data, self._shift.moves))
        if splices:
            self.parts[part] = b"".join(spliced(data, splices))

    def _speaks(self, markup: Markup) -> bool:
        """Whether a part may hold the name of the sheet that grows; characters may be written as numbers."""
        return b"&#" in markup.data or self._mention.search(markup.data) is not None

    def _write(
        self,
        part: str,
        markup: Markup,
        splices: Iterator[Splice],
        tidy: Callable[[bytes], bytes] | None = None,
    ) -> None:
        found = list(splices)
        if found:
            pieces = spliced(markup.data, found)
            self.parts[part] = encoded([tidy(b"".join(pieces))] if tidy else pieces, markup.encoding)


def _mention(sheet: str) -> re.Pattern[bytes]:
    """The pattern of the longest piece of a sheet's name that is written everywhere as it is."""
    pieces = re.findall(r"\w+", sheet)
    return re.compile(re.escape(max(pieces, key=len, default="").encode()), re.IGNORECASE)
