"""Checking and scoring (校验打分): findings in a table, each a click away from its cell."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.speaking import today
from perf_excel.faces.window import launching
from perf_excel.faces.window.desk import Desk, written_suffix
from perf_excel.faces.window.fields import FileField, FileList, labelled, paper, write
from perf_excel.faces.window.finding_list import FindingsTable, Spotted
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.regions import RegionBox
from perf_excel.faces.window.same_names import shown_names
from perf_excel.faces.window.work import Report
from perf_excel.faces.wording import change_lines, score_lines
from perf_excel.jobs.check import check
from perf_excel.jobs.examination.examining import Examined
from perf_excel.jobs.examination.filled import SIGNED
from perf_excel.jobs.examination.verdict_list import with_list
from perf_excel.jobs.score import scored
from perf_excel.rules.rulesets.severities import SEVERITY_NAMES
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.sheets.grid import address


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: its forms examined, or the sentence why not."""

    path: Path
    forms: list[Examined]
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be checked: files, by which rule set (None: their own), against which declaration."""

    paths: list[Path]
    rules: str | None
    against: Path | None

    def only(self) -> Path:
        """Return the one file.

        Raises:
            UserError: there are several.
        """
        if len(self.paths) != 1:
            raise UserError("这一步一次处理一个工作簿，请在列表中只留下一个。")
        return self.paths[0]


def check_all(question: Question, report: Report) -> list[Answer]:
    """Examine files one by one; a file that cannot be used does not stop the others."""
    answers: list[Answer] = []
    for number, path in enumerate(question.paths):
        report(number, len(question.paths), f"正在校验 {path.name}")
        try:
            answers.append(Answer(path, check(path, question.rules, against=question.against)))
        except UserError as error:
            answers.append(Answer(path, [], str(error)))
    return answers


class CheckingPage(Page):
    """Files above, findings below, the whole message of the chosen one at the bottom."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.columnconfigure(1, weight=1)
        self.rowconfigure(5, weight=1)
        self.files = FileList(self, desk)
        labelled(self, desk, 0, "工作簿", self.files)
        self.region = RegionBox(self, automatic=True)
        labelled(self, desk, 1, "规则集", self.region)
        self.region.grid(sticky="w")
        self.against = FileField(self, desk, lambda: next(iter(desk.ask_files()), None))
        labelled(self, desk, 2, "申报表或监控表（可不选）", self.against)
        self._buttons().grid(row=3, column=1, sticky="w", pady=desk.look.px(6))
        self.summary = ttk.Label(self, text="添加工作簿后点“校验”。", style="Soft.TLabel")
        self.summary.grid(row=4, column=0, columnspan=2, sticky="w", pady=(desk.look.px(4), 0))
        self.detail = paper(self, 5)
        self.table = FindingsTable(self, desk.look, lambda lines: write(self.detail, lines), self._open)
        self.table.grid(row=5, column=0, columnspan=2, sticky="nsew")
        self.detail.grid(row=6, column=0, columnspan=2, sticky="ew", pady=(desk.look.px(6), 0))

    def _buttons(self) -> ttk.Frame:
        bar, gap = ttk.Frame(self), self._desk.look.px(8)
        self.check_button = ttk.Button(bar, text="校验", style="Main.TButton", command=self.check)
        self.score_button = ttk.Button(bar, text="打分并另存…", command=self.score)
        self.list_button = ttk.Button(bar, text="写出校验结果…", command=self.list)
        self.open_button = ttk.Button(bar, text="打开选中的单元格", command=self._open_chosen)
        for column, button in enumerate(
            (self.check_button, self.score_button, self.list_button, self.open_button)
        ):
            button.grid(row=0, column=column, padx=(0, gap))
        return bar

    def take(self, paths: Sequence[Path]) -> None:
        """Check these files at once."""
        self.files.clear()
        self.files.add(paths)
        self.check()

    def question(self) -> Question:
        """Return what the page asks for.

        Raises:
            UserError: there is no file on the list.
        """
        return Question(self.files.needed(), self.region.name or None, self.against.path)

    def check(self) -> None:
        """Check every file on the list."""
        question = self.question()
        self._desk.work.start("正在校验……", lambda report: check_all(question, report), self._show)

    def score(self) -> None:
        """Score the one file into a copy."""
        self._into("已打分", self.score_into)

    def list(self) -> None:
        """Write the list of findings into a copy of the one file, where they can be waived with a reason."""
        self._into("校验结果", self.list_into)

    def score_into(self, target: Path) -> None:
        """Write a copy of the workbook with its points."""
        question = self.question()
        path = question.only()

        def job(_: Report) -> tuple[list[Examined], str, list[str]]:
            _other(target, path)
            forms = check(path, question.rules, against=question.against)
            data, edits = scored(forms)
            lines = [
                line
                for examined, own in zip(forms, edits, strict=True)
                for line in (*score_lines(examined), *change_lines(examined, own))
            ]
            return forms, self._desk.save(target, data), [*lines, *_signed(forms)]

        self._desk.work.start("正在打分……", job, lambda result: self._saved(path, target, *result))

    def list_into(self, target: Path) -> None:
        """Write a copy of the workbook with the sheet 校验结果."""
        question = self.question()
        path = question.only()

        def job(_: Report) -> tuple[list[Examined], str, list[str]]:
            _other(target, path)
            forms = check(path, question.rules, against=question.against)
            hint = "能说明理由的问题，在“校验结果”表的“处理”栏选“忽略”并写明“理由”，再校验时就不计入。"
            return forms, self._desk.save(target, with_list(forms, today())), [hint, *_signed(forms)]

        self._desk.work.start("正在写校验结果……", job, lambda result: self._saved(path, target, *result))

    def _into(self, what: str, write_into: Callable[[Path], None]) -> None:
        path = self.question().only()
        suffix = written_suffix(path)
        target = self._desk.ask_target(f"{path.stem}（{what}）{suffix}", suffix)
        if target is not None:
            write_into(target)

    def _saved(
        self, path: Path, target: Path, forms: list[Examined], sentence: str, lines: list[str]
    ) -> None:
        self._show([Answer(path, forms)])
        write(self.detail, lines)
        self._desk.saved(target, sentence)

    def _show(self, answers: Sequence[Answer]) -> None:
        names = shown_names([answer.path for answer in answers])
        self.table.show([line for answer in answers for line in _lines(answer, names[answer.path])])
        self.summary.configure(text=_summary(answers))
        write(self.detail, ["点一行看全文；点“单元格”一列、双击或按回车，打开工作簿。"])
        for answer in answers:
            if answer.forms:
                self._desk.remember_file(answer.path)

    def _open_chosen(self) -> None:
        self.table.open_chosen()

    def _open(self, path: Path, sheet: str, cell: str) -> None:
        launching.show(path, sheet, cell)
        self._desk.say(f"已打开 {path.name}，位置：工作表“{sheet}”，{cell}。")


def _other(target: Path, path: Path) -> None:
    if target.exists() and target.samefile(path):
        raise UserError(f"{target.name}：目标就是原文件，请换一个文件名保存。")


def _signed(forms: Sequence[Examined]) -> list[str]:
    return [f"请注意：{SIGNED}。"] if forms[0].found.book.editable().signed else []


def _lines(answer: Answer, name: str) -> Iterator[Spotted]:
    if not answer.forms:
        yield Spotted("error", ("无法使用", "", name, "", "", answer.sentence), answer.sentence, None)
    for examined in answer.forms:
        reading = examined.found.reading
        for finding in examined.counted:
            sheet, row, column = reading.locate(reading.place(finding.spot))
            cell = address(row, column)
            values = (
                SEVERITY_NAMES[finding.severity], finding.check, name, cell, finding.label, finding.message,
            )  # fmt: skip
            text = f"{name}，工作表“{sheet}”，{cell} {finding.label}：{finding.message}"
            yield Spotted(finding.severity, values, text, (answer.path, sheet, cell))


def _summary(answers: Sequence[Answer]) -> str:
    """Say in one line how the files stand."""
    used = [examined for answer in answers for examined in answer.forms]
    unusable = sum(not answer.forms for answer in answers)
    errors = sum(one.errors for one in used)
    others = sum(len(one.counted) for one in used) - errors
    waived = sum(len(one.findings) - len(one.counted) for one in used)
    parts = [f"共校验 {len(answers)} 个工作簿", f"错误 {errors} 项，其他提醒 {others} 项"]
    if waived:
        parts.append(f"已忽略 {waived} 项")
    if unusable:
        parts.append(f"{unusable} 个无法使用")
    if len(used) == 1 and (total := used[0].scores.total) is not None:
        grade = used[0].scores.grade
        parts.append(f"按规则得 {shown(total)} 分{f'（{grade}）' if grade else ''}")
        parts.append(f"规则集 {used[0].found.rules.name}，{used[0].found.why}")
    return "；".join(parts) + "。"


STEP = Step(20, "校验打分", "找出错误和缺漏，按规则逐行打分，与申报表对照，把结果写入副本", CheckingPage)
