"""A bureau's own form for tests in open workbooks, and what such a workbook holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

import openpyxl
from facts import shangjie
from openpyxl.styles import Protection
from small import HEADS

from perf_excel.jobs.new import Order, make
from perf_excel.live.live_book import LiveBook
from perf_excel.live.xl import xw
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.grid import Area, Grid
from perf_excel.sheets.verdicts import SHEET, Verdict, read_verdicts

Opener = Callable[[Path], xw.Book]

BUREAU = [
    ["某局2022年度项目支出绩效自评表"],
    list(HEADS),
    ["产出指标", "数量指标", "培训次数", "≥10次", "10次", 30, 25, None],
    [None, None, "检查次数", "≥20次", "10次", 20, 20, None],
    [None, "质量指标", "合格率", "≥95%", "97%", 20, None, None],
    ["效益指标", "社会效益", "投诉下降率", "≥5%", "6%", 20, 20, None],
    ["满意度指标", "服务对象满意度", "群众满意度", "≥90%", "95%", 10, 9, None],
    ["总分", None, None, None, None, "=SUM(F3:F7)", 84, None],
]
SHEET_OF_BUREAU = "自评表（甲）"
LEVELS = (Area(3, 1, 5, 1), Area(3, 2, 4, 2))


def of_henan(folder: Path) -> Path:
    """The form of Henan of 2022, as this program makes and fills it."""
    path = folder / "表.xlsx"
    path.write_bytes(make(Order(ruleset("henan-department"), data=shangjie()), path).data)
    return path


def saved(folder: Path, rows: Sequence[Sequence[object]], *, protected: bool = False) -> Path:
    path = folder / "本局的表.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    sheet.title = SHEET_OF_BUREAU
    for row in rows:
        sheet.append(tuple(cast("Sequence[Any]", row)))
    for top, left, bottom, right in LEVELS:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    sheet["F8"].number_format = "0.00"
    sheet.row_dimensions[4].height = 40.0
    if protected:
        sheet.protection.sheet = True
        sheet["H3"].protection = Protection(locked=False)
    book.save(path)
    return path


def contents(book: xw.Book) -> dict[str, Grid]:
    """All that a workbook's sheets hold now."""
    live = LiveBook(book)
    return {name: grid for name in live.sheets if (grid := live.grid(name))}


def form_of(book: xw.Book) -> Grid:
    return contents(book)[LiveBook(book).visible[0]]


def findings(book: xw.Book) -> tuple[Verdict, ...]:
    rows = read_verdicts(contents(book)[SHEET])
    assert rows is not None
    return rows
