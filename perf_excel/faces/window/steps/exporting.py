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
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.same_names import free_name, shown_names, stems
from perf_excel.faces.window.work import Report
from perf_excel.jobs.examination.examining import examine_all
from perf_excel.jobs.export import SUFFIXES, export
from perf_excel.stopping import StoppedError

_NAMES = {".xlsx": "完成表（.xlsx，只含数值）", ".pdf": "完成表（.pdf）", ".json": "数据（.json）"}


@dataclass(frozen=True, slots=True)
class Exported:
    """The lines that say what became of each file, and the last file written."""

    lines: list[str]
    last: Path | None


def export_all(
    desk: Desk,
    paths: Sequence[Path],
    suffixes: Sequence[str],
    folder: Path,
    report: Report,
    *,
    listed: bool = False,
) -> Exported:
    """Export every file in every format; a file that cannot be used does not stop the others.

    Where ``listed``, a slip of the check (校验单) follows what is printed.
    """
    lines: list[str] = []
    last: Path | None = None
    parts = [(path, suffix) for path in paths for suffix in suffixes]
    names, begin, taken = shown_names(paths), stems(paths), list(paths)
    for done, (path, suffix) in enumerate(parts):
        report(done, len(parts), f"正在导出 {names[path]} → {suffix}")
        try:
            for examined in examine_all(path):
                number = f"-表{examined.found.table}" if examined.found.tables > 1 else ""
                target = free_name(folder, f"{begin[path]}{number}（完成表）", suffix, taken)
                slip = today() if listed and suffix != ".json" else None
                form = export(examined, target, slip)
                lines.append(desk.save(target, form.data))
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
        self.rowconfigure(4, weight=1)
        self.files = FileList(self, desk)
        labelled(self, desk, 0, "工作簿", self.files)
        formats = ttk.Frame(self)
        self.formats = {suffix: tk.BooleanVar(self, value=suffix == ".pdf") for suffix in SUFFIXES}
        self.boxes = {
            suffix: ttk.Checkbutton(formats, text=_NAMES.get(suffix, suffix), variable=chosen)
            for suffix, chosen in self.formats.items()
        }
        for column, box in enumerate(self.boxes.values()):
            box.grid(row=0, column=column, padx=(0, desk.look.px(14)))
        self.listed = tk.BooleanVar(self, value=False)
        ttk.Checkbutton(formats, text="附校验单", variable=self.listed).grid(row=0, column=len(self.boxes))
        labelled(self, desk, 1, "格式", formats)
        self.folder = FileField(self, desk, desk.ask_folder)
        self.folder.put(Path(desk.settings.folder) if desk.settings.folder else None)
        labelled(self, desk, 2, "导出到文件夹", self.folder)
        self.button = ttk.Button(self, text="导出", style="Main.TButton", command=self.export)
        self.button.grid(row=3, column=1, sticky="w", pady=desk.look.px(6))
        self.lines = paper(self, 8)
        self.lines.grid(row=4, column=0, columnspan=2, sticky="nsew")

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
        desk, listed = self._desk, self.listed.get()
        desk.work.start(
            "正在导出……",
            lambda report: export_all(desk, paths, suffixes, folder, report, listed=listed),
            self._done,
        )

    def _done(self, exported: Exported) -> None:
        write(self.lines, exported.lines)
        if exported.last:
            self._desk.saved(exported.last, f"导出完成，共 {len(exported.lines)} 条结果。")


STEP = Step(30, "导出", "生成可打印、可公开的完成表（.xlsx、.pdf）和数据", ExportingPage)
