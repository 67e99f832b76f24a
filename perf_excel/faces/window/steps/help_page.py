"""Help (帮助): how to begin, each page, each check, what is new; with pictures, and the log for support."""

from __future__ import annotations

import tkinter as tk
from fractions import Fraction
from tkinter import ttk

from perf_excel import __version__
from perf_excel.faces.window import launching
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import Lines, paper
from perf_excel.faces.window.flowing import Flow
from perf_excel.faces.window.help_topics import FIRST, NEWS, Block, picture_of, topics
from perf_excel.faces.window.manual import docs_folder
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.settings import log_file

_SPARE = 40
"""Pixels beside a picture."""
_FINEST = 3
"""Pictures are shown at so many parts of their size."""


class HelpPage(Page):
    """The topics on the left, the chosen one on the right."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pictures: list[tk.PhotoImage] = []
        gap = desk.look.px(6)
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, weight=1)
        self.list = Lines(self, width=24, height=10, exportselection=False, activestyle="dotbox")
        self.list.grid(row=0, column=0, sticky="ns", padx=(0, gap))
        self.list.bind("<<ListboxSelect>>", lambda _: self._tell())
        self.words = paper(self, 10)
        self.words.grid(row=0, column=1, sticky="nsew")
        self.words.tag_configure("head", font=desk.look.title, spacing3=gap)
        self.words.tag_configure("item", lmargin1=gap * 2, lmargin2=gap * 4)
        bar = Flow(self, gap)
        bar.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(gap, 0))
        self.news_button = ttk.Button(bar, text="这一版有什么新的", command=lambda: self.turn_to(NEWS))
        self.docs_button = ttk.Button(bar, text="打开文档文件夹", command=lambda: _open_docs(desk))
        self.log_button = ttk.Button(bar, text="打开日志", command=lambda: launching.show(log_file()))
        version = ttk.Label(bar, text=f"版本 {__version__}", style="Soft.TLabel")
        bar.show(self.news_button, self.docs_button, self.log_button, version)

    def shown(self) -> None:
        """Show what was asked for by F1 on another page, else how to begin."""
        if not self.list.lines:
            self.list.put(topics())
        self.turn_to(self._desk.asked or FIRST)
        self._desk.asked = ""

    def turn_to(self, title: str) -> None:
        """Show a topic; one that there is not shows how to begin."""
        titles = self.list.lines
        place = titles.index(title) if title in titles else 0
        self.list.selection_clear(0, "end")
        if titles:
            self.list.selection_set(place)
            self.list.see(place)
        self._tell()

    def _tell(self) -> None:
        chosen = self.list.chosen
        title = self.list.lines[chosen[0]] if chosen else FIRST
        blocks = topics().get(title, (Block("text", "说明文档没有随程序安装，请看程序文件夹里的文档。"),))
        self._pictures = []
        self.update_idletasks()  # the first time it has no width yet
        text = self.words
        text.configure(state="normal")
        text.delete("1.0", "end")
        for block in blocks:
            if path := picture_of(block):
                self._show(tk.PhotoImage(master=self, file=path))
            elif block.kind != "picture":
                mark = "· " if block.kind == "item" else ""
                text.insert("end", f"{mark}{block.text}\n", block.kind)
        text.configure(state="disabled")

    def _show(self, picture: tk.PhotoImage) -> None:
        """Put a picture on the page, smaller where it is wider, larger on a dense screen."""
        room = self.words.winfo_width() - self._desk.look.px(_SPARE)
        size = min(Fraction(max(room, 1), picture.width()), Fraction(self._desk.look.scale))
        parts = range(1, _FINEST + 1)
        size = max(
            Fraction(max(int(size * part), 1), part) for part in parts if size * part >= 1 or part == _FINEST
        )
        shown = picture.zoom(size.numerator).subsample(size.denominator) if size != 1 else picture
        self._pictures.append(shown)
        self.words.image_create("end", image=shown, padx=4, pady=4)
        self.words.insert("end", "\n")


def _open_docs(desk: Desk) -> None:
    folder = docs_folder()
    if folder.is_dir():
        launching.show(folder)
    else:
        desk.complain("说明文档没有随程序安装。")


STEP = Step(90, "帮助", "第一次怎么用，各步的说明，每一项检查，这一版有什么新的", HelpPage)
