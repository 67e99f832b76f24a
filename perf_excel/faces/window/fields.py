"""The window's own controls (控件): a file to name, lists of lines and of files, texts to read."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tkinter import ttk
from typing import Any, cast

from perf_excel.errors import UserError
from perf_excel.faces.window.clerk_words import for_clerk
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.dropping import accept_files
from perf_excel.faces.window.scrolling import with_bars


class FileField(ttk.Frame):
    """A line for one file: typed, chosen or dropped."""

    def __init__(self, parent: tk.Misc, desk: Desk, ask: Callable[[], Path | None]) -> None:
        super().__init__(parent)
        self._ask = ask
        self._text = tk.StringVar()
        self.columnconfigure(0, weight=1)
        self.entry = ttk.Entry(self, textvariable=self._text)
        self.entry.grid(row=0, column=0, sticky="ew", padx=(0, desk.look.px(6)))
        self.button = ttk.Button(self, text="浏览…", command=self._browse)
        self.button.grid(row=0, column=1)
        accept_files(self.entry, lambda paths: self.put(paths[0]))

    def put(self, path: Path | None) -> None:
        """Name a file."""
        self._text.set("" if path is None else str(path))

    @property
    def path(self) -> Path | None:
        """The file named, None for none."""
        text = self._text.get().strip().strip('"')
        return Path(text) if text else None

    def needed(self, what: str) -> Path:
        """Return the file named.

        Raises:
            UserError: none is; ``what`` says which one is meant.
        """
        if self.path is None:
            raise UserError(f"请先选择{what}。")
        return self.path

    def _browse(self) -> None:
        if (path := self._ask()) is not None:
            self.put(path)


class _Held:
    """Puts a text or list into a frame with bars, and lets it be placed as if it were that frame."""

    def hold(self, parent: tk.Misc) -> ttk.Frame:
        """Return the frame to be the control's own parent."""
        frame = ttk.Frame(parent)
        frame.columnconfigure(0, weight=1)
        frame.rowconfigure(0, weight=1)
        return frame

    def held(self, frame: ttk.Frame) -> None:
        """Fill the frame with the control."""
        control = cast("Any", self)
        control.grid(row=0, column=0, sticky="nsew")
        with_bars(frame, control)
        for name in ("grid", "grid_remove", "grid_forget", "grid_configure"):
            setattr(self, name, getattr(frame, name))


class Lines(_Held, tk.Listbox):
    """A list of lines, of which one or several are chosen."""

    def __init__(self, parent: tk.Misc, **options: Any) -> None:  # noqa: ANN401  (Listbox's own)
        frame = self.hold(parent)
        super().__init__(frame, **options)
        self.held(frame)

    @property
    def lines(self) -> list[str]:
        """Every line."""
        return [str(line) for line in cast("tuple[Any, ...]", self.get(0, "end"))]  # pyright: ignore[reportUnknownMemberType]

    @property
    def chosen(self) -> list[int]:
        """The places of the chosen lines, counted from 0."""
        return list(cast("tuple[int, ...]", self.curselection()))  # pyright: ignore[reportUnknownMemberType]

    def put(self, lines: Iterable[str]) -> None:
        """Show other lines."""
        self.delete(0, "end")
        for line in lines:
            self.insert("end", line)


class FileList(ttk.Frame):
    """A list of workbooks: added by dialog or dropped, taken off with the delete key."""

    def __init__(
        self, parent: tk.Misc, desk: Desk, *, rows: int = 4, changed: Callable[[], None] | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._changed = desk, changed
        self.columnconfigure(0, weight=1)
        self.list = Lines(
            self, height=rows, width=20, selectmode="extended", activestyle="dotbox", exportselection=False
        )
        self.list.grid(row=0, column=0, rowspan=3, sticky="nsew", padx=(0, desk.look.px(6)))
        for row, (text, command) in enumerate(
            (("添加文件…", self.ask), ("移除选中", self._remove), ("全部移除", self.clear))
        ):
            ttk.Button(self, text=text, command=command).grid(row=row, column=1, sticky="ew", pady=1)
        self.list.bind("<Delete>", lambda _: self._remove())
        accept_files(self.list, self.add)

    def add(self, paths: Sequence[Path]) -> None:
        """Put files on the list, each once; folders give their workbooks."""
        known = set(self.paths)
        for path in paths:
            for file in sorted(path.glob("*.xls[xm]")) if path.is_dir() else [path]:
                if file not in known and not file.name.startswith(("~$", ".~")):
                    known.add(file)
                    self.list.insert("end", str(file))
        self._tell()

    def clear(self) -> None:
        """Take every file off the list."""
        self.list.put(())
        self._tell()

    @property
    def paths(self) -> list[Path]:
        """The files on the list."""
        return [Path(line) for line in self.list.lines]

    def needed(self) -> list[Path]:
        """Return the files.

        Raises:
            UserError: the list is empty.
        """
        if not self.paths:
            raise UserError("请先添加要处理的工作簿（点“添加文件…”，或把文件拖到列表里）。")
        return self.paths

    def ask(self) -> None:
        """Let the user choose files to add."""
        self.add(self._desk.ask_files())

    def _remove(self) -> None:
        for index in reversed(self.list.chosen):
            self.list.delete(index)
        self._tell()

    def _tell(self) -> None:
        if self._changed is not None:
            self._changed()


def labelled(parent: tk.Misc, desk: Desk, row: int, text: str, widget: tk.Widget) -> None:
    """Put a label and its control on a row of a two-column grid; beside a tall one it stands at the top."""
    gap, line = desk.look.px(4), desk.look.line
    label = ttk.Label(parent, text=text)
    label.grid(row=row, column=0, sticky="w", pady=gap, padx=(0, desk.look.px(10)))
    widget.grid(row=row, column=1, sticky="ew", pady=gap)

    def drawn(event: tk.Event[tk.Misc]) -> None:
        if event.widget is widget:
            label.grid_configure(sticky="nw" if event.height > 3 * line else "w")

    widget.bind("<Configure>", drawn, add=True)


class Paper(_Held, tk.Text):
    """A text to read: it can be selected and copied, not changed."""

    def __init__(self, parent: tk.Misc, height: int) -> None:
        frame = self.hold(parent)
        super().__init__(frame, height=height, width=30, wrap="char", relief="flat", state="disabled")
        self.configure(font="TkDefaultFont", padx=6, pady=4, spacing1=2, takefocus=True)
        # A text that cannot be changed does not take the focus by a click, and without it nothing is copied.
        self.bind("<Button-1>", lambda _: self.focus_set())
        self.held(frame)


def paper(parent: tk.Misc, height: int) -> tk.Text:
    """Return a text to read: it can be selected and copied, not changed."""
    return Paper(parent, height)


def write(text: tk.Text, lines: Sequence[str]) -> None:
    """Put lines on a text that is only read."""
    text.configure(state="normal")
    text.delete("1.0", "end")
    text.insert("1.0", for_clerk("\n".join(lines)))
    text.configure(state="disabled")
