"""The commands (命令): each takes its arguments to a job, and says what came of it.

What a command needs is imported when it runs: start-up is what every other command would pay for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from perf_excel.errors import UserError
from perf_excel.faces import wording
from perf_excel.faces.speaking import CLEAN, FOUND, UNUSABLE, complain, ends_with, save, say, say_json

if TYPE_CHECKING:
    from perf_excel.jobs.examining import Examined


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
    """Make a workbook: blank, with data in it, or with the targets of a declaration."""
    from perf_excel.jobs.listing import filled_with_list  # noqa: PLC0415
    from perf_excel.jobs.loading import load_data  # noqa: PLC0415
    from perf_excel.jobs.making import Order, make  # noqa: PLC0415
    from perf_excel.jobs.starting import start  # noqa: PLC0415
    from perf_excel.rules.library import ruleset  # noqa: PLC0415

    source: Path | None = arguments.source
    if arguments.template:
        return _new_from_template(arguments)
    if not arguments.rules:
        raise UserError("请用 --rules 指定规则集（见 rulesets），或用 --template 指定自己的模板。")
    if source and arguments.data:
        raise UserError("--from 和 --data 不能同时用：由申报表新建，或写入数据，请选一种。")
    data = load_data(arguments.data) if arguments.data else None
    order = Order(ruleset(arguments.rules), arguments.form, data, arguments.unit, arguments.year)
    ends_with(arguments.output, ".xlsx")
    if source:
        made = start(order, source, arguments.output, arguments.sheet)
    else:
        made = filled_with_list(make(order, arguments.output), data.waivers if data else (), _today())
    save(arguments, made.data, *(path for path in (arguments.data, source) if path))
    say(*(f"请注意：{note}" for note in made.notes))
    if data:
        say(*wording.next_steps(made.examined))
    elif source:
        count = len(made.examined.form.indicators)
        say(f"已带入申报的 {count} 个指标；年终填写后，可用 check --against {source.name} 与申报表对照。")
    else:
        say("空白表已生成；请填写后用 check 命令校验。")
    return CLEAN


def _new_from_template(arguments: argparse.Namespace) -> int:
    """Make a workbook from a template of the user's own."""
    from dataclasses import replace  # noqa: PLC0415

    from perf_excel.forms.model import Form  # noqa: PLC0415
    from perf_excel.jobs.adopting import from_template  # noqa: PLC0415
    from perf_excel.jobs.listing import filled_with_list  # noqa: PLC0415
    from perf_excel.jobs.loading import load_data  # noqa: PLC0415
    from perf_excel.jobs.shelf import template  # noqa: PLC0415

    if arguments.rules or arguments.source or arguments.form:
        raise UserError("--template 不能与 --rules、--from、--form 同时用：模板已有自己的规则集和表样。")
    one = template(arguments.template)
    ends_with(arguments.output, one.suffix)
    data = load_data(arguments.data) if arguments.data else Form()
    data = replace(data, unit=arguments.unit or data.unit, year=arguments.year or data.year)
    made = filled_with_list(from_template(one, arguments.output, data), data.waivers, _today())
    save(arguments, made.data, one.path, *([arguments.data] if arguments.data else []))
    say(*(f"请注意：{note}" for note in made.notes))
    say(
        *(
            wording.next_steps(made.examined)
            if arguments.data
            else ["空白表已生成；请填写后用 check 命令校验。"]
        )
    )
    return CLEAN


def adopt(arguments: argparse.Namespace) -> int:
    """Keep a bureau's own form as a template, and say what was recognised on it."""
    from perf_excel.books.saving import write_atomic  # noqa: PLC0415
    from perf_excel.jobs import adopting, shelf  # noqa: PLC0415

    if arguments.list:
        there = shelf.templates()
        say(*(wording.template_line(one) for one in there) if there else ("还没有模板。",))
        return CLEAN
    if not arguments.file or not arguments.name:
        raise UserError("请写明文件和名称：adopt 文件 --name 名称；列出已有的模板用 adopt --list。")
    answers = adopting.answers_of(arguments.column)
    adopted = adopting.adopt(
        arguments.file, arguments.name, arguments.rules, arguments.sheet, arguments.table, answers
    )
    if arguments.map:
        ends_with(arguments.map, adopted.template.suffix)
    shelf.keep(adopted.template, adopted.data, overwrite=arguments.overwrite)
    say(*wording.adopted_lines(adopted))
    if arguments.map:
        write_atomic(arguments.map, adopting.with_map(adopted))
        say(f"已保存：{arguments.map}（附“{adopting.MAP_SHEET}”表）")
    return CLEAN


def fill(arguments: argparse.Namespace) -> int:
    """Write data into a form."""
    from perf_excel.books.opening import open_book  # noqa: PLC0415
    from perf_excel.jobs.examining import find  # noqa: PLC0415
    from perf_excel.jobs.filling import fill  # noqa: PLC0415
    from perf_excel.jobs.listing import filled_with_list  # noqa: PLC0415
    from perf_excel.jobs.loading import load_data  # noqa: PLC0415

    found = find(open_book(arguments.file), arguments.rules, arguments.sheet, arguments.table)
    ends_with(arguments.output, found.book.editable().suffix)
    data = load_data(arguments.data)
    filled = filled_with_list(fill(found, data), data.waivers, _today())
    save(arguments, filled.data, arguments.file, arguments.data)
    say(*(f"请注意：{note}" for note in filled.notes), *wording.next_steps(filled.examined))
    return CLEAN


def check(arguments: argparse.Namespace) -> int:
    """Say what is wrong with one or more forms, and write the list into a copy if asked."""
    from perf_excel.jobs.results import check_data  # noqa: PLC0415

    answers: list[dict[str, object]] = []
    unusable: list[dict[str, str]] = []
    errors = 0
    paths = list(_expanded(arguments.files))
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


def _today() -> date:
    """The clerk's own day."""
    return datetime.now().astimezone().date()


def _checked(arguments: argparse.Namespace, path: Path) -> list[Examined]:
    """Check every form of a file, and write the list of findings where one is asked for."""
    from perf_excel.books.opening import open_book  # noqa: PLC0415
    from perf_excel.jobs.comparing import declared_forms, nearest  # noqa: PLC0415
    from perf_excel.jobs.examining import examined, find_all  # noqa: PLC0415
    from perf_excel.jobs.listing import with_list  # noqa: PLC0415

    against: Path | None = arguments.against
    there = find_all(open_book(path), arguments.rules, arguments.sheet, arguments.table)
    declared = declared_forms(against, arguments.rules) if against else []
    forms = [
        examined(found, nearest(found.reading.form, declared, against.name) if against else None)
        for found in there
    ]
    if arguments.output:
        workbook = there[0].book.editable()
        ends_with(arguments.output, workbook.suffix)
        save(arguments, with_list(forms, _today()), path)
        if workbook.structure_locked and not arguments.json:
            say("请注意：工作簿设有结构保护，“校验结果”表是直接加在文件里的，保护照旧。")
    return forms


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


def demo(arguments: argparse.Namespace) -> int:
    """Show the main job on a real published form."""
    from perf_excel.faces.demo import demo  # noqa: PLC0415

    agreed = True
    for line, good in demo(arguments.folder):
        say(line)
        agreed = agreed and good
    return CLEAN if agreed else FOUND
