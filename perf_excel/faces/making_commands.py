"""The commands that make workbooks and templates (新建、收表样), each with what it says of its work."""

from __future__ import annotations

import argparse
from pathlib import Path

from perf_excel.errors import UserError
from perf_excel.faces import wording
from perf_excel.faces.speaking import CLEAN, ends_with, same, save, say, today


def new(arguments: argparse.Namespace) -> int:
    """Make a workbook: blank, with data in it, or with the targets of a declaration."""
    from perf_excel.jobs.examination.data_sources import data_of
    from perf_excel.jobs.examination.filled import filled_with_list
    from perf_excel.jobs.new import Order, make
    from perf_excel.jobs.new_from import start
    from perf_excel.rules.rulesets.library import ruleset

    source: Path | None = arguments.source
    if arguments.template:
        return _new_from_template(arguments)
    if not arguments.rules:
        raise UserError("请用 --rules 指定规则集（见 rulesets），或用 --template 指定自己的模板。")
    if source and arguments.data:
        raise UserError("--from 和 --data 不能同时用：由申报表新建，或写入数据，请选一种。")
    data = data_of(arguments.data) if arguments.data else None
    order = Order(ruleset(arguments.rules), arguments.form, data, arguments.unit, arguments.year)
    ends_with(arguments.output, ".xlsm" if arguments.macros else ".xlsx")
    began = start(order, source, arguments.output, arguments.sheet) if source else None
    made = began or filled_with_list(make(order, arguments.output), data.waivers if data else (), today())
    content = _with_macros(made.data, arguments.output) if arguments.macros else made.data
    save(arguments, content, *(path for path in (arguments.data, source) if path))
    say(*(f"请注意：{note}" for note in made.notes))
    if data:
        say(*wording.next_steps(made.examined))
    elif began:
        against = (
            f"，可用 check --against {source.name} 对照"
            if source and began.declares
            else "请用 check 命令校验"
        )
        say(f"{began.said}；填写后{against}。")
    else:
        say("空白表已生成；请填写后用 check 命令校验。")
    return CLEAN


def _new_from_template(arguments: argparse.Namespace) -> int:
    """Make a workbook from a template of the user's own."""
    from dataclasses import replace

    from perf_excel.forms.model import Form
    from perf_excel.jobs.adopt import from_template
    from perf_excel.jobs.examination.data_sources import data_of
    from perf_excel.jobs.examination.filled import filled_with_list
    from perf_excel.jobs.examination.shelf import template

    if arguments.rules or arguments.source or arguments.form or arguments.macros:
        raise UserError(
            "--template 不能与 --rules、--from、--form、--macros 同时用：模板已有自己的规则集和表样。"
        )
    one = template(arguments.template)
    ends_with(arguments.output, one.suffix)
    data = data_of(arguments.data) if arguments.data else Form()
    data = replace(data, unit=arguments.unit or data.unit, year=arguments.year or data.year)
    made = filled_with_list(from_template(one, arguments.output, data), data.waivers, today())
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
    from perf_excel.books.saving import write_atomic
    from perf_excel.faces import template_words
    from perf_excel.jobs import adopt
    from perf_excel.jobs.examination import shelf
    from perf_excel.jobs.examination.named_columns import answers_of

    if arguments.list:
        there = shelf.templates()
        say(*(template_words.template_line(one) for one in there) if there else ("还没有模板。",))
        say(*template_words.damaged_lines(shelf.damaged()))
        return CLEAN
    if not arguments.file or not arguments.name:
        raise UserError("请写明文件和名称：adopt 文件 --name 名称；列出已有的模板用 adopt --list。")
    answers = answers_of(arguments.column)
    adopted = adopt.adopt(
        arguments.file, arguments.name, arguments.rules, arguments.sheet, arguments.table, answers
    )
    if arguments.map:
        ends_with(arguments.map, adopted.template.suffix)
        if same(arguments.map, arguments.file):
            raise UserError(f"{arguments.map.name}：--map 的目标就是输入文件，请换一个文件名。")
    shelf.keep(adopted.template, adopted.data, overwrite=arguments.overwrite)
    say(*template_words.adopted_lines(adopted))
    if arguments.map:
        write_atomic(arguments.map, adopt.with_map(adopted))
        say(f"已保存：{arguments.map}（附“{adopt.MAP_SHEET}”表）")
    return CLEAN


def _with_macros(data: bytes, target: Path) -> bytes:
    """Return a new workbook with the buttons that call this program."""
    from perf_excel.books.vba.inject import with_macros
    from perf_excel.faces.program import program_folder

    return with_macros(data, target.name, program_folder())
