"""Charts of a comparison (对比图): points of the first levels, and of the indicators that differ most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.difference_look import across_the_page, free_line, line
from perf_excel.forms.differences import Row, level_sums

_MOST_BARS = 15
_WIDTHS = {"A": 32.0, "B": 10.0, "C": 10.0}
_WIDE, _LEAST_HIGH, _BAR = 19.0, 7.5, 0.9
"""Centimetres: a chart's width, its least height, and what a bar takes."""
_ROWS_PER_CM = 1.7
_COLOURS = ("A6A6A6", "2F75B5")


class _Bars(NamedTuple):
    """What a chart shows: a name and the points of both forms for each bar."""

    title: str
    bars: Sequence[tuple[str, Decimal | None, Decimal | None]]
    across: bool


def charts(sheet: Worksheet, names: tuple[str, str], rows: Sequence[Row]) -> None:
    """Draw the charts, each beside the figures that it shows."""
    for letter, width in _WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    row = 1
    for one in _charted(rows):
        line(sheet, row, [one.title, "前一份", "后一份"], (2, 3), bold=True)
        for number, values in enumerate(one.bars, row + 1):
            line(sheet, number, list(values), (2, 3))
        end = row + len(one.bars)
        chart = _chart(sheet, one, row, end)
        sheet.add_chart(chart, f"E{row}")  # pyright: ignore[reportUnknownMemberType]
        row = max(end + 2, row + int(chart.height * _ROWS_PER_CM) + 2)
    if row == 1:
        free_line(sheet, 1, "两份表没有可以画成图的得分。")
        row = 3
    free_line(sheet, row, f"前一份：{names[0]}；后一份：{names[1]}")
    across_the_page(sheet, pages=1)


def _charted(rows: Sequence[Row]) -> Iterator[_Bars]:
    levels = [one for one in level_sums(rows) if one[0] and (one[1], one[2]) != (None, None)]
    if levels:
        yield _Bars("各一级指标得分", levels, across=False)
    apart = sorted((row for row in rows if row.by), key=lambda row: abs(row.by or 0), reverse=True)
    bars = [(row.label, row.one.score, row.other.score) for row in apart if row.one and row.other]
    if bars:
        more = f"（相差最大的 {_MOST_BARS} 项）" if len(bars) > _MOST_BARS else ""
        yield _Bars(f"得分不同的指标{more}", bars[:_MOST_BARS], across=True)


def _chart(sheet: Worksheet, one: _Bars, first: int, last: int) -> Any:  # noqa: ANN401  (openpyxl has no types)
    chart: Any = BarChart()
    chart.type, chart.title = "bar" if one.across else "col", one.title
    chart.width = _WIDE
    chart.height = max(_LEAST_HIGH, 3 + _BAR * len(one.bars)) if one.across else _LEAST_HIGH
    data: Any = Reference(sheet, min_col=2, max_col=3, min_row=first, max_row=last)
    chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first + 1, max_row=last))
    # Where these are left to openpyxl, programs draw no axes at all.
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos, chart.legend.position = "low", "b"
    chart.y_axis.number_format = "0.##"
    chart.y_axis.scaling.min = 0
    chart.gapWidth = 60
    if one.across:
        chart.x_axis.scaling.orientation = "maxMin"
    for series, colour in zip(chart.series, _COLOURS, strict=True):
        series.graphicalProperties.solidFill = colour
    return chart
