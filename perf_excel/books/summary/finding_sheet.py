"""问题清单: every finding of every form that counts, each leading to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from perf_excel.books.summary.cells import Column, Content
from perf_excel.books.summary.linking import link_to
from perf_excel.books.summary.records import FormRecord
from perf_excel.books.summary.returned_forms import Entry
from perf_excel.books.summary.table_sheet import Table
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES, USUAL

NAME = "问题清单"
LEVELS = {"错误": "bad", "提醒": "doubtful", "提示": "known"}


def _paint(row: Sequence[Content]) -> dict[int, str]:
    return {4: LEVELS[str(row[4])]} if str(row[4]) in LEVELS else {}


TABLE = Table(
    NAME,
    "各单位的表校验出的问题。点“单元格”打开该单位的文件并跳到那一格（压缩包里的只能打开压缩包）。"
    "单位写明理由忽略了的也列出，“处理”一栏写着理由。",
    (
        Column("序号", 6, "count"),
        Column("单位", 26),
        Column("表种", 10, "centre"),
        Column("项目", 18),
        Column("级别", 6, "centre"),
        Column("检查项", 7, "centre"),
        Column("检查内容", 16),
        Column("指标或项目", 22),
        Column("问题", 48, "long"),
        Column("应为", 14, "centre"),
        Column("表上", 14, "centre"),
        Column("工作表", 12, "centre"),
        Column("单元格", 9, "link"),
        Column("处理", 18, "long"),
        Column("文件", 30),
    ),
    2,
    _paint,
)


def rows_of(entry: Entry, form: FormRecord, folder: Path, numbers: Iterator[int]) -> Iterator[list[Content]]:
    """Yield the rows of a form, numbered on."""
    for one in form.findings:
        yield [
            next(numbers),
            entry.unit,
            entry.form_name,
            entry.project,
            SEVERITY_NAMES.get(one.severity, one.severity),
            one.check,
            USUAL[one.check].title if one.check in USUAL else "",
            one.label,
            one.message,
            one.expected,
            one.printed,
            one.sheet,
            link_to(entry, folder, one.cell, one.sheet, one.cell),
            f"已忽略：{one.waived}" if one.waived else "",
            entry.file,
        ]
