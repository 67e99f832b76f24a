"""Checking and scoring (校验打分): findings in a table, each a click away from its cell."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.window.check_words import state_words, summary_words
from perf_excel.faces.window.checked_files import Answer, Question, check_all, with_earlier
from perf_excel.faces.window.desk import Desk, written_suffix
from perf_excel.faces.window.fields import FileField, labelled
from perf_excel.faces.window.finding_list import FindingsTable
from perf_excel.faces.window.finding_rows import Place, scored_rows, spotted
from perf_excel.faces.window.flowing import Flow, Sentence
from perf_excel.faces.window.folded_files import FoldedFiles
from perf_excel.faces.window.help_topics import topic_of_check
from perf_excel.faces.window.in_open_book import checked_live, cleared_live, scored_live
from perf_excel.faces.window.jumping import go_to
from perf_excel.faces.window.manual import check_help
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.regions import RegionBox
from perf_excel.faces.window.same_names import shown_names
from perf_excel.faces.window.score_list import ScoresTable
from perf_excel.faces.window.suggested_names import LISTED, SCORED, marked_stem
from perf_excel.faces.window.work import Report
from perf_excel.faces.window.written_copies import Written, listed_copy, scored_copy

_EMPTY = "添加工作簿后点“校验”。打开着的表也可以校验，读的是最后一次保存的内容。"


class CheckingPage(Page):
    """Files in a line above, then how they stand, then findings and scores in the room that is left."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.answers: Sequence[Answer] = ()
        gap = desk.look.px(6)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(5, weight=1)
        self.files = FoldedFiles(self, desk)
        self.files.grid(row=0, column=0, sticky="ew")
        self.region = RegionBox(self.files.more, automatic=True)
        labelled(self.files.more, desk, 1, "表样", self.region)
        self.region.grid(sticky="w")
        self.against = FileField(self.files.more, desk, lambda: next(iter(desk.ask_files()), None))
        labelled(self.files.more, desk, 2, "申报表或监控表（可不选）", self.against)
        self._buttons().grid(row=1, column=0, sticky="ew", pady=gap)
        score, summary, state = (Sentence(self, style=style) for style in ("Score.TLabel", "Soft.TLabel", ""))
        self.standing, self.summary, self.notice = score.label, summary.label, state.label
        self._sentences = (score, summary, state)
        for row, sentence in enumerate(self._sentences, 2):
            sentence.grid(row=row, column=0, sticky="ew")
        summary.put(_EMPTY)
        state.grid_remove()
        self.tabs = ttk.Notebook(self)
        self.tabs.grid(row=5, column=0, sticky="nsew", pady=(gap, 0))
        self.table = FindingsTable(self.tabs, desk, self._open, check_help)
        self.scores = ScoresTable(self.tabs, desk, self._open)
        self.tabs.add(self.table, text="问题", padding=gap)
        self.tabs.add(self.scores, text="各行得分", padding=gap)
        self.tabs.enable_traversal()
        self.detail = self.table.detail

    def _buttons(self) -> Flow:
        bar = Flow(self, self._desk.look.px(6))
        self.check_button = ttk.Button(bar, text="校验", style="Main.TButton", command=self.check)
        self.live_button = ttk.Button(bar, text="在打开的表里校验", command=self.check_live)
        self.open_button = ttk.Button(bar, text="打开单元格", command=self._open_chosen)
        self.score_button = _menu(
            bar,
            "打分",
            ("另存一份打了分的表…", self.score),
            ("打分写回原表（先备份）…", self.score_back),
            ("在打开的表里打分", self.score_live),
        )
        self.list_button = _menu(
            bar,
            "校验结果表",
            ("另存一份带“校验结果”的表…", self.list),
            ("“校验结果”写回原表（先备份）…", self.list_back),
            ("从打开的表里清除打分和校验结果", self.clear_live),
        )
        bar.show(self.check_button, self.live_button, self.open_button, self.score_button, self.list_button)
        return bar

    def take(self, paths: Sequence[Path]) -> None:
        """Check these files at once."""
        self.files.clear()
        self.files.add(paths)
        self.check()

    def topic(self) -> str:
        """The help for the check of the chosen finding."""
        return topic_of_check(title) if (title := self.table.chosen_title) else ""

    def question(self) -> Question:
        """Return what the page asks for.

        Raises:
            UserError: there is no file on the list.
        """
        return Question(self.files.needed(), self.region.name or None, self.against.path)

    def check(self) -> None:
        """Check every file on the list, also those that are open: as they were last saved."""
        question = self.question()
        self._desk.work.start("正在校验……", lambda report: check_all(question, report), self._show)

    def check_live(self) -> None:
        """Check the one file in the application that has it open."""
        path = self.question().only()

        def done(answer: Answer) -> None:
            self._show([answer])
            self._desk.say("已在打开的表里校验，问题也写进了表里的“校验结果”。")

        self._desk.work.start("正在打开的表里校验……", lambda _: checked_live(path), done)

    def score(self) -> None:
        """Score the one file into a copy."""
        self._into(SCORED, self.score_into)

    def list(self) -> None:
        """Write the list of findings into a copy of the one file, where they can be waived with a reason."""
        self._into(LISTED, self.list_into)

    def score_back(self) -> None:
        """Score the one file itself, which is kept as a backup."""
        self._back("把得分写回", self.score_into)

    def list_back(self) -> None:
        """Write the list of findings into the one file itself, which is kept as a backup."""
        self._back("把“校验结果”写回", self.list_into)

    def score_live(self) -> None:
        """Score the one file in the application that has it open."""
        path = self.question().only()

        def done(result: tuple[Answer, list[str]]) -> None:
            self._show([result[0]])
            self._desk.say("".join(("已在打开的表里打分，请在表里保存。", *result[1])))

        self._desk.work.start("正在打开的表里打分……", lambda _: scored_live(path), done)

    def clear_live(self) -> None:
        """Take away what the program wrote into the open file."""
        path = self.question().only()
        self._desk.work.start(
            "正在清除……",
            lambda _: cleared_live(path),
            lambda notes: self._desk.say("".join(("已清除程序写入的内容。", *notes))),
        )

    def score_into(self, target: Path) -> None:
        """Write the workbook with its points to a file."""
        question, desk = self.question(), self._desk

        def job(_: Report) -> Written:
            return scored_copy(question, desk, target)

        desk.work.start("正在打分……", job, lambda made: self._saved(target, made))

    def list_into(self, target: Path) -> None:
        """Write the workbook with the sheet 校验结果 to a file."""
        question, desk = self.question(), self._desk

        def job(_: Report) -> Written:
            return listed_copy(question, desk, target)

        desk.work.start("正在写校验结果……", job, lambda made: self._saved(target, made))

    def _into(self, what: str, write_into: Callable[[Path], None]) -> None:
        path = self.question().only()
        form = next((one.forms[0].form for one in self.answers if one.path == path and one.forms), None)
        suffix = written_suffix(path)
        target = self._desk.ask_target(f"{marked_stem(path.stem, what, form)}{suffix}", suffix)
        if target is None:
            return
        if target.exists() and target.samefile(path):
            raise UserError(f"{target.name}：这就是原表；要写回原表，请选“写回原表（先备份）”。")
        write_into(target)

    def _back(self, what: str, write_into: Callable[[Path], None]) -> None:
        path = self.question().only()
        if written_suffix(path) != path.suffix.lower() or path.suffix.lower() in (".xls", ".ods"):
            raise UserError(f"{path.name}：这种文件不能写回，请选“另存一份”。")
        if self._desk.may_replace(path, f"{what}“{path.name}”吗？原表先备份在同一个文件夹里。"):
            write_into(path)

    def _saved(self, target: Path, made: Written) -> None:
        self._show([made.answer])
        self.table.tell([made.sentence, *made.lines])
        self._desk.saved(target, made.sentence)

    def _show(self, answers: Sequence[Answer]) -> None:
        self.answers = answers = with_earlier(answers, self.answers)
        names = shown_names([answer.path for answer in answers])
        self.files.fold(folded=True)
        self.table.show(spotted(answers, names))
        self.scores.show(scored_rows(answers, names))
        score, summary, state = self._sentences
        standing, counts = summary_words(answers, names)
        score.put(standing, "Score.TLabel")
        summary.put(counts)
        words, bad = state_words(answers, names)
        if words:
            state.put(words, "Bad.TLabel" if bad else "Warning.TLabel")
            state.grid()
        else:
            state.grid_remove()
        for answer in answers:
            if answer.forms:
                self._desk.remember_file(answer.path)

    def _open_chosen(self) -> None:
        self.table.open_chosen()

    def _open(self, place: Place) -> None:
        self._desk.work.start(f"正在打开 {place.path.name}……", lambda _: go_to(*place), self._desk.say)


def _menu(parent: tk.Misc, text: str, *entries: tuple[str, Callable[[], None]]) -> ttk.Menubutton:
    button = ttk.Menubutton(parent, text=text)
    menu = tk.Menu(button, tearoff=False)
    for label, command in entries:
        menu.add_command(label=label, command=command)
    button.configure(menu=menu)
    return button


STEP = Step(20, "校验打分", "找出错误和缺漏，按规则逐行打分，与申报表对照，把结果写进表里", CheckingPage)
