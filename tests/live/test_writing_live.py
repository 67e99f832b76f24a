"""Edits become few blocks, and text stays text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from fake_excel import Page, calls, open_pages
from hypothesis import given
from hypothesis import strategies as st

from perf_excel.live.live_book import LiveBook
from perf_excel.live.live_edits import blocks, write
from perf_excel.sheets.grid import Area, Cell, Edit, Value

BLOCKS: list[tuple[list[Edit], list[Area]]] = [
    ([], []),
    ([Edit(2, 3, "甲")], [Area(2, 3, 2, 3)]),
    ([Edit(row, 7, None) for row in range(5, 40)], [Area(5, 7, 39, 7)]),
    ([Edit(row, column, "甲") for row in (4, 5) for column in (2, 3, 4)], [Area(4, 2, 5, 4)]),
    ([Edit(4, 2, "甲"), Edit(5, 2, "甲"), Edit(4, 3, "甲")], [Area(4, 2, 5, 2), Area(4, 3, 4, 3)]),
    ([Edit(4, 2, "甲"), Edit(6, 2, "甲")], [Area(4, 2, 4, 2), Area(6, 2, 6, 2)]),
]


@pytest.mark.parametrize(("edits", "areas"), BLOCKS)
def test_what_stands_together_is_written_together(edits: list[Edit], areas: list[Area]) -> None:
    assert [block.area for block in blocks(edits)] == areas


@given(st.dictionaries(st.tuples(st.integers(1, 8), st.integers(1, 8)), st.integers(0, 99)))
def test_blocks_hold_every_edit_once(cells: dict[tuple[int, int], int]) -> None:
    edits = [Edit(*place, Decimal(value)) for place, value in cells.items()]
    found = [
        Edit(block.area.top + down, block.area.left + across, value)
        for block in blocks(edits)
        for down, row in enumerate(block.rows)
        for across, value in enumerate(row)
    ]
    assert sorted(found) == sorted(edits)


TEXTS = [
    "甲",
    "012",
    "3/4",
    "5%",
    "=1+1",
    "+86",
    "-",
    "@甲",
    "'甲",
    "TRUE",
    "true",
    "2022年6月",
    "【错误 V1】第1行",
    "甲\n乙",
    "１２",
    "½",
]


@pytest.mark.parametrize("text", TEXTS)
def test_text_stays_text(text: str) -> None:
    assert kept(text) == Cell(text)


OTHERS: list[tuple[Value, Cell | None]] = [
    (Decimal("95.81"), Cell(Decimal("95.81"))),
    (True, Cell(value=True)),
    (None, None),
]


@pytest.mark.parametrize(("value", "cell"), OTHERS)
def test_other_values_are_what_they_are(value: Value, cell: Cell | None) -> None:
    assert kept(value) == cell


def kept(value: Value) -> Cell | None:
    book = open_pages([Page("表")])
    write(LiveBook(book), "表", [Edit(3, 2, value)])
    grid = LiveBook(book).grid("表")
    assert grid
    return grid.cells.get((3, 2))


def test_a_column_of_hints_takes_one_write() -> None:
    book = open_pages([Page("表")])
    before = calls(book)
    assert write(LiveBook(book), "表", [Edit(row, 12, "【提醒 V4】") for row in range(1, 600)]) == 1
    assert calls(book) - before < 6
