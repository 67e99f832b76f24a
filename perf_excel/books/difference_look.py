"""How the sheets of a comparison (对比表) are drawn: heads, lines, colours, pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.template.canvas import Content, Formula, write_at
from perf_excel.books.template.styles import BOLD, PLAIN, SIZE, TITLE, dress
from perf_excel.books.text_lines import LARGEST_ROW, digit_width, room, text_height

HEAD, FIRST = 4, 5
"""The row of the heads, and the first one below it."""
Heads = Sequence[tuple[str, float]]
"""The heads of a sheet's columns, with their widths."""
_LESS, _MORE = Font(color="9C0006", bold=True), Font(color="006100", bold=True)
_DIGIT = digit_width(11, latin=True)
_LINE = 15.0
_HEAD_GROUND = PatternFill("solid", fgColor="DDEBF7")


def top(sheet: Worksheet, title: str, lines: Sequence[str], heads: Heads) -> None:
    """Draw the title, two lines under it, and the heads."""
    dress(write_at(sheet, 1, 1, title), font=TITLE, align="left", border=None, indent=0)
    sheet["A1"].alignment = Alignment(vertical="center")
    sheet.row_dimensions[1].height = 28
    for row, text in enumerate(lines, 2):
        free_line(sheet, row, text)
    for column, (head, width) in enumerate(heads, 1):
        cell = write_at(sheet, HEAD, column, head)
        dress(cell, font=BOLD)
        cell.fill = _HEAD_GROUND
        sheet.column_dimensions[get_column_letter(column)].width = width


def free_line(sheet: Worksheet, row: int, text: str) -> None:
    """Write a text that runs on over the cells beside it."""
    cell = write_at(sheet, row, 1, text)
    cell.font, cell.alignment = PLAIN, Alignment(vertical="center")
    sheet.row_dimensions[row].height = _LINE + 3


def line(
    sheet: Worksheet, row: int, values: Sequence[Content], numbers: Collection[int], *, bold: bool = False
) -> None:
    """Draw a line of the table; ``numbers`` are the columns of numbers, from 1."""
    for column, value in enumerate(values, 1):
        number = column in numbers
        dress(
            write_at(sheet, row, column, value),
            font=BOLD if bold else PLAIN,
            align="center" if number else "left",
            number_format="0.00" if number else "General",
            indent=0,
        )
    # Programs differ in fitting rows to wrapped texts: each row says itself how high it is.
    heights = (
        text_height(value, room(_width(sheet, column) * _DIGIT), SIZE)
        for column, value in enumerate(values, 1)
        if isinstance(value, str) and not isinstance(value, Formula)
    )
    sheet.row_dimensions[row].height = min(LARGEST_ROW, max(_LINE, *heights, 0) + 3)


def _width(sheet: Worksheet, column: int) -> float:
    return sheet.column_dimensions[get_column_letter(column)].width


def coloured(sheet: Worksheet, area: str) -> None:
    """Show less in red and more in green, whatever is typed or sorted later."""
    first = area.partition(":")[0]
    for test, font in ((f"N({first})<0", _LESS), (f"N({first})>0", _MORE)):
        rule = Rule(type="expression", formula=[test], dxf=DifferentialStyle(font=font))
        sheet.conditional_formatting.add(area, rule)  # pyright: ignore[reportUnknownMemberType]


def finish(sheet: Worksheet, columns: int, last: int) -> None:
    """Freeze and repeat the heads, filter below them, and print on A4 across."""
    sheet.freeze_panes = f"C{FIRST}"
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(columns)}{last}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    across_the_page(sheet)


def across_the_page(sheet: Worksheet, pages: int = 0) -> None:
    """Print on A4 across, as wide as the page, on as many pages as it takes (0) or a fixed number."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    footer = sheet.oddFooter
    if footer is not None:
        footer.center.text = "第 &P 页，共 &N 页"
