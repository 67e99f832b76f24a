"""Indicator rows put in and taken out (增删行): chosen from the rows of the form."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField, labelled
from perf_excel.faces.window.flowing import Flow
from perf_excel.faces.window.result_table import ResultTable, Row
from perf_excel.faces.window.tables import Column
from perf_excel.faces.window.watched_field import WatchedField
from perf_excel.faces.window.work import Report
from perf_excel.faces.wording import next_steps
from perf_excel.jobs.examination.examining import Found, find
from perf_excel.jobs.examination.whereabouts import cells_of
from perf_excel.jobs.rows import MOST, Changed, added, removed
from perf_excel.rules.scoring.arithmetic import shown
from perf_excel.sheets.reading.form_reading import Reading
from perf_excel.sheets.writing.planning import rows_of_indicators

_COLUMNS = (
    Column("行", 50), Column("一级指标", 110), Column("二级指标", 110), Column("三级指标", 220),
    Column("指标值", 100), Column("分值", 60),
)  # fmt: skip


class RowsPanel(ttk.Frame):
    """The workbook and its rows; ``tell`` shows what came of a change."""

    def __init__(self, parent: tk.Misc, desk: Desk, tell: Callable[[list[str]], object]) -> None:
        super().__init__(parent, padding=desk.look.px(8))
        self._desk, self._tell = desk, tell
        self.columnconfigure(1, weight=1)
        self.rowconfigure(2, weight=1)
        self.book = WatchedField(self, desk, lambda: next(iter(desk.ask_files()), None), self._read)
        labelled(self, desk, 0, "工作簿", self.book)
        self.target = FileField(self, desk, self._ask)
        labelled(self, desk, 1, "保存为", self.target)
        self.table = ResultTable(self, desk.look, lines=7)
        self.table.grid(row=2, column=0, columnspan=2, sticky="nsew")
        self._buttons().grid(row=3, column=0, columnspan=2, sticky="ew", pady=(desk.look.px(6), 0))

    def _buttons(self) -> Flow:
        bar = Flow(self, self._desk.look.px(6))
        self.count = ttk.Spinbox(bar, from_=1, to=MOST, width=5)
        self.count.set("1")
        self.level1, self.level2 = ttk.Entry(bar, width=14), ttk.Entry(bar, width=14)
        self.add_button = ttk.Button(bar, text="在选中的行后面增加", command=self.add)
        self.remove_button = ttk.Button(bar, text="删除选中的行", command=self.remove)
        bar.show(
            self.add_button, self.count, ttk.Label(bar, text="行；另起一级指标"), self.level1,
            ttk.Label(bar, text="二级指标"), self.level2, self.remove_button,
        )  # fmt: skip
        return bar

    def _read(self, path: Path | None) -> None:
        """List the rows of a workbook."""
        self.table.show(_COLUMNS, [])
        if path is None or not path.is_file():
            return
        self.target.put(path)

        def done(rows: list[Row]) -> None:
            if self.book.path == path:
                self.table.show(_COLUMNS, rows)

        self._desk.work.start(f"正在读 {path.name}……", lambda _: _rows(find(open_book(path)).reading), done)

    def _ask(self) -> Path | None:
        book = self.book.needed("工作簿")
        return self._desk.ask_target(book.name, book.suffix)

    def _chosen(self) -> list[str]:
        rows = [row.texts[0] for row in self.table.chosen]
        if not rows:
            raise UserError("请先在表里选中指标行。")
        return rows

    def add(self) -> None:
        """Put blank rows behind the chosen one."""
        rows, count = self._chosen(), self.count.get().strip()
        if len(rows) != 1:
            raise UserError("增加行时请只选中一行，新的行加在它后面。")
        if not count.isdecimal() or not 1 <= int(count) <= MOST:
            raise UserError(f"增加的行数应为 1—{MOST}，现为“{count}”。")
        levels = self.level1.get().strip(), self.level2.get().strip()
        self._change(lambda found: added(found, rows[0], int(count), *levels))

    def remove(self) -> None:
        """Take the chosen rows out."""
        rows = self._chosen()
        self._change(lambda found: removed(found, rows))

    def _change(self, change: Callable[[Found], Changed]) -> None:
        desk, book = self._desk, self.book.needed("工作簿")
        target = self.target.path or book
        if not desk.may_write(target):
            return

        def job(_: Report) -> tuple[Changed, str]:
            found = find(open_book(book))
            suffix = found.book.editable().suffix
            if target.suffix.lower() != suffix:
                raise UserError(f"{target.name}：文件名应以 {suffix} 结尾，请改名。")
            changed = change(found)
            return changed, desk.save(target, changed.data)

        def done(result: tuple[Changed, str]) -> None:
            changed, sentence = result
            self.book.put_quietly(target)
            self.table.show(_COLUMNS, _rows(changed.examined.found.reading))
            self._tell(
                [
                    f"{changed.done}。",
                    *(f"请注意：{note}。" for note in changed.notes),
                    *(["改动之后多出的问题："] if changed.findings else []),
                    *(
                        f"  {cells_of(changed.examined, one)} {one.label}：{one.message}"
                        for one in changed.findings
                    ),
                    *next_steps(changed.examined),
                ]
            )
            desk.saved(target, sentence)

        desk.work.start("正在增删行……", job, done)


def _rows(reading: Reading) -> list[Row]:
    """Return the indicator rows of a form, the blank ones too, from above."""
    rows = rows_of_indicators(reading)
    named = {rows[at]: one for at, one in enumerate(reading.form.indicators) if at in rows}
    found: list[Row] = []
    for number in sorted({*named, *reading.free}):
        one = named.get(number)
        if one is None:
            level1, level2 = reading.free[number]
            found.append(Row((str(number), level1, level2, "（空白行）", "", ""), "info"))
        else:
            weight = "" if one.weight is None else shown(one.weight)
            found.append(Row((str(number), one.level1, one.level2, one.level3, one.target.text, weight)))
    return found
