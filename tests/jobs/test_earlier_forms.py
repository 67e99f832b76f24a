"""Forms of an earlier version, whose formulas stand on a sheet 计算 row by row, are worked with as ever."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from facts import CASES
from office import needs_office, recalculated

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.forms.measure import parse
from perf_excel.forms.model import Indicator
from perf_excel.jobs.examination.examining import examine, find
from perf_excel.jobs.export import export
from perf_excel.jobs.fill import fill

EARLIER = CASES / "earlier" / "项目支出绩效自评表.xlsx"


def test_it_is_read_and_scored() -> None:
    done = examine(EARLIER)
    assert done.found.identity
    assert [row.name for row in done.form.indicators] == ["培训次数", "影响"]
    assert [row.points for row in done.scores.rows] == [Decimal(9), Decimal(45), Decimal(30)]
    assert (done.form.total, done.form.grade) == (Decimal(84), "良")
    assert not [finding for finding in done.counted if finding.severity == "error"]


@needs_office
def test_it_is_filled_and_calculates(tmp_path: Path) -> None:
    found = find(open_book(EARLIER))
    form = found.reading.form
    better = replace(form, indicators=(replace(form.indicators[0], actual=parse("10次")), form.indicators[1]))
    path = tmp_path / "表.xlsx"
    path.write_bytes(recalculated(fill(found, better).data))
    assert examine(path).form.total == Decimal(89)


def test_it_is_exported(tmp_path: Path) -> None:
    path = tmp_path / "完成.xlsx"
    path.write_bytes(export(examine(EARLIER), path).data)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["项目支出绩效自评表"]
    assert not [cell for row in book.worksheets[0] for cell in row if cell.data_type == "f"]


def test_it_cannot_grow() -> None:
    found = find(open_book(EARLIER))
    more = replace(
        found.reading.form,
        indicators=(*found.reading.form.indicators, Indicator("产出指标", "数量指标", "新的", parse("≥1次"))),
    )
    with pytest.raises(UserError, match="没有位置填写指标“新的”"):
        fill(found, more)
    first, *others = found.reading.form.indicators
    typed = replace(found.reading.form, indicators=(replace(first, level3=f"{first.level3}数"), *others))
    with pytest.raises(UserError, match=f"最接近的是“{first.level3}”（[A-Z]+[0-9]+），是同一个指标的请把"):
        fill(found, typed)
