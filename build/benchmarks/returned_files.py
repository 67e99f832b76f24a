"""Files as a thousand units send them back, and the list of what was sent: to be collected by benchmarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from perf_excel.books.opening import open_book
from perf_excel.books.sent_list import sent_list
from perf_excel.forms.data import load_form
from perf_excel.jobs.examination.examining import find
from perf_excel.jobs.new import Order, make
from perf_excel.jobs.sending.delivery import delivery
from perf_excel.jobs.sending.list_columns import target_of
from perf_excel.jobs.sending.named_templates import Opened
from perf_excel.jobs.sending.own_values import Recipient
from perf_excel.jobs.sending.preparing import Prepared
from perf_excel.rules.rulesets.library import ruleset, templates_folder
from perf_excel.sheets.sent_pack import Pack, SentBook, SentTemplate

RULES = "henan-department"
FORM_PARTS = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml")
"""What of a returned file holds its form; its texts stand in their cells."""
_AMOUNTS = ("年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）")


class Returned(NamedTuple):
    """A folder of files, and the list of what was sent."""

    folder: Path
    listed: Path


def returned(folder: Path, count: int) -> Returned:
    """Write so many filled forms, each of another unit with amounts of its own, and their list."""
    data = load_form((templates_folder() / RULES / "示例.json").read_text(encoding="utf-8"), "示例.json")
    folder.mkdir()
    filled = folder / "部门整体自评表.xlsx"
    filled.write_bytes(make(Order(ruleset(RULES), data=replace(data, unit="", unit_code="")), filled).data)
    template = Opened(filled.stem, find(open_book(filled)))
    found = (target_of(template.found.reading, head) for head in _AMOUNTS)
    targets = dict(enumerate(target for target in found if target))
    people = [_recipient(number, data.year) for number in range(count)]
    prepared = Prepared(template, targets, "P", recipients=people)
    files = [f"{number:05}.xlsx" for number in range(count)]

    def books() -> Iterator[SentBook]:
        for file, one in zip(files, people, strict=True):
            made = prepared.make(one)
            out.write(file, made.data)
            yield SentBook(
                file,
                template.name,
                one.unit,
                one.code,
                one.year,
                "",
                one.superior,
                made.fingerprint,
                made.values,
            )

    with delivery(folder / "回收") as out:
        pack = Pack(
            "P", (SentTemplate(template.name, template.found.rules.id, prepared.text),), tuple(books())
        )
        out.arrive(files)
    listed = folder / "下发清单.xlsx"
    listed.write_bytes(sent_list(pack, date(2025, 1, 1)))
    filled.unlink()
    return Returned(folder / "回收", listed)


def _recipient(number: int, year: int | None) -> Recipient:
    annual = Decimal(1000 + number)
    given = dict(enumerate((annual, annual, annual - number % 97)))
    return Recipient(
        f"某市第{number}中学", f"{number:05}", year, superior=f"第{number % 20}教育局", given=given
    )
