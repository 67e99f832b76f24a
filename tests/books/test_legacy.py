import datetime as dt
import io
import struct
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from office import converted, needs_office
from openpyxl.worksheet.worksheet import Worksheet

from perf_excel.books.older.displayed import shown_format
from perf_excel.books.older.legacy import Kind, read_legacy
from perf_excel.books.sniff import sniff
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, Cell, Grid

ODS_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
    for short in ("office", "table", "text", "style")
)


# --- real conversions by LibreOffice ------------------------------------------------------------------------


def _form() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "自评表"
    sheet["C3"] = "项目支出绩效自评表"
    sheet.merge_cells("C3:F4")
    rows: list[tuple[str, str | float | dt.date, str]] = [
        ("C5", 0.99, "0%"),
        ("D5", 0.1234, "0.00%"),
        ("E5", dt.date(2024, 5, 1), "yyyy-mm-dd"),
        ("F5", dt.datetime(2024, 5, 1, 12, 0), "yyyy-mm-dd hh:mm:ss"),  # noqa: DTZ001
        ("C6", 95, "General"),
        ("D6", 0.9, "0.00"),
        ("E6", 1234567.5, "#,##0.00"),
        ("F6", "９５％　以上", "General"),
        ("C7", "=1/0", "General"),
        ("D7", '=IF(C6>1,"a;b",自评表!C5)', "General"),
        ("E7", "第一行\n第二行", "General"),
        ("F7", " 前  后 ", "General"),
    ]
    for place, value, format_ in rows:
        sheet[place] = value
        sheet[place].number_format = format_
    sheet.row_dimensions[6].hidden = True
    sheet.row_dimensions[20].hidden = True
    sheet.column_dimensions["D"].hidden = True
    book.create_sheet("隐藏页").sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def converted_form(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Grid]:
    kind: Kind = request.param
    # Misnamed on purpose: the content counts.
    path = tmp_path_factory.mktemp("legacy") / "自评表.xlsx"
    path.write_bytes(converted(_form(), kind))
    return read_legacy(path, kind)


@needs_office
@pytest.mark.parametrize("converted_form", ["xls", "ods"], indirect=True)
class TestConverted:
    def test_values_and_addresses(self, converted_form: list[Grid]) -> None:
        values = {place: cell.value for place, cell in converted_form[0].cells.items()}
        assert values == {
            (3, 3): "项目支出绩效自评表",
            (5, 3): Decimal("0.99"),
            (5, 4): Decimal("0.1234"),
            (5, 5): Decimal(45413),
            (5, 6): Decimal("45413.5"),
            (6, 3): Decimal(95),
            (6, 4): Decimal("0.9"),
            (6, 5): Decimal("1234567.5"),
            (6, 6): "９５％　以上",
            (7, 3): "#DIV/0!",
            (7, 4): "a;b",
            (7, 5): "第一行\n第二行",
            (7, 6): " 前  后 ",
        }

    def test_numbers_keep_their_formats(self, converted_form: list[Grid]) -> None:
        cells = converted_form[0].cells
        assert [cells[5, 3].format, cells[5, 4].format] == ["0%", "0.00%"]
        assert [cells[6, 3].format, cells[6, 4].format, cells[6, 5].format] == ["General", "0.00", "#,##0.00"]
        assert cells[5, 5].format.replace("\\", "") == "yyyy-mm-dd"
        assert "yyyy" in cells[5, 6].format
        assert "mm:ss" in cells[5, 6].format

    def test_merges_and_hidden_sheets(self, converted_form: list[Grid]) -> None:
        assert converted_form[0].merges == (Area(3, 3, 4, 6),)
        assert [(grid.sheet, grid.hidden) for grid in converted_form] == [("自评表", False), ("隐藏页", True)]

    def test_hidden_rows_and_columns(self, converted_form: list[Grid]) -> None:
        assert (converted_form[0].hidden_rows, converted_form[0].hidden_columns) == ({6}, {4})


@needs_office
def test_ods_formulas_read_as_in_excel(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(converted(_form(), "ods"))
    assert read_legacy(path, "ods")[0].cells[7, 4] == Cell("a;b", "General", 'IF(C6>1,"a;b",自评表!C5)')


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_every_truncation_ends_in_grids_or_a_sentence(tmp_path: Path, kind: Kind) -> None:
    data = converted(_form(), kind)
    path = tmp_path / f"断.{kind}"
    sentences = [
        sentence
        for size in range(0, len(data), len(data) // 8)
        if (sentence := _sentence(path, kind, data[:size]))
    ]
    assert sentences
    assert all(sentence.startswith(f"断.{kind}：") for sentence in sentences)


def _sentence(path: Path, kind: Kind, data: bytes) -> str:
    path.write_bytes(data)
    try:
        read_legacy(path, kind)
    except UserError as error:
        return str(error)
    return ""


# --- .ods written by hand -----------------------------------------------------------------------------------


def _ods(rows: str, *, before: str = "", head: str = "", manifest: str = "<manifest/>") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr(
            "content.xml",
            f"{head}<office:document-content {ODS_NAMES}>{before}<office:body><office:spreadsheet>"
            f'<table:table table:name="页" table:style-name="ta1">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def _row(cell: str) -> str:
    return f"<table:table-row>{cell}</table:table-row>"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('office:value-type="string"><text:p>甲<text:s text:c="2"/>乙</text:p>', Cell("甲  乙")),
        ('office:value-type="string"><text:p><text:span>红</text:span>字</text:p>', Cell("红字")),
        (
            'office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>字</text:p>',
            Cell("字"),
        ),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>真</text:p>', Cell(value=True)),
        (
            'office:value-type="percentage" office:value="0.985"><text:p>98.5%</text:p>',
            Cell(Decimal("0.985"), "0.0%"),
        ),
        (
            'office:value-type="currency" office:value="12"><text:p>¥12.00</text:p>',
            Cell(Decimal(12), '"¥"0.00'),
        ),
        (
            'office:value-type="float" office:value="1001"><text:p>001001</text:p>',
            Cell(Decimal(1001), "000000"),
        ),
        (
            'office:value-type="float" office:value="1234567"><text:p>123.5</text:p>',
            Cell(Decimal(1234567), "0\\.0,"),
        ),
        (
            'office:value-type="float" office:value="1234567"><text:p>1,234.57</text:p>',
            Cell(Decimal(1234567), "#,##0.00,"),
        ),
        (
            'office:value-type="float" office:value="1234567"><text:p>1.23百万</text:p>',
            Cell(Decimal(1234567), '0.00,,"百万"'),
        ),
        (
            'office:value-type="date" office:date-value="2024-05-01"><text:p>2024年5月1日</text:p>',
            Cell(Decimal(45413), 'yyyy"年"m"月"d"日"'),
        ),
        (
            'office:value-type="time" office:time-value="PT06H00M00S"><text:p>6:00</text:p>',
            Cell(Decimal("0.25"), "[h]:mm:ss"),
        ),
    ],
)
def test_ods_cells(tmp_path: Path, cell: str, expected: Cell) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(_ods(_row(f"<table:table-cell {cell}</table:table-cell>")))
    assert read_legacy(path, "ods")[0].cells == {(1, 1): expected}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1e999999", "一"),
        ("1e-999999", Decimal(0)),
        ("1e308", Decimal("1E+308")),
        ("0.1" + "1" * 99, Decimal("0.111111111111111")),
    ],
)
def test_ods_numbers_are_those_of_applications(tmp_path: Path, written: str, value: object) -> None:
    path = tmp_path / "a.ods"
    cell = f'office:value-type="float" office:value="{written}"><text:p>一</text:p>'
    path.write_bytes(_ods(_row(f"<table:table-cell {cell}</table:table-cell>")))
    assert read_legacy(path, "ods")[0].cells[1, 1].value == value


@pytest.mark.parametrize(
    ("mimetype", "kind"),
    [
        (None, "ods"),
        ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
        ("application/vnd.oasis.opendocument.text", "unknown"),
    ],
)
def test_ods_is_known_by_its_content(mimetype: str | None, kind: str) -> None:
    """The mimetype may be packed, stand anywhere or be missing."""
    stream = io.BytesIO(_ods(""))
    if mimetype:
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
            package.writestr("mimetype", mimetype)
    assert sniff(stream.getvalue()) == kind


def test_ods_repeated_cells_stand_at_every_place(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(
        _ods(
            '<table:table-row table:number-rows-repeated="2">'
            '<table:table-cell table:number-columns-repeated="3"/>'
            '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"/>'
            "</table:table-row>"
        )
    )
    assert sorted(read_legacy(path, "ods")[0].cells) == [(1, 4), (1, 5), (2, 4), (2, 5)]


def test_ods_rows_and_columns_out_of_sight(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    cell = '<table:table-cell office:value-type="float" office:value="1"/>'
    path.write_bytes(
        _ods(
            '<table:table-column/><table:table-column table:number-columns-repeated="2" '
            'table:visibility="collapse"/><table:table-column/>'
            f"{_row(cell * 4)}"
            '<table:table-row table:number-rows-repeated="2" table:visibility="filter">'
            f"{cell}</table:table-row>"
            '<table:table-row table:number-rows-repeated="1048573" table:visibility="collapse">'
            "<table:table-cell/></table:table-row>"
        )
    )
    (grid,) = read_legacy(path, "ods")
    assert (grid.hidden_rows, grid.hidden_columns) == ({2, 3}, {2, 3})


def test_ods_sheets_cached_from_other_workbooks_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(_ods("<table:table-source/>" + _row('<table:table-cell office:value-type="string"/>')))
    assert read_legacy(path, "ods") == []


@pytest.mark.parametrize(
    ("number", "shown", "expected"),
    [
        ("0.99", "99%", "0%"),
        ("0.985", "98.50%", "0.00%"),
        ("0.99", "0.99", "General"),
        ("0.9", "0.90", "0.00"),
        ("0.3333333333333", "0.3333333333", "General"),
        ("-1234.5", "-1,234.50", "#,##0.00"),
        ("12", "12万元", '0"万元"'),
        ("150", "1.5E+02", "General"),
    ],
)
def test_the_shown_text_gives_the_format(number: str, shown: str, expected: str) -> None:
    assert shown_format(Decimal(number), shown) == expected


# --- what cannot be read ------------------------------------------------------------------------------------


VALUE = 'office:value-type="float" office:value="1"'
ONE = f"<table:table-cell {VALUE}/>"
SPANNING = f'<table:table-cell {VALUE} table:number-columns-spanned="9999" table:number-rows-spanned="9999"/>'
EMPTY_ROWS = '<table:table-row table:number-rows-repeated="9999"><table:table-cell/></table:table-row>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
ENCRYPTED = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
BIFF_WITH_PASSWORD = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 6) + struct.pack(
    "<HHHHH", 0x2F, 6, 0, 0, 0
)  # a beginning, then FILEPASS


def _times(columns: int | str, attributes: str = "") -> str:
    return f'<table:table-cell {attributes} table:number-columns-repeated="{columns}"/>'


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        pytest.param("xls", b"", "已损坏或不是 .xls 工作簿", id="empty xls"),
        pytest.param("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "已损坏", id="only a header"),
        pytest.param("xls", b"<html><table></table></html>", "已损坏或不是 .xls 工作簿", id="html"),
        pytest.param("xls", BIFF_WITH_PASSWORD, "有打开密码", id="xls password"),
        pytest.param("xls", "EncryptedPackage".encode("utf-16-le"), "有打开密码", id="misnamed password"),
        pytest.param("ods", b"PK\3\4", "已损坏或不是 .ods 工作簿", id="no package"),
        pytest.param("ods", _ods("", manifest=ENCRYPTED), "有打开密码", id="ods password"),
        pytest.param("ods", _ods("", head=LAUGHS), "已损坏", id="entities"),
        pytest.param("ods", _ods("<a>"), "已损坏", id="broken xml"),
        pytest.param(
            "ods",
            _ods(_row('<table:table-cell office:value-type="float" office:value="x"/>')),
            "已损坏",
            id="no number",
        ),
        pytest.param("ods", _ods(" " * (65 << 20)), "过大（内容超过 64 MB）", id="bomb"),
        pytest.param(
            "ods", _ods(_row(_times(16384, VALUE)) * 13), "过大（内容超过 200000 个单元格", id="cells"
        ),
        pytest.param("ods", _ods("</table:table><table:table>" * 200_001), "过大（内容超过", id="sheets"),
        pytest.param(
            "ods",
            _ods(_row(SPANNING) + EMPTY_ROWS + _row(_times(9998) + ONE)),
            "“页”的合并单元格占 99980001 格",
            id="merged places",
        ),
        pytest.param("ods", _ods(_row(_times(99_999_999_999) + ONE)), "已损坏", id="outside of any sheet"),
        pytest.param("ods", _ods(_row(_times("9" * 5000) + ONE)), "已损坏", id="absurd number"),
    ],
)
def test_one_sentence(tmp_path: Path, kind: Kind, data: bytes, sentence: str) -> None:
    path = tmp_path / f"坏.{kind}"
    path.write_bytes(data)
    with pytest.raises(UserError) as error:
        read_legacy(path, kind)
    assert str(error.value).startswith(f"坏.{kind}：")
    assert sentence in str(error.value)
    assert str(error.value).count("。") == 1


@needs_office
def test_a_cell_in_the_far_corner_takes_no_room(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = sheet["IV65536"] = 1
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path / "远.xls"
    path.write_bytes(converted(stream.getvalue(), "xls"))
    assert sorted(read_legacy(path, "xls")[0].cells) == [(1, 1), (65536, 256)]


@needs_office
def test_what_xlrd_cannot_read_is_one_sentence(tmp_path: Path) -> None:
    data = bytearray(converted(_form(), "xls"))
    data[28:30] = b"\xff\xfe"  # the byte order
    path = tmp_path / "序.xls"
    path.write_bytes(data)
    with pytest.raises(UserError, match=r"序\.xls：已损坏"):
        read_legacy(path, "xls")


def test_a_huge_file_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.xls"
    with path.open("wb") as stream:
        stream.truncate(51 << 20)
    with pytest.raises(UserError, match="文件超过 50 MB"):
        read_legacy(path, "xls")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有\.xls：打不开"):
        read_legacy(tmp_path / "没有.xls", "xls")
