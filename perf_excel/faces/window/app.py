"""The window itself (主窗口): steps on the left, the chosen one's page, and a line that says how it goes."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import messagebox, ttk
from types import TracebackType

from perf_excel.errors import UserError
from perf_excel.faces.window import settings as settings_of
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.dropping import accept_files, make_root
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.steps import all_steps
from perf_excel.faces.window.steps.start import CHECKING, StartPage
from perf_excel.faces.window.steps.start import STEP as START
from perf_excel.faces.window.theme import Look, sharpen
from perf_excel.faces.window.work import INTERNAL, Progress, Work

TITLE = "绩效自评"
_SIZE = (1040, 700)


class Window:
    """The program's one window."""

    def __init__(self) -> None:
        self._log = settings_of.open_log()
        self.root = make_root()
        self.root.withdraw()  # shown when it is complete
        self.root.title(TITLE)
        self.root.iconphoto(True, tk.PhotoImage(master=self.root, file=Path(__file__).with_name("icon.png")))  # noqa: FBT003
        self.root.report_callback_exception = self._caught
        self.look = Look(self.root)
        self.work = Work(self.root, self._progress, self._complain, self._log, str(settings_of.log_file()))
        self.desk = Desk(
            self.root, self.look, self.work, settings_of.load(), self._say, self._complain, self.go
        )
        self.steps: list[Step] = [START]
        self.pages: dict[str, Page] = {}
        self._chosen = tk.StringVar(self.root)
        self.root.columnconfigure(1, weight=1)
        self.root.rowconfigure(0, weight=1)
        self._panel = ttk.Frame(self.root, style="Side.TFrame", padding=(0, self.look.px(14)))
        self._panel.grid(row=0, column=0, rowspan=2, sticky="ns")
        self.buttons: dict[str, ttk.Radiobutton] = {}
        self._body = ttk.Frame(self.root, padding=self.look.px(18))
        self._body.grid(row=0, column=1, sticky="nsew")
        self._body.columnconfigure(0, weight=1)
        self._body.rowconfigure(1, weight=1)
        self._heading = ttk.Label(self._body, style="Title.TLabel")
        self._heading.grid(row=0, column=0, sticky="w", pady=(0, self.look.px(12)))
        self._foot()
        self._keys()
        accept_files(self._body, lambda paths: self.go(CHECKING, paths))
        self._place()

    def run(self, files: Sequence[Path] = ()) -> None:
        """Show the window until it is closed; files given are checked at once."""
        self.open(files)
        self.root.mainloop()

    def open(self, files: Sequence[Path] = ()) -> None:
        """Show the window, then load the steps: what they need takes longer than drawing the first page."""
        start = self.page(START)
        self.go(START.title, [])
        self.root.deiconify()
        self.root.update()
        self.steps = all_steps()
        self._list_steps()
        if isinstance(start, StartPage):
            start.offer(self.steps)
        if files:
            self.go(CHECKING, files)

    def go(self, title: str, files: Sequence[Path]) -> None:
        """Turn to a step, with files to start with."""
        page = self.page(next(one for one in self.steps if one.title == title))
        self._chosen.set(title)
        self._heading.configure(text=title)
        for other in self.pages.values():
            other.grid_remove()
        page.grid(row=1, column=0, sticky="nsew")
        page.shown()
        if files:
            page.take(files)

    def page(self, step: Step) -> Page:
        """Return a step's page, built when it is first wanted."""
        if step.title not in self.pages:
            self.pages[step.title] = step.page(self._body, self.desk)
        return self.pages[step.title]

    def close(self) -> None:
        """Stop what is running, remember the window's size, and go."""
        if self.work.busy and not messagebox.askokcancel(TITLE, "还有操作没有完成，要取消它并退出吗？"):
            return
        self.leave()

    def leave(self) -> None:
        """Go without asking."""
        self.desk.remember(geometry=self.root.geometry())
        self.work.close()
        self.root.destroy()
        settings_of.close_log()

    def _list_steps(self) -> None:
        """Put the steps on the left; Alt and a digit turn to one."""
        ttk.Label(self._panel, text=TITLE, style="Side.TLabel", font=self.look.title).grid(
            row=0, column=0, padx=self.look.px(20), pady=(0, self.look.px(14))
        )
        for number, step in enumerate(self.steps, 1):
            button = ttk.Radiobutton(
                self._panel,
                text=step.title,
                value=step.title,
                variable=self._chosen,
                style="Side.TRadiobutton",
                command=lambda title=step.title: self.go(title, []),
            )
            button.grid(row=number, column=0, sticky="ew")
            self.buttons[step.title] = button
            self.root.bind(f"<Alt-Key-{number}>", lambda _, title=step.title: self.go(title, []))

    def _foot(self) -> None:
        foot = ttk.Frame(self.root, padding=(self.look.px(18), self.look.px(8)))
        foot.grid(row=1, column=1, sticky="ew")
        foot.columnconfigure(0, weight=1)
        self.status = ttk.Label(foot, style="Soft.TLabel", anchor="w")
        self.status.grid(row=0, column=0, sticky="ew")
        self.bar = ttk.Progressbar(foot, length=self.look.px(180))
        self.cancel = ttk.Button(foot, text="取消", command=self.work.cancel)

    def _keys(self) -> None:
        """Escape cancels, return presses a button: everything works without a mouse."""
        self.root.bind("<Escape>", lambda _: self.work.cancel())
        self.root.bind_class("TButton", "<Return>", _press)
        self.root.protocol("WM_DELETE_WINDOW", self.close)

    def _place(self) -> None:
        width, height = (self.look.px(length) for length in _SIZE)
        self.root.minsize(self.look.px(820), self.look.px(560))
        self.root.geometry(f"{width}x{height}")
        if self.desk.settings.geometry:
            size = self.desk.settings.geometry.partition("+")[0]
            self.root.geometry(size)

    def _say(self, sentence: str) -> None:
        self._log.info("%s", sentence)
        self.status.configure(text=sentence, style="Soft.TLabel")

    def _complain(self, sentence: str) -> None:
        self._log.info("%s", sentence)
        self.status.configure(text=sentence, style="Bad.TLabel")
        self.root.bell()

    def _progress(self, progress: Progress | None) -> None:
        if progress is None:
            self.bar.stop()
            self.bar.grid_remove()
            self.cancel.grid_remove()
            self.status.configure(text="完成。", style="Soft.TLabel")
            return
        self.status.configure(text=progress.text, style="Soft.TLabel")
        self.bar.grid(row=0, column=1, padx=self.look.px(8))
        self.cancel.grid(row=0, column=2)
        if progress.total:
            self.bar.stop()
            self.bar.configure(mode="determinate", maximum=progress.total, value=progress.done)
        else:
            self.bar.configure(mode="indeterminate")
            self.bar.start()

    def _caught(self, _: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        """Say what a click ran into: never a traceback."""
        if isinstance(error, UserError):
            self._complain(str(error))
            return
        self._log.error("internal error", exc_info=error)
        self._complain(INTERNAL.format(name=type(error).__name__, log=settings_of.log_file()))


def _press(event: tk.Event[tk.Misc]) -> None:
    if isinstance(event.widget, ttk.Button):
        event.widget.invoke()


def open_window(files: Sequence[Path] = ()) -> int:
    """Open the window, and return the exit code when it is closed.

    Raises:
        UserError: there is no screen.
    """
    sharpen()
    try:
        window = Window()
    except tk.TclError as error:
        raise UserError(f"没有可用的屏幕，无法打开窗口（{error}），请改用命令行。") from None
    window.run(files)
    return 0
