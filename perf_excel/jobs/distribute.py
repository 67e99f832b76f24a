"""Distribute (下发): one workbook a unit or a row of a list, pre-filled and known again; with their list."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from perf_excel.books.filenames import safe_stem, same_name
from perf_excel.books.sent_list import sent_list
from perf_excel.errors import UserError
from perf_excel.jobs.examination.filled import SIGNED
from perf_excel.jobs.sending.bench import Bench, Job, all_made
from perf_excel.jobs.sending.delivery import TakenError, delivery, refuse_taken
from perf_excel.jobs.sending.named_templates import Opened, opened
from perf_excel.jobs.sending.preparing import Prepared
from perf_excel.jobs.sending.recipients import Mailing, OnePer, mailings
from perf_excel.jobs.sending.unit_list import UnitList, read_list
from perf_excel.sheets.sent_pack import MOST_BOOKS, Pack, SentBook, SentTemplate
from perf_excel.stopping import stop_if_asked

LIST = "下发清单.xlsx"
_NOWHERE = "未注明上级单位"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Sending:
    """What to send: the templates by name, the list, and how.

    ``number`` is the pack's (下发编号), by default one of its own; ``zipped`` packs all into one .zip;
    ``jobs`` is how many processes write, by default this one.
    """

    templates: Sequence[str]
    units: Path
    target: Path
    one_per: OnePer | None = None
    year: int | None = None
    by_superior: bool = False
    fixed_rows: bool = False
    zipped: bool = False
    overwrite: bool = False
    number: str = ""
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Distributed:
    """What was sent: the pack, where it lies, what it replaced, what the clerk should know."""

    pack: Pack
    target: Path
    backup: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What is going to be written, and what is to be known of it."""

    mail: tuple[Mailing, ...]
    books: tuple[Job, ...]
    notes: tuple[str, ...]


def plan(order: Sending) -> Plan:
    """Hold the list against the templates, and say which workbook goes to whom; nothing is written.

    Raises:
        WrongListError: the list is wrong; all that is wrong with it is named.
        UserError: a template or the list cannot be used.
    """
    units = read_list(order.units)
    mail = tuple(mailings(units, _templates(order.templates), order.one_per, order.year))
    books = tuple(_jobs(order, units, mail))
    if not books:
        raise UserError(
            f"{order.units.name}：名单里没有一行带项目名称，项目表没有可下发的单位，请补上项目名称。"
        )
    if len(books) > MOST_BOOKS:
        raise UserError(
            f"{order.units.name}：要下发 {len(books)} 个文件，一次最多 {MOST_BOOKS} 个"
            "（再多，收表时读不回下发清单），没有写任何文件，请把名单分成几份下发。"
        )
    return Plan(mail, books, tuple(_notes(mail, order, units)))


def distribute(order: Sending, progress: Progress | None = None) -> Distributed:
    """Write the workbooks of a pack and its list.

    Args:
        order: what to send, and where to.
        progress: told after each workbook how many are done, and how many there are.

    Raises:
        TakenError: files of these names are there, and are not to be replaced.
        UserError: a template, the list or the target is no good; nothing is written then.
    """
    planned = plan(order)
    files = [one.file for one in planned.books]
    target = _target(order, files)
    number = order.number or _number()
    prepared = [
        Prepared(one.template, one.targets, number, recipients=one.recipients, fixed=order.fixed_rows)
        for one in planned.mail
    ]
    books: list[SentBook] = []
    with delivery(target) as out:
        with closing(all_made(Bench(prepared, out), planned.books, order.jobs)) as made:
            for book in made:
                stop_if_asked()
                books.append(book)
                if progress:
                    progress(len(books), len(files))
        pack = Pack(number, tuple(map(_record, prepared)), tuple(books))
        out.write(LIST, sent_list(pack, datetime.now().astimezone().date()))
        every = [*files, LIST]
        backup = out.arrive_zipped(every, target) if order.zipped else out.arrive(every)
    return Distributed(pack, target, backup, planned.notes)


def _target(order: Sending, files: Sequence[str]) -> Path:
    """Return where the pack goes.

    Raises:
        TakenError: there is something of that name, and it is not to be replaced.
    """
    target = order.target
    if not order.zipped:
        refuse_taken(target, [*files, LIST], overwrite=order.overwrite)
        return target
    target = target if target.suffix.lower() == ".zip" else target.with_name(f"{target.name}.zip")
    if target.exists() and not order.overwrite:
        said = f"{target}：已有同名的文件，请换一个名称"
        raise TakenError(
            said, by_command="，确要替换请加 --overwrite（会先备份）。", by_hand="，或者替换它（会先备份）。"
        )
    return target


def _number() -> str:
    return f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(2).upper()}"


def _templates(named: Sequence[str]) -> list[Opened]:
    found = [opened(one) for one in named]
    names = [one.name for one in found]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"表样“{name}”列了两次，或两个表样同名，请改名后重试。")
    return found


def _record(prepared: Prepared) -> SentTemplate:
    found = prepared.found
    return SentTemplate(prepared.name, found.rules.id, prepared.text, found.labels)


def _jobs(order: Sending, units: UnitList, mail: Sequence[Mailing]) -> Iterator[Job]:
    """Yield the workbooks to be made, with names of their own."""
    taken = {same_name(LIST)}
    coded = units.has("code")
    for at, mailing in enumerate(mail):
        template = mailing.template
        suffix = template.found.book.editable().suffix
        for one in mailing.recipients:
            folder = f"{safe_stem(one.superior or _NOWHERE)}/" if order.by_superior else ""
            stem = safe_stem(one.code if coded else "", one.unit, one.project, template.name)
            for file in _names(f"{folder}{stem}", suffix):
                if same_name(file) not in taken:
                    taken.add(same_name(file))
                    yield Job(at, one, file)
                    break


def _names(stem: str, suffix: str) -> Iterator[str]:
    yield f"{stem}{suffix}"
    number = 2
    while True:
        yield f"{stem}-{number}{suffix}"
        number += 1


def _notes(mail: Sequence[Mailing], order: Sending, units: UnitList) -> Iterator[str]:
    for one in mail:
        yield from one.notes
        book = one.template.found.book.editable()
        if book.signed:
            yield f"表样“{one.template.name}”：{SIGNED}"
        if not one.recipients:
            yield f"表样“{one.template.name}”没有下发：名单里没有一行带项目名称"
    if order.by_superior and (blank := sum(not row.superior for row in units.rows)):
        yield f"{blank} 行没有上级单位，放在“{_NOWHERE}”文件夹里"
    unused = [column.head for column in units.columns if column.kind == "unused"]
    if unused:
        yield f"名单里的{'、'.join(f'“{name}”' for name in unused)}没有用到"
