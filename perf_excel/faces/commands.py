"""The commands (命令): each takes its arguments to a job, and says what came of it.

What a command needs is imported when it runs: start-up is what every other command would pay for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.faces import wording
from perf_excel.faces.speaking import CLEAN, FOUND, UNUSABLE, complain, ends_with, save, say, say_json


def rulesets(_: argparse.Namespace) -> int:
    """List the rule sets that ship."""
    from perf_excel.rules.library import ruleset, ruleset_names  # noqa: PLC0415

    for name in ruleset_names():
        say(*wording.ruleset_lines(ruleset(name)))
    return CLEAN


def rulesets_show(arguments: argparse.Namespace) -> int:
    """Say what one rule set demands."""
    from perf_excel.rules.library import ruleset  # noqa: PLC0415

    say(*wording.ruleset_words(ruleset(arguments.rules)))
    return CLEAN


def rulesets_copy(arguments: argparse.Namespace) -> int:
    """Write a copy of a rule set for the user's own changes."""
    from perf_excel.books.saving import write_atomic  # noqa: PLC0415
    from perf_excel.jobs.copying import copied  # noqa: PLC0415

    target: Path = arguments.target
    write_atomic(target, copied(arguments.rules, target))
    say(
        f"已保存：{target}（id 为“{target.stem}”）",
        f"请修改后用 --rules {target.name} 指定，并用 rulesets test 与已公开的表对照。",
    )
    return CLEAN


def rulesets_test(arguments: argparse.Namespace) -> int:
    """Hold a rule set against published forms, row by row."""
    from perf_excel.jobs.proving import Proof, prove  # noqa: PLC0415
    from perf_excel.rules.library import ruleset  # noqa: PLC0415

    ruleset(arguments.rules)  # what is wrong with it is said once, not for every file
    proofs: list[Proof] = []
    unusable = False
    for path in _expanded(arguments.files):
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


def new(arguments: argparse.Namespace) -> int:
    """Make a workbook, blank or with data in it."""
    from perf_excel.jobs.loading import load_data  # noqa: PLC0415
    from perf_excel.jobs.making import Order, make  # noqa: PLC0415
    from perf_excel.rules.library import ruleset  # noqa: PLC0415

    data = load_data(arguments.data) if arguments.data else None
    order = Order(ruleset(arguments.rules), arguments.form, data, arguments.unit, arguments.year)
    ends_with(arguments.output, ".xlsm" if arguments.macros else ".xlsx")
    made = make(order, arguments.output)
    content = _with_macros(made.data, arguments.output) if arguments.macros else made.data
    save(arguments, content, *([arguments.data] if data else []))
    say(*(f"请注意：{note}" for note in made.notes))
    if data:
        say(*wording.next_steps(made.examined))
    else:
        say("空白表已生成；请填写后用 check 命令校验。")
    return CLEAN


def _with_macros(data: bytes, target: Path) -> bytes:
    """Return a new workbook with the buttons that call this program."""
    from perf_excel.books.macros.inject import with_macros  # noqa: PLC0415
    from perf_excel.faces.program import program_folder  # noqa: PLC0415

    return with_macros(data, target.name, program_folder())


def fill(arguments: argparse.Namespace) -> int:
    """Write data into a form."""
    from perf_excel.books.opening import open_book  # noqa: PLC0415
    from perf_excel.jobs.examining import find  # noqa: PLC0415
    from perf_excel.jobs.filling import fill  # noqa: PLC0415
    from perf_excel.jobs.loading import load_data  # noqa: PLC0415

    found = find(open_book(arguments.file), arguments.rules, arguments.sheet, arguments.table)
    ends_with(arguments.output, found.book.editable().suffix)
    filled = fill(found, load_data(arguments.data))
    save(arguments, filled.data, arguments.file, arguments.data)
    say(*(f"请注意：{note}" for note in filled.notes), *wording.next_steps(filled.examined))
    return CLEAN


def check(arguments: argparse.Namespace) -> int:
    """Say what is wrong with one or more forms."""
    from perf_excel.jobs.examining import examine_all  # noqa: PLC0415
    from perf_excel.jobs.results import check_data  # noqa: PLC0415

    answers: list[dict[str, object]] = []
    unusable: list[dict[str, str]] = []
    errors = 0
    for path in _expanded(arguments.files):
        try:
            forms = examine_all(path, arguments.rules, arguments.sheet, arguments.table)
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


def _expanded(files: Sequence[Path]) -> Iterator[Path]:
    """Yield the files, patterns such as *.xlsx among them: the Windows console does not expand those."""
    for path in files:
        matches = sorted(path.parent.glob(path.name)) if set("*?") & set(path.name) else []
        yield from matches or [path]


def score(arguments: argparse.Namespace) -> int:
    """Say what a form is worth, and write it into a copy if asked."""
    from perf_excel.jobs.examining import examine  # noqa: PLC0415
    from perf_excel.jobs.results import edits_of, score_data  # noqa: PLC0415

    examined = examine(arguments.file, arguments.rules, arguments.sheet, arguments.table)
    if arguments.output:
        edits = edits_of(examined)
        workbook = examined.found.book.editable()
        ends_with(arguments.output, workbook.suffix)
        data = workbook.fill(examined.found.reading.by_sheet(edits))
        save(arguments, data, arguments.file)
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
    from perf_excel.jobs.examining import examine  # noqa: PLC0415
    from perf_excel.jobs.exporting import export  # noqa: PLC0415

    examined = examine(arguments.file, arguments.rules, arguments.sheet, arguments.table)
    save(arguments, export(examined, arguments.output), arguments.file)
    if examined.errors:
        say(f"请注意：表中还有 {examined.errors} 项错误，可用 check 命令逐条查看。")
    return CLEAN


def window(arguments: argparse.Namespace) -> int:
    """Open the window."""
    from perf_excel.faces.window.app import open_window  # noqa: PLC0415

    return open_window(arguments.files)


def demo(arguments: argparse.Namespace) -> int:
    """Show the main job on a real published form."""
    from perf_excel.faces.demo import demo  # noqa: PLC0415

    agreed = True
    for line, good in demo(arguments.folder):
        say(line)
        agreed = agreed and good
    return CLEAN if agreed else FOUND
