"""How the checked files stand (校验情况), in a clerk's words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perf_excel.faces.window.checked_files import Answer
from perf_excel.faces.window.score_words import standing
from perf_excel.rules.scoring.arithmetic import shown

_NAMED = 4
"""So many forms are named with their scores in a line; the others stand in the table."""


def summary_words(answers: Sequence[Answer], names: dict[Path, str]) -> tuple[str, str]:
    """Say in one line what the forms are worth, and in another what was found."""
    used = [(answer, examined) for answer in answers for examined in answer.forms]
    forms = [examined for _, examined in used]
    unusable = sum(not answer.forms for answer in answers)
    errors = sum(one.errors for one in forms)
    others = sum(len(one.counted) for one in forms) - errors
    waived = sum(len(one.findings) - len(one.counted) for one in forms)
    parts = [f"共校验 {len(answers)} 个工作簿", f"错误 {errors} 项，其他提醒 {others} 项"]
    if waived:
        parts.append(f"已忽略 {waived} 项")
    if unusable:
        parts.append(f"{unusable} 个无法使用")
    if len(forms) == 1:
        parts.append(f"按“{forms[0].found.rules.name}”的规则，{forms[0].found.why}")
        return standing(forms[0]), "；".join(parts) + "。"
    totals: list[str] = []
    for answer, examined in used[:_NAMED]:
        number = f"第 {examined.found.table} 张" if examined.found.tables > 1 else ""
        total, grade = examined.scores.total, examined.scores.grade
        points = "尚无得分" if total is None else f"{shown(total)} 分（{grade or '未补齐'}）"
        totals.append(f"{names[answer.path]}{number} {points}")
    more = f"；其余 {len(used) - _NAMED} 张见“各行得分”" if len(used) > _NAMED else ""
    return "；".join(totals) + more, "；".join(parts) + "。"


def state_words(answers: Sequence[Answer], names: dict[Path, str]) -> tuple[str, bool]:
    """Say what was read where that is not what the clerk sees, and whether something went wrong."""
    failed = [answer for answer in answers if answer.forms and answer.sentence]
    if failed:
        told = "；".join(
            f"{names[one.path]} 重新校验没有成功，下面仍是{_when(one)}的结果：{one.sentence}"
            for one in failed
        )
        return told, True
    saved = [names[one.path] for one in answers if one.forms and one.open and not one.live]
    if saved:
        listed = "、".join(saved[:_NAMED]) + ("等" if len(saved) > _NAMED else "")
        return (
            f"{listed} 正打开着，读的是最后一次保存的内容。刚改的还没有保存的，请先保存再点“校验”，"
            "或者点“在打开的表里校验”。"
        ), False
    live = any(answer.live for answer in answers)
    return ("这是打开着的表里现在的内容，问题也写进了表里的“校验结果”。" if live else ""), False


def _when(answer: Answer) -> str:
    return f" {answer.at:%H:%M} " if answer.at else "上一次"
