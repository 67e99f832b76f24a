"""The command line (命令行): arguments in, Chinese sentences or JSON out, an exit code at the end."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from perf_excel import __version__
from perf_excel.errors import UserError
from perf_excel.faces import wording
from perf_excel.faces.parser import ChineseParser

CLEAN, FOUND, UNUSABLE = 0, 1, 2
"""Exit codes: nothing wrong, error findings, unusable input."""

DEBUG = "PERF_EXCEL_DEBUG"
"""Environment variable that lets an internal error show its traceback."""

Command = Callable[[argparse.Namespace], int]


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code. No error of the user's ever shows a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character (an English Windows) shows a question mark instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        arguments = parser().parse_args(argv)
        command: Command = arguments.command
        return command(arguments)
    except UserError as error:
        _complain(str(error))
        return UNUSABLE
    except MemoryError:
        _complain("内存不足，无法处理这个文件，请关闭其他程序后重试。")
        return UNUSABLE
    except KeyboardInterrupt:
        _complain("已取消，没有改动任何文件。")
        return UNUSABLE
    except BrokenPipeError:
        # The reader of our output (head, more) has seen enough.
        _drop_output()
        return CLEAN
    except OSError as error:
        # Files have sentences of their own: what remains is our own output, say into a full disk.
        _drop_output()
        _complain(f"系统拒绝了读写（{error.strerror or error}），请检查磁盘空间和权限后重试。")
        return UNUSABLE
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        _complain(
            f"程序内部出错（{type(error).__name__}），没有改动任何文件；"
            f"请把命令和文件发给维护者（设环境变量 {DEBUG}=1 再运行可看到详情）。"
        )
        return UNUSABLE


def parser() -> ChineseParser:
    """Return the parser with every command."""
    top = ChineseParser(prog="perf-excel", description="预算绩效自评表：新建、填报、校验、打分、导出。")
    top.add_argument("--version", action="version", version=f"perf-excel {__version__}", help="显示版本号")
    commands = top.add_subparsers(title="命令", metavar="命令", required=True)

    def command(name: str, text: str, run: Command) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        return one

    _rulesets_parser(command("rulesets", "列出规则集及其表样和依据；查看、复制、检验一个规则集", _rulesets))

    new = command("new", "按规则集新建一张表（空白，或写入数据）", _new)
    new.add_argument("--rules", required=True, metavar="规则集", help="规则集名称，见 rulesets")
    new.add_argument("--form", default="", metavar="表样", help="表样名称；规则集只有一种时可省略")
    new.add_argument("--data", type=Path, metavar="D.json", help="要写入的数据")
    new.add_argument("--unit", default="", metavar="单位", help="部门（单位）名称")
    new.add_argument("--year", type=_year, metavar="年度", help="四位年份")
    _output(new, required=True, text="目标文件；已有同名文件时先备份再替换")

    fill = command("fill", "把数据填入已有的表，其余内容原样不动", _fill)
    _input(fill)
    fill.add_argument("--data", type=Path, required=True, metavar="D.json", help="要填入的数据")
    _output(fill, required=True)

    check = command("check", "校验填报内容，指出单元格、问题和改法", _check)
    check.add_argument("files", nargs="+", type=Path, metavar="文件", help="工作簿，可以多个")
    _choices(check)
    check.add_argument("--json", action="store_true", help="以 JSON 输出")

    score = command("score", "按规则打分，逐行给出算式", _score)
    _input(score)
    score.add_argument("--json", action="store_true", help="以 JSON 输出")
    _output(score, required=False)

    export = command("export", "导出完成表（只含数值，可直接打印）或数据", _export)
    _input(export)
    _output(export, required=True, text="目标文件，扩展名决定格式：.xlsx .pdf .json")

    demo = command("demo", "用一份真实公开的自评表演示全过程", _demo)
    demo.add_argument(
        "folder", nargs="?", type=Path, default=Path("演示"), metavar="文件夹", help="写到哪里（默认：演示）"
    )
    return top


def _rulesets_parser(rulesets: argparse.ArgumentParser) -> None:
    """Add what can be done with one rule set; without any of it, all are listed."""
    actions = rulesets.add_subparsers(title="操作（省略则列出全部）", metavar="操作")

    def action(name: str, text: str, run: Command) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=text, description=text)
        one.set_defaults(command=run)
        one.add_argument("rules", metavar="规则集", help="规则集名称，或自己的 .toml 文件")
        return one

    action("show", "用文字说明一个规则集", _rulesets_show)
    copy = action("copy", "复制成自己的规则集文件，以便修改", _rulesets_copy)
    copy.add_argument("target", type=Path, metavar="新文件.toml", help="已有同名文件时拒绝")
    test = action("test", "用已公开的表检验规则集：逐行对照得分", _rulesets_test)
    test.add_argument("files", nargs="+", type=Path, metavar="文件", help="工作簿，或 .json 数据，可以多个")
    test.add_argument("--sheet", metavar="工作表", help="绩效表所在的工作表；有多张表时需要")


def _year(text: str) -> int:
    """Read a year of four digits.

    Raises:
        argparse.ArgumentTypeError: it is none.
    """
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return int(text)
    raise argparse.ArgumentTypeError(f"应为四位年份，现为 {text}")


def _input(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="文件", help="工作簿")
    _choices(command)


def _choices(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--rules", metavar="规则集", help="规则集名称或 .toml 文件；省略时由工作簿的标识或版式决定"
    )
    command.add_argument("--sheet", metavar="工作表", help="绩效表所在的工作表；有多张表时需要")


def _output(command: argparse.ArgumentParser, *, required: bool, text: str = "目标文件") -> None:
    command.add_argument("-o", "--output", type=Path, required=required, metavar="目标", help=text)
    command.add_argument(
        "--overwrite", action="store_true", help="允许目标就是输入文件；替换已有文件前总是先备份"
    )


def _say(*lines: str) -> None:
    if not lines:
        return
    print("\n".join(lines), flush=True)  # noqa: T201


def _drop_output() -> None:
    """Send what is still unwritten nowhere: Python would try again at its end, and fail with a traceback."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(sentence: str) -> None:
    print(f"perf-excel：{sentence}", file=sys.stderr)  # noqa: T201


def _say_json(data: object) -> None:
    # Another program reads this: its encoding must not depend on the console's.
    reconfigure: Callable[..., None] | None = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8")
    _say(json.dumps(data, ensure_ascii=False, indent=1))


def _save(arguments: argparse.Namespace, data: bytes, *inputs: Path) -> None:
    """Write the output, keeping what was there; to stderr where stdout is taken by JSON."""
    from perf_excel.books.saving import write_atomic  # noqa: PLC0415

    target: Path = arguments.output
    for path in inputs:
        if not arguments.overwrite and _same(target, path):
            raise UserError(
                f"{target.name}：目标就是输入文件；确要覆盖请加 --overwrite（会先备份），或换一个文件名。"
            )
    backup = write_atomic(target, data)
    lines = [f"已保存：{target}", *([f"原有文件已备份为：{backup.name}"] if backup else [])]
    print("\n".join(lines), file=sys.stderr if getattr(arguments, "json", False) else sys.stdout)


def _ends_with(target: Path, suffix: str) -> None:
    """Refuse a file name that does not fit what is going to be in the file."""
    if target.suffix.lower() != suffix and not target.is_dir():
        raise UserError(f"{target.name}：目标文件名应以 {suffix} 结尾，请改名后重试。")


def _same(target: Path, path: Path) -> bool:
    """Tell whether two paths lead to one file; a path that leads nowhere is no file's."""
    try:
        return target.samefile(path)
    except (OSError, ValueError):
        return False


def _form_data(path: Path):  # noqa: ANN202  (Form, imported only where it is used)
    from perf_excel.jobs.loading import load_data  # noqa: PLC0415

    return load_data(path)


def _rulesets(_: argparse.Namespace) -> int:
    from perf_excel.rules.library import ruleset, ruleset_names  # noqa: PLC0415

    for name in ruleset_names():
        _say(*wording.ruleset_lines(ruleset(name)))
    return CLEAN


def _rulesets_show(arguments: argparse.Namespace) -> int:
    from perf_excel.rules.library import ruleset  # noqa: PLC0415

    _say(*wording.ruleset_words(ruleset(arguments.rules)))
    return CLEAN


def _rulesets_copy(arguments: argparse.Namespace) -> int:
    from perf_excel.books.saving import write_atomic  # noqa: PLC0415
    from perf_excel.jobs.copying import copied  # noqa: PLC0415

    target: Path = arguments.target
    write_atomic(target, copied(arguments.rules, target))
    _say(
        f"已保存：{target}（id 为“{target.stem}”）",
        f"请修改后用 --rules {target.name} 指定，并用 rulesets test 与已公开的表对照。",
    )
    return CLEAN


def _rulesets_test(arguments: argparse.Namespace) -> int:
    from perf_excel.jobs.proving import Proof, prove  # noqa: PLC0415
    from perf_excel.rules.library import ruleset  # noqa: PLC0415

    ruleset(arguments.rules)  # what is wrong with it is said once, not for every file
    proofs: list[Proof] = []
    unusable = False
    for path in _expanded(arguments.files):
        try:
            proof = prove(path, arguments.rules, arguments.sheet)
        except UserError as error:
            _complain(str(error))
            unusable = True
            continue
        proofs.append(proof)
        _say(*wording.proof_lines(proof))
    if len(proofs) > 1:
        _say(wording.proofs_line(proofs))
    if unusable:
        return UNUSABLE
    return FOUND if any(proof.differing for proof in proofs) else CLEAN


def _new(arguments: argparse.Namespace) -> int:
    from perf_excel.jobs.making import Order, make  # noqa: PLC0415
    from perf_excel.rules.library import ruleset  # noqa: PLC0415

    data = _form_data(arguments.data) if arguments.data else None
    order = Order(ruleset(arguments.rules), arguments.form, data, arguments.unit, arguments.year)
    _ends_with(arguments.output, ".xlsx")
    made = make(order, arguments.output)
    _save(arguments, made.data, *([arguments.data] if data else []))
    _say(*(f"请注意：{note}" for note in made.notes))
    if data:
        _say(*wording.next_steps(made.examined))
    else:
        _say("空白表已生成；请填写后用 check 命令校验。")
    return CLEAN


def _fill(arguments: argparse.Namespace) -> int:
    from perf_excel.books.opening import open_book  # noqa: PLC0415
    from perf_excel.jobs.examining import find  # noqa: PLC0415
    from perf_excel.jobs.filling import fill  # noqa: PLC0415

    found = find(open_book(arguments.file), arguments.rules, arguments.sheet)
    _ends_with(arguments.output, found.book.editable().suffix)
    filled = fill(found, _form_data(arguments.data))
    _save(arguments, filled.data, arguments.file, arguments.data)
    _say(*(f"请注意：{note}" for note in filled.notes), *wording.next_steps(filled.examined))
    return CLEAN


def _check(arguments: argparse.Namespace) -> int:
    from perf_excel.jobs.examining import examine  # noqa: PLC0415
    from perf_excel.jobs.results import check_data  # noqa: PLC0415

    answers: list[dict[str, object]] = []
    unusable: list[dict[str, str]] = []
    errors = 0
    for path in _expanded(arguments.files):
        try:
            examined = examine(path, arguments.rules, arguments.sheet)
        except UserError as error:
            _complain(str(error))
            unusable.append({"file": str(path), "message": str(error)})
            continue
        errors += sum(finding.severity == "error" for finding in examined.findings)
        if arguments.json:
            answers.append(check_data(examined))
        else:
            _say(*wording.check_lines(examined))
    if arguments.json:
        _say_json({"files": answers, **({"unusable": unusable} if unusable else {})})
    if unusable:
        return UNUSABLE
    return FOUND if errors else CLEAN


def _expanded(files: Sequence[Path]) -> Iterator[Path]:
    """Yield the files, patterns such as *.xlsx among them: the Windows console does not expand those."""
    for path in files:
        matches = sorted(path.parent.glob(path.name)) if set("*?") & set(path.name) else []
        yield from matches or [path]


def _score(arguments: argparse.Namespace) -> int:
    from perf_excel.jobs.examining import examine  # noqa: PLC0415
    from perf_excel.jobs.results import edits_of, score_data  # noqa: PLC0415

    examined = examine(arguments.file, arguments.rules, arguments.sheet)
    if arguments.output:
        grid = examined.found.reading.grid
        edits = edits_of(examined)
        workbook = examined.found.book.editable()
        _ends_with(arguments.output, workbook.suffix)
        data = workbook.fill({grid.sheet: edits})
        _save(arguments, data, arguments.file)
        if not arguments.json:
            _say(*wording.change_lines(examined, edits))
            if not all(row.points is not None for row in examined.scores.rows):
                _say("请注意：还有不能计分的行，手填的总分和等级没有改写。")
    if arguments.json:
        _say_json(score_data(examined))
    else:
        _say(*wording.score_lines(examined))
    return FOUND if any(finding.severity == "error" for finding in examined.findings) else CLEAN


def _export(arguments: argparse.Namespace) -> int:
    from perf_excel.jobs.examining import examine  # noqa: PLC0415
    from perf_excel.jobs.exporting import export  # noqa: PLC0415

    examined = examine(arguments.file, arguments.rules, arguments.sheet)
    _save(arguments, export(examined, arguments.output), arguments.file)
    errors = sum(finding.severity == "error" for finding in examined.findings)
    if errors:
        _say(f"请注意：表中还有 {errors} 项错误，可用 check 命令逐条查看。")
    return CLEAN


def _demo(arguments: argparse.Namespace) -> int:
    from perf_excel.faces.demo import demo  # noqa: PLC0415

    agreed = True
    for line, good in demo(arguments.folder):
        _say(line)
        agreed = agreed and good
    return CLEAN if agreed else FOUND
