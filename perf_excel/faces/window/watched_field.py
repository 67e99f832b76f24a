"""A line for one file that tells when another one is named (会报告改动的文件栏)."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField


class WatchedField(FileField):
    """Tells when a file was chosen or dropped, or its name typed and left."""

    def __init__(
        self,
        parent: tk.Misc,
        desk: Desk,
        ask: Callable[[], Path | None],
        changed: Callable[[Path | None], object],
    ) -> None:
        super().__init__(parent, desk, ask)
        self._told: Path | None = None
        self._changed = changed
        for event in ("<FocusOut>", "<Return>"):
            self.entry.bind(event, lambda _: self._tell())

    def put(self, path: Path | None) -> None:
        """Name a file."""
        super().put(path)
        self._tell()

    def put_quietly(self, path: Path) -> None:
        """Name a file of which everything is known already."""
        self._told = path
        super().put(path)

    def _tell(self) -> None:
        if self.path != self._told:
            self._told = self.path
            self._changed(self.path)
