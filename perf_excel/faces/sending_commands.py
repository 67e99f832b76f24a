"""The commands that send forms to units (下发), with what they say of their work."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from perf_excel.faces.progress import Progress
from perf_excel.faces.speaking import CLEAN, harmless, say, say_json

if TYPE_CHECKING:
    from perf_excel.jobs.distribute import Distributed

_NAMED = 3


def distribute(arguments: argparse.Namespace) -> int:
    """Write one workbook a unit or a row of a list."""
    from perf_excel.jobs.distribute import Sending, distribute

    order = Sending(
        templates=arguments.templates,
        units=arguments.units,
        target=arguments.output,
        one_per=arguments.one_per,
        year=arguments.year,
        by_superior=arguments.by_superior,
        fixed_rows=arguments.fixed_rows,
        zipped=arguments.zip,
        overwrite=arguments.overwrite,
        jobs=arguments.jobs,
    )
    progress = Progress("已写")
    try:
        done = distribute(order, progress)
    finally:
        progress.end()
    if arguments.json:
        for note in done.notes:
            print(harmless(f"请注意：{note}"), file=sys.stderr)  # noqa: T201
        say_json(_data(done))
        return CLEAN
    books = done.pack.books
    units = len({(book.unit, book.unit_code) for book in books})
    say(
        f"已下发：{done.target}（{units} 家单位，{len(books)} 个文件，另有下发清单.xlsx）",
        f"下发编号：{done.pack.number}",
        *(f"  {book.file}" for book in books[:_NAMED]),
        *(["  …… 其余见下发清单.xlsx"] if len(books) > _NAMED else []),
        *([f"原有的同名文件已移入：{done.backup}"] if done.backup else []),
        *(f"请注意：{note}。" for note in done.notes),
    )
    return CLEAN


def _data(done: Distributed) -> dict[str, object]:
    return {
        "pack": done.pack.number,
        "target": str(done.target),
        "units": len({(book.unit, book.unit_code) for book in done.pack.books}),
        "files": [
            {
                "file": book.file,
                "unit": book.unit,
                "code": book.unit_code,
                "year": book.year,
                "project": book.project,
                "superior": book.superior,
                "template": book.template,
                "fingerprint": book.fingerprint,
            }
            for book in done.pack.books
        ],
        "notes": list(done.notes),
    }
