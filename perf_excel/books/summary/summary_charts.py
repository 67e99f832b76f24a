"""Charts of the summary (图表): native ones, which change with the cells that they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from perf_excel.books.summary.cells import ACCENT

if TYPE_CHECKING:
    from openpyxl.chart.title import Title
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTH, _HEIGHT = 12.6, 6.4
"""Centimetres."""


class Bars(NamedTuple):
    """A chart of one column of figures: title, row of heads, last row, columns counted from 1."""

    title: str
    head: int
    last: int
    names: int
    figures: int
    lying: bool = False
    share: bool = False
    """Whether the figures are shares of a whole."""


def add_bars(sheet: Worksheet, bars: Bars, at: str) -> None:
    """Put a chart of bars on a sheet, its upper left corner in a cell."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.shapes import GraphicalProperties

    chart: Any = BarChart()  # its own types know neither its series nor fractions of a centimetre
    chart.type = "bar" if bars.lying else "col"
    chart.title = _title(bars.title)
    chart.style = 10
    chart.legend = None
    chart.gapWidth = 60
    figures = Reference(sheet, min_col=bars.figures, min_row=bars.head, max_row=bars.last)
    chart.add_data(figures, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=bars.names, min_row=bars.head + 1, max_row=bars.last))
    series = chart.series[0]
    series.graphicalProperties = GraphicalProperties(solidFill=ACCENT)
    series.dLbls = DataLabelList()
    series.dLbls.showVal = True
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(series.dLbls, name, False)
    chart.x_axis.delete = False
    chart.y_axis.delete = True  # every bar says its figure
    chart.y_axis.majorGridlines = None
    chart.y_axis.scaling.min = 0
    chart.y_axis.scaling.max = 1.1 if bars.share else None
    if bars.lying:
        chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    chart.width, chart.height = _WIDTH, _HEIGHT
    sheet.add_chart(chart, at)


def _title(text: str) -> Title:
    """A title that is no larger than it needs to be."""
    from openpyxl.chart.text import RichText, Text
    from openpyxl.chart.title import Title
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

    look = CharacterProperties(sz=1100, b=True)
    run = RegularTextRun(rPr=look, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
