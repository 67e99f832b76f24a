"""No text is cut (行高): how many lines a text takes, and rows that grow as far as what is written needs."""

import re

import pytest
from workbooks import MAIN, SHEET, SHEET_PART, members, package, parts, workbook, worksheet

from perf_excel.books.text_lines import digit_width, lines, room, text_height
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.sheets.grid import Edit

TEN_SQUARES = 10 * 10 * 96 / 72
"""Pixels for ten Chinese characters of 10 points."""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("预算执行率", 1),
        ("预算执行率预算执行率", 1),
        ("预算执行率预算执行率高", 2),
        ("预算执行率预算执行率，", 2),  # no line begins with a comma
        ("预算执行\n率", 2),
        ("a" * 15, 1),
        ("预算执行率 benchmark", 2),  # no word is broken
        ("预算执行率 " + "a" * 40, 4),  # but one that is longer than a line
        ("预" * 95, 10),
    ],
)
def test_a_text_takes_so_many_lines(text: str, count: int) -> None:
    assert lines(text, TEN_SQUARES, 10) == count


def test_larger_type_and_an_indent_leave_less_room() -> None:
    assert lines("预" * 10, TEN_SQUARES, 12) == 2
    assert room(100, indent=1) < room(100) < 100
    assert text_height("预" * 10, TEN_SQUARES, 10) < text_height("预" * 11, TEN_SQUARES, 10)


@pytest.mark.parametrize(("size", "chinese", "western"), [(11, 8, 7), (12, 8, 8), (9, 6, 6)])
def test_a_column_is_measured_in_digits_of_the_usual_type(size: float, chinese: int, western: int) -> None:
    assert (digit_width(size, latin=False), digit_width(size, latin=True)) == (chinese, western)


STYLES = (
    '<fonts count="1"><font><sz val="10"/><name val="宋体"/></font></fonts>'
    '<borders count="2"><border/><border><right style="thin"/></border></borders>'
    '<cellStyleXfs count="1"><xf fontId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf fontId="0"/>'
    '<xf fontId="0" borderId="1"><alignment wrapText="1"/></xf>'
    '<xf fontId="0" borderId="1"><alignment horizontal="center"/></xf>'
    '<xf fontId="0" borderId="1"><alignment shrinkToFit="1"/></xf></cellXfs>'
)
COLUMNS = '<cols><col min="1" max="2" width="20" customWidth="1"/></cols>'
LONG = "因项目招标延期，部分工作未能按期完成。" * 5


def rows_after(rows: str, *edits: Edit, after: str = "") -> dict[int, str]:
    """The start tags of a sheet's rows after some edits."""
    data = workbook(rows, styles=STYLES, before=COLUMNS, after=after)
    sheet = members(Workbook.from_bytes(data, "表.xlsx").fill({SHEET: edits}))[SHEET_PART][1].decode()
    return {int(number): tag for tag, number in re.findall(r'(<row r="(\d+)"[^>]*>)', sheet)}


def height_of(tag: str) -> float:
    found = re.search(r' ht="([^"]*)"', tag)
    return float(found[1]) if found else 0.0


@pytest.mark.parametrize(
    "row", ['<row r="2" ht="20" customHeight="1">', '<row r="2">', '<row r="2" spans="1:2" ht="15">']
)
def test_a_row_grows_as_far_as_what_is_written_needs(row: str) -> None:
    found = rows_after(f'{row}<c r="B2" s="1"/></row>', Edit(2, 2, LONG))
    tag = found[2]
    needed = text_height(LONG, room(20 * 7), 10)
    assert needed <= height_of(tag) <= needed + 1
    assert ("customHeight" in tag) == ("customHeight" in row)  # Excel goes on fitting it to its text


def test_a_row_that_is_high_enough_keeps_its_bytes() -> None:
    row = '<row r="2" ht="300" customHeight="1">'
    assert rows_after(f'{row}<c r="B2" s="1"/></row>', Edit(2, 2, LONG))[2] == row


def test_only_rows_that_are_written_grow() -> None:
    cut = f'<c r="A{{0}}" s="1" t="inlineStr"><is><t>{LONG}</t></is></c>'
    rows = "".join(f'<row r="{row}" ht="20" customHeight="1">{cut.format(row)}</row>' for row in (1, 2))
    found = rows_after(rows, Edit(2, 2, "已完成"))
    assert height_of(found[1]) == 20
    assert height_of(found[2]) > 20  # all texts of the row show


def test_merged_rows_share_what_a_text_needs() -> None:
    merges = '<mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>'
    rows = '<row r="2" ht="20"><c r="B2" s="1"/></row><row r="4" ht="20"/><row r="5"/>'
    found = rows_after(rows, Edit(2, 2, LONG * 3), after=merges)
    assert list(found) == [2, 3, 4, 5]
    heights = [height_of(found[row]) for row in (2, 3, 4)]
    assert sum(heights) >= text_height(LONG * 3, room(20 * 7), 10)
    assert max(heights) - min(heights) <= 6
    assert all('customHeight="1"' in found[row] for row in (2, 3, 4))  # no program fits merged cells
    assert found[5] == '<row r="5"/>'


def test_a_merged_text_has_the_room_of_its_columns() -> None:
    merges = '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>'
    wide = rows_after('<row r="2"><c r="A2" s="1"/></row>', Edit(2, 1, LONG), after=merges)
    narrow = rows_after('<row r="2"><c r="A2" s="1"/></row>', Edit(2, 1, LONG))
    assert height_of(wide[2]) < 0.7 * height_of(narrow[2])


def style_of(data: bytes, cell: str) -> tuple[int, str]:
    """The number of a cell's style, and the style."""
    found = members(data)
    (number,) = re.findall(rf'<c r="{cell}"[^>]* s="(\d+)"', found[SHEET_PART][1].decode())
    formats = found["xl/styles.xml"][1].decode().partition("<cellXfs")[2]
    return int(number), re.findall(r"<xf(?:[^>]*/>|.*?</xf>)", formats)[int(number)]


def test_a_text_that_would_be_cut_wraps() -> None:
    data = workbook('<row r="2"><c r="B2" s="2"/></row>', styles=STYLES, before=COLUMNS)
    book = Workbook.from_bytes(data, "表.xlsx")
    filled = book.fill({SHEET: [Edit(2, 2, LONG)]})
    number, style = style_of(filled, "B2")
    assert (number, style.count("wrapText"), style.count('horizontal="center"')) == (4, 1, 1)
    assert '<cellXfs count="5">' in members(filled)["xl/styles.xml"][1].decode()
    assert style_of(book.fill({SHEET: [Edit(2, 2, "已完成")]}), "B2")[0] == 2  # as it was


@pytest.mark.parametrize("style", [0, 3])
def test_a_text_that_runs_on_or_shrinks_stays_as_it_is(style: int) -> None:
    rows = f'<row r="1"><c r="AN1"><v>1</v></c></row><row r="2"><c r="B2" s="{style}"/></row>'
    data = workbook(rows, styles=STYLES, before=COLUMNS)
    filled = Workbook.from_bytes(data, "表.xlsx").fill({SHEET: [Edit(2, 2, LONG)]})
    assert style_of(filled, "B2")[0] == style
    assert members(filled)["xl/styles.xml"] == members(data)["xl/styles.xml"]


def test_a_text_that_would_run_off_the_sheet_wraps() -> None:
    data = workbook('<row r="2"><c r="B2"/></row>', styles=STYLES, before=COLUMNS)
    filled = Workbook.from_bytes(data, "表.xlsx").fill({SHEET: [Edit(2, 2, LONG), Edit(3, 1, LONG)]})
    assert style_of(filled, "B2")[0] == style_of(filled, "A3")[0] == 4


def test_what_is_beside_the_print_area_raises_no_row() -> None:
    area = f'<definedName name="_xlnm.Print_Area" localSheetId="0">{SHEET}!$A$1:$A$9</definedName>'
    entries = f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets>'
    entries += f"<definedNames>{area}</definedNames>"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = f'<workbook xmlns="{MAIN}" xmlns:r="{relations}">{entries}</workbook>'
    sheet = worksheet('<row r="2" ht="20"><c r="B2" s="1"/></row>', before=COLUMNS)
    data = package(parts(sheet, styles=STYLES, workbook=main))
    filled = Workbook.from_bytes(data, "表.xlsx").fill({SHEET: [Edit(2, 2, LONG)]})
    assert '<row r="2" ht="20">' in members(filled)[SHEET_PART][1].decode()
