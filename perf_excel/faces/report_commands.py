"""The command that writes reports (报告), and what it says of its work."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perf_excel.errors import UserError
from perf_excel.faces.speaking import CLEAN, FOUND, ends_with, save, say

if TYPE_CHECKING:
    from perf_excel.jobs.report import Material

CHECK = Path("check-template")
"""In the place of the first file: the template behind it is to be checked."""
_NAMED, _LONGEST = 30, 60


def report(arguments: argparse.Namespace) -> int:
    """Write the report of some forms, bring one up to date, or check a template."""
    files: Sequence[Path] = arguments.files
    if files[0] == CHECK:
        return _check_template(arguments)
    if arguments.output is None:
        raise UserError("请用 -o 指明报告写到哪里，如 -o 报告.docx。")
    ends_with(arguments.output, ".docx")
    if arguments.refresh:
        return _refresh(arguments)
    from perf_excel.jobs.report import template_for, write_report

    material = _gathered(arguments)
    template, note = (arguments.template, "") if arguments.template else template_for(material.main)
    written = write_report(material, template, arguments.lines)
    save(arguments, written.rendered.data, *files, *([template] if arguments.template else []))
    _say_what_of(material)
    say(*([f"请注意：{note}。"] if note else []))
    marks = list(dict.fromkeys(written.rendered.to_fill))
    if marks:
        say(f"待填 {len(marks)} 处（表上没有，文中标黄）：", *_named(marks))
    return _errors(material)


def _gathered(arguments: argparse.Namespace) -> Material:
    from perf_excel.jobs.report import gather

    return gather(arguments.files, arguments.rules, arguments.sheet, arguments.table)


def _say_what_of(material: Material) -> None:
    """Say which form the report is about, and which others went into it."""
    from perf_excel.faces.wording import heading

    for examined in material.forms:
        say(*heading(examined))
    others = len(material.forms) - 1
    if others:
        say(f"报告以第一张为主，另 {others} 张作为项目写入。")


def _errors(material: Material) -> int:
    """Say which errors stand in the forms: their figures went into the report as they are."""
    from perf_excel.faces.wording import found_line

    wrong = [
        (examined, finding)
        for examined in material.forms
        for finding in examined.counted
        if finding.severity == "error"
    ]
    if not wrong:
        return CLEAN
    say(
        f"请注意：表中有 {len(wrong)} 项错误，报告照表上的数写成；请核对、改表后用 --refresh 更新：",
        *(found_line(examined, finding) for examined, finding in wrong[:_NAMED]),
        *(["  ……（其余见 check）"] if len(wrong) > _NAMED else []),
    )
    return FOUND


def _refresh(arguments: argparse.Namespace) -> int:
    """Bring a report up to date, and say which figures changed."""
    from perf_excel.jobs.report import template_for
    from perf_excel.jobs.report_refresh import refreshed_report

    if arguments.lines:
        raise UserError("--lines 与 --refresh 不能同时用：更新只改数，不改版式。")
    material = _gathered(arguments)
    template = arguments.template or template_for(material.main)[0]
    update = refreshed_report(arguments.refresh, material, template)
    done = update.refreshed
    save(arguments, done.data, *arguments.files, arguments.refresh)
    say(
        f"更新 {len(done.changes)} 项，没有变的 {done.agreeing} 处。",
        *(
            f"  {_cut(one.label)}：{_cut(one.old)} → {_cut(one.new)}"
            f"{f'（{one.places} 处）' if one.places > 1 else ''}"
            for one in done.changes
        ),
        *([f"得分率图已更新 {done.pictures} 幅。"] if done.pictures else []),
    )
    for words, named in (
        ("报告里有、表上已没有或对应不上的（没有改，请核对）", done.stale),
        ("文字已被删去的数（没有补）", done.emptied),
        ("表上有、报告里没有或认不出的（手工删去的、表上新增的、别的程序另存时丢了标记的）", update.lacking),
    ):
        if named:
            say(f"{words} {len(named)} 处：", *_named(named))
    return _errors(material)


def _check_template(arguments: argparse.Namespace) -> int:
    """Say which tags of a template are unknown or broken, and which could be used."""
    from perf_excel.jobs.report import checked_template

    if len(arguments.files) != 2:
        raise UserError("请写明一个模板：report check-template 模板.docx。")
    path: Path = arguments.files[1]
    checked = checked_template(path)
    say(
        f"{path.name}：标签 {checked.tags} 个，有误 {len(checked.troubles)} 处。",
        *(f"  “{one.where}”：{one.what}" for one in checked.troubles),
        *([f"没有用到的标签：{'、'.join(checked.unused)}"] if checked.unused else []),
    )
    return FOUND if checked.troubles else CLEAN


def _named(texts: Iterable[str]) -> list[str]:
    texts = list(texts)
    lines = [f"  {_cut(text)}" for text in texts[:_NAMED]]
    return [*lines, f"  ……（共 {len(texts)} 处）"] if len(texts) > _NAMED else lines


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
