"""未报送: the forms that are not there, with whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from perf_excel.books.summary.cells import Column, Content
from perf_excel.books.summary.table_sheet import Table

NAME = "未报送"
NO_LIST = "没有给下发清单，没有与名单对照，所以不知道谁没有交。"
FIXED = ("序号", "单位", "单位代码", "上级单位", "应交的表", "项目", "年度", "说明")


class Missing(NamedTuple):
    """A form that is not there; ``contacts`` by the heads that they have in the list."""

    unit: str
    code: str
    superior: str
    form: str
    project: str
    year: int | None
    reason: str
    contacts: Mapping[str, str]


def table_of(contacts: Sequence[str], *, listed: bool) -> Table:
    """Return the table with a column for each way to reach somebody."""
    widths = (6, 30, 12, 22, 26, 24, 7, 40)
    kinds = ("count", "text", "text", "text", "text", "text", "count", "long")
    columns = tuple(Column(head, width, kind) for head, width, kind in zip(FIXED, widths, kinds, strict=True))
    note = "下发清单里有、还没有收到可用的表的。交来的不能用的，“说明”里写着原因。" if listed else NO_LIST
    return Table(NAME, note, (*columns, *(Column(head, 16) for head in contacts)), 2)


def rows_of(missing: Iterable[Missing], contacts: Sequence[str]) -> Iterator[list[Content]]:
    """Yield its rows."""
    for count, one in enumerate(missing, 1):
        yield [
            count,
            one.unit,
            one.code,
            one.superior,
            one.form,
            one.project,
            one.year,
            one.reason or "没有收到",
            *(one.contacts.get(head, "") for head in contacts),
        ]
