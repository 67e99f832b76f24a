"""The commands on units (下发、收表、催报、汇总) and their options, as the user types them."""

from __future__ import annotations

import argparse
from pathlib import Path

from perf_excel.faces import collecting_commands, rollup_commands, sending_commands
from perf_excel.faces.common_arguments import Adding, as_json, choices, jobs, output, year


def unit_commands(add: Adding) -> None:
    """Add what is done with units: sent, collected, chased, rolled up."""
    text = "把表样下发给名单上的单位：一家一份，预填、可识别，附下发清单"
    _distribute_options(add("distribute", text, sending_commands.distribute))

    text = "收单位交回的表：读、校验、打分，与下发清单对照，写成汇总"
    _collect_options(add("collect", text, collecting_commands.collect))

    text = "由汇总写出给各单位的退回函（.docx）和催报名单"
    _chase_options(add("chase", text, collecting_commands.chase))

    text = "把下属单位报送的表汇总成部门自己的表，每个数都能追到来源"
    _rollup_options(add("rollup", text, rollup_commands.rollup))


def _distribute_options(distribute: argparse.ArgumentParser) -> None:
    """Add what can be said of forms that go to units."""
    distribute.add_argument(
        "templates",
        nargs="+",
        metavar="表样",
        help="工作簿，用 adopt 收下的模板名称，或规则集（有几种表样时写 规则集:表样）；可以多个",
    )
    distribute.add_argument(
        "--units", type=Path, required=True, metavar="名单", help="单位名单：.xlsx .xls .ods .csv，按表头认列"
    )
    distribute.add_argument(
        "-o", "--output", type=Path, required=True, metavar="文件夹", help="写到哪个文件夹"
    )
    distribute.add_argument("--zip", action="store_true", help="装进一个 .zip，不留文件夹")
    distribute.add_argument(
        "--one-per",
        choices=("unit", "row"),
        metavar="unit|row",
        help="一家单位一份，或名单一行一份；省略时有项目名称的表一行一份，其余一家一份",
    )
    distribute.add_argument("--year", type=year, metavar="年度", help="名单里没有年度时用")
    distribute.add_argument("--by-superior", action="store_true", help="按上级单位分文件夹")
    distribute.add_argument("--fixed-rows", action="store_true", help="单位不能增删行；收回时增删行算改动")
    distribute.add_argument(
        "--overwrite", action="store_true", help="替换文件夹里的同名文件（原有的移入备份）"
    )
    jobs(distribute, "写；省略时 1 个，多数时候这样最快")
    distribute.add_argument("--json", action="store_true", help="以 JSON 输出写了什么")


def _collect_options(collect: argparse.ArgumentParser) -> None:
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
    jobs(collect, "读；省略时按文件多少决定")
    collect.add_argument("--dask", metavar="地址", help="由 Dask 集群读（另装 distributed）")
    as_json(collect)
    collect.add_argument("--overwrite", action="store_true", help="允许替换不是汇总的同名文件（先备份）")


def _chase_options(chase: argparse.ArgumentParser) -> None:
    """Add from which summary the replies come, and where they go."""
    chase.add_argument("file", type=Path, metavar="汇总.xlsx", help="collect 写出的汇总")
    chase.add_argument("-o", "--output", type=Path, required=True, metavar="文件夹", help="函和名单写到哪里")
    chase.add_argument("--overwrite", action="store_true", help="替换同名文件（原有的移入“备份-…”文件夹）")


def _rollup_options(rollup: argparse.ArgumentParser) -> None:
    """Add what units' forms are rolled up from and into."""
    rollup.add_argument(
        "files", nargs="+", type=Path, metavar="文件", help="各单位报送的工作簿，或放着它们的文件夹，可以多个"
    )
    rollup.add_argument("--into", type=Path, required=True, metavar="部门表", help="部门自己的表，不改动它")
    choices(rollup)
    jobs(rollup, "读；省略时按文件多少决定")
    as_json(rollup)
    output(rollup, required=True)
