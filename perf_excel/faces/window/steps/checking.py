"""Checking and scoring (校验打分): findings in a table, each a click away from its cell."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.window import opening
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileList, labelled, paper, write
from perf_excel.faces.window.look import SEVERITY_COLOURS
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.regions import RegionBox
from perf_excel.faces.window.work import Report
from perf_excel.faces.wording import change_lines, score_lines
from perf_excel.jobs.examining import Examined, examine_all
from perf_excel.jobs.results import SEVERITIES, edits_of
from perf_excel.rules.arithmetic import shown
from perf_excel.sheets.grid import Edit, address

_COLUMNS = (
    ("severity", "级别", 60), ("check", "检查项", 60), ("file", "文件", 170), ("cell", "单元格", 80),
    ("label", "项目", 150), ("message", "问题", 420),
)  # fmt: skip
_CELL = f"#{1 + [name for name, _, _ in _COLUMNS].index('cell')}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: its forms examined, or the sentence why not."""

    path: Path
    forms: list[Examined]
    sentence: str = ""


def check_all(paths: Sequence[Path], rules: str, report: Report) -> list[Answer]:
    """Examine files one by one; a file that cannot be used does not stop the others."""
    answers: list[Answer] = []
    for number, path in enumerate(paths):
        report(number, len(paths), f"正在校验 {path.name}")
        try:
            answers.append(Answer(path, examine_all(path, rules or None)))
        except UserError as error:
            answers.append(Answer(path, [], str(error)))
    return answers


class CheckingPage(Page):
    """Files above, findings below, the whole message of the chosen one at the bottom."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._places: dict[str, tuple[Path, str, str]] = {}
        self._messages: dict[str, str] = {}
        self._answers: list[Answer] = []
        self.columnconfigure(1, weight=1)
        self.rowconfigure(4, weight=1)
        self.files = FileList(self, desk)
        labelled(self, desk, 0, "工作簿", self.files)
        self.region = RegionBox(self, automatic=True)
        labelled(self, desk, 1, "规则集", self.region)
        self.region.grid(sticky="w")
        self._buttons().grid(row=2, column=1, sticky="w", pady=desk.look.px(6))
        self.summary = ttk.Label(self, text="添加工作簿后点“校验”。", style="Soft.TLabel")
        self.summary.grid(row=3, column=0, columnspan=2, sticky="w", pady=(desk.look.px(4), 0))
        self.table = self._table()
        self.detail = paper(self, 5)
        self.detail.grid(row=5, column=0, columnspan=2, sticky="ew", pady=(desk.look.px(6), 0))

    def _buttons(self) -> ttk.Frame:
        bar, gap = ttk.Frame(self), self._desk.look.px(8)
        self.check_button = ttk.Button(bar, text="校验", style="Main.TButton", command=self.check)
        self.score_button = ttk.Button(bar, text="打分并另存…", command=self.score)
        self.open_button = ttk.Button(bar, text="打开选中的单元格", command=self._open)
        for column, button in enumerate((self.check_button, self.score_button, self.open_button)):
            button.grid(row=0, column=column, padx=(0, gap))
        return bar

    def _table(self) -> ttk.Treeview:
        frame, look = ttk.Frame(self), self._desk.look
        frame.grid(row=4, column=0, columnspan=2, sticky="nsew")
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        table = ttk.Treeview(frame, columns=[name for name, _, _ in _COLUMNS], show="headings", height=8)
        for name, text, width in _COLUMNS:
            table.heading(name, text=text, anchor="w")
            table.column(name, width=look.px(width), stretch=name == "message", anchor="w")
        for severity, colour in SEVERITY_COLOURS.items():
            table.tag_configure(severity, foreground=colour)
        table.grid(row=0, column=0, sticky="nsew")
        bar = ttk.Scrollbar(frame, command=table.yview)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        bar.grid(row=0, column=1, sticky="ns")
        table.configure(yscrollcommand=bar.set)
        table.bind("<<TreeviewSelect>>", lambda _: self._tell())
        table.bind("<ButtonRelease-1>", self._clicked)
        table.bind("<Double-1>", lambda _: self._open())
        table.bind("<Return>", lambda _: self._open())
        return table

    def take(self, paths: Sequence[Path]) -> None:
        """Check these files at once."""
        self.files.clear()
        self.files.add(paths)
        self.check()

    def check(self) -> None:
        """Check every file on the list."""
        paths, rules = self.files.needed(), self.region.name
        self._desk.work.start("正在校验……", lambda report: check_all(paths, rules, report), self._show)

    def score(self) -> None:
        """Score the one chosen file into a copy."""
        paths, rules = self.files.needed(), self.region.name
        if len(paths) > 1:
            raise UserError("打分一次处理一个工作簿，请在列表中只留下一个。")
        path = paths[0]
        target = self._desk.ask_target(f"{path.stem}（已打分）{path.suffix}", path.suffix)
        if target is not None:
            self.score_into(path, rules, target)

    def score_into(self, path: Path, rules: str, target: Path) -> None:
        """Write a copy of a workbook with its points."""

        def job(_: Report) -> tuple[list[Examined], str, list[str]]:
            if target.exists() and target.samefile(path):
                raise UserError(f"{target.name}：目标就是原文件，请换一个文件名保存打分结果。")
            forms = examine_all(path, rules or None)
            sheets: dict[str, list[Edit]] = {}
            lines: list[str] = []
            for examined in forms:
                edits = edits_of(examined)
                for sheet, some in examined.found.reading.by_sheet(edits).items():
                    sheets.setdefault(sheet, []).extend(some)
                lines += [*score_lines(examined), *change_lines(examined, edits)]
            return forms, self._desk.save(target, forms[0].found.book.editable().fill(sheets)), lines

        def done(result: tuple[list[Examined], str, list[str]]) -> None:
            forms, sentence, lines = result
            self._show([Answer(path, forms)])
            write(self.detail, lines)
            self._desk.saved(target, sentence)

        self._desk.work.start("正在打分……", job, done)

    def _show(self, answers: list[Answer]) -> None:
        self._answers = answers
        self.table.delete(*self.table.get_children())
        self._places, self._messages = {}, {}
        for answer in answers:
            self._list(answer)
        self.summary.configure(text=_summary(answers))
        write(self.detail, ["点一行看全文；点“单元格”一列、双击或按回车，打开工作簿。"])
        for answer in answers:
            if answer.forms:
                self._desk.remember_file(answer.path)

    def _list(self, answer: Answer) -> None:
        name = answer.path.name
        if not answer.forms:
            values = ("无法使用", "", name, "", "", answer.sentence)
            self._row("error", values, answer.sentence, None)
        for examined in answer.forms:
            reading = examined.found.reading
            for finding in examined.counted:
                sheet, row, column = reading.locate(reading.place(finding.spot))
                cell = address(row, column)
                values = (
                    SEVERITIES[finding.severity], finding.check, name, cell, finding.label, finding.message,
                )  # fmt: skip
                message = f"{name}，工作表“{sheet}”，{cell} {finding.label}：{finding.message}"
                self._row(finding.severity, values, message, (answer.path, sheet, cell))

    def _row(
        self, severity: str, values: tuple[str, ...], message: str, place: tuple[Path, str, str] | None
    ) -> None:
        row = self.table.insert("", "end", values=values, tags=(severity,))
        self._messages[row] = message
        if place:
            self._places[row] = place

    def _tell(self) -> None:
        write(self.detail, [self._messages[row] for row in self.table.selection() if row in self._messages])

    def _clicked(self, event: tk.Event[tk.Misc]) -> None:
        if self.table.identify_column(event.x) == _CELL and self.table.identify_row(event.y):
            self._open()

    def _open(self) -> None:
        for row in self.table.selection():
            if row in self._places:
                path, sheet, cell = self._places[row]
                opening.show(path, sheet, cell)
                self._desk.say(f"已打开 {path.name}，位置：工作表“{sheet}”，{cell}。")
                return


def _summary(answers: Sequence[Answer]) -> str:
    """Say in one line how the files stand."""
    used = [examined for answer in answers for examined in answer.forms]
    unusable = sum(not answer.forms for answer in answers)
    errors = sum(one.errors for one in used)
    others = sum(len(one.counted) for one in used) - errors
    parts = [f"共校验 {len(answers)} 个工作簿", f"错误 {errors} 项，其他提醒 {others} 项"]
    if unusable:
        parts.append(f"{unusable} 个无法使用")
    if len(used) == 1 and (total := used[0].scores.total) is not None:
        grade = used[0].scores.grade
        parts.append(f"按规则得 {shown(total)} 分{f'（{grade}）' if grade else ''}")
        parts.append(f"规则集 {used[0].found.rules.name}，{used[0].found.why}")
    return "；".join(parts) + "。"


STEP = Step(20, "校验打分", "找出错误和缺漏，按规则逐行打分，并把结果写入副本", CheckingPage)
