"""A list of workbooks that folds to one line (收起的清单), so that what was found in them has the room."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import ttk

from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileList, labelled
from perf_excel.faces.window.flowing import Sentence
from perf_excel.faces.window.same_names import shown_names

_NAMED = 3
"""So many files are named in the line."""
_NONE = "还没有添加工作簿：点“添加文件…”，或把文件拖到这个窗口里。"


class FoldedFiles(ttk.Frame):
    """The line, and below it, where unfolded, the list and the settings of the page (``more``)."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        gap = desk.look.px(6)
        self.columnconfigure(0, weight=1)
        self._line = Sentence(self)
        self._line.grid(row=0, column=0, sticky="ew", padx=(0, gap))
        self.add_button = ttk.Button(self, text="添加文件…", command=self.ask)
        self.add_button.grid(row=0, column=1, padx=(0, gap))
        self.fold_button = ttk.Button(self, command=self._turn)
        self.fold_button.grid(row=0, column=2)
        self.more = ttk.Frame(self)
        self.more.columnconfigure(1, weight=1)
        self.list = FileList(self.more, desk, rows=3, changed=self._tell)
        labelled(self.more, desk, 0, "工作簿", self.list)
        self.fold(folded=False)
        self._tell()

    def fold(self, *, folded: bool) -> None:
        """Show the list and the settings, or the line alone."""
        self.folded = folded
        self.fold_button.configure(text="清单和设置 ▼" if folded else "收起 ▲")
        if folded:
            self.more.grid_remove()
        else:
            self.more.grid(row=1, column=0, columnspan=3, sticky="ew")

    def ask(self) -> None:
        """Let the user choose files to add."""
        self.list.ask()

    def add(self, paths: Sequence[Path]) -> None:
        """Put files on the list, each once; folders give their workbooks."""
        self.list.add(paths)

    def clear(self) -> None:
        """Take every file off the list."""
        self.list.clear()

    @property
    def paths(self) -> list[Path]:
        """The files on the list."""
        return self.list.paths

    def needed(self) -> list[Path]:
        """Return the files.

        Raises:
            UserError: the list is empty.
        """
        return self.list.needed()

    def _turn(self) -> None:
        self.fold(folded=not self.folded)

    def _tell(self) -> None:
        names = list(shown_names(self.paths).values())
        more = f" 等 {len(names)} 个" if len(names) > _NAMED else ""
        self._line.put(f"工作簿：{'、'.join(names[:_NAMED])}{more}" if names else _NONE)
