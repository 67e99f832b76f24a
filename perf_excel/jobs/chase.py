"""Chase (催报、退回): one reply a unit from a summary, and one list of whom to phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from perf_excel.books.filenames import safe_stem, same_name
from perf_excel.books.long_sheets import rows_in
from perf_excel.books.opening import Book, open_book
from perf_excel.books.reply_letter import (
    NOTHING_CAME,
    SOMETHING_CAME,
    Letter,
    Part,
    letter_file,
    phone_list,
)
from perf_excel.books.summary.change_sheet import BARRED
from perf_excel.books.summary.processing_sheet import PASSED_OVER, YES
from perf_excel.errors import UserError
from perf_excel.forms.unit_names import key_of

PHONE_LIST = "催报名单.xlsx"
FINDINGS, CHANGES, MISSING, PROCESSING = "问题清单", "改动清单", "未报送", "处理记录"
_MOST_HEAD = 10


Row = Mapping[str, str]


@dataclass
class _Unit:
    """What there is to say to a unit."""

    name: str
    sent: bool = False
    """Whether any file of it came, usable or not."""
    findings: list[Row] = field(default_factory=list[Row])
    changes: list[Row] = field(default_factory=list[Row])
    refused: list[Row] = field(default_factory=list[Row])
    missing: list[Row] = field(default_factory=list[Row])


@dataclass(frozen=True)
class Chased:
    """The files to write, by name, and the units that nothing has to be said to.

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
    book = open_book(path)
    sheets = {name: list(_rows(book, name)) for name in (FINDINGS, CHANGES, MISSING, PROCESSING)}
    units: dict[str, _Unit] = {}

    def of(row: Row) -> _Unit:
        name = row.get("单位", "")
        return units.setdefault(key_of(name), _Unit(name))

    for row in sheets[PROCESSING]:
        unit = of(row)
        unit.sent = True
        if row.get("计入") != YES:
            unit.refused.append(row)
    for row in sheets[FINDINGS]:
        if not row.get("处理") and row.get("级别") in ("错误", "提醒"):
            of(row).findings.append(row)
    for row in sheets[CHANGES]:
        if row.get("性质") == BARRED:
            of(row).changes.append(row)
    for row in sheets[MISSING]:
        of(row).missing.append(row)
    named = [unit for unit in units.values() if unit.name]
    letters = [letter for unit in named if (letter := _letter(unit))]
    files = dict(_files(letters, today))
    if sheets[MISSING]:
        files[PHONE_LIST] = phone_list([dict(row) for row in sheets[MISSING]], today)
    written = {letter.unit for letter in letters}
    fine = tuple(unit.name for unit in named if unit.name not in written)
    nobodys = [row for unit in units.values() if not unit.name for row in unit.refused]
    nameless = tuple(row.get("文件", "") for row in nobodys if row.get("情况") != PASSED_OVER)
    return Chased(files, len(letters), len(sheets[MISSING]), fine, nameless)


def _files(letters: Sequence[Letter], today: date) -> Iterator[tuple[str, bytes]]:
    taken: set[str] = set()
    for letter in letters:
        stem, number = safe_stem(letter.unit, "退回函"), 1
        name = f"{stem}.docx"
        while same_name(name) in taken:
            number += 1
            name = f"{stem}-{number}.docx"
        taken.add(same_name(name))
        yield name, letter_file(letter, today)


def _letter(unit: _Unit) -> Letter | None:
    parts = [
        _part("还没有收到可用的表", "请尽快报送：", unit.missing, ("应交的表", "年度", "说明")),
        _part("没有计入的文件", "下列文件没有计入，请按说明处理：", unit.refused, ("文件", "情况", "说明")),
        _part(
            "改动了不该改的内容", "下列内容下发时已定，请改回，或说明理由：", unit.changes,
            ("位置", "改动", "内容", "下发时", "交回时"),
        ),
        _part(
            "校验发现的问题", "请逐条改正；认为无误的，在表上写明理由：", unit.findings,
            ("级别", "工作表", "单元格", "指标或项目", "问题", "文件"),
        ),
    ]  # fmt: skip
    given = tuple(part for part in parts if part.rows)
    lead = SOMETHING_CAME if unit.sent else NOTHING_CAME
    return Letter(unit.name, lead, given) if given else None


def _part(title: str, lead: str, rows: Sequence[Row], heads: tuple[str, ...]) -> Part:
    used = tuple(head for head in heads if any(row.get(head) for row in rows))
    return Part(title, lead, used, tuple(tuple(row.get(head, "") for head in used) for row in rows))


def _rows(book: Book, sheet: str) -> Iterator[Row]:
    """Yield the rows of a sheet of the summary by their heads.

    Raises:
        UserError: the sheet or its heads are not there.
    """
    heads: list[str] = []
    for number, texts in enumerate(rows_in(book, sheet), 1):
        if heads:
            if any(texts):
                yield dict(zip(heads, texts, strict=False))
        elif number > _MOST_HEAD:
            break
        elif {"单位", "序号"} <= {*texts}:
            heads = texts
    if not heads:
        raise UserError(f"{book.name}：没有“{sheet}”表，或表头不全，请用收表写出的汇总。")
