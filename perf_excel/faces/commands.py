"""The commands (命令): each takes its arguments to a job, and says what came of it.

What a command needs is imported when it runs: start-up is what every other command would pay for it.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from perf_excel.errors import UserError
from perf_excel.faces import wording
from perf_excel.faces.speaking import CLEAN, FOUND, UNUSABLE, complain, ends_with, save, say, say_json, today

if TYPE_CHECKING:
    from perf_excel.books.xlsx.workbook import Workbook
    from perf_excel.jobs.examination.examining import Examined


def rulesets(_: argparse.Namespace) -> int:
    """List the rule sets that ship."""
    from perf_excel.rules.rulesets.library import ruleset, ruleset_names

    say(*(wording.ruleset_line(ruleset(name)) for name in ruleset_names()))
    return CLEAN


def rulesets_show(arguments: argparse.Namespace) -> int:
    """Say what one rule set demands."""
    from perf_excel.rules.rulesets.library import ruleset

    say(*wording.ruleset_words(ruleset(arguments.rules)))
    return CLEAN


def rulesets_copy(arguments: argparse.Namespace) -> int:
    """Write a copy of a rule set for the user's own changes."""
    from perf_excel.books.saving import write_atomic
    from perf_excel.jobs.rulesets_copy import copied

    target: Path = arguments.target
    write_atomic(target, copied(arguments.rules, target))
    say(
        f"已保存：{target}（id 为“{target.stem}”）",
        f"请修改后用 --rules {target.name} 指定，并用 rulesets test 与已公开的表对照。",
    )
    return CLEAN


def rulesets_test(arguments: argparse.Namespace) -> int:
    """Hold a rule set against published forms, row by row."""
    from perf_excel.jobs.rulesets_prove import Proof, prove
    from perf_excel.rules.rulesets.library import ruleset

    ruleset(arguments.rules)  # what is wrong with it is said once, not for every file
    proofs: list[Proof] = []
    unusable = False
    for path in expanded(arguments.files):
        try:
            proof = prove(path, arguments.rules, arguments.sheet, arguments.table)
        except UserError as error:
            complain(str(error))
            unusable = True
            continue
        proofs.append(proof)
        say(*wording.proof_lines(proof))
    if len(proofs) > 1:
        say(wording.proofs_line(proofs))
    if unusable:
        return UNUSABLE
    return FOUND if any(proof.differing for proof in proofs) else CLEAN


def fill(arguments: argparse.Namespace) -> int:
    """Write data into a form."""
    from perf_excel.books.opening import open_book
    from perf_excel.jobs.examination.data_sources import data_of
    from perf_excel.jobs.examination.examining import find
    from perf_excel.jobs.examination.filled import filled_with_list
    from perf_excel.jobs.fill import fill
    from perf_excel.jobs.fill_document import fill_document

    book = open_book(arguments.file)
    found = find(book, arguments.rules, arguments.sheet, arguments.table)
    in_word = book.kind == "docx" and arguments.output.suffix.lower() == ".docx"
    if not in_word:
        ends_with(arguments.output, book.editable().suffix)
    data = data_of(arguments.data)
    if in_word:
        filled = fill_document(book, found, data)
    else:
        filled = filled_with_list(fill(found, data), data.waivers, today())
    save(arguments, filled.data, arguments.file, arguments.data)
    say(*(f"请注意：{note}" for note in filled.notes), *wording.next_steps(filled.examined))
    return CLEAN


def check(arguments: argparse.Namespace) -> int:
    """Say what is wrong with one or more forms, and write the list into a copy if asked."""
    from perf_excel.jobs.examination.answers import check_data

    answers: list[dict[str, object]] = []
    unusable: list[dict[str, str]] = []
    errors = 0
    paths = list(expanded(arguments.files))
    if arguments.output and len(paths) > 1:
        raise UserError("写校验结果（-o）时一次只能校验一个文件，请逐个运行。")
    for path in paths:
        try:
            forms = _checked(arguments, path)
        except UserError as error:
            complain(str(error))
            unusable.append({"file": str(path), "message": str(error)})
            continue
        errors += sum(examined.errors for examined in forms)
        if arguments.json:
            answers += [check_data(examined) for examined in forms]
        else:
            for examined in forms:
                say(*wording.check_lines(examined))
    if arguments.json:
        say_json({"files": answers, **({"unusable": unusable} if unusable else {})})
    if unusable:
        return UNUSABLE
    return FOUND if errors else CLEAN


def _checked(arguments: argparse.Namespace, path: Path) -> list[Examined]:
    """Check every form of a file, and write the list of findings where one is asked for."""
    from perf_excel.jobs.check import check
    from perf_excel.jobs.examination.choosing import Choice
    from perf_excel.jobs.examination.verdict_list import with_list

    forms = check(path, arguments.rules, Choice(arguments.sheet, arguments.table), arguments.against)
    if arguments.output:
        workbook = forms[0].found.book.editable()
        ends_with(arguments.output, workbook.suffix)
        save(arguments, with_list(forms, today()), path, *([arguments.against] if arguments.against else []))
        _say_signed(arguments, workbook)
        if workbook.structure_locked and not arguments.json:
            say("请注意：工作簿设有结构保护，“校验结果”表是直接加在文件里的，保护照旧。")
    return forms


def _say_signed(arguments: argparse.Namespace, workbook: Workbook) -> None:
    """Say that a copy's signature no longer holds."""
    from perf_excel.jobs.examination.filled import SIGNED

    if workbook.signed and not arguments.json:
        say(f"请注意：{SIGNED}。")


def expanded(files: Sequence[Path]) -> Iterator[Path]:
    """Yield the files, patterns such as *.xlsx among them: the Windows console does not expand those."""
    for path in files:
        yield from _matching(path) or [path]


def _matching(path: Path) -> list[Path]:
    """The workbooks that a pattern means, without the lock files that applications put beside them."""
    pattern = str(path)
    if not set("*?") & set(pattern) or os.path.lexists(path):
        return []
    # Brackets are part of names, and no patterns: 自评表[1].xlsx.
    found = sorted(glob(pattern.replace("[", "[[]")))  # noqa: PTH207  (Path.glob fails on *** and finds .~lock)
    return [Path(one) for one in found if not Path(one).name.startswith("~$")]


def score(arguments: argparse.Namespace) -> int:
    """Say what a form is worth, and write it into a copy if asked."""
    from perf_excel.jobs.examination.answers import score_data
    from perf_excel.jobs.examination.examining import examine
    from perf_excel.jobs.score import scored

    examined = examine(arguments.file, arguments.rules, arguments.sheet, arguments.table)
    if arguments.output:
        ends_with(arguments.output, examined.found.book.editable().suffix)
        data, (edits,) = scored([examined])
        save(arguments, data, arguments.file)
        _say_signed(arguments, examined.found.book.editable())
        if not arguments.json:
            say(*wording.change_lines(examined, edits))
            if not examined.scores.complete:
                say("请注意：还有不能计分的行，手填的总分和等级没有改写。")
    if arguments.json:
        say_json(score_data(examined))
    else:
        say(*wording.score_lines(examined))
    return FOUND if examined.errors else CLEAN


def export(arguments: argparse.Namespace) -> int:
    """Write the finished form."""
    from perf_excel.jobs.examination.examining import examine
    from perf_excel.jobs.export import export

    examined = examine(arguments.file, arguments.rules, arguments.sheet, arguments.table)
    form = export(examined, arguments.output, today() if arguments.list else None)
    save(arguments, form.data, arguments.file)
    say(*(f"请注意：{note}。" for note in form.notes))
    if examined.errors:
        say(f"请注意：表中还有 {examined.errors} 项错误，可用 check 命令逐条查看。")
    return CLEAN


def window(arguments: argparse.Namespace) -> int:
    """Open the window."""
    try:
        from perf_excel.faces.window.app import open_window
    except ImportError as error:
        if error.name not in ("tkinter", "_tkinter"):
            raise
        raise UserError(
            "这台电脑的 Python 没有窗口用的 tkinter，请安装后再试：Debian、Ubuntu 上是 python3-tk，"
            "Fedora、openEuler 上是 python3-tkinter，Arch 上是 tk，macOS（Homebrew）上是 python-tk；"
            "不装也可以用命令。"
        ) from None
    return open_window(arguments.files)


def demo(arguments: argparse.Namespace) -> int:
    """Replay what units published."""
    from perf_excel.faces.demo_words import demo

    agreed = True
    for line, good in demo(arguments.folder):
        say(line)
        agreed = agreed and good
    return CLEAN if agreed else FOUND
