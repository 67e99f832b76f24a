"""The table of scores (各行得分): every row's points, with the arithmetic or what is missing."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import paper, write
from perf_excel.faces.window.finding_rows import Place, Scored
from perf_excel.faces.window.scrolling import bring_into_view_soon
from perf_excel.faces.window.tables import Column, Row, Table

COLUMNS = (
    Column("文件", 140), Column("单位", 100), Column("单元格", 60), Column("一级指标", 90),
    Column("指标", 150), Column("分值", 50), Column("应得分", 60), Column("表上填的", 70),
    Column("算式，或缺什么", 360),
)  # fmt: skip
_HINT = "红色：应得分与表上填的不同；棕色：还不能计分。双击或按回车，转到那一格。"


class ScoresTable(ttk.Frame):
    """Scores of one or more workbooks, row by row."""

    def __init__(self, parent: tk.Misc, desk: Desk, lead: Callable[[Place], None]) -> None:
        super().__init__(parent)
        self._lead = lead
        self._rows: Sequence[Scored] = ()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.table = Table(self, desk.look, COLUMNS, lines=5, pick=self._tell, lead=self._open)
        self.table.grid(row=0, column=0, sticky="nsew")
        self.detail = paper(self, 4)
        self.detail.grid(row=1, column=0, sticky="ew", pady=(desk.look.px(5), 0))
        write(self.detail, [_HINT])

    def show(self, rows: Sequence[Scored]) -> None:
        """Show these rows and no others."""
        self._rows = rows
        files, units = ({getattr(row, of) for row in rows} for of in ("file", "unit"))
        hidden = ({0} if len(files) < 2 else set[int]()) | ({1} if len(units) < 2 else set[int]())
        self.table.show_columns([number for number in range(len(COLUMNS)) if number not in hidden])
        self.table.put(Row(row[:9], row.severity) for row in rows)
        write(self.detail, [_HINT])

    def _open(self) -> None:
        for place in self.table.chosen:
            self._lead(self._rows[place].place)
            return

    def _tell(self) -> None:
        chosen = [self._rows[place] for place in self.table.chosen]
        write(
            self.detail,
            [f"{row.cell} {row.label}：{row.points}/{row.weight} 分。{row.why}" for row in chosen],
        )
        if chosen:
            bring_into_view_soon(self.detail)
