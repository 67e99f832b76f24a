"""Turn a new workbook of ours into a macro workbook (宏工作簿): its last step, openpyxl loses such parts."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

from perf_excel.books.vba.button_code import source
from perf_excel.books.vba.button_words import BUTTONS, HOME, MODULE, TEXTS
from perf_excel.books.vba.buttons import drawing
from perf_excel.books.vba.directory import Module
from perf_excel.books.vba.project import vba_project
from perf_excel.books.xlsx.new_relations import relate, relations_tree
from perf_excel.books.xlsx.package import Package
from perf_excel.books.xlsx.relations import relations, relations_part, workbook_part
from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.books.xlsx.trees import parse, written
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.grid import Edit
from perf_excel.sheets.identity import SHEET

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_VBA_RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_TYPES = "[Content_Types].xml"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MACRO_BOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_VBA_TYPE = "application/vnd.ms-office.vbaProject"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_VBA, _DRAWING = "xl/vbaProject.bin", "xl/drawings/drawing1.xml"
_BOOK_CLASS, _SHEET_CLASS = "{00020819-0000-0000-C000-000000000046}", "{00020820-0000-0000-C000-000000000046}"
_BOOK_NAME = "ThisWorkbook"
_AFTER_DRAWING = (
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip


def with_macros(data: bytes, name: str, place: str) -> bytes:
    """Return a workbook with buttons beside the form on its first sheet, and the macros behind them.

    Args:
        data: a workbook as ``template.build`` makes it, filled or not.
        name: the file's name, for messages.
        place: the folder of the program, which the macros look into; empty where it is unknown.

    Raises:
        ValueError: the sheet has a drawing already: this is no workbook of ours.
    """
    package = Package(_with_texts(data, name, place), name)
    main = workbook_part(package) or ""
    book = parse(package, main)
    related = relations(package, main)
    sheets = [related[sheet.get(f"{{{_OFFICE}}}id", "")].part for sheet in book.iter(f"{{{_MAIN}}}sheet")]
    trees = {part: parse(package, part) for part in sheets}
    _set_code_names(book, list(trees.values()))
    form = trees[sheets[0]]
    last = _last_printed(book)
    buttons = drawing(BUTTONS, last + 1, _widths(form, last + 1))
    form_relations = relations_tree(package, sheets[0])
    _draw(form, relate(form_relations, f"{_OFFICE}/drawing", f"/{_DRAWING}"))
    book_relations = relations_tree(package, main)
    relate(book_relations, _VBA_RELATION, posixpath.basename(_VBA))
    modules = [Module(_BOOK_NAME, "", _BOOK_CLASS)]
    modules += [Module(_sheet_name(number), "", _SHEET_CLASS) for number in range(1, len(sheets) + 1)]
    modules.append(Module(MODULE, source()))
    changed = {_TYPES: _types(package, main), main: book, relations_part(main): book_relations}
    changed |= {**trees, relations_part(sheets[0]): form_relations}
    parts = {part: written(tree) for part, tree in changed.items()}
    return package.replace({**parts, _VBA: vba_project(modules), _DRAWING: buttons})


def _with_texts(data: bytes, name: str, place: str) -> bytes:
    """Write what the macros look up below what the identity sheet says of the workbook."""
    workbook = Workbook.from_bytes(data, name)
    pairs = [*TEXTS.items(), *([(HOME, place)] if place else [])]
    edits = [
        Edit(row, column, text)
        for row, pair in enumerate(pairs, workbook.grid(SHEET).bottom + 1)
        for column, text in enumerate(pair, 1)
    ]
    return workbook.fill({SHEET: edits})


def _sheet_name(number: int) -> str:
    return f"Sheet{number}"


def _set_code_names(book: Element, sheets: list[Element]) -> None:
    """Name workbook and sheets for the modules that belong to them."""
    properties = book.find(f"{{{_MAIN}}}workbookPr")
    if properties is None:
        properties = etree.Element(f"{{{_MAIN}}}workbookPr")
        book.insert(0, properties)
    properties.set("codeName", _BOOK_NAME)
    for number, sheet in enumerate(sheets, 1):
        properties = sheet.find(f"{{{_MAIN}}}sheetPr")
        if properties is None:
            properties = etree.Element(f"{{{_MAIN}}}sheetPr")
            sheet.insert(0, properties)
        properties.set("codeName", _sheet_name(number))


def _last_printed(book: Element) -> int:
    """Return the last column of the first sheet's print area."""
    for defined in book.iter(f"{{{_MAIN}}}definedName"):
        if defined.get("name") == "_xlnm.Print_Area" and defined.get("localSheetId") == "0":
            found = re.search(r":\$?([A-Z]+)\$?\d+$", defined.text or "")
            if found:
                return column_number(found[1])
    raise ValueError("no print area")


def _widths(sheet: Element, first: int) -> list[float]:
    """Return the widths of the columns from ``first`` to the last that has one of its own."""
    widths: list[float] = []
    for column in sheet.iter(f"{{{_MAIN}}}col"):
        numbers = range(int(column.get("min", "1")), int(column.get("max", "1")) + 1)
        widths += [float(column.get("width", "9")) for number in numbers if number >= first]
    return widths


def _draw(sheet: Element, relation: str) -> None:
    """Name the drawing where the schema wants it."""
    if sheet.find(f"{{{_MAIN}}}drawing") is not None:
        raise ValueError("drawing")
    element = etree.Element(f"{{{_MAIN}}}drawing", nsmap={"r": _OFFICE})
    element.set(f"{{{_OFFICE}}}id", relation)
    after = [child for child in sheet if etree.QName(child).localname in _AFTER_DRAWING]
    if after:
        after[0].addprevious(element)
    else:
        sheet.append(element)


def _types(package: Package, main: str) -> Element:
    types = parse(package, _TYPES)
    for override in types.iter(f"{{{_CONTENT_TYPES}}}Override"):
        if override.get("PartName") == f"/{main}":
            override.set("ContentType", _MACRO_BOOK)
    default = etree.SubElement(types, f"{{{_CONTENT_TYPES}}}Default")
    default.set("Extension", "bin")
    default.set("ContentType", _VBA_TYPE)
    types.insert(0, default)
    override = etree.SubElement(types, f"{{{_CONTENT_TYPES}}}Override")
    override.set("PartName", f"/{_DRAWING}")
    override.set("ContentType", _DRAWING_TYPE)
    return types
