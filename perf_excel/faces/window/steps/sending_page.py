"""Sending forms to units (下发): which forms, to whom, and where they are put."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.window import launching
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField, labelled
from perf_excel.faces.window.flowing import Flow, Sentence
from perf_excel.faces.window.form_choice import FormList
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.result_table import ResultTable, Row
from perf_excel.faces.window.sending_results import (
    BOOKS,
    FAULTS,
    fault_rows,
    planned_rows,
    planned_words,
    sent_rows,
    sent_words,
)
from perf_excel.faces.window.work import Report
from perf_excel.faces.window.years import year_of
from perf_excel.jobs.distribute import LIST, Distributed, Plan, Sending, distribute, plan
from perf_excel.jobs.sending.delivery import TakenError
from perf_excel.jobs.sending.list_to_fill import NAME, list_to_fill
from perf_excel.jobs.sending.recipients import OnePer
from perf_excel.jobs.sending.unit_list import WrongListError

_LISTS = (("单位名单", "*.xlsx *.xls *.et *.ods *.csv"), ("所有文件", "*"))
_ONE_PER: dict[str, OnePer | None] = {
    "有项目名称的表一个项目一份，其余一家一份": None,
    "一家单位一份": "unit",
    "名单一行一份": "row",
}


class SendingPage(Page):
    """What to send above; below, to whom it would go, what is wrong with the list, or what was written."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._written: Path | None = None
        self.columnconfigure(1, weight=1)
        self.rowconfigure(7, weight=1)
        self.forms = FormList(self, desk)
        labelled(self, desk, 0, "表样", self.forms)
        self.units = FileField(self, desk, lambda: next(iter(desk.ask_files(_LISTS)), None))
        labelled(self, desk, 1, "单位名单", self.units)
        labelled(self, desk, 2, "怎样分", self._ways())
        labelled(self, desk, 3, "", self._ticks())
        self.target = FileField(self, desk, desk.ask_folder)
        labelled(self, desk, 4, "写到文件夹", self.target)
        self._buttons().grid(row=5, column=0, columnspan=2, sticky="ew", pady=desk.look.px(6))
        self.summary = Sentence(self, "选好表样和名单，先看看名单，再下发。没有名单的，点“做一份空名单…”。")
        self.summary.grid(row=6, column=0, columnspan=2, sticky="ew", pady=(0, desk.look.px(4)))
        self.table = ResultTable(self, desk.look, lead=self._open_row)
        self.table.grid(row=7, column=0, columnspan=2, sticky="nsew")

    def _ways(self) -> ttk.Frame:
        frame = ttk.Frame(self)
        frame.columnconfigure(0, weight=1)
        self.one_per = ttk.Combobox(frame, state="readonly", values=list(_ONE_PER), width=36)
        self.one_per.current(0)
        self.one_per.grid(row=0, column=0, sticky="ew")
        ttk.Label(frame, text="名单里没有年度时用").grid(row=0, column=1, padx=self._desk.look.px(8))
        self.year = ttk.Entry(frame, width=6)
        self.year.insert(0, self._desk.settings.year)
        self.year.grid(row=0, column=2)
        return frame

    def _ticks(self) -> Flow:
        bar = Flow(self, self._desk.look.px(14))
        self.ticks = {
            name: tk.BooleanVar(self, value=False) for name in ("by_superior", "zipped", "fixed_rows")
        }
        words = ("按上级单位分文件夹", "装进一个压缩包（.zip）", "单位不能增删行")
        self.boxes = {
            name: ttk.Checkbutton(bar, text=text, variable=variable)
            for (name, variable), text in zip(self.ticks.items(), words, strict=True)
        }
        bar.show(*self.boxes.values())
        return bar

    def _buttons(self) -> Flow:
        bar = Flow(self, self._desk.look.px(8))
        self.send_button = ttk.Button(bar, text="下发", style="Main.TButton", command=self.send_out)
        self.look_button = ttk.Button(bar, text="看看名单", command=self.look)
        self.blank_button = ttk.Button(bar, text="做一份空名单…", command=self._blank)
        self.folder_button = ttk.Button(bar, text="打开下发的文件夹", command=self._open_folder)
        self.list_button = ttk.Button(bar, text="打开下发清单", command=self._open_list)
        bar.show(self.send_button, self.look_button, self.blank_button, self.folder_button, self.list_button)
        return bar

    def shown(self) -> None:
        """Read which forms there are: one may have been adopted since."""
        self.forms.box.refresh()

    def take(self, paths: Sequence[Path]) -> None:
        """Send these workbooks."""
        self.forms.add_books(paths)

    def order(self, target: Path) -> Sending:
        """Return what the page asks for.

        Raises:
            UserError: something is missing or wrong.
        """
        return Sending(
            templates=self.forms.named(),
            units=self.units.needed("单位名单"),
            target=target,
            one_per=_ONE_PER[self.one_per.get()],
            year=year_of(self.year.get()),
            by_superior=self.ticks["by_superior"].get(),
            zipped=self.ticks["zipped"].get(),
            fixed_rows=self.ticks["fixed_rows"].get(),
        )

    def blank_into(self, target: Path) -> None:
        """Write an empty list that fits the forms, and use it."""
        desk, templates = self._desk, self.forms.named()
        if not desk.may_write(target):
            return

        def done(sentence: str) -> None:
            self.units.put(target)
            desk.saved(target, f"{sentence}。请打开它，一行填一个单位，保存后回到这里。")

        desk.work.start("正在做空名单……", lambda _: desk.save(target, list_to_fill(templates)), done)

    def look(self) -> None:
        """Show to whom the forms would go, or what is wrong with the list; nothing is written."""
        order = self.order(self.target.path or Path())
        self._desk.work.start("正在看名单……", lambda _: _unless_wrong(order), self._planned)

    def send_out(self) -> None:
        """Write the workbooks."""
        self._send(self.order(self.target.needed("写到哪个文件夹")))

    def _send(self, order: Sending) -> None:
        def job(report: Report) -> Distributed | TakenError | WrongListError:
            try:
                return distribute(order, lambda done, of: report(done, of, "正在写各单位的表"))
            except (TakenError, WrongListError) as error:
                return error

        def done(result: Distributed | TakenError | WrongListError) -> None:
            if isinstance(result, Distributed):
                self._sent(result)
            elif isinstance(result, WrongListError):
                self._planned(result)
            elif self._desk.agreed(f"{result.in_window}\n\n要替换吗？"):
                self._send(replace(order, overwrite=True))
            else:
                self._desk.complain(result.in_window)

        self._desk.work.start("正在备好表样……", job, done)

    def _planned(self, result: Plan | WrongListError) -> None:
        if isinstance(result, WrongListError):
            self.table.show(FAULTS, fault_rows(result))
            self.summary.put(result.in_window, "Bad.TLabel")
            self._desk.complain(result.in_window)
            return
        self.table.show(BOOKS, planned_rows(result))
        self.summary.put(planned_words(result))
        self._desk.say("名单没有问题，可以下发。")

    def _sent(self, done: Distributed) -> None:
        desk = self._desk
        self.table.show(BOOKS, sent_rows(done))
        self.summary.put(sent_words(done))
        self._written = done.target
        desk.remember(folder=str(done.target.absolute().parent), year=self.year.get().strip())
        desk.say(f"已下发到：{done.target}")

    def _blank(self) -> None:
        if (target := self._desk.ask_target(NAME, ".xlsx")) is not None:
            self.blank_into(target)

    def _place(self) -> Path:
        if self._written is None:
            raise UserError("还没有下发，请先下发。")
        return self._written

    def _open_folder(self) -> None:
        place = self._place()
        launching.show(place if place.is_dir() else place.parent)

    def _open_list(self) -> None:
        place = self._place()
        if not place.is_dir():
            raise UserError(f"下发清单在压缩包 {place.name} 里，请解开后打开。")
        launching.show(place / LIST)

    def _open_row(self, row: Row) -> None:
        if row.path is not None:
            launching.show(row.path)


def _unless_wrong(order: Sending) -> Plan | WrongListError:
    try:
        return plan(order)
    except WrongListError as error:
        return error


STEP = Step(34, "下发", "把表样下发给各单位：一家一份，预先填好名称、编码、年度和预算", SendingPage)
