"""The record of what was sent comes back whole from its cells, or not at all."""

from __future__ import annotations

import pytest

from perf_excel.forms.cell_limit import overlong
from perf_excel.sheets.sent_pack import Pack, SentBook, SentTemplate, read_pack
from perf_excel.sheets.structure import Structure, Value

TEXT = Structure("自评表", (), (), {}).text()
VALUES = (Value(0, "unit", "单位", "表!A1"),)
BOOKS = tuple(
    SentBook(f"甲局/{number}.xlsx", "自评表", f"=单位\n“{number}”", "001", 2025, "", "甲局", "f" * 32, VALUES)
    for number in range(900)
)
PACK = Pack("P1", (SentTemplate("自评表", "henan-department", TEXT, {"actual": ("完成情况",)}),), BOOKS)


def test_it_comes_back_from_cells_that_hold_it() -> None:
    texts = list(PACK.cells())
    assert len(texts) > 1
    assert not any(map(overlong, texts))
    assert read_pack(texts) == PACK


@pytest.mark.parametrize(
    "texts", [[], ["|{}"], ["|null"], ["x"], list(PACK.cells())[1:], list(PACK.cells())[:-1]], ids=range(6)
)
def test_a_damaged_record_is_none(texts: list[str]) -> None:
    assert read_pack(texts) is None
