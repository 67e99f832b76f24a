"""What came back from units (交来的表): folders, archives and files, added by dialog or dropped."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.dropping import accept_files
from perf_excel.faces.window.fields import Lines

_KINDS = (
    ("压缩包和工作簿", "*.zip *.xlsx *.xlsm *.xls *.et *.ods *.docx *.pdf"),
    ("所有文件", "*"),
)


class SourceList(ttk.Frame):
    """A list of folders, archives and files; ``changed`` hears when it is another one."""

    def __init__(
        self, parent: tk.Misc, desk: Desk, changed: Callable[[], object] = lambda: None, *, rows: int = 3
    ) -> None:
        super().__init__(parent)
        self._desk, self._changed = desk, changed
        self.columnconfigure(0, weight=1)
        self.list = Lines(
            self, height=rows, selectmode="extended", activestyle="dotbox", exportselection=False
        )
        self.list.grid(row=0, column=0, rowspan=3, sticky="nsew", padx=(0, desk.look.px(6)))
        self.folder_button = ttk.Button(self, text="添加文件夹…", command=self._add_folder)
        self.file_button = ttk.Button(self, text="添加压缩包、文件…", command=self._add_files)
        self.remove_button = ttk.Button(self, text="移除选中", command=self._remove)
        for row, button in enumerate((self.folder_button, self.file_button, self.remove_button)):
            button.grid(row=row, column=1, sticky="ew", pady=1)
        self.list.bind("<Delete>", lambda _: self._remove())
        accept_files(self.list, self.add)

    def add(self, paths: Sequence[Path]) -> None:
        """Put folders and files on the list, each once."""
        known = set(self.paths)
        for path in paths:
            if path not in known:
                known.add(path)
                self.list.insert("end", str(path))
        self._changed()

    @property
    def paths(self) -> list[Path]:
        """What is on the list."""
        return [Path(line) for line in self.list.lines]

    def needed(self) -> list[Path]:
        """Return what is on the list.

        Raises:
            UserError: nothing is.
        """
        if not self.paths:
            raise UserError("请先添加各单位交来的表（点“添加文件夹…”，或把文件夹、压缩包拖到列表里）。")
        return self.paths

    def _add_folder(self) -> None:
        if (folder := self._desk.ask_folder()) is not None:
            self.add([folder])

    def _add_files(self) -> None:
        if files := self._desk.ask_files(_KINDS):
            self.add(files)

    def _remove(self) -> None:
        for index in reversed(self.list.chosen):
            self.list.delete(index)
        self._changed()
