from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import (
    MAIN,
    RELATIONS,
    SHEET,
    SHEET_PART,
    STRICT,
    package,
    parts,
    relationships,
    workbook,
    worksheet,
)

from perf_excel.books.xlsx import merged_areas, sheetxml
from perf_excel.books.xlsx.shared_formulas import moved
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area, Cell, Grid, Value
from perf_excel.sheets.helper_cells import MARKER
from perf_excel.sheets.shown_text import printed


def grid(rows: str = "", *, strings: str = "", styles: str = "", before: str = "", after: str = "") -> Grid:
    data = workbook(rows, strings=strings, styles=styles, before=before, after=after)
    return Workbook.from_bytes(data, "甲.xlsx").grid(SHEET)


def values(rows: str, *, strings: str = "") -> dict[tuple[int, int], Value]:
    return {place: cell.value for place, cell in grid(rows, strings=strings).cells.items()}


def value(cell: str, *, strings: str = "") -> Value:
    """Return the one value of a row with this one cell."""
    (found,) = values(f'<row r="1">{cell}</row>', strings=strings).values()
    return found


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("0.72409999999999997", "0.7241"),
        ("95.810000000000002", "95.81"),
        ("5", "5"),
        ("5.0", "5"),
        ("1E-3", "0.001"),
        ("1e22", "1E+22"),
        ("-0", "0"),
        (" 12 ", "12"),
    ],
)
def test_a_number_is_the_decimal_that_was_typed(stored: str, shown: str) -> None:
    found = value(f'<c r="A1"><v>{stored}</v></c>')
    assert isinstance(found, Decimal)
    assert str(found) == shown


@pytest.mark.parametrize("stored", ["nan", "inf", "1e999", "十"])
def test_what_is_no_number_stays_text(stored: str) -> None:
    assert value(f'<c r="A1"><v>{stored}</v></c>') == stored


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="str"><v>达标</v></c>', "达标"),
        ('<c r="A1" t="n"><v>3</v></c>', Decimal(3)),
        ('<c r="A1" t="d"><v>2022-06-30</v></c>', Decimal(44742)),
        ('<c r="A1" t="d"><v>2022-06-30T12:00:00Z</v></c>', Decimal("44742.5")),
        ('<c r="A1" t="d"><v>T06:00:00</v></c>', Decimal("0.25")),
        ('<c r="A1" t="d"><v>1900-01-01</v></c>', Decimal(1)),
        ('<c r="A1" t="d"><v>六月底</v></c>', "六月底"),
        ('<c r="A1" t="inlineStr"><is><t>行内</t></is></c>', "行内"),
        ('<c r="A1" t="inlineStr"><v>行内</v></c>', "行内"),
        ('<c r="A1"><is><t>无类型</t></is></c>', "无类型"),
        (
            (
                '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>粗</t></r>'
                '<r><t xml:space="preserve"> 细</t></r></is></c>'
            ),
            "粗 细",
        ),
        (
            (
                '<c r="A1" t="inlineStr"><is><t>预算</t><rPh sb="0" eb="2"><t>yusuan</t></rPh>'
                '<phoneticPr fontId="1"/></is></c>'
            ),
            "预算",
        ),
        ('<c r="A1" t="str"><v>a &lt; b &amp;amp; &#x4E2D;&#25991;</v></c>', "a < b &amp; 中文"),
        (
            '<c r="A1" t="str"><v><![CDATA[<c r="B9"><v>1</v></c>&amp;]]></v></c>',
            '<c r="B9"><v>1</v></c>&amp;',
        ),
        ('<c r="A1" t="str"><v>一_x000D_二_x005F_x0041_</v></c>', "一\r二_x0041_"),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_</v></c>', "😀"),
        ("<c r='A1' s='0' t='str'><v>单引号</v></c>", "单引号"),
        ('<c t="str" s="0" r = "A1" ><v >乱序</v ></c >', "乱序"),
        ('<c r="A1" t="str" note="a>b"><v>引号里的尖括号</v></c>', "引号里的尖括号"),
        ('<c r="A1" t="str"><!-- <v>旧</v> --><v>新<?x <v>?></v></c>', "新"),
        ('<c r="A1" t="str">\n  <v>缩进</v>\n</c>', "缩进"),
        ('<c r="a1"><v>1</v></c>', Decimal(1)),
        (f'<c r="A1" s="{"9" * 5000}" t="str"><v>&#{"0" * 5000}65;</v></c>', "A"),
    ],
)
def test_every_kind_of_cell_gives_its_value(cell: str, expected: Value) -> None:
    assert value(cell) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("<si><t>文本</t></si>", "文本"),
        ('<si><t xml:space="preserve"> 前后 </t></si>', " 前后 "),
        ("<si><r><t>第一</t></r><r><rPr/><t>第二</t></r></si>", "第一第二"),
        ('<si><t>漢字</t><rPh sb="0" eb="1"><t>カンジ</t></rPh></si>', "漢字"),
        ("<si><t>一&#10;二_x000D_</t></si>", "一\n二\r"),
    ],
)
def test_shared_strings_are_read_as_plain_text(item: str, expected: str) -> None:
    assert value('<c r="A1" t="s"><v>1</v></c>', strings=f"<si/>{item}<si><t>后</t></si>") == expected


@pytest.mark.parametrize("index", ["7", "-1", "x"])
def test_a_shared_string_that_does_not_exist_is_refused(index: str) -> None:
    with pytest.raises(UserError, match=r"^甲\.xlsx：.*共享文本"):
        value(f'<c r="A1" t="s"><v>{index}</v></c>', strings="<si><t>文本</t></si>")


def test_blank_cells_are_left_out() -> None:
    rows = (
        '<row r="1"><c r="A1" s="1"/><c r="B1" s="1"></c><c r="C1"><v/></c><c r="D1"><v></v></c>'
        '<c r="E1" t="s"><v>0</v></c><c r="F1" t="inlineStr"><is><t></t></is></c><c r="G1"> </c></row>'
        '<row r="2" s="1" customFormat="1"/>'
    )
    assert values(rows, strings="<si><t></t></si>") == {}


def test_places_follow_from_the_order_where_addresses_are_missing() -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        '<row r="5"><c r="D5"><v>4</v></c><c><v>5</v></c></row>'
        "<row><c><v>6</v></c></row>"
    )
    assert values(rows) == {(1, 1): 1, (1, 3): 3, (5, 4): 4, (5, 5): 5, (6, 1): 6}


def test_cells_and_rows_out_of_order_keep_their_addresses() -> None:
    rows = (
        '<row r="3"><c r="C3"><v>33</v></c><c r="A3"><v>31</v></c></row>'
        '<row r="1"><c r="B1"><v>12</v></c></row>'
    )
    assert values(rows) == {(3, 3): 33, (3, 1): 31, (1, 2): 12}


def test_the_last_corner_of_a_sheet_is_read_and_a_lying_dimension_ignored() -> None:
    found = grid('<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>', before='<dimension ref="A1"/>')
    assert found.cells == {(1_048_576, 16_384): Cell(Decimal(7))}


@pytest.mark.parametrize("address", ["XFE1", "A1048577", "R1C1", "1", ""])
def test_an_impossible_address_is_refused(address: str) -> None:
    with pytest.raises(UserError, match=f"^甲.xlsx，{SHEET}：单元格地址"):
        value(f'<c r="{address}"><v>1</v></c>')


def test_a_formula_keeps_its_text_and_cached_value() -> None:
    rows = (
        '<row r="1"><c r="A1"><f>IF(B1&gt;0,"合格","")</f><v>2.5</v></c>'
        '<c r="B1" t="str"><f>C1</f><v></v></c>'
        '<c r="C1"><f>LEN(D1)</f></c><c r="D1"><f ca="1">NOW()</f><v>1</v></c>'
        '<c r="E1"><f/><v>9</v></c></row>'
    )
    cells = grid(rows).cells
    assert cells[1, 1] == Cell(Decimal("2.5"), formula='IF(B1>0,"合格","")')
    assert cells[1, 2] == Cell("", formula="C1")
    assert cells[1, 3] == Cell(None, formula="LEN(D1)")
    assert cells[1, 4] == Cell(Decimal(1), formula="NOW()")
    assert cells[1, 5] == Cell(Decimal(9))


def test_shared_and_array_formulas_have_their_text() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*$C$1</f><v>1</v></c>'
        '<c r="D1"><f t="array" ref="D1:D2">B1:B2*2</f><v>4</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c>'
        '<c r="E2"><f t="dataTable" ref="E2:E3" r1="A1"/><v>3</v></c></row>'
    )
    formulas = {place: cell.formula for place, cell in grid(rows).cells.items()}
    assert formulas == {(1, 1): "B1*$C$1", (1, 4): "B1:B2*2", (2, 1): "B2*$C$1", (2, 5): ""}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"),
        ('IF(A1="A1",B1,"B1")', 'IF(B3="A1",C3,"B1")'),
        ("LOG10(A1)+LOG10", "LOG10(B3)+LOH12"),
        ("SUM(A:A,$A:B,1:1,$1:2)", "SUM(B:B,$A:C,3:3,$1:4)"),
        ("'A1'!A1+表2!B2+A1_x+x.A1", "'A1'!B3+表2!C4+A1_x+x.A1"),
        ("Table1[A1]+SUM(A1:B2)", "Table1[A1]+SUM(B3:C4)"),
    ],
)
def test_a_shared_formula_is_moved_like_a_copied_one(formula: str, expected: str) -> None:
    assert moved(formula, 2, 1) == expected


def test_merged_areas_are_read_in_any_writing() -> None:
    after = (
        '<mergeCells count="4"><mergeCell ref="A1:C1"/><mergeCell x="1" ref=\'$B$5:$A$2\'/>'
        '<mergeCell ref="A7"/><mergeCell ref="A9:XFD1048576"/></mergeCells>'
    )
    found = grid('<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>2</v></c></row>', after=after)
    assert found.merges == (Area(1, 1, 1, 3), Area(2, 1, 5, 2), Area(9, 1, 1_048_576, 16_384))
    assert found.at(1, 3).value == 1


def test_merged_areas_that_would_fill_the_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    after = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    with pytest.raises(UserError, match="合并单元格覆盖的范围过大"):
        grid('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', after=after)
    monkeypatch.setattr(merged_areas, "MERGE_LIMIT", 0)
    with pytest.raises(UserError, match="合并单元格超过 0 处"):
        grid("", after=after.replace("XFD1048576", "B2"))


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetxml, "CELL_LIMIT", 1)
    with pytest.raises(UserError, match="有内容的单元格超过 1 个"):
        grid('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c></row>')


def test_a_hundred_thousand_formatted_blanks_cost_nothing_but_their_reading() -> None:
    blanks = "".join(
        f'<row r="{row}" s="1" customFormat="1"><c r="A{row}" s="1"/></row>' for row in range(2, 100_000)
    )
    assert values('<row r="1"><c r="A1"><v>1</v></c></row>' + blanks) == {(1, 1): 1}


def test_number_formats_are_those_of_the_styles() -> None:
    styles = (
        '<numFmts count="1"><numFmt numFmtId="176" formatCode="0.00_ &quot;分&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf/><xf numFmtId="10" xfId="0"><alignment/></xf><xf fontId="1" numFmtId="176"/>'
        '<xf numFmtId="31"/><xf numFmtId="99"/></cellXfs>'
    )
    cells = "".join(f'<c r="{column}1" s="{style}"><v>1</v></c>' for style, column in enumerate("ABCDEF"))
    formats = [cell.format for _, cell in grid(f'<row r="1">{cells}</row>', styles=styles).row(1)]
    assert formats == ["General", "0.00%", '0.00_ "分"', "yyyy年m月d日", "General", "General"]


ROWS = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>A1</f><v>0.5</v></c></row>'
PLAIN = {(1, 1): Cell("指标"), (1, 2): Cell(Decimal("0.5"), formula="A1")}


def prefixed(xml: str) -> str:
    for name in ("worksheet", "sheetData", "row", "c", "v", "f"):
        xml = xml.replace(f"<{name}", f"<x:{name}") if name != "c" else xml.replace("<c ", "<x:c ")
        xml = xml.replace(f"</{name}>", f"</x:{name}>")
    return xml.replace("xmlns=", "xmlns:x=")


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet(ROWS),
        worksheet(ROWS, namespace=STRICT),
        prefixed(worksheet(ROWS)),
        "\ufeff" + worksheet(ROWS),
        worksheet(ROWS).replace("UTF-8", "UTF-16").encode("utf-16"),
        worksheet(ROWS).replace("UTF-8", "GBK").encode("gbk"),
        worksheet(ROWS).partition("\n")[2],
        worksheet(ROWS).replace("<worksheet", "<!-- <sheetData/> --><worksheet"),
        worksheet(ROWS).replace("<sheetData>", "<!-- <sheetData><row r='9'/> --><sheetData >"),
    ],
)
def test_the_same_sheet_reads_the_same_in_every_writing(sheet: str | bytes) -> None:
    data = package(parts(sheet, strings="<si><t>指标</t></si>"))
    assert Workbook.from_bytes(data, "甲.xlsx").grid(SHEET).cells == PLAIN


def test_an_empty_sheet_has_no_cells() -> None:
    data = package(
        parts(worksheet().replace("<sheetData></sheetData>", "<sheetData/>"), f'<worksheet xmlns="{MAIN}"/>')
    )
    book = Workbook.from_bytes(data, "甲.xlsx")
    assert book.grid(SHEET).cells == {}
    assert book.grid("表2").cells == {}


@pytest.mark.parametrize(
    ("sheet", "complaint"),
    [
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///x">]><worksheet>&x;</worksheet>', "DOCTYPE"),
        ('<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>', "DOCTYPE"),
        ("<worksheet><sheetData></worksheet>", "已损坏"),
        ("<worksheet>&undefined;</worksheet>", "已损坏"),
        (b'<?xml version="1.0" encoding="nonsense"?><worksheet/>', "已损坏"),
        (b'<?xml version="1.0" encoding="punycode"?><worksheet/>', "已损坏"),
        (b'<?xml version="1.0" encoding="\0"?><worksheet/>', "已损坏"),
        (b"\xff\xfe<", "已损坏"),
        ("", "已损坏"),
        (f'<chartsheet xmlns="{MAIN}"/>', "不是普通工作表"),
        ("<worksheet>" + "<a>" * 600_000 + "</a>" * 600_000 + "</worksheet>", "已损坏"),
    ],
)
def test_an_unsafe_or_broken_sheet_is_refused_with_a_sentence(sheet: str | bytes, complaint: str) -> None:
    with pytest.raises(UserError, match=rf"^甲\.xlsx.*{complaint}"):
        Workbook.from_bytes(package(parts(sheet)), "甲.xlsx").grid(SHEET)


def test_hidden_chart_and_unknown_sheets() -> None:
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:q="{RELATIONS}"><workbookPr date1904="1"/><sheets>'
        '<sheet q:id="rId2" name="图"/><sheet name="A&amp;B" state="veryHidden" q:id="rId1"/></sheets>'
        "</workbook>"
    )
    data = parts(worksheet('<row r="1"><c r="A1" t="d"><v>1904-01-02</v></c></row>'), workbook=book)
    data["xl/_rels/workbook.xml.rels"] = relationships(
        [("worksheet", "/XL/worksheets/Sheet1.xml"), ("chartsheet", "chartsheets/sheet1.xml")]
    )
    opened = Workbook.from_bytes(package(data), "甲.xlsx")
    assert opened.sheets == ("A&B",)
    assert opened.hidden("A&B")
    assert opened.date_1904
    assert opened.grid("A&B") == Grid("A&B", {(1, 1): Cell(Decimal(1463), "yyyy-mm-dd")}, hidden=True)
    with pytest.raises(UserError, match="没有名为“图”的工作表，现有工作表：A&B"):
        opened.grid("图")


def test_days_counted_from_1904_are_the_days_that_are_shown() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="200" formatCode="yyyy\\年m\\月d\\日"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="20"/></cellXfs>'
    )
    rows = (
        '<row r="1"><c r="A1" s="1"><v>43280</v></c><c r="B1" s="2"><f>A1</f><v>43280</v></c>'
        '<c r="C1"><v>43280</v></c><c r="D1" s="3"><v>0.5</v></c></row>'
    )
    found = parts(worksheet(rows), styles=styles)
    found["xl/workbook.xml"] = str(found["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    grid = Workbook.from_bytes(package(found), "甲.xlsx").grid(SHEET)
    shown = [printed(grid.at(1, column)) for column in (1, 2, 3, 4)]
    assert shown == ["2022/6/30", "2022年6月30日", "43280", "0.5"]


def test_a_workbook_without_a_worksheet_or_a_part_is_refused() -> None:
    empty = parts(workbook=f'<workbook xmlns="{MAIN}"><sheets/></workbook>')
    with pytest.raises(UserError, match="没有普通工作表"):
        Workbook.from_bytes(package(empty), "甲.xlsx")
    missing = parts(worksheet())
    del missing[SHEET_PART]
    with pytest.raises(UserError, match="缺少部件"):
        Workbook.from_bytes(package(missing), "甲.xlsx").grid(SHEET)


def test_the_workbook_part_is_found_by_its_content_type_too() -> None:
    data = parts(worksheet(ROWS), strings="<si><t>指标</t></si>")
    del data["_rels/.rels"]
    assert Workbook.from_bytes(package(data), "甲.xlsx").sheets == (SHEET,)


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
# openpyxl writes 15 digits.
numbers = st.integers(-(10**15), 10**15).map(lambda number: number / 10_000) | st.integers(-(10**9), 10**9)
places = st.tuples(st.integers(1, 30), st.integers(1, 30))


@given(st.dictionaries(places, st.one_of(texts, numbers, st.booleans()), max_size=20))
def test_what_openpyxl_wrote_is_read_back(cells: dict[tuple[int, int], str | float | bool]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for (row, column), content in cells.items():
        cell = sheet.cell(row, column, content)
        if isinstance(content, str):
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    found = Workbook.from_bytes(out.getvalue(), "甲.xlsx").grid("Sheet")
    expected = {
        place: content if isinstance(content, str | bool) else Decimal(repr(float(content)))
        for place, content in cells.items()
    }
    assert {place: cell.value for place, cell in found.cells.items()} == expected


_HIDDEN = '<cols><col min="3" max="9" hidden="1"/></cols>'
_MARKED = f'<c r="D{{row}}" t="inlineStr"><is><t>{MARKER}</t></is></c>'
_SHARED = '<c r="D{row}" t="s"><v>0</v></c>'


@pytest.mark.parametrize("marker", [_MARKED, _SHARED])
@pytest.mark.parametrize("row", [1, 2])
def test_what_stands_right_of_the_marker_is_passed_over_wherever_that_stands(marker: str, row: int) -> None:
    def cells(number: int) -> str:
        own = marker.format(row=number) if number == row else f'<c r="D{number}"><v>7</v></c>'
        written = ("A", "C", None, "E", "AA")
        return "".join(f'<c r="{name}{number}"><v>{number}</v></c>' if name else own for name in written)

    rows = "".join(f'<row r="{number}">{cells(number)}</row>' for number in (1, 2, 3))
    found = grid(rows, strings=f"<si><t>{MARKER}</t></si>", before=_HIDDEN)
    assert found.helpers == 4
    assert {*found.cells} == {(number, column) for number in (1, 2, 3) for column in (1, 3)}


def test_a_marker_that_is_not_hidden_or_only_part_of_a_text_ends_no_row() -> None:
    marked = f'<c r="B1" t="inlineStr"><is><t>{{0}}{MARKER}</t></is></c><c r="C1"><v>1</v></c>'
    shown, within = marked.format(""), marked.format("见")
    assert grid(f'<row r="1">{within}</row>').helpers is None
    assert {*grid(f'<row r="1">{within}</row>').cells} == {(1, 2), (1, 3)}
    assert grid(f'<row r="1">{shown}</row>', before=_HIDDEN).helpers == 2


@pytest.mark.parametrize("hiding", ['hidden="1"', 'ht="0" customHeight="1"'])
def test_hidden_rows_are_told_by_their_own_tags(hiding: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2" {hiding}><c r="A2"><v>2</v></c></row>'
    assert grid(rows + '<row r="3" ht="20"><c r="A3" s="0"><v>3</v></c></row>').hidden_rows == {2}
