"""A workbook read row by row: the same cells as read whole, however many; nothing that does harm."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from workbooks import SHEET, package, parts, workbook

from perf_excel.books.opening import open_book
from perf_excel.books.sent_list import sent_list
from perf_excel.books.summary import table_sheet
from perf_excel.books.summary.cells import Column, Link
from perf_excel.books.summary.row_stream import streamed_book
from perf_excel.books.summary.summary_rows import summary_rows
from perf_excel.books.summary.table_sheet import Table, write_table
from perf_excel.books.timeless import save_timeless
from perf_excel.books.xlsx import long_book as reading
from perf_excel.books.xlsx import sheetxml
from perf_excel.books.xlsx.long_book import long_book
from perf_excel.errors import UserError
from perf_excel.jobs.collecting.expecting import read_expected
from perf_excel.sheets.grid import Cell
from perf_excel.sheets.sent_pack import Pack, SentBook, SentTemplate
from perf_excel.sheets.structure import Structure

DAY = date(2026, 3, 1)


def book(folder: Path) -> Path:
    """Texts, numbers, a format, a formula, blank rows and cells, and what looks like markup."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (["单位", "金额"], ["<甲&局>", 1.5], [], [None, 7, "=B2*2"], ["乙\n局", 0.25]):
        sheet.append(row)
    sheet["B5"].number_format = "0.00%"
    path = folder / "表.xlsx"
    made.save(path)
    return path


def rows(path: Path, sheet: str = "Sheet") -> dict[int, dict[int, Cell]]:
    with long_book(path) as opened:
        assert opened is not None
        return dict(opened.rows(sheet))


@pytest.mark.parametrize("piece", [1 << 20, 40], ids=["whole", "in pieces"])
def test_it_reads_what_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
    path = book(tmp_path)
    monkeypatch.setattr(reading, "_PIECE", piece)
    grid = open_book(path).grid("Sheet")
    assert grid
    found = {(row, at): cell for row, cells in rows(path).items() for at, cell in cells.items()}
    assert len(found) == 8
    assert found == {place: cell for place, cell in grid.cells.items() if place != (4, 3)} | {
        (4, 3): Cell(None, "General", "B2*2")  # what a program did not calculate is not calculated here
    }


def test_rows_without_addresses_are_counted_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(workbook("".join(f"<row><c><v>{number}</v></c></row>" for number in range(1, 9))))
    monkeypatch.setattr(reading, "_PIECE", 60)
    assert {row: cells[1].value for row, cells in rows(path, SHEET).items()} == {n: n for n in range(1, 9)}


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (b"<!DOCTYPE x><worksheet/>", "不是常见程序写的"),
        (b"<worksheet><!-- a --></worksheet>", "不是常见程序写的"),
        (b"<worksheet><sheetData><row></sheetData></worksheet>", "已损坏"),
        (b"<worksheet><sheetData><row>" + b"<c/>" * 90 + b"</row></sheetData></worksheet>", "已损坏"),
    ],
    ids=["dtd", "comment", "broken", "endless row"],
)
def test_what_does_harm_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sheet: bytes, said: str
) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(package(parts(sheet)))
    monkeypatch.setattr(reading, "_PIECE", 60)
    monkeypatch.setattr(reading, "_MOST_WAITING", 100)
    with pytest.raises(UserError, match=said):
        rows(path, SHEET)


def test_a_sheet_is_no_larger_than_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path)
    monkeypatch.setattr(reading, "SHEET_LIMIT", 100)
    with pytest.raises(UserError, match="没有读"):
        rows(path)


def test_what_is_no_workbook_is_left_to_others(tmp_path: Path) -> None:
    other, zipped = tmp_path / "名单.csv", tmp_path / "包.zip"
    other.write_text("单位\n", encoding="utf-8")
    zipped.write_bytes(package({"a.txt": "a"}))
    for path in (other, zipped):
        with long_book(path) as found:
            assert found is None


def test_our_own_list_is_read_however_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template = SentTemplate("自评表", "henan-department", Structure("自评表", (), (), {}).text())
    books = tuple(
        SentBook(f"{n}.xlsx", "自评表", f"第{n}局", f"{n:03}", 2025, contacts=(("电话", f"12-{n}"),))
        for n in range(40)
    )
    path = tmp_path / "下发清单.xlsx"
    path.write_bytes(sent_list(Pack("P1", (template,), books), DAY))
    monkeypatch.setattr(sheetxml, "CELL_LIMIT", 20)
    with pytest.raises(UserError, match="超过 20 个"):
        open_book(path).grid("下发清单")
    monkeypatch.setattr(reading, "_PIECE", 500)
    dues = read_expected(path).dues
    assert [due.unit for due in dues] == [f"第{n}局" for n in range(40)]
    assert dues[39].contacts == {"电话": "12-39"}
    assert dues[39].sent == SentBook("39.xlsx", "自评表", "第39局", "039", 2025)


def test_a_table_that_is_too_long_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_sheet, "MOST_ROWS", 3)
    monkeypatch.setattr(table_sheet, "_MOST_LINKS", 2)
    table = Table("问题清单", "说明。", (Column("序号", 6, "count"), Column("单位", 20, "link")))
    path, out = tmp_path / "汇总.xlsx", io.BytesIO()
    with streamed_book() as made:
        write_table(made, table, ([n, Link(f"第{n}局", f"{n}.xlsx", "'a'!B2")] for n in range(1, 8)))
        save_timeless(made.book, DAY, "汇总", out, made.streamed)
    path.write_bytes(out.getvalue())
    said = openpyxl.load_workbook(path)
    assert said.sheetnames == ["问题清单", "问题清单2", "问题清单3"]
    first, second, _ = said.worksheets
    assert "接下来的在“问题清单2”" in first["A2"].value
    assert "链接只有前 2 个" in first["A2"].value
    assert second["A2"].value.startswith("接“问题清单”。")
    links = [first[f"B{row}"].hyperlink for row in range(4, 7)]
    assert [link and (link.target, link.location) for link in links] == [
        ("1.xlsx", "'a'!B2"),
        ("2.xlsx", "'a'!B2"),
        None,
    ]
    assert [row["单位"] for _, row in summary_rows(path, ["问题清单"])] == [f"第{n}局" for n in range(1, 8)]
