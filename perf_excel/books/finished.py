"""The finished form (完成表): values only, no helper columns, no protection, ready to print.

The sheet's structure changes, so its parts go through an XML tree (lxml, hardened); every part that is
not touched keeps its bytes.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from perf_excel.books.a4 import make_printable
from perf_excel.books.vba.buttons import is_ours
from perf_excel.books.xlsx.markup import check
from perf_excel.books.xlsx.package import MEGABYTE, Package
from perf_excel.books.xlsx.relations import relations, workbook_part
from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.books.xlsx.sheetxml import sheet_data
from perf_excel.books.xlsx.workbook import SHEET_LIMIT
from perf_excel.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

TREE_LIMIT = 8 * MEGABYTE
"""Largest part to make a tree of, which takes some thirty times as much memory."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_GUIDES = ("sheetProtection", "conditionalFormatting", "dataValidations", "extLst", "ignoredErrors")
"""What guides the clerk while filling in, and has no place on a finished form."""


@dataclass(frozen=True, slots=True)
class Finish:
    """What a finished form keeps.

    ``sheets`` are those the form stands on; ``last_column`` the last printed column (None keeps all);
    ``own`` whether the workbook is a template of ours, of which every formula's result is known.
    """

    sheets: tuple[str, ...]
    last_column: int | None = None
    own: bool = False


def finished(data: bytes, name: str, finish: Finish) -> bytes:
    """Return the finished form of a workbook: its sheets alone, and no macros.

    Raises:
        UserError: the workbook's parts cannot be read as XML.
    """
    package = Package(data, name)
    main = workbook_part(package) or "xl/workbook.xml"
    book = _parse(package, main)
    related = relations(package, main)
    sheets = _children(book, "sheets", "sheet")
    kept = [index for index, sheet in enumerate(sheets) if sheet.get("name") in finish.sheets]
    forms = [related[_relation_id(sheets[index])].part for index in kept]
    trees = {part: _finished_sheet(package, part, finish) for part in forms}
    drop = {related[_relation_id(sheet)].part for index, sheet in enumerate(sheets) if index not in kept}
    drop |= {relation.part for relation in related.values() if relation.kind in ("calcChain", "vbaProject")}
    drop &= set(package.names)
    _keep_sheets(book, kept)
    parts = {**trees, main: _written(book), **_without(package, main, drop)}
    for part in forms:
        parts |= _without_buttons(package, part)
    return package.replace(parts, drop | _rels_of(package, drop))


def _finished_sheet(package: Package, part: str, finish: Finish) -> bytes:
    tree = _parse(package, part)
    _values_only(tree, own=finish.own)
    _without_guides(tree)
    if finish.last_column is not None:
        _cut_columns(tree, finish.last_column)
    make_printable(tree)
    return _written(tree)


def _parse(package: Package, part: str) -> Element:
    content = package.read(part, SHEET_LIMIT)
    if len(content) > TREE_LIMIT:
        content = _without_blank_end(content, package.name, part)
    try:
        return etree.fromstring(content, _parser())
    except etree.XMLSyntaxError:
        raise UserError(f"{package.name}：部件 {part} 已损坏，请用 Excel 或 WPS 打开并另存后重试。") from None


def _without_blank_end(content: bytes, name: str, part: str) -> bytes:
    """Return a large sheet without the rows behind its last value: only formatted, they may be a million."""
    markup = check(content, name, part)
    data, prefix = markup.mask(), markup.prefix
    found = sheet_data(data, prefix)
    if found and markup.encoding == "utf-8":
        _, start, end = found
        last = max(data.rfind(b"<" + prefix + element, start, end) for element in (b"v", b"f", b"is"))
        row_end = data.find(b"</" + prefix + b"row", last, end) if last >= 0 else -1
        cut = data.index(b">", row_end) + 1 if row_end >= 0 else start
        if last < cut and cut + len(data) - end <= TREE_LIMIT:
            return markup.data[:cut] + markup.data[end:]
    raise UserError(
        f"{name}：部件 {part} 超过 {TREE_LIMIT // MEGABYTE} MB，无法导出，"
        "请删除表格下方和右侧多余的空白行列后重试。"
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _written(tree: Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _local(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _find(tree: Element, name: str) -> Element | None:
    return next((child for child in tree if _local(child) == name), None)


def _children(tree: Element, parent: str, name: str) -> list[Element]:
    found = _find(tree, parent)
    return [] if found is None else [child for child in found if _local(child) == name]


def _relation_id(sheet: Element) -> str:
    return next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")


def _values_only(tree: Element, *, own: bool) -> None:
    """Take the formulas out of the cells.

    A formula never calculated stays in a bureau's own form, where it may be all there is; in a form of ours
    it is one whose result is nothing.
    """
    for row in _children(tree, "sheetData", "row"):
        for cell in row:
            formula = _find(cell, "f")
            if formula is not None and (own or _find(cell, "v") is not None):
                cell.remove(formula)


def _without_guides(tree: Element) -> None:
    _remove(tree, [child for child in tree if _local(child) in _GUIDES])


def _number_of(reference: str) -> int:
    """Return the column number of an A1 address."""
    return column_number(
        "".join(letter for letter in reference.partition(":")[0].upper() if letter.isalpha())
    )


def _cut_columns(tree: Element, last: int) -> None:
    """Take away everything to the right of the last printed column."""
    for row in _children(tree, "sheetData", "row"):
        if "spans" in row.attrib:
            del row.attrib["spans"]
        _remove(row, [cell for cell in row if _number_of(cell.get("r", "A")) > last])
    if (merges := _find(tree, "mergeCells")) is not None:
        _remove(merges, [merge for merge in merges if _number_of(merge.get("ref", "A1")) > last])
        merges.set("count", str(len(merges)))
    if (columns := _find(tree, "cols")) is not None:
        _remove(columns, [column for column in columns if int(column.get("min", "1")) > last])
        for column in columns:
            column.set("max", str(min(last, int(column.get("max", "1")))))
    if (dimension := _find(tree, "dimension")) is not None:
        tree.remove(dimension)
    for view in _children(tree, "sheetViews", "sheetView"):
        _remove(view, list(view))  # a frozen pane or a selection may lie beyond


def _remove(parent: Element, children: list[Element]) -> None:
    for child in children:
        parent.remove(child)


def _keep_sheets(book: Element, kept: list[int]) -> None:
    ids = [str(index) for index in kept]
    for sheets in (child for child in book if _local(child) == "sheets"):
        _remove(sheets, [sheet for index, sheet in enumerate(sheets) if index not in kept])
    names = _find(book, "definedNames")
    if names is not None:
        for name in list(names):
            if (sheet := name.get("localSheetId", "")) in ids:
                name.set("localSheetId", str(ids.index(sheet)))
            else:  # other sheets' and whole-book names may point at what is gone
                names.remove(name)
        if not len(names):
            book.remove(names)
    protection = _find(book, "workbookProtection")
    if protection is not None:
        book.remove(protection)
    _show_first(book, 0)


def _show_first(book: Element, index: int) -> None:
    for view in _children(book, "bookViews", "workbookView"):
        view.set("activeTab", str(index))
        view.attrib.pop("firstSheet", None)
    calculation = _find(book, "calcPr")
    if calculation is not None:
        calculation.attrib.pop("fullCalcOnLoad", None)


def _without(package: Package, main: str, drop: set[str]) -> dict[str, bytes]:
    """The content types and the main part's relationships, without the parts that go, as of an .xlsx."""
    types = _parse(package, "[Content_Types].xml")
    for child in list(types):
        name = child.get("PartName", "").lstrip("/")
        if name in drop:
            types.remove(child)
        elif name == main:
            child.set("ContentType", _XLSX)
    folder, file = posixpath.split(main)
    rels_part = posixpath.join(folder, "_rels", f"{file}.rels")
    rels = _parse(package, rels_part)
    gone = {key for key, relation in relations(package, main).items() if relation.part in drop}
    for child in list(rels):
        if child.get("Id") in gone:
            rels.remove(child)
    return {"[Content_Types].xml": _written(types), rels_part: _written(rels)}


def _without_buttons(package: Package, part: str) -> dict[str, bytes]:
    """The sheet's drawing without the buttons of a macro workbook, whose macros are gone; pictures stay."""
    changed: dict[str, bytes] = {}
    for relation in relations(package, part).values():
        if relation.kind == "drawing" and relation.part in package:
            drawing = _parse(package, relation.part)
            buttons = [anchor for anchor in drawing if any(map(is_ours, anchor.iter()))]
            if buttons:
                _remove(drawing, buttons)
                changed[relation.part] = _written(drawing)
    return changed


def _rels_of(package: Package, parts: set[str]) -> set[str]:
    found = (
        posixpath.join(*posixpath.split(part)[:1], "_rels", f"{posixpath.basename(part)}.rels")
        for part in parts
    )
    return {rels for rels in found if rels in package}
