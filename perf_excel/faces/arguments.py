"""Commands and their options (命令与选项), as the user types them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from pathlib import Path

from perf_excel import __version__
from perf_excel.faces import (
    budget_words,
    collecting_arguments,
    collecting_commands,
    commands,
    compare_words,
    diff_commands,
    live_commands,
    making_commands,
    report_commands,
    rollup_commands,
    row_commands,
    sending_commands,
)
from perf_excel.faces.chinese_argparse import ChineseParser
from perf_excel.faces.report_arguments import report_options

Command = Callable[[argparse.Namespace], int]


def parser() -> ChineseParser:
    """Return the parser with every command."""
    top = ChineseParser(prog="perf-excel", description="预算绩效自评表：新建、填报、校验、打分、导出。")
    top.add_argument("--version", action="version", version=f"perf-excel {__version__}", help="显示版本号")
    verbs = top.add_subparsers(title="命令", metavar="命令", required=True)

    def command(name: str, text: str, run: Command) -> argparse.ArgumentParser:
        one = verbs.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        return one

    _rulesets_parser(
        command("rulesets", "列出规则集及其表样和依据；查看、复制、检验一个规则集", commands.rulesets)
    )

    _new_options(command("new", "按规则集新建一张表（空白，或写入数据）", making_commands.new))

    fill = command("fill", "把数据填入已有的表，其余内容原样不动", commands.fill)
    _input(fill)
    fill.add_argument("--data", type=Path, required=True, metavar="D.json", help="要填入的数据")
    _output(fill, required=True)

    text = "在已有的表里增加、删除指标行"
    _rows_parser(verbs.add_parser("rows", help=text, description=text))

    check = command("check", "校验填报内容，指出单元格、问题和改法", commands.check)
    check.add_argument("files", nargs="+", type=Path, metavar="文件", help="工作簿，可以多个")
    _choices(check)
    check.add_argument(
        "--against",
        type=Path,
        metavar="申报表",
        help="与申报表（R3）或监控表（R4）对照：工作簿，或 .json 数据",
    )
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    _output(check, required=False, text="写出加了“校验结果”表的副本（只能给一个文件）")

    score = command("score", "按规则打分，逐行给出算式", commands.score)
    _input(score)
    score.add_argument("--json", action="store_true", help="以 JSON 输出")
    _output(score, required=False)

    export = command("export", "导出完成表（只含数值，可直接打印）或数据", commands.export)
    _input(export)
    export.add_argument(
        "--list", action="store_true", help="在 .xlsx、.pdf 后面附一张校验单：问题、忽略的理由、日期和规则集"
    )
    _output(export, required=True, text="目标文件，扩展名决定格式：.xlsx .pdf .json")

    text = "把下属单位报送的表汇总成部门自己的表，每个数都能追到来源"
    _rollup_options(command("rollup", text, rollup_commands.rollup))

    text = "逐行对比两份表：自评与复评、上年与本年、下发与报送"
    _diff_options(command("diff", text, diff_commands.diff))
    report = command("report", "由自评表写出自评报告（.docx），或更新已有报告里的数", report_commands.report)
    report_options(report)
    _choices(report)
    _output(report, required=False, text="报告写到哪里：.docx；已有同名文件时先备份再替换")
    _compare_options(command("compare", "核对自评报告里的数：与表、与自身是否一致", compare_words.compare))

    text = "核对预算（决算）公开表：行、列、收支、表间是否对得上"
    _budget_options(command("budget", text, budget_words.budget))

    _adopt_options(command("adopt", "把本地自己的表收作模板，并说明认出了什么", making_commands.adopt))

    text = "把表样下发给名单上的单位：一家一份，预填、可识别，附下发清单"
    _distribute_options(command("distribute", text, sending_commands.distribute))
    _collecting(command)

    text = "在 Excel、WPS、LibreOffice 打开着的表里直接操作（表里的按钮也调用它）"
    _live_parser(verbs.add_parser("live", help=text, description=text))

    window = command("window", "打开窗口，用鼠标完成上面各步", commands.window)
    window.add_argument("files", nargs="*", type=Path, metavar="文件", help="打开后立即校验这些工作簿")

    demo = command("demo", "用五份真实公开的文件演示全过程，逐项与公开的数对照", commands.demo)
    demo.add_argument(
        "folder", nargs="?", type=Path, default=Path("演示"), metavar="文件夹", help="写到哪里（默认：演示）"
    )
    return top


def _collecting(command: Callable[[str, str, Command], argparse.ArgumentParser]) -> None:
    """Add collecting and chasing."""
    text = "收单位交回的表：读、校验、打分，与下发清单对照，写成汇总"
    collecting_arguments.collect_options(
        command("collect", text, collecting_commands.collect), _number("进程数")
    )

    text = "由汇总写出给各单位的退回函（.docx）和催报名单"
    collecting_arguments.chase_options(command("chase", text, collecting_commands.chase))


def _new_options(new: argparse.ArgumentParser) -> None:
    """Add what a new form can be made from."""
    new.add_argument("--rules", metavar="规则集", help="规则集名称，见 rulesets")
    new.add_argument("--template", metavar="模板", help="用 adopt 收下的模板，代替 --rules")
    new.add_argument("--form", default="", metavar="表样", help="表样名称；规则集只有一种时可省略")
    new.add_argument("--data", type=Path, metavar="D.json", help="要写入的数据")
    new.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="申报表",
        help="由申报表（或项目绩效目标表）开始：带入申报的目标；或由预算公开表开始：带入预算",
    )
    new.add_argument("--sheet", metavar="工作表", help="申报表所在的工作表；有多张表时需要")
    new.add_argument("--unit", default="", metavar="单位", help="部门（单位）名称")
    new.add_argument("--year", type=_year, metavar="年度", help="四位年份")
    new.add_argument(
        "--macros", action="store_true", help="生成带按钮的宏工作簿（.xlsm）；省略则为不含宏的 .xlsx"
    )
    _output(new, required=True, text="目标文件；已有同名文件时先备份再替换")


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
    compare.add_argument("--json", action="store_true", help="以 JSON 输出")
    compare.add_argument("--unmatched", action="store_true", help="逐条列出未能对应的数")
    _output(compare, required=False, text="写出在各处加了批注的副本（.docx）")


def _budget_options(budget: argparse.ArgumentParser) -> None:
    """Add which tables are tied to one another."""
    budget.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="文件",
        help="同一部门同一年的预算（决算）公开表：.xlsx .xls .ods .docx .pdf（不含扫描件），可以多个",
    )
    budget.add_argument("--json", action="store_true", help="以 JSON 输出")
    budget.add_argument("--unmatched", action="store_true", help="逐条列出未能对应的数")


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
    _choices(adopt)


def _rollup_options(rollup: argparse.ArgumentParser) -> None:
    """Add what units' forms are rolled up from and into."""
    rollup.add_argument(
        "files", nargs="+", type=Path, metavar="文件", help="各单位报送的工作簿，或放着它们的文件夹，可以多个"
    )
    rollup.add_argument("--into", type=Path, required=True, metavar="部门表", help="部门自己的表，不改动它")
    _choices(rollup)
    _jobs(rollup, "读；省略时按文件多少决定")
    rollup.add_argument("--json", action="store_true", help="以 JSON 输出")
    _output(rollup, required=True)


def _diff_options(diff: argparse.ArgumentParser) -> None:
    """Add which two forms are held together."""
    diff.add_argument("one", type=Path, metavar="前一份", help="工作簿，或 .json 数据")
    diff.add_argument("other", type=Path, metavar="后一份", help="工作簿，或 .json 数据")
    _choices(diff)
    diff.add_argument("--json", action="store_true", help="以 JSON 输出")
    _output(diff, required=False, text="写出对比表（.xlsx）：得分逐行、逐项改动、图")


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
    distribute.add_argument("--year", type=_year, metavar="年度", help="名单里没有年度时用")
    distribute.add_argument("--by-superior", action="store_true", help="按上级单位分文件夹")
    distribute.add_argument("--fixed-rows", action="store_true", help="单位不能增删行；收回时增删行算改动")
    distribute.add_argument(
        "--overwrite", action="store_true", help="替换文件夹里的同名文件（原有的移入备份）"
    )
    _jobs(distribute, "写；省略时 1 个，多数时候这样最快")
    distribute.add_argument("--json", action="store_true", help="以 JSON 输出写了什么")


def _jobs(verb: argparse.ArgumentParser, what: str) -> None:
    """Add how many processes do the work; what they do is the same however many they are."""
    text = f"用几个进程{what}"
    verb.add_argument("--jobs", type=_number("进程数"), metavar="进程数", help=text)


def _rows_parser(rows: argparse.ArgumentParser) -> None:
    """Add what can be done with the indicator rows of a form."""
    actions = rows.add_subparsers(title="操作", metavar="操作", required=True)

    def action(name: str, text: str, run: Command) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        _input(one)
        return one

    add = action("add", "在一个指标行后面增加空白的指标行，样式、公式照它", row_commands.rows_add)
    add.add_argument("--after", required=True, metavar="行", help="在哪一行后面：行号，或指标名称")
    add.add_argument(
        "-n", "--number", type=_number("行数"), default=1, metavar="行数", help="增加几行（默认 1）"
    )
    add.add_argument("--level1", default="", metavar="一级指标", help="另起一个一级指标，排在这一组后面")
    add.add_argument("--level2", default="", metavar="二级指标", help="另起一个二级指标，排在这一组后面")
    _output(add, required=True)
    remove = action("remove", "删除指标行", row_commands.rows_remove)
    remove.add_argument(
        "rows", nargs="+", metavar="行", help="行号（5）、几个连着的行号（7-9）或指标名称，可以多个"
    )
    _output(remove, required=True)


def _live_parser(live: argparse.ArgumentParser) -> None:
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


def _rulesets_parser(rulesets: argparse.ArgumentParser) -> None:
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
    _table(test)


def _year(text: str) -> int:
    """Read a year of four digits.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if re.fullmatch(r"(?:19|20)[0-9]{2}", text):
        return int(text)
    raise argparse.ArgumentTypeError(f"应为四位年份，现为 {text}")


def _input(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="文件", help="工作簿")
    _choices(command)


def _choices(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules", metavar="规则集", help="规则集名称或 .toml 文件；省略时由工作簿的标识或版式决定"
    )
    _table(command)


def _table(command: argparse.ArgumentParser) -> None:
    command.add_argument("--sheet", metavar="工作表", help="只看这个工作表上的绩效表")
    command.add_argument(
        "--table",
        type=_number("表号"),
        metavar="表号",
        help="第几张绩效表，按 check 列出的从 1 数起（有 --sheet 时只数那个工作表上的）；有多张表时需要",
    )


def _number(what: str) -> Callable[[str], int]:
    """Return what reads a number that counts from 1."""

    def read(text: str) -> int:
        """Read it.

        Raises:
            argparse.ArgumentTypeError: it is none.
        """
        if re.fullmatch(r"[1-9][0-9]{0,3}", text):
            return int(text)
        raise argparse.ArgumentTypeError(f"应为从 1 数起的{what}，现为 {text}")

    return read


def _output(command: argparse.ArgumentParser, *, required: bool, text: str = "目标文件") -> None:
    command.add_argument("-o", "--output", type=Path, required=required, metavar="目标", help=text)
    command.add_argument(
        "--overwrite", action="store_true", help="允许目标就是输入文件；替换已有文件前总是先备份"
    )
