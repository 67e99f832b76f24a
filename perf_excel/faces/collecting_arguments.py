"""The options of collecting and chasing (收表、催报), as the user types them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def collect_options(collect: argparse.ArgumentParser, number: Callable[[str], int]) -> None:
    """Add what is collected, against what, and by how many."""
    collect.add_argument(
        "sources", nargs="+", type=Path, metavar="文件夹", help="文件夹、压缩包或文件，可以多个"
    )
    collect.add_argument("-o", "--output", type=Path, required=True, metavar="汇总.xlsx", help="汇总写到哪里")
    collect.add_argument(
        "--expect", type=Path, metavar="下发清单.xlsx", help="与它对照：谁没有交，谁改了什么"
    )
    collect.add_argument(
        "--on-duplicate",
        choices=("newest", "first", "error"),
        default="newest",
        help="同一单位交来几份不同的：newest 以最新的为准（默认），first 以最早的，error 都不计入，请人确定",
    )
    collect.add_argument("--rules", metavar="规则集", help="规则集名称或 .toml 文件；省略时由各个工作簿决定")
    collect.add_argument("--jobs", type=number, metavar="进程数", help="用几个进程读；省略时按文件多少决定")
    collect.add_argument("--dask", metavar="地址", help="由 Dask 集群读（另装 distributed）")
    collect.add_argument("--json", action="store_true", help="以 JSON 输出")
    collect.add_argument("--overwrite", action="store_true", help="允许替换不是汇总的同名文件（先备份）")


def chase_options(chase: argparse.ArgumentParser) -> None:
    """Add from which summary the replies come, and where they go."""
    chase.add_argument("file", type=Path, metavar="汇总.xlsx", help="collect 写出的汇总")
    chase.add_argument("-o", "--output", type=Path, required=True, metavar="文件夹", help="函和名单写到哪里")
    chase.add_argument("--overwrite", action="store_true", help="替换同名文件（原有的移入“备份-…”文件夹）")
