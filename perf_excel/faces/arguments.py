"""All commands (全部命令), as the user types them."""

from __future__ import annotations

import argparse
from pathlib import Path

from perf_excel import __version__
from perf_excel.faces import commands, live_commands
from perf_excel.faces.chinese_argparse import ChineseParser
from perf_excel.faces.common_arguments import Command
from perf_excel.faces.form_arguments import form_commands
from perf_excel.faces.report_arguments import text_commands
from perf_excel.faces.unit_arguments import unit_commands


def parser() -> ChineseParser:
    """Return the parser with every command."""
    top = ChineseParser(prog="perf-excel", description="预算绩效自评表：新建、填报、校验、打分、导出。")
    top.add_argument("--version", action="version", version=f"perf-excel {__version__}", help="显示版本号")
    verbs = top.add_subparsers(title="命令", metavar="命令", required=True)

    def add(name: str, text: str, run: Command | None = None) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=text, description=text)
        if run:
            one.set_defaults(command=run)
        return one

    form_commands(add)
    unit_commands(add)
    text_commands(add)
    _live_options(add("live", "在 Excel、WPS、LibreOffice 打开着的表里直接操作（表里的按钮也调用它）"))

    window = add("window", "打开窗口，用鼠标完成上面各步", commands.window)
    window.add_argument("files", nargs="*", type=Path, metavar="文件", help="打开后立即校验这些工作簿")

    demo = add("demo", "用五份真实公开的文件演示全过程，逐项与公开的数对照", commands.demo)
    demo.add_argument(
        "folder", nargs="?", type=Path, default=Path("演示"), metavar="文件夹", help="写到哪里（默认：演示）"
    )
    return top


def _live_options(live: argparse.ArgumentParser) -> None:
    """Add what can be done with a workbook that is open in an application."""
    actions = live.add_subparsers(title="操作", metavar="操作", required=True)
    for name, about, run in (
        ("check", "校验，结果写进“校验提示”列和工作表“校验结果”", live_commands.live_check),
        ("score", "打分，写进没有公式的得分格，再校验", live_commands.live_score),
        ("clear", "清除 check、score 写入的内容，恢复原值", live_commands.live_clear),
        ("add-row", "在所选指标行下面增加一行", live_commands.live_add_row),
    ):
        one = actions.add_parser(name, help=about, description=about)
        one.set_defaults(command=run)
        one.add_argument(
            "file", nargs="?", type=Path, metavar="工作簿", help="打开着的工作簿；省略时为最前面的一个"
        )
