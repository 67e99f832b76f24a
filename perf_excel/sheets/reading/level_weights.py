"""Weights of the levels (一、二级指标的权重) in columns of their own: they sum up the rows beside them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perf_excel.sheets.cell_values import number_of
from perf_excel.sheets.finding.layout import FormLayout
from perf_excel.sheets.finding.lines import Lines
from perf_excel.sheets.grid import Place


def level_weights(lines: Lines, layout: FormLayout) -> Iterator[Place]:
    """Return the places of weights that are those of their rows added up, of their heads and totals.

    A weight that is not the sum of its rows is left out, and so is named as not read.
    """
    grid, block = lines.grid, layout.indicators
    if not {"level3", "weight"} <= block.columns.keys():
        return
    read = {column for left, right in block.columns.values() for column in range(left, right + 1)}
    weights = {row: number_of(grid.at(row, block.columns["weight"][0])) or Decimal(0) for row in block.rows}
    for column in sorted(set(range(1, block.columns["level3"][0])) - read):
        own = [row for row in block.rows if grid.area(row, column).top == row]
        said = {row: number for row in own if (number := number_of(grid.at(row, column))) is not None}
        ends = [*list(said)[1:], block.rows[-1] + 1]
        summed = [
            first
            for first, end in zip(said, ends, strict=False)
            if said[first] == sum(weights[row] for row in block.rows if first <= row < end)
        ]
        if summed:
            yield from ((row, column) for row in summed)
            yield from ((row, column) for row in range(layout.header_top, block.header + 1))
            yield from ((row, column) for row in range(block.rows[-1] + 1, layout.bottom + 1))
