"""What was recognised on a form that is to be a template (认出的内容), in a clerk's words."""

from __future__ import annotations

from perf_excel.faces.template_words import left_words
from perf_excel.jobs.adopt import Adopted
from perf_excel.jobs.examination.shelf import Template
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.reading.meanings import column_name, meanings, missing, missing_columns


def adopted_words(adopted: Adopted) -> list[str]:
    """Say how a form is read, what is taken out of it, and what still stands on it."""
    found = adopted.found
    lacking = [*missing_columns(found.reading), *missing(found.reading)]
    cleared = (
        f"表里填有内容，收下时清空 {adopted.cleared} 格（单位、金额、目标、任务、实际完成值、得分、原因等）；"
        "指标名称、指标值、分值照留，不要的请先在表里删去再收。"
        if adopted.cleared
        else "是空表，原样收下。"
    )
    return [
        f"{found.book.name}，工作表“{found.reading.grid.sheet}”：按“{found.rules.name}”的规则计分，{found.why}。",
        cleared,
        *left_words(adopted),
        *([f"没有找到：{'、'.join(lacking)}。表上确实没有的不用管。"] if lacking else []),
        "认出的内容：",
        *(f"  {one.cells}  {one.meaning}  {one.content}" for one in meanings(found.reading)),
    ]


def template_words(one: Template) -> list[str]:
    """Say what a template of the user's own is."""
    said = "、".join(f"“{head}”是{column_name(role)}" for role, heads in one.labels.items() for head in heads)
    return [
        f"{one.name}（自己收的表样）",
        f"标题：{one.title or '（无标题）'}",
        f"按“{ruleset(one.rules).name}”的规则计分。",
        *([f"收表时说明的列：{said}。"] if said else []),
        f"表样存在：{one.path}",
    ]
