"""A form's sheet as it is when finished: values, merged areas, pictures; nothing that guides or links."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from perf_excel.books.finishing.references import is_of_its_own_sheet, leads_only_to
from perf_excel.books.xlsx.shared_formulas import column_number
from perf_excel.books.xlsx.trees import children, descendants, find, local, remove
from perf_excel.sheets.grid import Place, is_picture

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_GUIDES = frozenset({
    "sheetProtection", "protectedRanges", "conditionalFormatting", "dataValidations", "ignoredErrors",
    "cellWatches", "extLst", "scenarios", "dataConsolidate", "customSheetViews", "sheetCalcPr", "smartTags",
})  # fmt: skip
"""What guides the clerk while filling in, or another user of the workbook, and has no place on a form."""
_OBJECTS = frozenset({
    "legacyDrawing", "oleObjects", "controls", "AlternateContent", "customProperties", "webPublishItems",
})  # fmt: skip
"""Notes, controls and what is embedded from other programs: they live in parts of their own."""
_EMBEDDED = ("oleObject", "control")


@dataclass
class Stripped:
    """What was taken off a sheet that a user may miss, and what of it has to be kept elsewhere."""

    uncalculated: list[str] = field(default_factory=list[str])
    """Cells whose formula was never calculated and cannot stay either."""
    formulas: bool = False
    """Whether a formula stayed that the application still has to calculate."""
    pictures: set[int] = field(default_factory=set[int])
    """The numbers (vm) of Excel's pictures in its cells."""
    named: set[str] = field(default_factory=set[str])
    """The names of WPS's pictures in its cells."""
    embedded: int = 0
    """Controls and documents of other programs."""


def values_only(
    tree: Element, formulas: Mapping[Place, str], *, own: bool, pictures: Collection[int]
) -> Stripped:
    """Take the formulas out of the cells; pictures in cells stay what they are.

    A formula never calculated stays in a bureau's own form where it asks only for cells of the sheet; in a
    form of ours it is one whose result is nothing.

    Args:
        tree: the worksheet.
        formulas: every formula by its place, those of groups written out.
        own: whether the workbook is a template of ours.
        pictures: the numbers (vm) that are pictures.
    """
    done = Stripped()
    for row in children(tree, "sheetData", "row"):
        for cell in row:
            if (number := cell.get("vm")) is not None:
                if number.isdigit() and int(number) in pictures:
                    done.pictures.add(int(number))
                else:
                    del cell.attrib["vm"]
            cell.attrib.pop("cm", None)
            formula = find(cell, "f")
            if formula is None:
                continue
            written = formulas.get(place_of(cell.get("r", "A1")), formula.text or "")
            if is_picture(written):
                done.named |= set(written.split('"')[1::2])
                done.formulas |= _is_empty(find(cell, "v"))
            elif own or not _is_empty(find(cell, "v")):
                cell.remove(formula)
            elif is_of_its_own_sheet(written) and written:
                for key in list(formula.attrib):
                    del formula.attrib[key]
                formula.text = written
                done.formulas = True
            else:
                cell.remove(formula)
                done.uncalculated.append(cell.get("r", ""))
    return done


def strip(tree: Element, sheets: Collection[str]) -> int:
    """Take off what guides and what lives elsewhere; return the number of embedded objects and controls."""
    objects = [child for child in tree if local(child) in _OBJECTS]
    embedded = {one.get("shapeId", "") for child in objects for one in descendants(child, *_EMBEDDED)}
    remove([*objects, *(child for child in tree if local(child) in _GUIDES)])
    for view in children(tree, "sheetViews", "sheetView"):
        remove([child for child in view if local(child) == "pivotSelection"])
    links = find(tree, "hyperlinks")
    if links is not None:
        # A place in the workbook; of a link that leads outside (r:id) it is only where it ends there.
        lost = [one for one in links if not _leads_on(one, sheets)]
        remove(lost)
        remove([] if len(links) else [links])
    return len(embedded)


def cut_columns(tree: Element, last: int) -> None:
    """Take away everything to the right of the last printed column."""
    for row in children(tree, "sheetData", "row"):
        if "spans" in row.attrib:
            del row.attrib["spans"]
        remove([cell for cell in row if _column_of(cell.get("r", "A")) > last])
    if (merges := find(tree, "mergeCells")) is not None:
        remove([merge for merge in merges if _column_of(merge.get("ref", "A1")) > last])
        merges.set("count", str(len(merges)))
    if (columns := find(tree, "cols")) is not None:
        remove([column for column in columns if int(column.get("min", "1")) > last])
        for column in columns:
            column.set("max", str(min(last, int(column.get("max", "1")))))
    if (dimension := find(tree, "dimension")) is not None:
        tree.remove(dimension)
    for view in children(tree, "sheetViews", "sheetView"):
        remove(list(view))  # a frozen pane or a selection may lie beyond


def without_sources(table: Element) -> None:
    """Make a table (表格) a mere frame: no query, no mapped XML, no formulas of whole columns."""
    for key in ("tableType", "connectionId"):
        table.attrib.pop(key, None)
    remove(descendants(table, "calculatedColumnFormula", "totalsRowFormula", "xmlColumnPr", "extLst"))
    for column in descendants(table, "tableColumn"):
        column.attrib.pop("queryTableFieldId", None)


def place_of(address: str) -> Place:
    """Return row and column of an A1 address."""
    digits = "".join(sign for sign in address if sign.isdigit())
    return int(digits or "1"), _column_of(address)


def _column_of(reference: str) -> int:
    return column_number(
        "".join(letter for letter in reference.partition(":")[0].upper() if letter.isalpha())
    )


def _leads_on(link: Element, sheets: Collection[str]) -> bool:
    outside = any(str(key).endswith("}id") for key in link.attrib)
    return outside or leads_only_to(link.get("location", ""), sheets)


def _is_empty(value: Element | None) -> bool:
    return value is None or not value.text
