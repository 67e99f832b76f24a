"""The options of ``report`` (报告的选项)."""

from __future__ import annotations

import argparse
import re
from decimal import Decimal
from pathlib import Path


def report_options(report: argparse.ArgumentParser) -> None:
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


def _points(text: str) -> Decimal:
    """Read a distance of lines.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    from perf_excel.books.report.word_spacing import LEAST, MOST

    if re.fullmatch(r"[0-9]{2}(?:\.[0-9]{1,2})?", text) and LEAST <= Decimal(text) <= MOST:
        return Decimal(text)
    raise argparse.ArgumentTypeError(f"应为 {LEAST}—{MOST} 之间的磅数，现为 {text}")
