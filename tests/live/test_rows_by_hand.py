"""Rows copied, inserted, deleted, typed over by LibreOffice's own commands: formulas = program.

A handful of random sequences here; ``build/dev.py rows`` runs hundreds (PERF_EXCEL_SEQUENCES=30-60).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from facts import shangjie
from office import office_marks

from perf_excel.jobs.examination.examining import Examined, examine
from perf_excel.jobs.new import Order, make
from perf_excel.live.libreoffice.bridge import properties, uno
from perf_excel.live.xl import xw
from perf_excel.rules.rulesets.library import ruleset
from perf_excel.sheets.grid import EMPTY, Value

pytestmark = office_marks()

FIRST, END = map(int, os.environ.get("PERF_EXCEL_SEQUENCES", "0-4").split("-"))
STEPS = 8
FORMS = ("henan-department", "national-2020")
COLUMNS = {
    "target": ("≥95%", "≤3次", "100%", "＞＝１０个", "良好", "2022年6月底", "≤5万元", "≥1,000人", "0", ""),
    "actual": ("98%", "2次", "90％", "完成", "良好", "2022年5月", "48000元", "12个", "无", "0.95", ""),
    "level3": ("培训次数", "投诉率", "预算执行率", "某项成本", ""),
    "level1": ("产出指标", "效益指标", "成本指标", "新的一级", ""),
    "level2": ("数量指标", "经济成本指标", "新的二级", ""),
    "reason": ("资金未到位", ""),
}
NUMBERS = ("weight", "judged")


class ByHand:
    """A form open in LibreOffice, worked on as a person does: whole rows, and single cells."""

    def __init__(self, document: Any, columns: dict[str, tuple[int, int]], rows: tuple[int, ...]) -> None:
        self._sheet: Any = document.Sheets.getByIndex(0)
        self._controller: Any = document.CurrentController
        self._columns = columns
        self.first, self.last = rows[0], rows[-1]

    def copy(self, row: int, before: int) -> None:
        """Copy a row, and insert the copied row before another."""
        self._command("Copy", row)
        self._command("InsertContents", before, Flags="A", MoveMode=0)
        self.last += 1

    def delete(self, row: int) -> None:
        self._command("DeleteRows", row)
        self.last -= 1

    def type(self, row: int, role: str, value: str | float) -> None:
        cell = self._sheet.getCellByPosition(self._columns[role][0] - 1, row - 1)
        if isinstance(value, str):
            cell.setString(value)
        else:
            cell.setValue(value)

    def _command(self, name: str, row: int, **arguments: object) -> None:
        self._controller.select(self._sheet.Rows.getByIndex(row - 1))
        url: Any = uno().createUnoStruct("com.sun.star.util.URL")
        url.Complete = url.Main = f".uno:{name}"
        url.Protocol, url.Path = ".uno:", name
        self._controller.Frame.queryDispatch(url, "", 0).dispatch(url, properties(**arguments))


def work(form: ByHand, rng: random.Random, roles: set[str]) -> Iterator[str]:
    for _ in range(STEPS):
        step = rng.random()
        row = rng.randint(form.first, form.last)
        if step < 0.35:
            before = rng.choice([form.first, form.last + 1, rng.randint(form.first, form.last + 1)])
            form.copy(row, before)
            yield f"copy {row} to {before}"
        elif step < 0.55 and form.last > form.first:
            row = rng.choice([form.first, form.last, row])
            form.delete(row)
            yield f"delete {row}"
        else:
            role = rng.choice(sorted(roles & {*COLUMNS, *NUMBERS}))
            value = rng.choice(COLUMNS[role]) if role in COLUMNS else rng.choice([0, 2.5, 5, 10])
            form.type(row, role, value)
            yield f"type {value} in {role} {row}"


def disagreements(examined: Examined) -> Iterator[str]:
    """Where the form's formulas, as LibreOffice calculated them, say something else than the program."""
    reading, scores = examined.found.reading, examined.scores
    cells = reading.grid.cells

    def shown(place: tuple[int, int] | None) -> Value:
        return cells.get(place, EMPTY).value if place else None

    for row in scores.indicators:
        for field, wanted in (("score", row.points), ("deviation", row.deviation)):
            place = reading.places.get(row.spot(field))
            expected = wanted / 100 if field == "deviation" and wanted is not None else wanted
            if place and not agree(shown(place), expected):
                yield f"{place} {field} {shown(place)} for {expected}: {examined.form.indicators[row.at]}"
    form = examined.form
    if not agree(form.total, scores.total):
        yield f"total {form.total} for {scores.total}"
    if form.grade != scores.grade:
        yield f"grade {form.grade!r} for {scores.grade!r}"
    errors = [
        place for place, cell in cells.items() if isinstance(cell.value, str) and cell.value.startswith("#")
    ]
    if errors:
        yield f"errors in {errors}"


def agree(value: Value, expected: Decimal | None) -> bool:
    if expected is None:
        return value in (None, "")
    return isinstance(value, Decimal) and abs(value - expected) <= Decimal("1e-9")


@pytest.mark.parametrize("seed", range(FIRST, END))
def test_formulas_score_as_the_program_does_whatever_rows_came_and_went(
    seed: int, libreoffice: xw.App, tmp_path: Path
) -> None:
    rng = random.Random(seed)  # noqa: S311
    rules = ruleset(FORMS[seed % len(FORMS)])
    path = tmp_path / "表.xlsx"
    path.write_bytes(make(Order(rules, data=shangjie() if seed % 2 else None), path).data)
    block = examine(path).found.reading.layout.indicators
    book = libreoffice.books.open(path)
    try:
        form = ByHand(cast("Any", book).impl.api, dict(block.columns), block.rows)
        steps = list(work(form, rng, set(block.columns)))
        book.app.calculate()
        book.save()
    finally:
        book.close()
    after = examine(path)
    assert after.found.reading.layout.total_row == form.last + 1, steps
    assert list(disagreements(after)) == [], steps
