"""Checking and scoring in the workbook that the clerk has open (在打开的表里): what the macros do, too."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from perf_excel.faces.live_commands import SILENT
from perf_excel.faces.window.checked_files import Answer, now
from perf_excel.faces.window.jumping import speaking_to_office
from perf_excel.jobs.examination.examining import Examined

if TYPE_CHECKING:
    from perf_excel.live.xl import xw


def checked_live(path: Path) -> Answer:
    """Check an open workbook as it stands; the findings go into it, too.

    Raises:
        UserError: no application has it open, or it does not answer.
    """
    from perf_excel.faces import macros

    with _opened(path) as book:
        return _answer(path, macros.check(book).forms)


def scored_live(path: Path) -> tuple[Answer, list[str]]:
    """Score an open workbook: results go into cells without a formula; return what to know besides.

    Raises:
        UserError: no application has it open, or it does not answer.
    """
    from perf_excel.faces import macros

    with _opened(path) as book:
        done = macros.score(book)
        return _answer(path, done.forms), list(done.notes)


def cleared_live(path: Path) -> list[str]:
    """Take away what the program wrote into an open workbook; return what to know besides.

    Raises:
        UserError: no application has it open, or it does not answer.
    """
    from perf_excel.faces import macros

    with _opened(path) as book:
        return list(macros.clear(book).notes)


@contextlib.contextmanager
def _opened(path: Path) -> Generator[xw.Book]:
    from perf_excel.live.attach import attach
    from perf_excel.live.live_edits import refusals

    with speaking_to_office(), refusals(SILENT):
        yield attach(path)


def _answer(path: Path, forms: Iterable[Examined]) -> Answer:
    return Answer(path, list(forms), at=now(), open=True, live=True)
