"""What two forms differ in, as a workbook (对比表): the points row by row, every change, and charts."""

from __future__ import annotations

import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.difference_charts import charts
from perf_excel.books.difference_look import FIRST, coloured, finish, line, top
from perf_excel.books.template.canvas import Content, Formula
from perf_excel.forms.differences import FIELD_NAMES, PART_NAMES, Differences, Row, lost
from perf_excel.forms.model import Indicator

_POINTS = (
    ("一级指标", 16.0), ("指标", 30.0), ("前分值", 8.0), ("前得分", 8.0), ("前扣分", 8.0), ("后分值", 8.0),
    ("后得分", 8.0), ("后扣分", 8.0), ("得分增减", 9.0), ("前一份的原因", 26.0), ("后一份的原因", 26.0),
)  # fmt: skip
_NUMBERS = range(3, 10)
_CHANGES = (
    ("部分", 12.0), ("项目", 30.0), ("栏目", 13.0), ("前一份", 40.0), ("后一份", 40.0), ("增减", 10.0),
)  # fmt: skip


def difference_book(names: tuple[str, str], totals: tuple[str, str], found: Differences) -> bytes:
    """Return the workbook (.xlsx).

    Args:
        names: what the two forms are called.
        totals: total and grade of each, in words.
        found: what they differ in.
    """
    book = Workbook()
    points = book.worksheets[0]
    points.title = "得分对比"
    lines = [f"前一份：{names[0]}，{totals[0]}", f"后一份：{names[1]}，{totals[1]}"]
    _draw_points(points, lines, found.rows)
    _draw_changes(book.create_sheet("逐项改动"), names, found)
    charts(book.create_sheet("图"), names, found.rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _draw_points(sheet: Worksheet, lines: list[str], rows: tuple[Row, ...]) -> None:
    top(sheet, "得分逐行对比", lines, _POINTS)
    for row, one in enumerate(rows, FIRST):
        line(sheet, row, _points(row, one), _NUMBERS)
    last = FIRST + len(rows) - 1
    if rows:
        sums: list[Content] = [Formula(f"SUM({letter}{FIRST}:{letter}{last})") for letter in "CDEFGHI"]
        line(sheet, last + 1, ["指标合计", "", *sums, "", ""], _NUMBERS, bold=True)
        coloured(sheet, f"I{FIRST}:I{last + 1}")
    finish(sheet, len(_POINTS), max(last, FIRST))


def _points(row: int, one: Row) -> list[Content]:
    both = one.one is not None and one.other is not None
    label = one.label if both else f"{one.label}（只在{'前' if one.one else '后'}一份）"
    return [
        one.level1,
        label,
        *_figures(one.one),
        *_figures(one.other),
        Formula(f"G{row}-D{row}") if one.by is not None else None,
        one.one.reason if one.one else "",
        one.other.reason if one.other else "",
    ]


def _figures(row: Indicator | None) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return (row.weight, row.score, lost(row)) if row else (None, None, None)


def _draw_changes(sheet: Worksheet, names: tuple[str, str], found: Differences) -> None:
    about = (
        f"对比了 {found.compared_rows} 行、{found.compared_cells} 格，不同的 {len(found.changes)} 格；"
        f"只在一份里的 {len(found.only_one) + len(found.only_other)} 项。"
    )
    left_out = f"没有比较的栏：{'；'.join(found.left_out)}。" if found.left_out else ""
    top(sheet, "逐项改动", [f"前一份：{names[0]}；后一份：{names[1]}", about + left_out], _CHANGES)
    lines = [
        list[Content]([PART_NAMES[one.part], one.label, FIELD_NAMES[one.field], one.one, one.other, one.by])
        for one in found.changes
    ]
    lines += [list[Content](["只有前一份有", name, "", "有", "", None]) for name in found.only_one]
    lines += [list[Content](["只有后一份有", name, "", "", "有", None]) for name in found.only_other]
    for row, values in enumerate(lines, FIRST):
        line(sheet, row, values, (6,))
    last = FIRST + max(len(lines), 1) - 1
    coloured(sheet, f"F{FIRST}:F{last}")
    finish(sheet, len(_CHANGES), last)
