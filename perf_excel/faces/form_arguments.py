"""The commands on forms (表的命令) and their options, as the user types them."""

from __future__ import annotations

import argparse
from pathlib import Path

from perf_excel.faces import commands, diff_commands, making_commands, row_commands
from perf_excel.faces.common_arguments import (
    Adding,
    Command,
    as_json,
    choices,
    number,
    output,
    table,
    workbook,
    year,
)


def form_commands(add: Adding) -> None:
    """Add what is done with forms: made, filled, checked, scored, finished, held together."""
    _rulesets_options(
        add("rulesets", "列出规则集及其表样和依据；查看、复制、检验一个规则集", commands.rulesets)
    )
    _new_options(add("new", "按规则集新建一张表（空白，或写入数据）", making_commands.new))
    _fill_options(add("fill", "把数据填入已有的表，其余内容原样不动", commands.fill))
    _rows_options(add("rows", "在已有的表里增加、删除指标行"))
    _check_options(add("check", "校验填报内容，指出单元格、问题和改法", commands.check))
    _score_options(add("score", "按规则打分，逐行给出算式", commands.score))
    _export_options(add("export", "导出完成表（只含数值，可直接打印）或数据", commands.export))
    _diff_options(add("diff", "逐行对比两份表：自评与复评、上年与本年、下发与报送", diff_commands.diff))
    _adopt_options(add("adopt", "把本地自己的表收作模板，并说明认出了什么", making_commands.adopt))


def _fill_options(fill: argparse.ArgumentParser) -> None:
    """Add into what is filled, and from where."""
    workbook(fill)
    fill.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="数据",
        help="要填入的数据：.json、填好的工作簿，或有“指标名称”“完成值”等表头的数据表",
    )
    output(fill, required=True)


def _check_options(check: argparse.ArgumentParser) -> None:
    """Add what is checked, and against what."""
    check.add_argument("files", nargs="+", type=Path, metavar="文件", help="工作簿，可以多个")
    choices(check)
    check.add_argument(
        "--against",
        type=Path,
        metavar="申报表",
        help="与申报表（R3）或监控表（R4）对照：工作簿，或 .json 数据",
    )
    as_json(check)
    output(check, required=False, text="写出加了“校验结果”表的副本（只能给一个文件）")


def _score_options(score: argparse.ArgumentParser) -> None:
    """Add what is scored."""
    workbook(score)
    as_json(score)
    output(score, required=False)


def _export_options(export: argparse.ArgumentParser) -> None:
    """Add what is finished, and what comes with it."""
    workbook(export)
    export.add_argument(
        "--list", action="store_true", help="在 .xlsx、.pdf 后面附一张校验单：问题、忽略的理由、日期和规则集"
    )
    output(export, required=True, text="目标文件，扩展名决定格式：.xlsx .pdf .json")


def _new_options(new: argparse.ArgumentParser) -> None:
    """Add what a new form can be made from."""
    new.add_argument("--rules", metavar="规则集", help="规则集名称，见 rulesets")
    new.add_argument("--template", metavar="模板", help="用 adopt 收下的模板，代替 --rules")
    new.add_argument("--form", default="", metavar="表样", help="表样名称；规则集只有一种时可省略")
    new.add_argument("--data", type=Path, metavar="数据", help="要写入的数据：.json、填好的工作簿或数据表")
    new.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="申报表",
        help="由申报表（或项目绩效目标表）开始：带入申报的目标；或由预算公开表开始：带入预算",
    )
    new.add_argument("--sheet", metavar="工作表", help="申报表所在的工作表；有多张表时需要")
    new.add_argument("--unit", default="", metavar="单位", help="部门（单位）名称")
    new.add_argument("--year", type=year, metavar="年度", help="四位年份")
    new.add_argument(
        "--macros", action="store_true", help="生成带按钮的宏工作簿（.xlsm）；省略则为不含宏的 .xlsx"
    )
    output(new, required=True, text="目标文件；已有同名文件时先备份再替换")


def _adopt_options(adopt: argparse.ArgumentParser) -> None:
    """Add what can be said of a form that becomes a template."""
    adopt.add_argument("file", nargs="?", type=Path, metavar="文件", help="表样：空表，或填好的表（会清空）")
    adopt.add_argument("--name", metavar="名称", help="模板名称，以后用 new --template 名称")
    adopt.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="列=含义",
        help="指明一列是什么，如 H=得分、F=忽略；可多次",
    )
    adopt.add_argument("--map", type=Path, metavar="识别.xlsx", help="另存一份，附“识别结果”表")
    adopt.add_argument("--list", action="store_true", help="列出已有的模板")
    adopt.add_argument("--overwrite", action="store_true", help="替换同名的模板（先备份）")
    choices(adopt)


def _diff_options(diff: argparse.ArgumentParser) -> None:
    """Add which two forms are held together."""
    diff.add_argument("one", type=Path, metavar="前一份", help="工作簿，或 .json 数据")
    diff.add_argument("other", type=Path, metavar="后一份", help="工作簿，或 .json 数据")
    choices(diff)
    as_json(diff)
    output(diff, required=False, text="写出对比表（.xlsx）：得分逐行、逐项改动、图")


def _rows_options(rows: argparse.ArgumentParser) -> None:
    """Add what can be done with the indicator rows of a form."""
    actions = rows.add_subparsers(title="操作", metavar="操作", required=True)

    def action(name: str, text: str, run: Command) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        workbook(one)
        return one

    add = action("add", "在一个指标行后面增加空白的指标行，样式、公式照它", row_commands.rows_add)
    add.add_argument("--after", required=True, metavar="行", help="在哪一行后面：行号，或指标名称")
    add.add_argument(
        "-n", "--number", type=number("行数"), default=1, metavar="行数", help="增加几行（默认 1）"
    )
    add.add_argument("--level1", default="", metavar="一级指标", help="另起一个一级指标，排在这一组后面")
    add.add_argument("--level2", default="", metavar="二级指标", help="另起一个二级指标，排在这一组后面")
    output(add, required=True)
    remove = action("remove", "删除指标行", row_commands.rows_remove)
    remove.add_argument(
        "rows", nargs="+", metavar="行", help="行号（5）、几个连着的行号（7-9）或指标名称，可以多个"
    )
    output(remove, required=True)


def _rulesets_options(rulesets: argparse.ArgumentParser) -> None:
    """Add what can be done with one rule set; without any of it, all are listed."""
    actions = rulesets.add_subparsers(title="操作（省略则列出全部）", metavar="操作")

    def action(name: str, text: str, run: Command) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        one.add_argument("rules", metavar="规则集", help="规则集名称，或自己的 .toml 文件")
        return one

    action("show", "用文字说明一个规则集", commands.rulesets_show)
    copy = action("copy", "复制成自己的规则集文件，以便修改", commands.rulesets_copy)
    copy.add_argument("target", type=Path, metavar="新文件.toml", help="已有同名文件时拒绝")
    test = action("test", "用已公开的表检验规则集：逐行对照得分", commands.rulesets_test)
    test.add_argument("files", nargs="+", type=Path, metavar="文件", help="工作簿，或 .json 数据，可以多个")
    table(test)
