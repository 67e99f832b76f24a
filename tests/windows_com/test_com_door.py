"""Workbooks open in a program on Windows are found there by COM, and read as their files are."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from office_client import WPS, Running, office, on_windows
from open_forms import contents, findings

from perf_excel.books.opening import open_book
from perf_excel.errors import UserError
from perf_excel.faces.cli import run
from perf_excel.faces.live_commands import FROM_EXCEL
from perf_excel.live.attach import attach
from perf_excel.sheets.grid import Grid

pytestmark = on_windows


def test_a_workbook_is_found_by_its_full_name(excel: Running, ours: Path) -> None:
    other = ours.parent / "另一个" / ours.name
    other.parent.mkdir()
    other.write_bytes(ours.read_bytes())
    excel.tell("open", str(other))
    excel.tell("open", str(ours))
    assert attach(other).fullname == str(other)
    assert attach(Path(str(ours).upper())).fullname == str(ours)


def test_what_is_not_open_is_not_opened(excel: Running, ours: Path) -> None:
    with pytest.raises(UserError, match="没有找到打开着它的"):
        attach(ours)
    assert excel.process.poll() is None


def test_the_workbook_in_front_is_taken(excel: Running, ours: Path, bureau: Path) -> None:
    with office(WPS) as other:
        other.tell("open", str(bureau))
        assert attach(None).fullname == str(bureau)
        excel.tell("open", str(ours))
        assert attach(None).fullname == str(ours)
        assert attach(bureau).fullname == str(bureau)
        assert run(["live", "check", str(bureau)]) == 1


@pytest.mark.parametrize(("xml", "most"), [(True, 40), (False, 1_500)])
def test_a_form_reads_as_its_file(excel: Running, ours: Path, xml: bool, most: int) -> None:  # noqa: FBT001
    excel.tell("tell_xml", xml)
    book = excel.opened(ours)
    excel.calls()
    file, live = open_book(ours), contents(book)
    assert excel.calls() <= most
    for name in file.visible:
        assert same(live[name], file.grid(name))


def same(live: Grid, file: Grid | None) -> bool:
    """An application has calculated every formula; a file may not say what it gave."""
    assert file
    assert live.merges == tuple(sorted(file.merges))
    return live.cells == {
        place: cell._replace(value="") if cell.formula and cell.value is None else cell
        for place, cell in file.cells.items()
    }


VALUES = [
    # a value and its number format
    ("甲", "General"),
    (0.1, "0%"),
    (1234.5678, '"¥"#,##0.00'),
    (dt.datetime(2024, 5, 31, 18, 0, tzinfo=None), "yyyy/m/d h:mm"),  # noqa: DTZ001
    (dt.date(2024, 5, 31), "yyyy/m/d"),
    (True, "General"),
    (-2.5, "#,##0.00"),
    ("100", "@"),
    ("#DIV/0!", "General"),
    ("#N/A", "0.00"),
]


def test_values_and_their_formats_come_through(excel: Running, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    for row, (value, code) in enumerate(VALUES, 2):
        cell = sheet.cell(row, 3, value)
        cell.number_format = code
    sheet.merge_cells("A2:B3")
    path = tmp_path / "值.xlsx"
    book.save(path)
    (live,) = contents(excel.opened(path)).values()
    assert same(live, open_book(path).grid(live.sheet))


ENDS = """
import sys
from pathlib import Path
from perf_excel.live.attach import attach
from perf_excel.live.xl import xw
import xlwings._xlwindows
xlwings._xlwindows.Apps.cleanup = staticmethod(lambda: print("stops other programs"))
print(attach(Path(sys.argv[1])).sheets.count)
"""


def test_other_programs_are_left_alone_at_the_end(excel: Running, ours: Path) -> None:
    excel.tell("open", str(ours))
    done = subprocess.run([sys.executable, "-c", ENDS, ours], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"


def test_excel_calls_the_program(excel: Running, ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = excel.opened(ours)
    arguments = [f"--wb={ours.name}", FROM_EXCEL, "--app=", f"--hwnd={excel.window}"]
    monkeypatch.setattr("sys.argv", ["perf-excel", *arguments])
    assert run(arguments) == 0
    assert {row.check for row in findings(book)} == {"V16"}
