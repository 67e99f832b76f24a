"""Which form of a workbook is meant (选表): every form it holds, numbered, and the one that was asked for."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import NamedTuple

from perf_excel.errors import UserError
from perf_excel.jobs.examination.source import Source
from perf_excel.sheets.finding.continued import continued
from perf_excel.sheets.finding.form_layout import FormLayout
from perf_excel.sheets.finding.header import MAX_FORMS, TooManyFormsError
from perf_excel.sheets.finding.layout import MAX_ROWS, find_forms
from perf_excel.sheets.grid import Grid, address
from perf_excel.sheets.reading.form_reading import Reading, read_form

_MOST_SHEETS = 20
"""No form is cut over more sheets."""
_NAMED = 5
"""So many forms are named in a sentence."""


class Choice(NamedTuple):
    """Which form the user asks for: by its sheet, by its number (表号, from 1), by both or by neither."""

    sheet: str | None = None
    table: int | None = None


def readings_of(book: Source, choice: Choice, labels: Mapping[str, tuple[str, ...]]) -> list[Reading]:
    """Return every form of a workbook, or of the sheet that is asked for, in order.

    Raises:
        UserError: there is none, or no such sheet, or there are too many.
    """
    names = _from(book, choice.sheet) if choice.sheet else book.visible
    found: list[tuple[Grid, FormLayout]] = []
    for name in names:
        grid = sheet_of(book, name)
        try:
            forms = find_forms(grid, labels)
            whole = continued(*found[-1], grid, forms, labels) if found else None
        except TooManyFormsError as error:
            raise error.of(book.name) from None
        if whole:
            found[-1] = whole
            if len(whole[0].sheets) > _MOST_SHEETS:
                raise UserError(
                    f"{book.name}：从工作表“{whole[0].sheet}”开始的绩效表"
                    f"续在 {_MOST_SHEETS} 张以上的工作表上，请合并到较少的工作表后重试。"
                )
            forms = forms[1:]
        elif choice.sheet and name != choice.sheet:
            break
        found += [(grid, form) for form in forms]
        if len(found) > MAX_FORMS:
            raise TooManyFormsError().of(book.name)
        if choice.sheet and (not found or found[-1][1].total_row):
            break
    if not found:
        raise _nothing(book)
    readings = [read_form(grid, form) for grid, form in found]
    return [reading for reading in readings if choice.sheet in (None, reading.sheets[0])]


def chosen(book: Source, readings: list[Reading], choice: Choice) -> tuple[int, Reading]:
    """Return the form that is asked for, with its number.

    Raises:
        UserError: several could be meant, or there is no form of this number; the sentence names them all.
    """
    if choice.table is None:
        if len(readings) == 1:
            return 1, readings[0]
        raise UserError(
            f"{book.name}：有 {len(readings)} 张绩效表：{_listed(readings)}，",
            by_command="请用 --table 加表号指定其中一张（如 --table 1）。",
            by_hand="这一步一次只能用一张，请把要用的那张另存为单独的工作簿。",
        )
    if choice.table > len(readings):
        where = f"工作表“{choice.sheet}”上" if choice.sheet else ""
        raise UserError(
            f"{book.name}：没有第 {choice.table} 张绩效表，{where}只有 {len(readings)} 张："
            f"{_listed(readings)}",
            by_command="，请更正 --table。",
            by_hand="。",
        )
    return choice.table, readings[choice.table - 1]


def range_of(reading: Reading) -> str:
    """Return where a form stands: a range for each of its sheets (“甲”A1:J20、“乙”A1:J9)."""
    grid, layout = reading.grid, reading.layout
    top = layout.title_row if layout.title else min(layout.top, layout.indicators.header)
    places = [place for place in grid.cells if top <= place[0] <= layout.bottom]
    ranges: dict[str, tuple[list[int], list[int]]] = {}
    for row, column in places:
        sheet, own_row, own_column = grid.locate(row, column)
        rows, columns = ranges.setdefault(sheet, ([], []))
        rows.append(own_row)
        columns.append(max(own_column, grid.area(row, column).right))
    left = min((column for _, column in places), default=1)
    return "、".join(
        f"“{sheet}”{address(min(rows), left)}:{address(max(rows), max(columns))}"
        for sheet, (rows, columns) in sorted(ranges.items(), key=lambda one: grid.sheets.index(one[0]))
    )


def sheet_of(book: Source, name: str) -> Grid:
    """Return a sheet.

    Raises:
        UserError: there is none of this name.
    """
    grid = book.grid(name)
    if grid is None:
        raise UserError(f"{book.name}：没有名为“{name}”的工作表，现有：{'、'.join(book.visible)}。")
    return grid


def hidden_forms(book: Source, labels: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the hidden sheets on which there is a form; those that cannot be read are none of these."""
    found: list[str] = []
    for name in set(book.sheets) - set(book.visible):
        with contextlib.suppress(UserError):
            if (grid := book.grid(name)) is not None and find_forms(grid, labels):
                found.append(name)
    return tuple(name for name in book.sheets if name in found)


def _from(book: Source, sheet: str) -> list[str]:
    """The sheet that is asked for, and those behind it: a form may go on there."""
    visible = book.visible
    return visible[visible.index(sheet) :] if sheet in visible else [sheet]


def _listed(readings: list[Reading]) -> str:
    """Name forms by number, title and place."""
    named = [
        f"第 {number} 张“{reading.form.form or '绩效表'}”（工作表{range_of(reading)}）"
        for number, reading in enumerate(readings[:_NAMED], 1)
    ]
    return "、".join(named) + ("等" if len(readings) > _NAMED else "")


def _nothing(book: Source) -> UserError:
    for name in book.visible:
        if (bottom := sheet_of(book, name).bottom) > MAX_ROWS:
            return UserError(
                f"{book.name}：工作表“{name}”用到了第 {bottom} 行，绩效表不会这样长，"
                "请删去下方多余的行后重试。"
            )
    if hidden := hidden_forms(book, {}):
        named = "、".join(f"“{name}”" for name in hidden)
        return UserError(
            f"{book.name}：看得见的工作表上没有绩效表，隐藏的工作表{named}上有，请在任一工作表标签上右键“取消隐藏”"
            "（右键没有的，是用宏深度隐藏的）",
            by_command=f"，或加 --sheet {hidden[0]} 直接使用。",
            by_hand="后保存再试。",
        )
    return UserError(
        f"{book.name}：没有找到绩效表（未见“三级指标、指标值、分值、得分”等表头），"
        "请确认文件是否为自评表或申报表。"
    )
