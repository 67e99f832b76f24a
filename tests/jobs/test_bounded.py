"""Workbooks that would take long to look through: an answer or a sentence within ten seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from workbooks import package, parts, workbook, worksheet

from perf_excel.errors import UserError
from perf_excel.jobs.check import check
from perf_excel.sheets.finding.header import MAX_FORMS
from perf_excel.sheets.grid import column_letters

SECONDS = 10
HEAD = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "偏差原因")
ROW = ("产出指标", "数量指标", "下访次数", "≥12次", "12次", "10", "10", "")
WORDS = ("一级指标", "得分", "年度目标", "单位名称", "预算数", "合计", "指标", "三级指标", "目标值", "执行数")


def rows(lines: Iterable[Iterable[str]], first: int = 1, cell: str = '<c r="{}" t="str">') -> str:
    """Rows of a sheet part."""
    return "".join(
        f'<row r="{row}">'
        + "".join(
            f"{cell.format(f'{column_letters(column)}{row}')}<v>{text}</v></c>"
            for column, text in enumerate(line, 1)
        )
        + "</row>"
        for row, line in enumerate(lines, first)
    )


def labels(columns: int, count: int) -> list[list[str]]:
    """Rows of nothing but labels, none like the one above it."""
    return [[WORDS[(row * 7 + column * 3) % len(WORDS)] for column in range(columns)] for row in range(count)]


FORM = rows([("绩效自评表",), HEAD, ROW])
FURTHER = rows([HEAD, *[ROW] * 3])

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "labels in forty columns": (
        lambda: workbook(FORM + rows(labels(40, 1_500), 5)),
        f"工作表“自评表”里的绩效表（指标表头）超过 {MAX_FORMS} 张",
    ),
    "many forms on many sheets": (
        lambda: package(parts(*[worksheet(FORM)] * (MAX_FORMS + 1))),
        f"工作簿里的绩效表（指标表头）超过 {MAX_FORMS} 张",
    ),
    "a form cut over many sheets": (
        lambda: package(parts(worksheet(FORM), *[worksheet(FURTHER)] * 100)),
        "开始的绩效表续在 20 张以上的工作表上，请合并到较少的工作表后重试。",
    ),
}
TAKEN: dict[str, Callable[[], bytes]] = {
    "labels in more columns than a form has": lambda: workbook(FORM + rows(labels(58, 1_500), 5)),
    "cells in a way that few programs write": lambda: workbook(
        FORM + rows([ROW] * 3_000, 4, '<c t="str" r="{}">')
    ),
    "nearly as many forms as there may be": lambda: workbook(
        rows([line for _ in range(MAX_FORMS - 10) for line in (("绩效自评表",), HEAD, *[ROW] * 10)])
    ),
    "rows without end": lambda: workbook(FORM + rows([ROW] * 3_000, 4)),
    "blank rows before the total": lambda: workbook(
        FORM + rows([("",) * 7 + ("x",)] * 4_000, 4) + rows([("总分", "", "", "", "", "100", "90")], 4_010)
    ),
    "a head over thousands of rows": lambda: workbook(
        rows([("单位名称", "某局", "项目名称", "路", "年度目标", "好")] * 4_000)
        + rows([("绩效自评表",), HEAD, ROW], 4_010)
    ),
}


def seconds(path: Path) -> tuple[float, str]:
    """The processor time that checking takes, and the sentence that refuses the workbook, if one does."""
    start, sentence = time.process_time(), ""
    try:
        check(path)
    except UserError as error:
        sentence = str(error)
    return time.process_time() - start, sentence


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_form_is_like_is_refused_with_its_place(tmp_path: Path, what: str) -> None:
    data, expected = REFUSED[what]
    path = tmp_path / "重.xlsx"
    path.write_bytes(data())
    took, sentence = seconds(path)
    assert sentence.startswith("重.xlsx")
    assert expected in sentence
    assert took < SECONDS


@pytest.mark.parametrize("what", TAKEN)
def test_what_costs_much_ends_in_time(tmp_path: Path, what: str) -> None:
    path = tmp_path / "重.xlsx"
    path.write_bytes(TAKEN[what]())
    took, sentence = seconds(path)
    assert not sentence
    assert took < SECONDS
