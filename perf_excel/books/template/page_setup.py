"""How the form is printed: A4, one page wide, its header repeated, page numbers below."""

from __future__ import annotations

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.plan import Plan
from perf_excel.sheets.grid import address

A4 = 9
_WIDEST = 140.0
"""Characters beside each other that are still read well on an upright page."""


def lay_out(plan: Plan, sheet: Worksheet, width: float) -> None:
    """Set up the page of a form so many characters wide."""
    first, last = plan.frame.header
    sheet.print_area = f"A1:{address(plan.frame.last, plan.columns.last)}"
    sheet.print_title_rows = f"{first}:{last}"
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.orientation = "landscape" if width > _WIDEST else "portrait"
    setup.paperSize = A4
    setup.blackAndWhite = True  # the fills are for the screen
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    margins.header = margins.footer = 0.35
    footer = sheet.oddFooter
    if footer is not None:
        footer.center.text = "第 &P 页，共 &N 页"
    sheet.sheet_view.showGridLines = False
