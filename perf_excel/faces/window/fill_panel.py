"""Data into a form that is there (把数据填入已有的表)."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.faces.speaking import today
from perf_excel.faces.window.desk import SOURCES, Desk, written_suffix
from perf_excel.faces.window.fields import FileField, labelled
from perf_excel.faces.window.filling_words import filled_lines
from perf_excel.faces.window.suggested_names import FILLED, marked_stem
from perf_excel.faces.window.work import Report
from perf_excel.jobs.examination.data_sources import data_of
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.examination.filled import Filled, filled_with_list
from perf_excel.jobs.fill import fill
from perf_excel.jobs.fill_document import fill_document


class FillPanel(ttk.Frame):
    """The form, the data, and where the filled form goes; ``tell`` shows what came of it."""

    def __init__(self, parent: tk.Misc, desk: Desk, tell: Callable[[list[str]], object]) -> None:
        super().__init__(parent, padding=desk.look.px(8))
        self._desk, self._tell = desk, tell
        self.columnconfigure(1, weight=1)
        self.book = FileField(self, desk, lambda: next(iter(desk.ask_files()), None))
        self.values = FileField(self, desk, lambda: next(iter(desk.ask_files(SOURCES)), None))
        self.target = FileField(self, desk, self._ask)
        for row, (text, widget) in enumerate(
            (
                ("已有的表", self.book),
                ("数据（.json，或填好的工作簿、数据表）", self.values),
                ("保存为", self.target),
            )
        ):
            labelled(self, desk, row, text, widget)
        self.button = ttk.Button(self, text="填入", style="Main.TButton", command=self.fill)
        self.button.grid(row=3, column=1, sticky="w", pady=desk.look.px(6))

    def _ask(self) -> Path | None:
        book = self.book.needed("已有的表")
        # The table of a Word document is filled where it stands.
        suffix = ".docx" if book.suffix.lower() == ".docx" else written_suffix(book)
        return self._desk.ask_target(f"{marked_stem(book.stem, FILLED)}{suffix}", suffix)

    def fill(self) -> None:
        """Fill the data into a copy of the form."""
        desk = self._desk
        source, values = self.book.needed("已有的表"), self.values.needed("数据")
        target = self.target.needed("保存的位置")
        if target.exists() and source.exists() and target.samefile(source):
            raise UserError(f"{target.name}：目标就是原文件，请换一个文件名保存。")
        if not desk.may_write(target):
            return

        def job(_: Report) -> tuple[Filled, str]:
            data, book = data_of(values), open_book(source)
            found = find(book)
            if book.kind == "docx" and target.suffix.lower() == ".docx":
                filled = fill_document(book, found, data)
            elif target.suffix.lower() != book.editable().suffix:
                raise UserError(f"{target.name}：文件名应以 {book.editable().suffix} 结尾，请改名。")
            else:
                filled = filled_with_list(fill(found, data), data.waivers, today())
            return filled, desk.save(target, filled.data)

        def done(result: tuple[Filled, str]) -> None:
            filled, sentence = result
            self._tell(filled_lines(filled, sentence))
            desk.saved(target, sentence)

        desk.work.start("正在填写……", job, done)
