"""A desktop for tests: the window and LibreOffice side by side, one screen, one mouse, one keyboard."""

from __future__ import annotations

import contextlib
import secrets
import shlex
import subprocess
import time
from collections.abc import Generator, Sequence
from pathlib import Path
from tkinter import ttk

import pytest
from screen import SECONDS, Hand

from perf_excel.books.saving import lock_of
from perf_excel.errors import UserError
from perf_excel.faces.window import launching
from perf_excel.faces.window.app import Window
from perf_excel.live.libreoffice.listening import VARIABLE, open_book
from perf_excel.live.xl import xw
from perf_excel.office import SAFE, Settings, end_group, write_profile

_QUIET: Settings = {
    **SAFE,
    # No questions and no advice at the first start.
    ("/org.openoffice.Office.Common/Save/Document", "WarnAlienFormat"): "false",
    ("/org.openoffice.Office.Common/Misc", "ShowTipOfTheDay"): "false",
    ("/org.openoffice.Office.Common/Misc", "FirstRun"): "false",
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted"): "true",
}


class Desktop:
    """What a clerk sees: the window, and LibreOffice when a file was opened."""

    def __init__(self, window: Window, hand: Hand) -> None:
        self.window, self.hand = window, hand
        self._answers: list[subprocess.Popen[bytes]] = []

    def to_window(self) -> None:
        """Turn to the window."""
        self.window.root.tk.call("raise", self.window.root)
        self.window.root.focus_force()
        self.hand.settle()

    def done(self) -> str:
        """Wait until the window has done what it was told; return what it then says."""
        while self._answers:
            self._answers.pop().wait(SECONDS)
        self.hand.wait(lambda: not self.window.work.busy)
        return str(self.window.status.cget("text"))

    def type(self, *texts: str, then: str = "Return") -> None:
        """Type texts, with a key after each."""
        for text in texts:
            if text:
                subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)
            self.hand.key(then)

    def paste(self, text: str) -> None:
        """Paste a Chinese text into the cell: without an input method no keyboard has its characters."""
        self.window.root.clipboard_clear()
        self.window.root.clipboard_append(text)
        self.hand.key("F2")
        self.hand.key("ctrl+v")
        self.hand.key("Return")

    def choose(self, box: ttk.Combobox, words: str) -> None:
        """Choose the first line of a list with these words, by the keyboard."""
        lines: list[str] = list(box.cget("values"))
        at = next(number for number, line in enumerate(lines) if words in line)
        self.hand.click(box)
        self.hand.key("ctrl+Home", *["Down"] * at)
        self.hand.key("Return")
        assert words in box.get()

    def answer(self, text: str, *, folder: bool = False) -> None:
        """Let a dialog that is going to come up be answered with a text: a dialog lets nothing else go on.

        The one for folders goes to a folder first, and takes it when asked again.
        """
        focus = "xdotool getwindowfocus"
        steps = (
            f"before=$({focus})",
            f'while [ "$({focus})" = "$before" ]; do sleep 0.1; done',
            "sleep 0.3",
            "xdotool key End shift+Home",
            f"xdotool type --delay 5 {shlex.quote(text)}",
            "xdotool key Return Return" if folder else "xdotool key Return",
        )
        self._answers.append(subprocess.Popen(["sh", "-c", "; ".join(steps)], stdout=subprocess.DEVNULL))

    def opened(self, path: Path) -> xw.Book:
        """Wait until a file is open in LibreOffice, and turn to it."""
        end = time.monotonic() + 3 * SECONDS
        book: xw.Book | None = None
        while book is None:
            assert time.monotonic() < end, f"{path.name} was not opened"
            self.hand.settle()
            with contextlib.suppress(UserError):
                book = open_book(path)
        self.to_office(path)
        return book

    def to_office(self, path: Path) -> None:
        """Turn to the file in LibreOffice."""
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{path.name}"]
        name = subprocess.run(search, check=True, capture_output=True, text=True).stdout.split()[0]
        subprocess.run(["xdotool", "windowraise", name, "windowfocus", "--sync", name], check=True)
        self.hand.settle()

    def cell(self, address: str, *texts: str, then: str = "Return") -> None:
        """Go to a cell by the name box, and type."""
        self.hand.key("ctrl+shift+t")
        self.hand.key("ctrl+a")
        self.type(address)
        self.type(*texts, then=then)

    def save(self, path: Path) -> None:
        """Save the file in LibreOffice, and wait until it is written."""
        before = path.stat().st_mtime_ns
        self.hand.key("ctrl+s")
        self.hand.wait(lambda: path.stat().st_mtime_ns != before)
        self.hand.settle()

    def close(self, path: Path) -> None:
        """Close the saved file in LibreOffice."""
        self.to_office(path)
        self.hand.key("ctrl+w")
        self.hand.wait(lambda: lock_of(path) is None)


@contextlib.contextmanager
def office_at_hand(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Let LibreOffice, when a file is opened, start with settings of its own, and end when the test does."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    monkeypatch.setenv(VARIABLE, f"pipe,name=perf-excel-{secrets.token_hex(8)}")
    write_profile(folder / "libreoffice" / "4", _QUIET)
    try:
        yield
    finally:
        for one in launching.STARTED:
            end_group(one)
        launching.STARTED.clear()


def cells(book: xw.Book, sheet: str) -> Sequence[Sequence[object]]:
    """Return what stands on a sheet."""
    values: Sequence[Sequence[object]] = book.sheets[sheet].used_range.value  # type: ignore[assignment]
    return values
