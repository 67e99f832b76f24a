"""Replies to units (回复函) and the list of whom to phone (催报名单), written from a summary."""

from __future__ import annotations

from pathlib import Path

from perf_excel.faces.speaking import today
from perf_excel.faces.window.desk import Desk
from perf_excel.faces.window.work import Report
from perf_excel.jobs.chase import PHONE_LIST, Chased, chase
from perf_excel.jobs.sending.delivery import TakenError, delivery, refuse_taken

_NAMED = 5


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
            desk.say(_words(result[0], result[1], folder))
            if result[0].files:
                desk.offer(folder / next(iter(result[0].files)))
        elif desk.agreed(f"{result.in_window}\n\n要替换吗？"):
            write_replies(desk, summary, folder, overwrite=True)
        else:
            desk.complain(result.in_window)

    desk.work.start("正在写回复函……", job, done)


def _words(chased: Chased, backup: str, folder: Path) -> str:
    if not chased.files:
        return "没有要退回、催报的：各单位都已报送，没有要改的问题。"
    listed = f"，{PHONE_LIST}（{chased.missing} 项）" if chased.missing else ""
    kept = f"原有的同名文件已移入“{backup}”。" if backup else ""
    names = "、".join(chased.fine[:_NAMED])
    more = "等" if len(chased.fine) > _NAMED else ""
    fine = f"没有要说的单位 {len(chased.fine)} 个（{names}{more}），没有写函。" if chased.fine else ""
    return f"已写到 {folder}：{chased.letters} 个单位的退回函{listed}。{kept}{fine}"
