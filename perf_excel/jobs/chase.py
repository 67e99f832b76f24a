"""Chase (催报、退回): one reply a unit from a summary, and one list of whom to phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from sys import intern
from typing import NamedTuple

from perf_excel.books.filenames import safe_stem, same_name
from perf_excel.books.reply_letter import (
    NOTHING_CAME,
    SEND,
    SOMETHING_CAME,
    Letter,
    Part,
    letter_file,
    phone_list,
)
from perf_excel.books.summary.change_sheet import BARRED
from perf_excel.books.summary.processing_sheet import PASSED_OVER, YES
from perf_excel.books.summary.returned_forms import SUPERSEDED
from perf_excel.books.summary.summary_rows import summary_rows
from perf_excel.forms.unit_names import key_of

PHONE_LIST = "催报名单.xlsx"
FINDINGS, CHANGES, MISSING, PROCESSING = "问题清单", "改动清单", "未报送", "处理记录"
_REPLACED = "已有另一份计入的"
"""The part of a letter on files of the sheet 处理记录 that need nothing more: another one counts."""


Row = Mapping[str, str]
Said = tuple[str, ...]
"""What of a row stands in a letter, by the heads of its part."""


class _Of(NamedTuple):
    """A part of the letters: its title, what it says first, the heads of what it lists."""

    title: str
    lead: str
    heads: tuple[str, ...]


_PARTS = {
    MISSING: _Of("还没有收到可用的表", "请尽快报送：", ("应交的表", "年度", "说明")),
    PROCESSING: _Of("没有计入的文件", "下列文件没有计入，请按说明处理：", ("文件", "情况", "说明")),
    _REPLACED: _Of(
        "重复交来的文件", "下列文件已有另一份计入，不需要重新报送，列出供核对：", ("文件", "情况", "说明")
    ),
    CHANGES: _Of(
        "改动了不该改的内容", "下列内容下发时已定，请改回，或说明理由：",
        ("位置", "改动", "内容", "下发时", "交回时"),
    ),
    FINDINGS: _Of(
        "校验发现的问题", "请逐条改正；认为无误的，在表上写明理由：",
        ("级别", "工作表", "单元格", "指标或项目", "问题", "文件"),
    ),
}  # fmt: skip
"""By the sheet that they come from, in the order of a letter; what was replaced is a part of its own."""


@dataclass
class _Unit:
    """What there is to say to a unit, by the sheet that it comes from."""

    name: str
    sent: bool = False
    """Whether any file of it came, usable or not."""
    said: dict[str, list[Said]] = field(default_factory=dict[str, list[Said]])

    @property
    def asked(self) -> bool:
        """Whether there is anything for it to do: of files that were replaced alone it need not hear."""
        return bool(self.said.keys() - {_REPLACED})


@dataclass(frozen=True)
class Chased:
    """The files to write, by name, and the units that nothing has to be said to.

    A file is made when it is asked for: of fifty thousand units there is never more than one in memory.
    ``nameless`` are files that do not count, and nobody knows whose they are: no letter speaks of them.
    """

    files: Mapping[str, bytes]
    letters: int
    missing: int
    fine: tuple[str, ...]
    nameless: tuple[str, ...] = ()


def chase(path: Path, today: date) -> Chased:
    """Write the replies to the units of a summary (汇总.xlsx): findings, changes, files that do not count.

    The sheets that people see are read, so what somebody took out of them before is not sent.

    Args:
        path: the summary, as ``collect`` wrote it.
        today: the date on the letters.

    Raises:
        UserError: the file is no summary.
    """
    units: dict[str, _Unit] = {}
    missing: list[Row] = []
    nameless: list[str] = []
    for sheet, row in summary_rows(path, (FINDINGS, CHANGES, MISSING, PROCESSING)):
        unit = units.setdefault(key_of(row.get("单位", "")), _Unit(row.get("单位", "")))
        if sheet == MISSING:
            missing.append(row)
        elif sheet == PROCESSING:
            unit.sent = True
            if not unit.name and row.get("计入") != YES and row.get("情况") != PASSED_OVER:
                nameless.append(row.get("文件", ""))
        if _is_said(sheet, row):
            part = _REPLACED if sheet == PROCESSING and SUPERSEDED in row.get("说明", "") else sheet
            said = tuple(intern(row.get(head, "")) for head in _PARTS[part].heads)
            unit.said.setdefault(part, []).append(said)
    named = [unit for unit in units.values() if unit.name]
    letters = _Files([unit for unit in named if unit.asked], missing, today)
    fine = tuple(unit.name for unit in named if not unit.asked)
    return Chased(letters, sum(unit.asked for unit in named), len(missing), fine, tuple(nameless))


def _is_said(sheet: str, row: Row) -> bool:
    """Whether a row is something that its unit is to hear of."""
    if sheet == PROCESSING:
        return row.get("计入") != YES
    if sheet == FINDINGS:
        return not row.get("处理") and row.get("级别") in ("错误", "提醒")
    return sheet == MISSING or row.get("性质") == BARRED


class _Files(Mapping[str, bytes]):
    """The letters and the list of whom to phone, by their names, made one by one."""

    def __init__(self, units: Iterable[_Unit], missing: Sequence[Row], today: date) -> None:
        self._units: dict[str, _Unit] = {}
        self._missing, self._today = missing, today
        taken: set[str] = set()
        for unit in units:
            stem, number = safe_stem(unit.name, "退回函"), 1
            name = f"{stem}.docx"
            while same_name(name) in taken:
                number += 1
                name = f"{stem}-{number}.docx"
            taken.add(same_name(name))
            self._units[name] = unit

    def __getitem__(self, name: str) -> bytes:
        """Make a file."""
        if name == PHONE_LIST and self._missing:
            return phone_list([dict(row) for row in self._missing], self._today)
        return letter_file(_letter(self._units[name]), self._today)

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the letters, and that of the list at last."""
        yield from self._units
        if self._missing:
            yield PHONE_LIST

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._units) + bool(self._missing)


def _letter(unit: _Unit) -> Letter:
    parts = tuple(_part(of, unit.said[sheet]) for sheet, of in _PARTS.items() if sheet in unit.said)
    if unit.sent:
        return Letter(unit.name, SOMETHING_CAME, parts)
    return Letter(unit.name, NOTHING_CAME, parts, SEND)


def _part(of: _Of, rows: Sequence[Said]) -> Part:
    used = [at for at in range(len(of.heads)) if any(row[at] for row in rows)]
    heads = tuple(of.heads[at] for at in used)
    return Part(of.title, of.lead, heads, tuple(tuple(row[at] for at in used) for row in rows))
