"""LibreOffice through xlwings' public functions: what a macro does, and what it must not be able to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from office import needs_office

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.live.libreoffice.block import read
from perf_excel.live.libreoffice.engine import register
from perf_excel.live.libreoffice.listening import VARIABLE, listening_app, open_book
from perf_excel.live.libreoffice.ranges import LockedError
from perf_excel.live.libreoffice.shape import shape
from perf_excel.live.xl import xw
from perf_excel.sheets.grid import Area

pytestmark = pytest.mark.filterwarnings("error")
DAY = dt.datetime(2022, 6, 30)  # noqa: DTZ001
TEMPLATES = sorted((Path(__file__).parents[2] / "workbook_templates").glob("*/*.xlsx"))


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    """One LibreOffice for the tests of this module."""
    found = register().apps.add()
    yield found
    found.quit()


@pytest.fixture
def sheet(app: xw.App) -> Iterator[xw.Sheet]:
    """The first sheet of an empty workbook."""
    book = app.books.add()
    yield book.sheets[0]
    book.close()


def raw(cells: xw.Range) -> Any:
    return cells.options(ndim=2, err_to_str=True).value


@needs_office
def test_what_is_written_is_read_back(sheet: xw.Sheet) -> None:
    rows: list[list[object]] = [
        ["≥95%", "98%", 0.985],
        [DAY, None, -1],
        ["'=1+1", "012", "多行\n文字"],
    ]
    sheet["B2"].value = rows
    assert raw(sheet["B2:D4"]) == [
        ["≥95%", "98%", 0.985],
        [DAY, None, -1],
        ["=1+1", "012", "多行\n文字"],
    ]
    assert sheet["B2"].value == "≥95%"
    assert sheet["B2:D2"].value == ["≥95%", "98%", 0.985]
    assert sheet.used_range.address == "$B$2:$D$4"
    sheet["B2:D2"].value = 7
    sheet["B3:D4"].clear_contents()
    assert raw(sheet["B2:D3"]) == [[7, 7, 7], [None, None, None]]


@needs_office
def test_formulas_calculate_and_errors_are_told_from_text(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[2, "=A1*10", "=1/0"], ["#N/A", "=NA()", '=IF(TRUE,"")']]
    assert raw(sheet["A1:C2"]) == [[2, 20, "#DIV/0!"], ["#N/A", "#N/A", None]]
    assert sheet["A1:C2"].value == [[2, 20, None], ["#N/A", None, None]]
    formulas: Any = sheet["A1:C2"].formula
    assert formulas[0] == ("2", "=A1*10", "=1/0")
    sheet["A1"].value = 3
    assert sheet["B1"].value == 30
    sheet["B1"].formula = "=A1+1"
    assert sheet["B1"].value == 4


@needs_office
def test_a_cell_leads_to_another(sheet: xw.Sheet) -> None:
    place = f"#'{sheet.name}'!C5"
    sheet["A1"].add_hyperlink(place, "第5行")
    assert (sheet["A1"].value, sheet["A1"].hyperlink) == ("第5行", place)
    sheet["A2"].value = [[f'=HYPERLINK("{place}","到C5")']]
    assert sheet["A2"].value == "到C5"


@needs_office
def test_number_formats_are_one_or_none(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [[0.5], [0.25]]
    assert sheet["A1:A2"].number_format == "General"
    sheet["A2"].number_format = "0.00%"
    assert sheet["A2"].number_format == "0.00%"
    assert sheet["A1:A2"].number_format is None
    sheet["B1"].value = DAY
    assert sheet["B1"].value == DAY


@needs_office
def test_text_that_looks_like_a_number_leaves_the_format_as_it_was(sheet: xw.Sheet) -> None:
    cells = sheet["B2:C4"]
    cells[1, 0].number_format = "0.00%"
    cells.raw_value = (("'5", "'x"), ("'0.00%", 2), ("'2022-01-01", "=1"))
    assert raw(cells) == [["5", "x"], ["0.00%", 2], ["2022-01-01", 1]]
    assert cells[1:, :].address == "$B$3:$C$4"
    formats = [[cell.number_format for cell in row] for row in cells.rows]
    assert formats == [["General", "General"], ["0.00%", "General"], ["General", "General"]]


@needs_office
def test_merged_cells_are_known(sheet: xw.Sheet) -> None:
    sheet["B2:C4"].merge()
    assert sheet["C3"].merge_area.address == "$B$2:$C$4"
    assert [sheet[cells].merge_cells for cells in ("B2:C4", "A1:C4", "A1", "E1:F2")] == [
        True, None, False, False,
    ]  # fmt: skip
    sheet["B2:C4"].unmerge()
    assert sheet["B2"].merge_area.address == "$B$2"


@needs_office
def test_locked_cells_refuse_and_open_ones_do_not(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["锁", "开"]]
    sheet["B1"].impl.locked = False
    sheet.impl.protect("密")
    sheet["B1"].value = "写"
    for refused in (
        lambda: setattr(sheet["A1"], "value", "写"),
        lambda: setattr(sheet["A1:B1"], "value", "写"),
        lambda: setattr(sheet["A1"], "formula", "=1"),
        lambda: setattr(sheet["B1"], "number_format", "0%"),
        sheet["A1"].clear_contents,
        sheet["A1:B1"].merge,
        lambda: sheet["A1:B1"].insert("down"),
    ):
        with pytest.raises(LockedError, match="受保护"):
            refused()
    assert raw(sheet["A1:B1"]) == [["锁", "写"]]
    with pytest.raises(Exception, match=r".*"):
        sheet.impl.unprotect("错")
    sheet.impl.unprotect("密")
    sheet["A1"].value = "可写"
    assert sheet["A1"].value == "可写"


@needs_office
def test_rows_move_and_names_move_with_them(sheet: xw.Sheet) -> None:
    sheet["A1"].value = [["一"], ["二"]]
    sheet.book.names.add("第二行", f"='{sheet.name}'!$A$2")
    sheet["A2:C2"].insert("down")
    assert raw(sheet["A1:A3"]) == [["一"], [None], ["二"]]
    assert sheet["第二行"].address == "$A$3"
    sheet["A2:C2"].delete("up")
    assert sheet["第二行"].value == "二"


@needs_office
def test_sheets_come_go_and_hide(app: xw.App) -> None:
    book = app.books.add()
    added = book.sheets.add("校验结果", after=book.sheets[0])
    added["A1"].value = "序号"
    added.visible = False
    assert [sheet.name for sheet in book.sheets][1:] == ["校验结果"]
    assert not book.sheets["校验结果"].visible
    added.visible = True
    book.sheets["校验结果"].delete()
    assert "校验结果" not in [sheet.name for sheet in book.sheets]
    with pytest.raises(KeyError):
        _ = book.sheets["校验结果"]
    book.close()


@needs_office
def test_a_workbook_is_saved_and_printed(app: xw.App, tmp_path: Path) -> None:
    book = app.books.add()
    book.sheets[0]["A1"].value = [[0.5, "文字"]]
    book.sheets[0]["A1"].number_format = "0%"
    path = tmp_path / "自评 表.xlsx"
    book.save(str(path))
    assert book.name == path.name
    assert Path(book.fullname) == path
    book.sheets[0]["C1"].value = 3
    book.save()
    book.to_pdf(str(tmp_path / "表.pdf"))
    book.close()
    saved = Workbook.open(path)
    cells = saved.grid(saved.sheets[0]).cells
    assert [(str(cell.value), cell.format) for cell in cells.values()] == [
        ("0.5", "0%"), ("文字", "General"), ("3", "General"),
    ]  # fmt: skip
    assert (tmp_path / "表.pdf").read_bytes().startswith(b"%PDF")


@needs_office
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_form_looks_as_its_file_says(app: xw.App, template: Path, tmp_path: Path) -> None:
    copy = tmp_path / "表.xlsx"
    copy.write_bytes(template.read_bytes())
    file = Workbook.open(copy)
    book = app.books.open(str(copy))
    for sheet in book.sheets:
        grid = file.grid(sheet.name)
        cells = sheet.range((1, 1), (grid.bottom, grid.right))
        formats, merges = cells.impl.bulk_shape()
        code = {place: code for area, code in formats for place in _places(area)}
        assert set(merges) == set(grid.merges)
        assert {place: cell.format.lower() for place, cell in grid.cells.items()} == {
            place: code[place].lower() for place in grid.cells
        }
        formulas: Any = cells.formula
        shown = {
            (row, column)
            for row, line in enumerate(formulas, 1)
            for column, text in enumerate(line, 1)
            if str(text).startswith("=")
        }
        assert shown == {place for place, cell in grid.cells.items() if cell.formula is not None}
    book.close()


class Counted:
    """An object of UNO's that writes down every round trip to it, and to the objects it gives."""

    gives = frozenset({"getUniqueCellFormatRanges", "getByIndex", "createCursor", "queryContentCells"})

    def __init__(self, target: Any, trips: list[str]) -> None:
        self._target, self._trips = target, trips

    def __getattr__(self, name: str) -> Any:
        self._trips.append(name)
        value: Any = getattr(self._target, name)
        if name not in self.gives:
            return value

        def gives(*given: object) -> Counted:
            return Counted(value(*given), self._trips)

        return gives


@needs_office
def test_ten_times_the_rows_take_as_many_round_trips(sheet: xw.Sheet) -> None:
    counts: list[int] = []
    for rows in (60, 600):
        cells = sheet["A1"].resize(rows, 6)
        cells.value = [[row, "文字", DAY, 0.5, None, "=1+1"] for row in range(rows)]
        sheet["D1"].resize(rows, 1).number_format = "0%"
        sheet["E1"].resize(rows, 2).merge(across=True)
        trips: list[str] = []
        uno = Counted(cells.api, trips)
        area = Area(1, 1, rows, 6)
        assert len(read(cast("Any", uno), area)) == rows
        found = shape(cast("Any", Counted(sheet.api, trips)), cast("Any", uno))
        assert len(found.merges) == rows
        counts.append(len(trips))
    assert counts[0] == counts[1] < 60


def _places(area: Area) -> Iterator[tuple[int, int]]:
    return (
        (row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    )


@needs_office
def test_a_libreoffice_that_listens_is_found_and_left_running(
    app: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "打开的表.xlsx"
    book = app.books.add()
    book.save(str(path))
    monkeypatch.setenv(VARIABLE, "pipe,name=perf-excel-nobody")
    assert listening_app() is None
    assert open_book(path) is None
    impl: Any = cast("Any", app).impl
    monkeypatch.setenv(VARIABLE, impl.office.address)
    found = open_book(path)
    assert found is not None
    found.sheets[0]["A1"].value = "由宏写入"
    assert book.sheets[0]["A1"].value == "由宏写入"
    front = open_book()
    assert front is not None
    assert open_book(tmp_path / "没打开.xlsx") is None
    found.app.quit()
    assert book.sheets[0]["A1"].value == "由宏写入"
    book.close()
