"""The commands on reports and published tables (报告、公开表) and their options, as the user types them."""

from __future__ import annotations

import argparse
import re
from decimal import Decimal
from pathlib import Path

from perf_excel.faces import budget_words, compare_words, report_commands
from perf_excel.faces.common_arguments import Adding, as_json, choices, output


def text_commands(add: Adding) -> None:
    """Add what is done with texts and published tables: written, held against forms, tied together."""
    text = "由自评表写出自评报告（.docx），或更新已有报告里的数"
    _report_options(add("report", text, report_commands.report))

    _compare_options(add("compare", "核对自评报告里的数：与表、与自身是否一致", compare_words.compare))

    text = "核对预算（决算）公开表：行、列、收支、表间是否对得上"
    _budget_options(add("budget", text, budget_words.budget))


def _report_options(report: argparse.ArgumentParser) -> None:
    """Add what a report is made of, and by what."""
    report.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="文件",
        help="自评表，可以多个（部门表和各项目表）；或 check-template 加一个 .docx 模板：检查模板里的标签",
    )
    report.add_argument(
        "--template",
        type=Path,
        metavar="模板.docx",
        help="自己的报告模板；省略时用规则集的（workbook_templates 里的 报告.docx）",
    )
    report.add_argument(
        "--refresh",
        type=Path,
        metavar="报告.docx",
        help="已有的报告：只把其中的数更新成表上现在的，文字不动，写到 -o",
    )
    report.add_argument(
        "--lines", type=_points, metavar="磅", help="正文行距，20—40 磅；省略时照模板（28.95）"
    )
    choices(report)
    output(report, required=False, text="报告写到哪里：.docx；已有同名文件时先备份再替换")


def _points(text: str) -> Decimal:
    """Read a distance of lines.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    from perf_excel.books.report.word_spacing import LEAST, MOST

    if re.fullmatch(r"[0-9]{2}(?:\.[0-9]{1,2})?", text) and LEAST <= Decimal(text) <= MOST:
        return Decimal(text)
    raise argparse.ArgumentTypeError(f"应为 {LEAST}—{MOST} 之间的磅数，现为 {text}")


def _compare_options(compare: argparse.ArgumentParser) -> None:
    """Add what a report can be held against."""
    compare.add_argument(
        "report", type=Path, metavar="报告", help="自评报告：.docx、.pdf（不含扫描件）或 .txt"
    )
    compare.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="文件",
        help="报告所依据的表：自评表、预算（决算）公开表，或 .json 数据；省略则只核对报告自身",
    )
    compare.add_argument("--rules", metavar="规则集", help="规则集名称或 .toml 文件；省略时由工作簿决定")
    as_json(compare)
    _unmatched(compare)
    output(compare, required=False, text="写出在各处加了批注的副本（.docx）")


def _budget_options(budget: argparse.ArgumentParser) -> None:
    """Add which tables are tied to one another."""
    budget.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="文件",
        help="同一部门同一年的预算（决算）公开表：.xlsx .xls .ods .docx .pdf（不含扫描件），可以多个",
    )
    as_json(budget)
    _unmatched(budget)


def _unmatched(command: argparse.ArgumentParser) -> None:
    command.add_argument("--unmatched", action="store_true", help="逐条列出未能对应的数")
