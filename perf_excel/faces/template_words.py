"""What is said of templates of the user's own (模板), on the command line and in the window."""

from __future__ import annotations

from collections.abc import Sequence

from perf_excel.jobs.adopt import Adopted, questions
from perf_excel.jobs.examination.shelf import Template
from perf_excel.sheets.reading.meanings import meanings, missing


def template_line(template: Template) -> str:
    """Say what a template of the user's own is."""
    return f"{template.name}  {template.title or '（无标题）'}，规则集 {template.rules}，{template.path}"


def damaged_lines(names: Sequence[str]) -> list[str]:
    """Say which templates of the user's own are passed over."""
    named = "、".join(f"“{name}”" for name in names)
    return [f"模板{named}的说明已损坏，没有列入，请重新收一次"] if names else []


_SHOWN, _LONGEST = 20, 24
"""So many cells are named, each with so many of its first letters."""


def left_words(adopted: Adopted) -> list[str]:
    """Name what still stands on the template and may be one unit's, and marks that may have been its own."""
    left, marks = _named(adopted.left), _named(adopted.marks)
    return [
        *([f"还留在模板里，是某一年、某个单位的请在表里删去再收：{left}"] if left else []),
        *([f"清空的格里有这些记号，是表样自己的请在收下的模板里补上：{marks}"] if marks else []),
    ]


def _named(cells: Sequence[tuple[str, str]]) -> str:
    named = [
        f"{cell}“{line if len(line) <= _LONGEST else f'{line[:_LONGEST]}…'}”"
        for cell, text in cells[:_SHOWN]
        for line in [" ".join(text.split())]
    ]
    return "、".join(named) + (f"等 {len(cells)} 处" if len(cells) > _SHOWN else "")


def adopted_lines(adopted: Adopted) -> list[str]:
    """Say what was recognised on a form that became a template, what was cleared, and what is to be asked."""
    found, asked, lacking = adopted.found, questions(adopted), missing(adopted.found.reading)
    cleared = (
        f"表里填有内容，已清空 {adopted.cleared} 格（单位、金额、目标、任务、实际完成值、得分、原因等）；"
        "指标名称、指标值、分值照留，不要的请先在表里删去再收。标题、表头等文字没有动，请打开看一遍。"
        if adopted.cleared
        else "是空表，原样收下。"
    )
    return [
        f"{found.book.name}：工作表“{found.reading.grid.sheet}”，收作模板“{adopted.template.name}”",
        f"规则集：{found.rules.id}（{found.rules.name}），{found.why}",
        cleared,
        *left_words(adopted),
        *([f"没有找到：{'、'.join(lacking)}；表上确实没有的不用管"] if lacking else []),
        "认出的内容：",
        *(f"  {one.cells:<9} {one.meaning}  {one.content}" for one in meanings(found.reading)),
        *(
            [
                "请答复（加上 --column H=得分 --column K=忽略 这样的选项和 --overwrite 再运行一次）：",
                *(f"  {one}" for one in asked),
            ]
            if asked
            else []
        ),
        f"模板存在：{adopted.template.path}",
        f"新建：new --template {adopted.template.name} -o 新表{adopted.template.suffix}",
    ]
