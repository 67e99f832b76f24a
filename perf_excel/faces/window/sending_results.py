"""What is shown of a pack (下发的结果): to whom it would go, what is wrong with the list, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from perf_excel.faces.window.clerk_words import for_clerk
from perf_excel.faces.window.result_table import Row
from perf_excel.faces.window.tables import Column
from perf_excel.jobs.distribute import LIST, Distributed, Plan
from perf_excel.jobs.sending.unit_list import WrongListError

BOOKS = (
    Column("单位", 190), Column("编码", 90), Column("年度", 60), Column("项目", 150), Column("上级单位", 130),
    Column("文件", 280),
)  # fmt: skip
FAULTS = (Column("位置", 120), Column("问题", 600))
_MOST_SHOWN = 500


class _Addressed(Protocol):
    """Whoever a workbook goes to."""

    @property
    def unit(self) -> str: ...
    @property
    def year(self) -> int | None: ...
    @property
    def project(self) -> str: ...
    @property
    def superior(self) -> str: ...


def fault_rows(wrong: WrongListError) -> list[Row]:
    """Return what is wrong with a list, by place."""
    faults = (fault.partition("：") for fault in wrong.faults)
    return [Row((where, what), "error") for where, _, what in faults]


def planned_rows(planned: Plan) -> list[Row]:
    """Return to whom the first workbooks would go."""
    return [Row(_texts(one.recipient, one.recipient.code, one.file)) for one in planned.books[:_MOST_SHOWN]]


def planned_words(planned: Plan) -> str:
    """Say how many workbooks would be written, and what is to be known of them."""
    count = len(planned.books)
    units = len({(one.recipient.unit, one.recipient.code) for one in planned.books})
    said = f"名单没有问题：将写 {units} 家单位的 {count} 个文件{_shown(count)}，还没有写。"
    return said + _notes(planned.notes)


def sent_rows(done: Distributed) -> list[Row]:
    """Return the first workbooks that were written; those in a folder can be opened."""
    there = done.target.is_dir()
    return [
        Row(_texts(one, one.unit_code, one.file), path=done.target / one.file if there else None)
        for one in done.pack.books[:_MOST_SHOWN]
    ]


def sent_words(done: Distributed) -> str:
    """Say how many workbooks were written, and what is to be known of them."""
    books = done.pack.books
    units = len({(one.unit, one.unit_code) for one in books})
    kept = f"原有的同名文件已移入“{done.backup}”。" if done.backup else ""
    return (
        f"已下发：{units} 家单位，{len(books)} 个文件{_shown(len(books))}，另有{LIST.removesuffix('.xlsx')}；"
        f"下发编号：{done.pack.number}。收表时用这份清单对照，请妥善保存。{kept}{_notes(done.notes)}"
    )


def _texts(one: _Addressed, code: str, file: str) -> tuple[str, ...]:
    return one.unit, code, str(one.year or ""), one.project, one.superior, file


def _shown(count: int) -> str:
    return f"（下面是前 {_MOST_SHOWN} 个）" if count > _MOST_SHOWN else ""


def _notes(notes: Iterable[str]) -> str:
    return "".join(f"请注意：{for_clerk(note)}。" for note in notes)
