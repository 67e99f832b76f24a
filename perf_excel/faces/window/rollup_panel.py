"""Units' forms made into their department's own (汇入本部门表)."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator, Sequence
from pathlib import Path
from tkinter import ttk

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.faces.speaking import today
from perf_excel.faces.window.clerk_words import for_clerk
from perf_excel.faces.window.desk import Desk, written_suffix
from perf_excel.faces.window.fields import FileField, labelled
from perf_excel.faces.window.flowing import Sentence
from perf_excel.faces.window.result_table import ResultTable, Row
from perf_excel.faces.window.source_list import SourceList
from perf_excel.faces.window.suggested_names import ROLLED_UP, marked_stem
from perf_excel.faces.window.tables import Column
from perf_excel.faces.window.work import Report
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.rollup import RolledUp, rolled_up
from perf_excel.jobs.rollup_files import collected
from perf_excel.jobs.rollup_gathering import files_in
from perf_excel.rules.consolidating.joining import METHOD_NAMES, Rolled
from perf_excel.rules.scoring.arithmetic import shown

_COLUMNS = (
    Column("项目", 230), Column("汇总数", 110), Column("办法", 130), Column("单位数", 60),
    Column("说明", 320),
)  # fmt: skip


class RollupPanel(ttk.Frame):
    """Whose forms, into which one; below, every value with how it came about."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent, padding=desk.look.px(8))
        self._desk = desk
        self.columnconfigure(1, weight=1)
        self.rowconfigure(5, weight=1)
        self.sources = SourceList(self, desk)
        labelled(self, desk, 0, "各单位的表", self.sources)
        self.into = FileField(self, desk, lambda: next(iter(desk.ask_files()), None))
        labelled(self, desk, 1, "本部门的表", self.into)
        self.target = FileField(self, desk, self._ask)
        labelled(self, desk, 2, "保存为", self.target)
        self.button = ttk.Button(self, text="汇入", style="Main.TButton", command=self.roll_up)
        self.button.grid(row=3, column=1, sticky="w", pady=desk.look.px(6))
        self.summary = Sentence(
            self, "把各单位的实际完成值和金额按规则并成部门的数，写进部门表的副本，再打分；来源另写一张表。"
        )
        self.summary.grid(row=4, column=0, columnspan=2, sticky="ew", pady=(0, desk.look.px(4)))
        # A note is longer than its column: the row that is chosen is said in full.
        self.table = ResultTable(
            self, desk.look, tell=lambda row: desk.say("：".join(filter(None, row.texts)))
        )
        self.table.grid(row=5, column=0, columnspan=2, sticky="nsew")

    def offer(self, paths: Sequence[Path]) -> None:
        """Put the forms that count on the list, in place of what is there."""
        self.sources.list.put(map(str, paths))
        self.summary.put(f"已列出收表时计入的 {len(paths)} 份表。选好本部门的表，再点“汇入”。")

    def _ask(self) -> Path | None:
        into = self.into.needed("本部门的表")
        suffix = written_suffix(into)
        return self._desk.ask_target(f"{marked_stem(into.stem, ROLLED_UP)}{suffix}", suffix)

    def roll_up(self) -> None:
        """Roll the units' forms up into a copy of the department's."""
        desk, sources = self._desk, self.sources.needed()
        into, target = self.into.needed("本部门的表"), self.target.needed("保存的位置")
        if target.exists() and target.samefile(into):
            raise UserError(f"{target.name}：目标就是本部门的表，请换一个文件名保存。")
        if not desk.may_write(target):
            return

        def job(report: Report) -> tuple[RolledUp, str]:
            found = find(open_book(into))
            suffix = found.book.editable().suffix
            if target.suffix.lower() != suffix:
                raise UserError(f"{target.name}：目标文件名应以 {suffix} 结尾，请改名后重试。")
            units = collected(
                files_in(sources, into, target),
                found.reading.form,
                progress=lambda done, of: report(done, of, "正在读各单位的表"),
            )
            report(0, 0, "正在汇总、打分……")
            done = rolled_up(found, units, today())
            return done, desk.save(target, done.data)

        desk.work.start("正在读本部门的表……", job, lambda result: self._done(target, *result))

    def _done(self, target: Path, done: RolledUp, sentence: str) -> None:
        self.table.show(_COLUMNS, list(_rows(done)))
        scores = done.examined.scores
        total = ""
        if scores.total is not None:
            grade = f"，{scores.grade}" if scores.grade else "（还有不能计分的行，不评等级）"
            total = f"先汇总、再打分：{shown(scores.total)} 分{grade}。"
        self.summary.put(
            f"汇总了 {len(done.collected.forms)} 份表。{total}"
            "每个数由哪些单位的数得来，见“来源”表；目标、任务、原因等文字请部门自己填写。"
        )
        self._desk.saved(target, sentence)


def _rows(done: RolledUp) -> Iterator[Row]:
    """What did not count first, then what is to be known, then every value."""
    for one in done.collected.left_out:
        yield Row((one.file.name, "没有汇总", "", "", for_clerk(one.why)), "error")
    for note in done.notes:
        yield Row(("请注意", "", "", "", for_clerk(note)), "warning")
    for one in done.consolidated.rolled:
        yield _row(done, one)


def _row(done: RolledUp, one: Rolled) -> Row:
    unit = "万元" if one.spot.part == "funding" else ""
    value = f"{one.text}{unit}" if one.value is not None else "没有汇总"
    count = f"{len(one.counted)}/{len(done.collected.forms)}" if one.given else ""
    tag = "warning" if one.partial or one.value is None else ""
    return Row((one.label, value, METHOD_NAMES[one.method], count, "；".join(one.notes)), tag)
