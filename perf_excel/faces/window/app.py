"""The window itself (主窗口): steps on the left, the chosen one's page, and a line that says how it goes."""

from __future__ import annotations

import logging
import re
import tkinter as tk
from collections.abc import Sequence
from pathlib import Path
from tkinter import ttk
from types import TracebackType

from perf_excel.errors import UserError
from perf_excel.faces.window import settings as settings_of
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.dropping import accept_files, make_root
from perf_excel.faces.window.foot import Foot
from perf_excel.faces.window.page import Page, Step
from perf_excel.faces.window.questions import TITLE, agreed, speak_chinese
from perf_excel.faces.window.scrolling import Scrolling, scroll_by_wheel
from perf_excel.faces.window.steps import all_steps
from perf_excel.faces.window.steps.start import CHECKING, StartPage
from perf_excel.faces.window.steps.start import STEP as START
from perf_excel.faces.window.theme import PAPER, SIDE, Look, sharpen
from perf_excel.faces.window.work import INTERNAL, Work

_SIZE = (1240, 760)
_LEAST = (640, 400)
_FRAME = (12, 72)
"""Pixels that the system's own frame and task bar take of a screen, at least."""
_GEOMETRY = re.compile(r"(\d+)x(\d+)")
HELP = "帮助"
_KEYS = "1234567890"


class Window:
    """The program's one window."""

    def __init__(self) -> None:
        self._log = logging.getLogger(settings_of.LOG)
        self.root = make_root()
        self.root.withdraw()  # shown when it is complete
        self.root.title(TITLE)
        self.root.iconphoto(True, tk.PhotoImage(master=self.root, file=Path(__file__).with_name("icon.png")))  # noqa: FBT003
        self.root.report_callback_exception = self._caught
        self.look = Look(self.root)
        speak_chinese(self.root)
        scroll_by_wheel(self.root)
        self.foot = Foot(self.root, self.look, self._stop)
        self.status, self.bar, self.cancel = self.foot.status, self.foot.bar, self.foot.cancel
        self.work = Work(
            self.root, self.foot.progress, self._complain, self._log, str(settings_of.log_file())
        )
        self.desk = Desk(
            self.root,
            self.look,
            self.work,
            settings_of.load(),
            self._say,
            self._complain,
            self.go,
            self.foot.offer,
        )
        self.steps: list[Step] = [START]
        self.pages: dict[str, Page] = {}
        self.buttons: dict[str, ttk.Radiobutton] = {}
        self._chosen = tk.StringVar(self.root)
        self.root.columnconfigure(1, weight=1)
        self.root.rowconfigure(0, weight=1)
        # The list of steps is drawn when they are known; until then it takes no room.
        self.side = Scrolling(self.root, SIDE, style="Side.TFrame", as_wide=True)
        self.side.grid(row=0, column=0, rowspan=2, sticky="ns")
        self._body = ttk.Frame(self.root, padding=(self.look.px(16), self.look.px(8), 0, 0))
        self._body.grid(row=0, column=1, sticky="nsew")
        self._body.columnconfigure(0, weight=1)
        self._body.rowconfigure(1, weight=1)
        self._heading = ttk.Label(self._body, style="Title.TLabel")
        self._heading.grid(row=0, column=0, sticky="w", pady=(0, self.look.px(4)))
        self.help_button = ttk.Button(self._body, text="说明（F1）", command=self.help)
        self.help_button.grid(row=0, column=0, sticky="ne", padx=(0, self.look.px(12)))
        self.holders: dict[str, Scrolling] = {}
        """The scrolling frame around each page."""
        self.foot.grid(row=1, column=1, sticky="ew")
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
        settings_of.open_log()  # only now, as the steps
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
        for other in self.holders.values():
            other.grid_remove()
        self.holders[title].grid(row=1, column=0, sticky="nsew")
        page.shown()
        if files:
            page.take(files)

    def help(self) -> None:
        """Explain what is at hand: the page, or what is chosen on it."""
        title = self._chosen.get()
        if title != HELP and any(step.title == HELP for step in self.steps):
            self.desk.asked = self.pages[title].topic() or title
            self.go(HELP, [])

    def page(self, step: Step) -> Page:
        """Return a step's page, built when it is first wanted."""
        if step.title not in self.pages:
            holder = Scrolling(self._body, PAPER)
            holder.body.columnconfigure(0, weight=1)
            holder.body.rowconfigure(0, weight=1)
            self.holders[step.title] = holder
            page = step.page(holder.body, self.desk)
            page.grid(row=0, column=0, sticky="nsew", padx=(0, self.look.px(12)))
            self.pages[step.title] = page
        return self.pages[step.title]

    def close(self) -> None:
        """Stop what is running, remember the window's size, and go."""
        if self.work.busy and not agreed(self.root, "还有操作没有完成，要取消它并退出吗？"):
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
        panel = self.side.body
        ttk.Label(panel, text=TITLE, style="Side.TLabel", font=self.look.title).grid(
            row=0, column=0, padx=self.look.px(16), pady=self.look.px(12)
        )
        for number, step in enumerate(self.steps, 1):
            button = ttk.Radiobutton(
                panel,
                text=step.title,
                value=step.title,
                variable=self._chosen,
                style="Side.TRadiobutton",
                command=lambda title=step.title: self.go(title, []),
            )
            button.grid(row=number, column=0, sticky="ew")
            self.buttons[step.title] = button
            if number <= len(_KEYS):
                key = f"<Alt-Key-{_KEYS[number - 1]}>"
                self.root.bind(key, lambda _, title=step.title: self.go(title, []))

    def _keys(self) -> None:
        """Escape cancels, return presses a button: everything works without a mouse."""
        self.root.bind("<F1>", lambda _: self.help())
        self.root.bind("<Escape>", lambda _: self._stop())
        self.root.bind_class("TButton", "<Return>", _press)
        self.root.protocol("WM_DELETE_WINDOW", self.close)

    def _place(self) -> None:
        """Give the window its last size, and never more than the screen has."""
        screen = (self.root.winfo_screenwidth(), self.root.winfo_screenheight())
        room = [whole - self.look.px(frame) for whole, frame in zip(screen, _FRAME, strict=True)]
        known = _GEOMETRY.match(self.desk.settings.geometry)
        wanted = [int(known[1]), int(known[2])] if known else [self.look.px(length) for length in _SIZE]
        width, height = (min(*pair) for pair in zip(wanted, room, strict=True))
        self.root.minsize(*(min(self.look.px(one), two) for one, two in zip(_LEAST, room, strict=True)))
        self.root.maxsize(*screen)
        left, top = (max(0, (whole - own) // 2) for whole, own in zip(room, (width, height), strict=True))
        self.root.geometry(f"{width}x{height}+{left}+{top}")

    def _stop(self) -> None:
        self.work.cancel()

    def _say(self, sentence: str) -> None:
        self._log.info("%s", sentence)
        self.foot.say(sentence)

    def _complain(self, sentence: str) -> None:
        self._log.info("%s", sentence)
        self.foot.say(sentence, bad=True)
        self.root.bell()

    def _caught(self, _: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        """Say what a click ran into: never a traceback."""
        if isinstance(error, UserError):
            self._complain(error.in_window)
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
