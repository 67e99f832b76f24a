"""The table of findings (问题列表): sorted, filtered, copied; each explained below, a click from its cell."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from tkinter import ttk

from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import paper, write
from perf_excel.faces.window.finding_rows import Place, Spotted
from perf_excel.faces.window.flowing import Flow
from perf_excel.faces.window.scrolling import bring_into_view_soon
from perf_excel.faces.window.tables import Column, Row, Table

COLUMNS = (
    Column("级别", 60), Column("文件", 150), Column("单位", 110), Column("单元格", 80), Column("项目", 130),
    Column("检查项", 150), Column("问题", 380),
)  # fmt: skip
_HINT = "点一行看全文和算式；双击、按回车或点“单元格”一列，打开表并转到那一格；Ctrl+C 复制选中的行。"


class FindingsTable(ttk.Frame):
    """Findings of one or more workbooks: what to see of them above, all of the chosen one below."""

    def __init__(
        self,
        parent: tk.Misc,
        desk: Desk,
        lead: Callable[[Place], None],
        explain: Callable[[str], Sequence[str]],
    ) -> None:
        """Draw it empty.

        Args:
            parent: what it stands in.
            desk: the window.
            lead: leads to a cell.
            explain: gives the lines that explain a check, by its code.
        """
        super().__init__(parent)
        self._lead, self._explain = lead, explain
        self._all: Sequence[Spotted] = ()
        self._seen: list[Spotted] = []
        gap = desk.look.px(5)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        bar = Flow(self, gap)
        bar.grid(row=0, column=0, sticky="ew", pady=(0, gap))
        self.filters = {name: ttk.Combobox(bar, state="readonly") for name in ("文件", "级别", "检查项")}
        for name, box in self.filters.items():
            box.configure(width=24 if name == "文件" else 14)
            box.bind("<<ComboboxSelected>>", lambda _: self._filter())
        self.copy_button = ttk.Button(bar, text="复制列表", command=self._copy)
        self.count = ttk.Label(bar, style="Soft.TLabel")
        bar.show(ttk.Label(bar, text="只看"), *self.filters.values(), self.copy_button, self.count)
        self.table = Table(self, desk.look, COLUMNS, lines=4, pick=self._tell, lead=self.open_chosen)
        self.table.grid(row=1, column=0, sticky="nsew")
        self.tree = self.table.tree
        self.tree.bind("<ButtonRelease-1>", self._clicked)
        self.detail = paper(self, 4)
        self.detail.grid(row=2, column=0, sticky="ew", pady=(gap, 0))
        self._say = desk.say
        write(self.detail, [_HINT])

    def show(self, lines: Sequence[Spotted]) -> None:
        """Show these findings and no others."""
        self._all = lines
        for box, of in zip(self.filters.values(), ("file", "level", "title"), strict=True):
            known = list(dict.fromkeys(str(getattr(line, of)) for line in lines))
            before, whole = box.get(), self._whole(box)
            box.configure(values=[whole, *known])
            box.set(before if before in known else whole)
        files, units = ({getattr(line, of) for line in lines} for of in ("file", "unit"))
        hidden = {1} if len(files) < 2 else set[int]()
        hidden |= {2} if len(units - {""}) < 2 else set[int]()
        self.table.show_columns([number for number in range(len(COLUMNS)) if number not in hidden])
        self._filter()
        write(self.detail, [_HINT])

    def tell(self, lines: Sequence[str]) -> None:
        """Say something below the table."""
        write(self.detail, lines)

    def open_chosen(self) -> None:
        """Lead to the cell of the chosen line."""
        for line in self._chosen():
            if line.place is not None:
                self._lead(line.place)
                return

    @property
    def chosen_title(self) -> str:
        """The name of the check of the chosen finding; empty where none is chosen."""
        return next((one.title for one in self._chosen() if one.check), "")

    def _chosen(self) -> Iterable[Spotted]:
        return (self._seen[place] for place in self.table.chosen)

    def _filter(self) -> None:
        asked = [None if box.get() == self._whole(box) else box.get() for box in self.filters.values()]
        self._seen = [
            line
            for line in self._all
            if all(
                one in (None, own)
                for one, own in zip(asked, (line.file, line.level, line.title), strict=True)
            )
        ]
        self.table.put(
            Row((one.level, one.file, one.unit, one.cell, one.label, one.title, one.message), one.severity)
            for one in self._seen
        )
        whole = f"共 {len(self._all)} 条"
        self.count.configure(
            text=whole if len(self._seen) == len(self._all) else f"{whole}，现在看到 {len(self._seen)} 条"
        )

    def _whole(self, box: ttk.Combobox) -> str:
        return next(f"全部{name}" for name, own in self.filters.items() if own is box)

    def _tell(self) -> None:
        lines: list[str] = []
        for one in self._chosen():
            lines += [*([""] if lines else []), *one.words, *(self._explain(one.check) if one.check else ())]
        write(self.detail, lines or [_HINT])
        if lines:
            bring_into_view_soon(self.detail)

    def _copy(self) -> None:
        self.table.copy()
        self._say("已复制，可以粘贴到 Excel、WPS 或文档里。")

    def _clicked(self, event: tk.Event[tk.Misc]) -> None:
        at = self.tree.identify_column(event.x)
        if not self.tree.identify_row(event.y) or self.tree.identify_region(event.x, event.y) != "cell":
            return
        if at and self.tree.column(at, "id") == str(3):
            self.open_chosen()
