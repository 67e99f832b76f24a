"""Paper for a sheet that has no page set-up of its own (页面设置): A4, one page wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_BEFORE = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins",
)  # fmt: skip
"""What stands before pageSetup in a worksheet part."""
_A4 = "9"


def make_printable(sheet: Element) -> None:
    """Give a worksheet A4 paper and the width of one page, where it says nothing of its paper."""
    children = {etree.QName(child).localname: child for child in sheet if isinstance(child.tag, str)}
    if "pageSetup" in children:
        return
    space = etree.QName(sheet).namespace
    setup = etree.Element(f"{{{space}}}pageSetup", paperSize=_A4, fitToWidth="1", fitToHeight="0")
    place = max(sheet.index(child) for name, child in children.items() if name in _BEFORE)
    sheet.insert(place + 1, setup)
    properties = children.get("sheetPr")
    if properties is None:
        properties = etree.Element(f"{{{space}}}sheetPr")
        sheet.insert(0, properties)
    page = properties.find(f"{{{space}}}pageSetUpPr")
    if page is None:
        page = etree.SubElement(properties, f"{{{space}}}pageSetUpPr")
    page.set("fitToPage", "1")
