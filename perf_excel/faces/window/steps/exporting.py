"""Export (导出): finished forms for print, publication and further use."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk

from perf_excel.errors import UserError
from perf_excel.faces.speaking import today
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.fields import FileField, FileList, labelled, paper, write
from perf_excel.faces.window.flowing import Flow
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.same_names import free_name, shown_names, stems
from perf_excel.faces.window.suggested_names import FINISHED, told_stem
from perf_excel.faces.window.work import Report
from perf_excel.jobs.examination.examining import examine_all
from perf_excel.jobs.export import SUFFIXES, export
from perf_excel.stopping import StoppedError

_NAMES = {".xlsx": "完成表（.xlsx，只含数值）", ".pdf": "完成表（.pdf）", ".json": "数据（.json）"}


_EXISTING = ("新文件另起名称（加 -2、-3）", "替换它（原有的先备份）")


@dataclass(frozen=True, slots=True)
class Exported:
    """The lines that say what became of each file, and the last file written."""

    lines: list[str]
    last: Path | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written, and where.

    Where ``listed``, a slip of the check (校验单) follows what is printed. What is in the folder already is
    replaced, with a backup, where ``replacing``; else the new file gets a number.
    """

    suffixes: Sequence[str]
    folder: Path
    listed: bool = False
    replacing: bool = False


def export_all(desk: Desk, paths: Sequence[Path], wish: Wish, report: Report) -> Exported:
    """Export every file in every format; a file that cannot be used does not stop the others.

    What was read, or written in the same go, is never replaced.
    """
    lines: list[str] = []
    last: Path | None = None
    parts = [(path, suffix) for path in paths for suffix in wish.suffixes]
    names, begin, taken = shown_names(paths), stems(paths), list(paths)
    for done, (path, suffix) in enumerate(parts):
        report(done, len(parts), f"正在导出 {names[path]} → {suffix}")
        try:
            for examined in examine_all(path):
                number = f"-表{examined.found.table}" if examined.found.tables > 1 else ""
                stem = f"{told_stem(begin[path], examined.form)}{number}（{FINISHED}）"
                there = [] if wish.replacing else list(wish.folder.iterdir())
                target = free_name(wish.folder, stem, suffix, [*taken, *there])
                slip = today() if wish.listed and suffix != ".json" else None
                form = export(examined, target, slip)
                lines.append(desk.put(target, form.data))
                lines += [f"    请注意：{note}。" for note in form.notes]
                last = target
                taken.append(target)
                if examined.errors:
                    lines.append(f"    请注意：{names[path]} 还有 {examined.errors} 项错误，请先校验。")
        except StoppedError:
            raise
        except UserError as error:
            where = f"（{path.parent}）" if names[path] != path.name else ""
            lines.append(f"未导出{where}：{error.in_window}")
    return Exported(lines, last)


class ExportingPage(Page):
    """Files, formats, a folder."""

    def __init__(self, parent: tk.Misc, desk: Desk) -> None:
        super().__init__(parent)
        self._desk = desk
        self.columnconfigure(1, weight=1)
        self.rowconfigure(5, weight=1)
        self.files = FileList(self, desk)
        labelled(self, desk, 0, "工作簿", self.files)
        formats = Flow(self, desk.look.px(10))
        self.formats = {suffix: tk.BooleanVar(self, value=suffix == ".pdf") for suffix in SUFFIXES}
        self.boxes = {
            suffix: ttk.Checkbutton(formats, text=_NAMES.get(suffix, suffix), variable=chosen)
            for suffix, chosen in self.formats.items()
        }
        self.listed = tk.BooleanVar(self, value=False)
        formats.show(*self.boxes.values(), ttk.Checkbutton(formats, text="附校验单", variable=self.listed))
        labelled(self, desk, 1, "格式", formats)
        self.folder = FileField(self, desk, desk.ask_folder)
        self.folder.put(Path(desk.settings.folder) if desk.settings.folder else None)
        labelled(self, desk, 2, "导出到文件夹", self.folder)
        self.existing = ttk.Combobox(self, values=_EXISTING, state="readonly", width=36)
        self.existing.current(0)
        labelled(self, desk, 3, "已有同名的文件时", self.existing)
        self.existing.grid(sticky="w")
        self.button = ttk.Button(self, text="导出", style="Main.TButton", command=self.export)
        self.button.grid(row=4, column=1, sticky="w", pady=desk.look.px(6))
        self.lines = paper(self, 8)
        self.lines.grid(row=5, column=0, columnspan=2, sticky="nsew")

    def take(self, paths: Sequence[Path]) -> None:
        """Put files on the list."""
        self.files.add(paths)

    def export(self) -> None:
        """Export what is on the list."""
        paths, folder = self.files.needed(), self.folder.needed("导出的文件夹")
        suffixes = [suffix for suffix, chosen in self.formats.items() if chosen.get()]
        if not suffixes:
            raise UserError("请至少选择一种格式。")
        if not folder.is_dir():
            raise UserError(f"{folder}：没有这个文件夹，请重新选择。")
        wish = Wish(suffixes, folder, self.listed.get(), self.existing.current() == 1)
        desk = self._desk
        desk.work.start("正在导出……", lambda report: export_all(desk, paths, wish, report), self._done)

    def _done(self, exported: Exported) -> None:
        write(self.lines, exported.lines)
        if exported.last:
            self._desk.saved(exported.last, f"导出完成，共 {len(exported.lines)} 条结果。")


STEP = Step(30, "导出", "生成可打印、可公开的完成表（.xlsx、.pdf）和数据", ExportingPage)
