"""The finished form (完成表): values only, no helper columns, no protection, ready to print.

It refers to nothing that is gone and carries nothing of the sheets that are: every part that stays is reached
from the form's sheets. Parts that are not touched keep their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from perf_excel.books.a4 import make_printable
from perf_excel.books.finishing.cell_images import RICH, only_named, only_shown
from perf_excel.books.finishing.charts import made_independent
from perf_excel.books.finishing.drawings import still
from perf_excel.books.finishing.form_sheet import Stripped, cut_columns, strip, values_only, without_sources
from perf_excel.books.finishing.kept_parts import KeptParts
from perf_excel.books.finishing.main_part import keep_sheets
from perf_excel.books.finishing.merged_levels import Levels, merge_levels
from perf_excel.books.finishing.paging import paged
from perf_excel.books.finishing.strings import only_used
from perf_excel.books.template.styles import INPUT_TINT
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import Relation, read_xml, relations, workbook_part
from perf_excel.books.xlsx.rich_values import Picture, pictures
from perf_excel.books.xlsx.trees import children, parse
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.books.xlsx.workbook_parts import STRINGS_LIMIT
from perf_excel.errors import UserError
from perf_excel.sheets.grid import EMPTY, Area, Grid, Value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_CONTROL = re.compile(rb"""ObjectType=["'](?!Note|Pict|Shape|Group|Rect|Line|Movie)""")
_TINT = re.compile(
    rb'<patternFill patternType="solid">\s*<fgColor rgb="..%b"\s*/>(?:\s*<bgColor[^>]*/>)?\s*</patternFill>'
    % INPUT_TINT.encode()
)
"""What shows on the screen where something is to be filled in, as this program or another has saved it."""
_NAMED = 5
"""So many cells are named in a sentence."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What a finished form keeps.

    ``sheets`` are those the form stands on; ``last_column`` the last printed column (None keeps all);
    ``own`` whether the workbook is a template of ours, of which every formula's result is known.
    """

    sheets: tuple[str, ...]
    last_column: int | None = None
    own: bool = False
    levels: Levels | None = None
    """The levels of a form of ours that says them in every row."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished form, and what of the workbook a user may miss on it."""

    data: bytes
    notes: tuple[str, ...] = ()


def finished(data: bytes, name: str, finish: Finish) -> Finished:
    """Return the finished form of a workbook: its sheets alone, and no macros.

    Raises:
        UserError: the workbook's parts cannot be read as XML.
    """
    workbook, package = Workbook.from_bytes(data, name), Package(data, name)
    main = workbook_part(package) or "xl/workbook.xml"
    book, related = parse(package, main), relations(package, main)
    shown = pictures(package, related)
    trees: dict[str, Element] = {}
    done: list[Stripped] = []
    for sheet in _kept(book, finish):
        part = related[_relation_id(sheet)].part
        trees[part] = tree = parse(package, part)
        done.append(_stripped(tree, workbook.grid(sheet.get("name", "")), finish, shown))
    keep_sheets(book, finish.sheets, formulas=any(one.formulas for one in done))
    strings = next((one.part for one in related.values() if one.kind == "sharedStrings"), "")
    parts: dict[str, bytes] = {}
    if strings in package:
        parts[strings] = only_used(read_xml(package, strings, STRINGS_LIMIT), trees.values())
    cleaner = _Cleaner(workbook, finish, done, shown)
    if finish.own and (styles := _styles(related)) in package:
        parts[styles] = _TINT.sub(b'<patternFill patternType="none"/>', package.read(styles))
    result = KeptParts(package, {main: book, **trees}, finish.sheets, cleaner.clean)
    signed = ("数字签名没有带入完成表，需要的请在 Excel 或 WPS 中另行签名",) if workbook.signed else ()
    notes = (*signed, *_notes(package, list(trees), done, result.gone))
    whole = Workbook.from_bytes(package.replace({**result.parts, **parts}, result.dropped), name)
    kept = [sheet for sheet in finish.sheets if sheet in whole.sheets]
    made, cut = whole.with_room(kept)
    if finish.own:
        columns = finish.levels.all_columns if finish.levels else ()
        made = paged(made, name, whole.grid(kept[0]), columns)
    return Finished(made, (*notes, *_too_long(cut)))


def _styles(related: Mapping[str, Relation]) -> str:
    return next((one.part for one in related.values() if one.kind == "styles"), "")


def _kept(book: Element, finish: Finish) -> list[Element]:
    return [sheet for sheet in children(book, "sheets", "sheet") if sheet.get("name") in finish.sheets]


def _stripped(tree: Element, grid: Grid, finish: Finish, shown: Mapping[int, Picture]) -> Stripped:
    """Change a form's sheet."""
    if finish.last_column is not None:
        cut_columns(tree, finish.last_column)
    if finish.levels is not None:
        merge_levels(tree, grid, finish.levels)
    formulas = {place: cell.formula for place, cell in grid.cells.items() if cell.formula}
    stripped = values_only(tree, formulas, own=finish.own, pictures=shown)
    stripped.embedded = strip(tree, finish.sheets)
    make_printable(tree)
    return stripped


class _Cleaner:
    """Changes the parts that the form's sheets lead to, each by its kind."""

    def __init__(
        self, workbook: Workbook, finish: Finish, done: list[Stripped], shown: Mapping[int, Picture]
    ) -> None:
        self._workbook = workbook
        self._sheets = finish.sheets
        self._images = {shown[number] for one in done for number in one.pictures}
        self._named = {name for one in done for name in one.named}

    def clean(self, kind: str, tree: Element) -> list[str] | None:
        """Change a part; return the names of what went, None if all of it must."""
        if kind == "drawing":
            return still(tree, self._sheets)
        stays = True
        if kind in ("chart", "chartex"):
            stays = made_independent(tree, self._sheets, self._values)
        elif kind == "cellimage":
            stays = only_named(tree, self._named)
        elif kind in RICH:
            stays = only_shown(kind, tree, self._images)
        elif kind == "table":
            without_sources(tree)
        return [] if stays else None

    def _values(self, sheet: str, area: Area) -> list[Value] | None:
        """The values of an area of any sheet, for a chart that stays."""
        title = next((one for one in self._workbook.sheets if one.lower() == sheet.lower()), None)
        if title is None:
            return None
        try:
            cells = self._workbook.grid(title).cells
        except UserError:
            return None
        return [
            cells.get((row, column), EMPTY).value
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        ]


def _drawn(package: Package, sheet: str) -> int:
    """Controls on a sheet's old drawing (VML), which before Excel 2010 nothing else listed."""
    drawn = (one.part for one in relations(package, sheet).values() if one.kind == "vmlDrawing")
    return sum(len(_CONTROL.findall(package.read(part))) for part in drawn if part in package)


def _too_long(cells: list[str]) -> Iterator[str]:
    if cells:
        yield f"{_listed(cells)} 的文字太长，行高到了上限也显示不全，请缩短文字或减小字号"


def _listed(cells: list[str]) -> str:
    return "、".join(cells[:_NAMED]) + (f" 等 {len(cells)} 格" if len(cells) > _NAMED else "")


def _relation_id(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _notes(package: Package, sheets: list[str], done: list[Stripped], gone: list[str]) -> Iterator[str]:
    """Say what a user may miss: nothing goes in silence."""
    kinds = [(one.kind, one.part) for part in sheets for one in relations(package, part).values()]
    remarks = sum(
        len(children(parse(package, part), "commentList", "comment"))
        for kind, part in kinds
        if kind == "comments" and part in package
    )
    if remarks:
        yield f"批注 {remarks} 处没有带入完成表"
    if embedded := sum(
        max(one.embedded, _drawn(package, part)) for part, one in zip(sheets, done, strict=True)
    ):
        yield f"控件和嵌入的文档 {embedded} 个没有带入完成表"
    if any(kind == "pivotTable" for kind, _ in kinds):
        yield "数据透视表在完成表中只保留数值"
    if gone:
        names = "、".join(f"“{name}”" for name in dict.fromkeys(gone[:_NAMED]))
        yield f"图形{names}{'等' if len(gone) > _NAMED else ''}离不开别的工作表或外部文件，没有带入完成表"
    if cells := [cell for one in done for cell in one.uncalculated]:
        names = _listed(cells)
        yield f"{names} 的公式从未计算，无法代为计算，完成表中是空的；请用 Excel 或 WPS 打开、保存后再导出"
