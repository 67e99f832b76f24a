"""Collecting what units sent back (收表汇总): who sent what, how it stands; replies; the roll-up."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import ttk

from perf_excel.books.saving import write_atomic
from perf_excel.books.summary.returned_forms import Entry
from perf_excel.errors import UserError
from perf_excel.faces.speaking import today
from perf_excel.faces.window import launching
from perf_excel.faces.window.collected_rows import (
    RETURNS,
    collected_words,
    filtered,
    return_rows,
    states,
)
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField, labelled
from perf_excel.faces.window.flowing import Flow, Sentence
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.replying import write_replies
from perf_excel.faces.window.result_table import ResultTable, Row
from perf_excel.faces.window.rollup_panel import RollupPanel
from perf_excel.faces.window.source_list import SourceList
from perf_excel.faces.window.tabs import Tabs
from perf_excel.faces.window.work import Report
from perf_excel.jobs.collect import Collected, Order, collect, is_ours
from perf_excel.jobs.collecting.duplicates import OnDuplicate
from perf_excel.jobs.collecting.sent_list_near import sent_list_near
from perf_excel.jobs.collecting.unfinished import forget

_SUMMARY = "汇总.xlsx"
_DUPLICATES: dict[str, OnDuplicate] = {
    "以最新的一份为准": "newest",
    "以最早的一份为准": "first",
    "都不计入，由我确定": "error",
}


class CollectingPage(Page):
    """Two tabs: what came back, and the department's own form made of it."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: list[Row] = []
        self._summary: Path | None = None
        self._guessed: tuple[Path | None, Path | None] = (None, None)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.tabs = Tabs(self)
        self.tabs.grid(row=0, column=0, sticky="nsew")
        self.tabs.put(self._collecting(self.tabs), "收表")
        self.rollup = RollupPanel(self.tabs, desk)
        self.tabs.put(self.rollup, "汇入本部门表")

    def _collecting(self, parent: Tabs) -> ttk.Frame:
        desk, tab = self._desk, ttk.Frame(parent, padding=self._desk.look.px(8))
        tab.columnconfigure(1, weight=1)
        tab.rowconfigure(7, weight=1)
        self.sources = SourceList(tab, desk, self._changed)
        labelled(tab, desk, 0, "交来的表", self.sources)
        self.expect = FileField(tab, desk, lambda: next(iter(desk.ask_files()), None))
        labelled(tab, desk, 1, "下发清单（可不选）", self.expect)
        self.duplicate = ttk.Combobox(tab, state="readonly", values=list(_DUPLICATES), width=24)
        self.duplicate.current(0)
        labelled(tab, desk, 2, "一个单位交来几份", self.duplicate)
        self.target = FileField(tab, desk, lambda: desk.ask_target(_SUMMARY, ".xlsx"))
        labelled(tab, desk, 3, "汇总写到", self.target)
        self._buttons(tab).grid(row=4, column=0, columnspan=2, sticky="ew", pady=desk.look.px(6))
        self.summary = Sentence(tab, "添加各单位交来的文件夹、压缩包，再点“收表汇总”。原来的文件不会改动。")
        self.summary.grid(row=5, column=0, columnspan=2, sticky="ew")
        self.only = ttk.Combobox(tab, state="readonly", width=24)
        self.only.bind("<<ComboboxSelected>>", lambda _: self._filter())
        labelled(tab, desk, 6, "只看", self.only)
        self.only.grid(sticky="w")
        self.table = ResultTable(tab, desk.look, lead=_open_row, tell=self._tell)
        self.table.grid(row=7, column=0, columnspan=2, sticky="nsew")
        return tab

    def _buttons(self, tab: ttk.Frame) -> Flow:
        bar = Flow(tab, self._desk.look.px(8))
        self.collect_button = ttk.Button(bar, text="收表汇总", style="Main.TButton", command=self.collect)
        self.open_button = ttk.Button(bar, text="打开汇总表", command=self._open_summary)
        self.reply_button = ttk.Button(bar, text="写回复函和催报名单…", command=self._reply)
        self.rollup_button = ttk.Button(bar, text="汇入本部门表", command=self._roll_up)
        bar.show(self.collect_button, self.open_button, self.reply_button, self.rollup_button)
        return bar

    def take(self, paths: Sequence[Path]) -> None:
        """Collect these folders, archives and files."""
        self.sources.add(paths)

    def _changed(self) -> None:
        """Look for the list of what was sent, and name the summary, where the clerk has not."""
        sources = self.sources.paths
        listed = sent_list_near(sources) if sources else None
        target = sources[0].absolute().parent / _SUMMARY if sources else None
        for field, guess, before in zip(
            (self.expect, self.target), (listed, target), self._guessed, strict=True
        ):
            if field.path in (None, before):
                field.put(guess)
        if listed is not None and listed != self._guessed[0]:
            self._desk.say(f"找到了下发清单：{listed}")
        self._guessed = (listed, target)

    def collect(self) -> None:
        """Read what came back, and write the summary."""
        desk, target = self._desk, self.target.needed("汇总写到哪里")
        if target.suffix.lower() != ".xlsx":
            raise UserError(f"{target.name}：汇总的文件名应以 .xlsx 结尾。")
        order = Order(
            tuple(self.sources.needed()),
            target,
            self.expect.path,
            _DUPLICATES[self.duplicate.get()],
            today=today(),
        )
        # A summary of ours is brought up to date; anything else is only replaced if the user says so.
        if target.exists() and not is_ours(target) and not desk.may_write(target):
            return

        def job(report: Report) -> tuple[Collected, str]:
            done = collect(order, count=lambda done, of: report(done, of, "正在读各单位的表"))
            report(0, 0, "正在写汇总……")
            backup = write_atomic(target, done.data)
            forget(target)
            return done, f"已写汇总：{target}" + (f"（上一次的备份为 {backup.name}）" if backup else "")

        desk.work.start("正在找各单位的表……", job, lambda result: self._done(order, *result))

    def _done(self, order: Order, collected: Collected, sentence: str) -> None:
        self._rows = return_rows(collected)
        self._summary = order.output
        lines = states(self._rows)
        self.only.configure(values=lines)
        self.only.set(lines[0])
        self._filter()
        self.summary.put(collected_words(collected, listed=order.expect is not None))
        self.rollup.offer([_whole_way(one) for one in collected.judged.entries if one.counts])
        self._desk.saved(order.output, sentence)

    def _filter(self) -> None:
        self.table.show(RETURNS, filtered(self._rows, self.only.get()))

    def _tell(self, row: Row) -> None:
        unit, file, state, *_, why = row.texts
        self._desk.say("：".join(filter(None, ("，".join(filter(None, (unit, file, state))), why))))

    def _written(self) -> Path:
        path = self._summary or self.target.path
        if path is None or not path.is_file():
            raise UserError("还没有汇总，请先收表。")
        return path

    def _open_summary(self) -> None:
        launching.show(self._written())

    def _reply(self) -> None:
        summary = self._written()
        if (folder := self._desk.ask_folder()) is not None:
            write_replies(self._desk, summary, folder)

    def _roll_up(self) -> None:
        self.tabs.turn_to(self.rollup)
        self.rollup.sources.list.focus_set()


def _whole_way(entry: Entry) -> Path:
    """Where a returned file lies: in an archive, the way goes on through it (邮件.zip/甲局.xlsx)."""
    path = Path(entry.path)
    inside = entry.file.partition(f"{path.name}/")[2] if entry.packed else ""
    return path / inside


def _open_row(row: Row) -> None:
    if row.path is None:
        raise UserError("这一行没有可以打开的文件：没有交来，或者在压缩包里。")
    launching.show(row.path)


STEP = Step(36, "收表汇总", "收回各单位的表，查漏、校验、排名，写回复函，汇入本部门的表", CollectingPage)
