"""A sheet added to a workbook: it is there, it can be read, and nothing else changed by a byte."""

from __future__ import annotations

import io
from typing import Any, cast

import openpyxl
import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from typed import typed
from workbooks import MAIN, RELATIONS, STRICT, members, package, parts, worksheet

from perf_excel.books.listsheet import sheet_of
from perf_excel.books.xlsx.borrowed_style import table_style
from perf_excel.books.xlsx.markup import check
from perf_excel.books.xlsx.rule_looks import with_looks
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.forms.model import Form
from perf_excel.jobs.examination.verdict_list import HEADS, table_of
from perf_excel.sheets.verdicts import COLUMNS, SHEET, Verdict, read_verdicts

HEAD_ROW = 4
ROWS = (
    Verdict(
        "W1", "错误", "自评'表", "G4", "总分", "分值合计：<50> & 分", "100", "50", "忽略", "=按批复", "已忽略"
    ),
    Verdict("V9", "提醒", "表2", "H5", "=培训次数", "填写不完整\n第二行"),
)
CHANGES = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}


def with_rows(data: bytes, sheet: str = SHEET, rows: tuple[Verdict, ...] = ROWS) -> bytes:
    table = table_of(rows, ("甲.xlsx；2026-11-21", "怎么做"))
    return Workbook.from_bytes(data, "甲.xlsx").with_sheet(sheet_of(sheet, table))


def changed(before: bytes, after: bytes) -> set[str]:
    old, new = members(before), members(after)
    assert old.keys() <= new.keys()
    return {name for name in new if old.get(name) != new[name]}


BOOKS = {
    "plain": package(parts(worksheet(), worksheet())),
    "prefixed": package(
        parts(
            worksheet(),
            workbook=f'<x:workbook xmlns:x="{MAIN}" xmlns:q="{RELATIONS}"><x:sheets>'
            '<x:sheet name="自评表" sheetId="7" q:id="rId1"/></x:sheets><x:definedNames/></x:workbook>',
        )
    ),
    "named": package(
        parts(
            worksheet(),
            workbook=f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><!-- <sheets/> --><sheets>'
            '<sheet name="自评表" sheetId="1" r:id="rId1"/></sheets><definedNames>'
            '<definedName name="甲">自评表!$A$1</definedName></definedNames></workbook>',
        )
    ),
    "openpyxl": typed(Form(unit="某局")),
}


@pytest.mark.parametrize("data", BOOKS.values(), ids=BOOKS)
def test_a_new_sheet_is_the_last_and_all_else_keeps_its_bytes(data: bytes) -> None:
    before = Workbook.from_bytes(data, "甲.xlsx").sheets
    after = with_rows(data)
    book = Workbook.from_bytes(after, "甲.xlsx")
    assert book.sheets == (*before, SHEET)
    assert read_verdicts(book.grid(SHEET)) == ROWS
    new = changed(data, after)
    assert new > CHANGES
    assert len(new - CHANGES - {"xl/styles.xml"}) == 1
    for name in new:
        check(members(after)[name][1], "甲.xlsx", name)


def test_other_programs_read_it() -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(with_rows(BOOKS["openpyxl"])), rich_text=True)
    sheet = book[SHEET]
    reason = sheet.cell(HEAD_ROW + 1, HEADS.index("理由") + 1)
    assert (str(reason.value), reason.data_type) == ("=按批复", "s"), "text, never a formula"
    links = [sheet.cell(row, 3).hyperlink.location for row in (HEAD_ROW + 1, HEAD_ROW + 2)]
    assert links == ["'自评''表'!G4", "'表2'!H5"]
    [rule] = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1, str(rule.sqref)) == ("list", '"忽略"', "F5:F6")
    assert sheet.auto_filter.ref == "A4:L6"
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$4:$4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


def test_severities_are_coloured_behind_the_looks_that_there_are() -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOKS["openpyxl"]))
    bold = DifferentialStyle(font=Font(b=True))
    rule = Rule(type="expression", dxf=bold, formula=["TRUE"])
    cast("Any", book.worksheets[0]).conditional_formatting.add("A1", rule)
    own = io.BytesIO()
    book.save(own)
    for data in (BOOKS["openpyxl"], own.getvalue()):
        sheets: Any = openpyxl.load_workbook(io.BytesIO(with_rows(data)))
        [area] = sheets[SHEET].conditional_formatting
        assert str(area.sqref) == "B5:B6"
        grounds = {rule.formula[0]: rule.dxf.fill.bgColor.rgb for rule in area.rules}
        assert grounds == {'"错误"': "FFFFC7CE", '"提醒"': "FFFFEB9C", '"提示"': "FFDDEBF7"}
    [area] = sheets.worksheets[0].conditional_formatting
    assert [rule.dxf.font.b for rule in area.rules] == [True]


LOOKS = (b"<{x}font><{x}b/></{x}font>", b"<{x}fill/>")


@pytest.mark.parametrize(
    ("before", "after", "numbers"),
    [
        ("<cellXfs/><dxfs/>", '<cellXfs/><dxfs count="2">{0}{1}</dxfs>', (0, 1)),
        ('<dxfs count="1">{1}</dxfs>', '<dxfs count="2">{1}{0}</dxfs>', (1, 0)),
        (
            "<fonts/><!-- <dxfs/> --><cellXfs/><colors/>",
            '<fonts/><!-- <dxfs/> --><cellXfs/><dxfs count="2">{0}{1}</dxfs><colors/>',
            (0, 1),
        ),
        ("<colors/>", '<dxfs count="2">{0}{1}</dxfs><colors/>', (0, 1)),
        ('<dxfs count="2">{0}{1}</dxfs>', '<dxfs count="2">{0}{1}</dxfs>', (0, 1)),
    ],
    ids=["empty", "one there", "none", "bare", "all there"],
)
def test_looks_are_added_once(before: str, after: str, numbers: tuple[int, int]) -> None:
    looks = ("<dxf><font><b/></font></dxf>", "<dxf><fill/></dxf>")
    xml, due = (f'<styleSheet xmlns="{MAIN}">{part.format(*looks)}</styleSheet>' for part in (before, after))
    assert with_looks(check(xml.encode(), "甲.xlsx", "xl/styles.xml"), LOOKS) == (due.encode(), numbers)


def test_a_list_of_the_earlier_version_is_read() -> None:
    heads = ("序号", *COLUMNS)
    cells = [heads, *(("1", *row) for row in ROWS)]
    book: Any = openpyxl.Workbook()
    book.active.title = SHEET
    for row in (("校验结果",), ("甲.xlsx",), ("怎么做",), *cells):
        book.active.append([f"'{text}" if text.startswith("=") else text for text in row])
    data = io.BytesIO()
    book.save(data)
    rows = read_verdicts(Workbook.from_bytes(data.getvalue(), "甲.xlsx").grid(SHEET))
    assert rows is not None
    first = rows[0]
    assert (first.check, first.action, first.waives) == ("W1", "忽略", True)


def test_a_small_screen_shows_the_whole_width() -> None:
    table = table_of(ROWS, ("", ""))
    assert sum(table.widths) * 8 <= 1290, "8 pixels are a digit of 宋体 11"


@pytest.mark.parametrize("data", BOOKS.values(), ids=BOOKS)
def test_written_again_only_the_list_changes(data: bytes) -> None:
    once = with_rows(data)
    again = with_rows(once, rows=ROWS[:1])
    assert len(changed(once, again)) == 1
    assert read_verdicts(Workbook.from_bytes(again, "甲.xlsx").grid(SHEET)) == ROWS[:1]
    assert with_rows(once) == once


def test_a_strict_workbook_gets_a_strict_sheet() -> None:
    data = package(
        parts(
            worksheet(namespace=STRICT),
            workbook=f'<workbook xmlns="{STRICT}"><sheets><sheet name="自评表" sheetId="1" '
            'xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships" r:id="rId1"/></sheets>'
            "</workbook>",
        )
    )
    after = with_rows(data)
    assert read_verdicts(Workbook.from_bytes(after, "甲.xlsx").grid(SHEET)) == ROWS
    assert STRICT.encode() in members(after)["xl/worksheets/sheet2.xml"][1]


def test_macros_and_locked_structure_stay() -> None:
    locked = parts(worksheet(), extra={"xl/vbaProject.bin": b"macros"})
    main = str(locked["xl/workbook.xml"])
    locked["xl/workbook.xml"] = main.replace("<sheets>", '<workbookProtection lockStructure="1"/><sheets>')
    data = package(locked)
    after = with_rows(data)
    assert members(after)["xl/vbaProject.bin"] == members(data)["xl/vbaProject.bin"]
    assert Workbook.from_bytes(after, "甲.xlsm").structure_locked
    assert not Workbook.from_bytes(BOOKS["plain"], "甲.xlsx").structure_locked


def test_a_sheet_that_is_no_worksheet_is_not_overwritten() -> None:
    chart = parts(worksheet(), worksheet())
    rels = str(chart["xl/_rels/workbook.xml.rels"])
    chart["xl/_rels/workbook.xml.rels"] = rels.replace(
        'worksheet" Target="worksheets/sheet2', 'chartsheet" Target="worksheets/sheet2'
    )
    with pytest.raises(UserError, match="不是普通工作表"):
        with_rows(package(chart), "表2")


STYLES = (
    '<fonts><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts>'
    "<fills><fill/><fill/></fills>"
    '<borders><border><left/></border><border><left style="thin"/><right style="thin"/><top style="thin"/>'
    '<bottom style="thin"/></border></borders><cellXfs>{}</cellXfs>'
)
WRAP = '<alignment wrapText="1"{}/></xf>'


@pytest.mark.parametrize(
    ("formats", "best"),
    [
        ([""], 0),
        (['<xf fontId="0"/>', '<xf fontId="0" borderId="1"/>'], 0),
        (
            [
                '<xf fontId="0"/>',
                '<xf fontId="0" borderId="0">' + WRAP,
                '<xf fontId="0" borderId="1">' + WRAP,
            ],
            2,
        ),
        (['<xf fontId="0"/>', '<xf fontId="1" borderId="1">' + WRAP, '<xf fontId="0">' + WRAP], 2),
        (['<xf fontId="0"/>', '<xf fontId="0" fillId="1" borderId="1">' + WRAP], 0),
        (['<xf fontId="0"/>', '<xf fontId="0"><alignment wrapText="1" textRotation="255"/></xf>'], 0),
    ],
    ids=["none", "none wraps", "lines", "bold", "filled", "upright"],
)
def test_it_borrows_the_style_that_suits_a_table(formats: list[str], best: int) -> None:
    xml = f'<styleSheet xmlns="{MAIN}">{STYLES.format("".join(formats).replace("{}", ""))}</styleSheet>'
    assert table_style(check(xml.encode(), "甲.xlsx", "xl/styles.xml")) == best


def test_another_sheet_of_that_name_is_no_list() -> None:
    data = package(parts(worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>别的</t></is></c></row>')))
    grid = Workbook.from_bytes(data, "甲.xlsx").grid("自评表")
    assert read_verdicts(grid) is None
    assert read_verdicts(type(grid)(SHEET, grid.cells)) is None
