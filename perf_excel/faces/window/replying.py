"""Replies to units (回复函) and the list of whom to phone (催报名单), written from a summary."""

from __future__ import annotations

from pathlib import Path

from perf_excel.faces.chase_words import chase_words
from perf_excel.faces.speaking import today
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.work import Report
from perf_excel.jobs.chase import Chased, chase
from perf_excel.jobs.sending.delivery import TakenError, delivery, refuse_taken


def write_replies(desk: Desk, summary: Path, folder: Path, *, overwrite: bool = False) -> None:
    """Write a reply to each unit and the list of whom to phone into a folder, and say so."""

    def job(_: Report) -> tuple[Chased, str] | TakenError:
        chased = chase(summary, today())
        if not chased.files:
            return chased, ""
        try:
            refuse_taken(folder, chased.files, overwrite=overwrite)
        except TakenError as error:
            return error
        with delivery(folder) as out:
            for name, data in chased.files.items():
                out.write(name, data)
            return chased, out.arrive(list(chased.files))

    def done(result: tuple[Chased, str] | TakenError) -> None:
        if not isinstance(result, TakenError):
            desk.say("".join(chase_words(result[0], folder, result[1])))
            if result[0].files:
                desk.offer(folder / next(iter(result[0].files)))
        elif desk.agreed(f"{result.in_window}\n\n要替换吗？"):
            write_replies(desk, summary, folder, overwrite=True)
        else:
            desk.complain(result.in_window)

    desk.work.start("正在写回复函……", job, done)
