"""The workbook part of a finished form: its sheets, their paper, and nothing of whoever worked on it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from perf_excel.books.finishing.references import leads_only_to
from perf_excel.books.xlsx.trees import children, find, local, remove

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_KEPT = frozenset({"fileVersion", "workbookPr", "bookViews", "sheets", "definedNames", "calcPr"})
_NAMES = frozenset({"_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase"})
"""Names that say how a sheet is printed; no others mean anything where there are no formulas."""


def keep_sheets(book: Element, titles: Collection[str], *, formulas: bool) -> None:
    """Leave some sheets alone in the workbook part.

    Args:
        book: the part.
        titles: the names of the sheets.
        formulas: whether a formula stays that the application has to calculate.
    """
    remove([child for child in book if local(child) not in _KEPT])
    sheets = children(book, "sheets", "sheet")
    kept = {str(index): sheet for index, sheet in enumerate(sheets) if sheet.get("name") in titles}
    remove([sheet for sheet in sheets if sheet.get("name") not in titles])
    ids = list(kept)
    names = find(book, "definedNames")
    if names is not None:
        for name in list(names):
            scope = name.get("localSheetId", "")
            mine = scope in kept and name.get("name") in _NAMES
            if mine and leads_only_to(name.text or "", [kept[scope].get("name", "")]):
                name.set("localSheetId", str(ids.index(scope)))
            else:
                names.remove(name)
        if not len(names):
            book.remove(names)
    for view in children(book, "bookViews", "workbookView"):
        view.set("activeTab", "0")
        view.attrib.pop("firstSheet", None)
    calculation = find(book, "calcPr")
    if calculation is not None:
        for key in ("fullCalcOnLoad", "calcMode", "calcOnSave"):
            calculation.attrib.pop(key, None)
        if formulas:
            calculation.set("fullCalcOnLoad", "1")
