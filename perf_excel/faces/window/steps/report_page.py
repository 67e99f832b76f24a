"""Reports (报告与核对): written from the forms, brought up to date, held against them; budget tables tied."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.window import launching
from perf_excel.faces.window.budget_panel import BudgetPanel
from perf_excel.faces.window.compare_panel import ComparePanel
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField, FileList, labelled
from perf_excel.faces.window.flowing import Sentence
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.reported_rows import (
    CHANGES,
    WRITTEN,
    changed_rows,
    changed_words,
    template_rows,
    written_rows,
    written_words,
)
from perf_excel.faces.window.result_table import ResultTable, Row
from perf_excel.faces.window.suggested_names import REFRESHED, bare_stem, marked_stem
from perf_excel.faces.window.tables import Column
from perf_excel.faces.window.tabs import Tabs
from perf_excel.faces.window.work import Report
from perf_excel.jobs.report import (
    Material,
    checked_template,
    gather,
    outlines,
    template_for,
    write_report,
)
from perf_excel.jobs.report_refresh import refreshed_report

_WORD = (("Word 文档", "*.docx"), ("所有文件", "*"))
_BY_FORM = "随自评表的规则集"


class ReportPage(Page):
    """The forms above, four tabs for what is done with them, and what came of it below."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.columnconfigure(1, weight=1)
        self.rowconfigure(3, weight=1)
        self.files = FileList(self, desk, rows=3)
        labelled(self, desk, 0, "自评表、公开表", self.files)
        self.tabs = Tabs(self)
        self.tabs.grid(row=1, column=0, columnspan=2, sticky="ew", pady=desk.look.px(4))
        self.tabs.put(self._writing(), "写报告")
        self.tabs.put(self._refreshing(), "更新报告里的数")
        self.comparing = ComparePanel(self.tabs, desk, lambda: self.files.paths, self._show)
        self.tabs.put(self.comparing, "核对报告")
        self.auditing = BudgetPanel(self.tabs, desk, self.files.needed, self._show)
        self.tabs.put(self.auditing, "核对预算公开表")
        self.summary = Sentence(
            self,
            "先添加自评表，有项目表的一起添加；核对报告时还可以加上预算公开表。"
            "表上没有的内容，报告里标黄待填。",
        )
        self.summary.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(0, desk.look.px(4)))
        self.table = ResultTable(self, desk.look, tell=self._tell, lead=self._lead)
        self.table.grid(row=3, column=0, columnspan=2, sticky="nsew")

    def _tab(self) -> ttk.Frame:
        tab = ttk.Frame(self.tabs, padding=self._desk.look.px(8))
        tab.columnconfigure(1, weight=1)
        return tab

    def _writing(self) -> ttk.Frame:
        desk, tab = self._desk, self._tab()
        self._outlines = {one.name: one.path for one in outlines()}
        self.outline = ttk.Combobox(tab, state="readonly", values=[_BY_FORM, *self._outlines], width=36)
        self.outline.current(0)
        self.template = FileField(tab, desk, lambda: next(iter(desk.ask_files(_WORD)), None))
        self.target = FileField(tab, desk, lambda: desk.ask_target(self._name("自评报告"), ".docx"))
        for row, (text, widget) in enumerate(
            (("提纲", self.outline), ("自备的模板（可不选）", self.template), ("保存为", self.target))
        ):
            labelled(tab, desk, row, text, widget)
        bar = ttk.Frame(tab)
        bar.grid(row=3, column=1, sticky="w", pady=(desk.look.px(4), 0))
        self.write_button = ttk.Button(bar, text="写报告", style="Main.TButton", command=self.write)
        self.tags_button = ttk.Button(bar, text="检查自备的模板", command=self.check_template)
        self.write_button.grid(row=0, column=0, padx=(0, desk.look.px(8)))
        self.tags_button.grid(row=0, column=1)
        return tab

    def _refreshing(self) -> ttk.Frame:
        desk, tab = self._desk, self._tab()
        self.older = FileField(tab, desk, lambda: next(iter(desk.ask_files(_WORD)), None))
        self.newer = FileField(tab, desk, self._ask_newer)
        for row, (text, widget) in enumerate((("已有的报告", self.older), ("更新后保存为", self.newer))):
            labelled(tab, desk, row, text, widget)
        self.refresh_button = ttk.Button(
            tab, text="更新报告里的数", style="Main.TButton", command=self.refresh
        )
        self.refresh_button.grid(row=2, column=1, sticky="w", pady=(desk.look.px(4), 0))
        return tab

    def take(self, paths: Sequence[Path]) -> None:
        """Start with these forms; documents are reports."""
        documents = [path for path in paths if path.suffix.lower() in (".docx", ".pdf", ".txt")]
        self.files.add([path for path in paths if path not in documents])
        if documents:
            self.comparing.report.put(documents[0])
            self.older.put(documents[0] if documents[0].suffix.lower() == ".docx" else None)

    def _name(self, what: str) -> str:
        """A name for a report, from that of its form."""
        paths = self.files.paths
        return f"{bare_stem(paths[0].stem)} {what}.docx" if paths else f"{what}.docx"

    def write(self) -> None:
        """Write a report from the forms."""
        paths, target = self.files.needed(), self.target.needed("报告保存的位置")
        chosen = self.template.path or self._outlines.get(self.outline.get())

        def make(material: Material) -> tuple[bytes, Callable[[], None]]:
            usual, note = template_for(material.main)
            done = write_report(material, chosen or usual)
            borrowed = "" if chosen or not note else self._name_of(usual)

            def show() -> None:
                self.table.show(WRITTEN, written_rows(done))
                self.summary.put(written_words(done, borrowed))
                self.comparing.report.put(target)
                self.older.put(target)

            return done.rendered.data, show

        self._make("正在写报告……", paths, target, make)

    def _name_of(self, outline: Path) -> str:
        return next(name for name, path in self._outlines.items() if path == outline)

    def refresh(self) -> None:
        """Bring a report's figures up to date, in a copy."""
        paths, older = self.files.needed(), self.older.needed("已有的报告")
        target = self.newer.needed("更新后保存的位置")
        if target.exists() and target.samefile(older):
            raise UserError(f"{target.name}：目标就是已有的报告，请换一个文件名保存。")

        def make(material: Material) -> tuple[bytes, Callable[[], None]]:
            done = refreshed_report(older, material, template_for(material.main)[0])

            def show() -> None:
                self.table.show(CHANGES, changed_rows(done))
                self.summary.put(changed_words(done))
                self.comparing.report.put(target)

            return done.refreshed.data, show

        self._make("正在更新报告……", paths, target, make)

    def _make(
        self,
        text: str,
        paths: Sequence[Path],
        target: Path,
        make: Callable[[Material], tuple[bytes, Callable[[], None]]],
    ) -> None:
        """Make a document of the forms, save it, and show what came of it."""
        desk = self._desk
        if target.suffix.lower() != ".docx":
            raise UserError(f"{target.name}：报告的文件名应以 .docx 结尾。")
        if not desk.may_write(target):
            return

        def job(report: Report) -> tuple[str, Callable[[], None]]:
            report(0, 0, "正在读自评表……")
            material = gather(paths)
            report(0, 0, text)
            data, show = make(material)
            return desk.save(target, data), show

        def done(result: tuple[str, Callable[[], None]]) -> None:
            sentence, show = result
            show()
            desk.saved(target, sentence)

        desk.work.start(text, job, done)

    def check_template(self) -> None:
        """Hold the tags of one's own template against what a report knows."""
        path = self.template.needed("自备的模板")
        checked = checked_template(path)
        self.table.show(WRITTEN, template_rows(checked))
        self.summary.put(
            f"{path.name}：标签 {checked.tags} 个，有误 {len(checked.troubles)} 处。",
            "Bad.TLabel" if checked.troubles else "Soft.TLabel",
        )

    def _ask_newer(self) -> Path | None:
        older = self.older.needed("已有的报告")
        return self._desk.ask_target(f"{marked_stem(older.stem, REFRESHED)}.docx", ".docx")

    def _tell(self, row: Row) -> None:
        if row.detail:
            self._desk.say(row.detail)

    def _lead(self, row: Row) -> None:
        if row.path is not None:
            launching.show(row.path)
        elif row.detail:
            self.comparing.open()

    def _show(self, columns: Sequence[Column], rows: Sequence[Row], words: str) -> None:
        self.table.show(columns, rows)
        self.summary.put(words)


STEP = Step(
    32, "报告与核对", "按自评表写报告，更新报告里的数，核对报告与表、预算公开表各表之间是否一致", ReportPage
)
