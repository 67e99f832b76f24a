"""Workbooks written with points or with the list of findings (打分、校验结果): a copy, or the file itself."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from perf_excel.faces.speaking import today
from perf_excel.faces.window.checked_files import Answer, Question, now
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.wording import change_lines
from perf_excel.jobs.check import check
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.filled import SIGNED
from perf_excel.jobs.examination.verdict_list import with_list
from perf_excel.jobs.score import scored

_HOW = "能说明理由的问题，在“校验结果”表的“处理”栏选“忽略”并写明“理由”，再校验时就不计入。"


class Written(NamedTuple):
    """What was written: the forms that it is about, the sentence to say, and what to know besides."""

    answer: Answer
    sentence: str
    lines: list[str]


def scored_copy(question: Question, desk: Desk, target: Path) -> Written:
    """Write the one workbook with its points to a file.

    Raises:
        UserError: it is open, cannot be used, or cannot be written.
    """
    path = question.only()
    forms = check(path, question.rules, against=question.against)
    data, edits = scored(forms)
    lines = [line for one, own in zip(forms, edits, strict=True) for line in change_lines(one, own)]
    return Written(Answer(path, forms, at=now()), desk.save(target, data), [*lines, *_signed(forms)])


def listed_copy(question: Question, desk: Desk, target: Path) -> Written:
    """Write the one workbook with the sheet 校验结果 to a file.

    Raises:
        UserError: it is open, cannot be used, or cannot be written.
    """
    path = question.only()
    forms = check(path, question.rules, against=question.against)
    sentence = desk.save(target, with_list(forms, today()))
    return Written(Answer(path, forms, at=now()), sentence, [_HOW, *_signed(forms)])


def _signed(forms: list[Examined]) -> list[str]:
    return [f"请注意：{SIGNED}。"] if forms[0].found.book.editable().signed else []
