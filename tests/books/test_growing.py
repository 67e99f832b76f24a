"""Rows put into a sheet of a workbook file: what moves, what is repeated, and what keeps its bytes."""

from __future__ import annotations

import io
import random
import re

import openpyxl
import pytest
from books_at_random import random_book
from moved_sheets import around_rows, moved_parts, rows_of, written_out
from office import needs_office, recalculated_all
from workbooks import SHEET, SHEET_PART, members, package, parts, relationships, workbook, worksheet

from perf_excel.books.xlsx.moving import moving_parts
from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Area
from perf_excel.sheets.writing.moved_rows import Insertion, Moves

TWO_BEHIND_2 = Moves((Insertion(2, 2, since=1),))


def grown(data: bytes, moves: Moves = TWO_BEHIND_2, sheet: str = SHEET) -> dict[str, str]:
    """Return the parts after rows were put in."""
    return moved_parts(data, sheet, moves)


def rows_after(rows: str, moves: Moves = TWO_BEHIND_2) -> str:
    sheet = grown(workbook(rows), moves)[SHEET_PART]
    return rows_of(sheet)


def after(before: str = "", behind: str = "", moves: Moves = TWO_BEHIND_2) -> str:
    """Return what stands around the cells afterwards."""
    rows = '<row r="1"/><row r="2"/><row r="3"/>'
    sheet = grown(workbook(rows, before=before, after=behind), moves)[SHEET_PART]
    return around_rows(sheet)


def both(text: str) -> tuple[str, str]:
    """Return what is written as A3→5, before and after."""
    text = written_out(text)
    return re.sub(r"(\d+)→\d+", r"\1", text), re.sub(r"\d+→(\d+)", r"\1", text)


def test_rows_below_are_renumbered_and_new_ones_are_like_their_pattern() -> None:
    first = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    pattern = '<row r="{0}" spans="1:3" ht="30"><c r="A{0}" s="5"{1}<c r="C{0}" s="6"/></row>'
    second = pattern.format(2, ' t="s"><v>1</v></c>')
    third = "<row r='{0}' ht='20'><c s='1' r='A{0}' ><v>3</v></c></row>"
    assert rows_after(first + second + third.format(3)) == (
        first + second + pattern.format(3, "/>") + pattern.format(4, "/>") + third.format(5)
    )


def test_rows_without_numbers_and_a_pattern_that_does_not_exist() -> None:
    assert rows_after(
        "<row><c><v>1</v></c></row><row hidden='1'><c s='2'/></row><row><c><v>3</v></c></row>"
    ) == (
        "<row><c><v>1</v></c></row><row hidden='1'><c s='2'/></row>"
        '<row><c r="A3" s="2"/></row><row><c r="A4" s="2"/></row><row><c><v>3</v></c></row>'
    )
    assert (
        rows_after('<row r="1"/><row r="9"><c r="B9"/></row>') == '<row r="1"/><row r="11"><c r="B11"/></row>'
    )


@pytest.mark.parametrize(
    ("second", "third", "expected"),
    [
        ("<f>B2*C$1</f>", "<f>SUM(A1:A2)</f>", "<f>B2*C$1</f>|<f>B3*C$1</f>|<f>B4*C$1</f>|<f>SUM(A1:A4)</f>"),
        (
            '<f>A3&lt;&gt;"&amp;"</f>',
            "<f><![CDATA[A3<A2]]></f>",
            '<f>A5&lt;&gt;"&amp;"</f>|<f>A6&lt;&gt;"&amp;"</f>|<f>A7&lt;&gt;"&amp;"</f>|<f>A5&lt;A2</f>',
        ),
        (
            '<f t="shared" ref="A2:A3" si="0">B2+1</f>',
            '<f t="shared" si="0"/>',
            '<f t="shared" ref="A2:A5" si="0">B2+1</f>' + '|<f t="shared" si="0"/>' * 3,
        ),
        (
            '<f t="shared" ref="A2:A3" si="0">B1+1</f>',
            '<f t="shared" si="0"/>',
            '<f t="shared" ref="A2:A5" si="0">B1+1</f>' + '|<f t="shared" si="0"/>' * 2 + "|<f>B2+1</f>",
        ),
        (
            '<f t="array" ref="A2">B1*2</f>',
            '<f t="dataTable" ref="A3:B3" r1="C3"/>',
            '<f t="array" ref="A2">B1*2</f>|<f>B2*2</f>|<f>B3*2</f>|<f t="dataTable" ref="A5:B5" r1="C5"/>',
        ),
    ],
    ids=["sum", "escapes", "shared", "shared no more", "array and table"],
)
def test_formulas_follow_their_cells_and_are_repeated(second: str, third: str, expected: str) -> None:
    found = rows_after(
        f'<row r="1"/><row r="2"><c r="A2">{second}</c></row><row r="3"><c r="A3">{third}</c></row>'
    )
    assert "|".join(re.findall(r"<c [^>]*>(.*?)</c>", found)) == expected


def test_rows_cannot_be_put_into_an_array_formula() -> None:
    rows = '<row r="1"/><row r="2"><c r="A2"><f t="array" ref="A2:A4">B2:B4</f></c></row>'
    with pytest.raises(UserError, match=rf"^甲\.xlsx，{SHEET}：A2:A4 是一个数组公式，不能在其中插入行"):
        rows_after(rows)


def test_the_last_row_cannot_be_pushed_off() -> None:
    with pytest.raises(UserError, match="最后一行已有内容，无法再插入行"):
        rows_after('<row r="2"/><row r="1048576"/>')


def test_a_sheet_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving_parts, "SHEET_LIMIT", 100)
    with pytest.raises(UserError, match="工作表过大"):
        rows_after('<row r="2"/>')


@pytest.mark.parametrize(
    "element",
    [
        '<dimension ref="A1:C3→5"/>',
        '<sheetViews><V topLeftCell="A3→5"><pane ySplit="2" state="frozen"/></V></sheetViews>',
        '<sheetViews><V><pane ySplit="3→5" topLeftCell="A4→6" state="frozen"/></V></sheetViews>',
        '<sheetViews><V><pane ySplit="900" state="split"/></V></sheetViews>',
        '<sheetViews><V><selection activeCell="B3→5" sqref="B2 B3→5"/></V></sheetViews>',
    ],
)
def test_what_stands_before_the_cells(element: str) -> None:
    old, new = both(element)
    assert after(before=old) == new


@pytest.mark.parametrize(
    "element",
    [
        '<protectedRanges><protectedRange sqref="A3→5:A4→6" name="x"/></protectedRanges>',
        '<autoFilter ref="A1:C3→5"><sortState ref="A2:C3→5"/><sortCondition ref="A3→5"/></autoFilter>',
        '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C2:C3→5"/></mergeCells>',
        '<CF sqref="A1:A2→4"><cfRule><formula>$B$3→5&gt;A1</formula></cfRule></CF>',
        '<CF sqref="A1 A3→5"><cfRule><formula>B1&gt;A2</formula></cfRule></CF>',
        '<CF sqref="A3→5"><cfRule><cfvo type="num" val="$B$3→5"/></cfRule></CF>',
        '<DV type="list" sqref="B2:B3→5"><formula1>$D$1:$D$3→5</formula1></DV>',
        '<DV sqref="B1"><formula1>自评表!D3→5</formula1><formula2>甲!D3</formula2></DV>',
        '<hyperlinks><hyperlink ref="A3→5" location="自评表!A3→5"/><hyperlink location="名称"/></hyperlinks>',
        '<rowBreaks count="2"><brk id="2→4" max="16383"/><brk id="1"/></rowBreaks>',
        '<colBreaks count="1"><brk id="3" max="16383"/></colBreaks>',
        '<ignoredErrors><ignoredError sqref="A3→5"/></ignoredErrors>',
        "<x14:DV><x14:formula1><xm:f>自评表!$A$3→5</xm:f></x14:formula1><xm:sqref>B3→5</xm:sqref></x14:DV>",
        "<x14:sparkline><xm:f>自评表!A1:A2→4</xm:f><xm:sqref>C3→5</xm:sqref></x14:sparkline>",
        '<controlPr linkedCell="A3→5"/><anchor moveWithCells="1"><from><row>4→6</row></from></anchor>',
        "<controlPr><anchor><from><row>4</row></from><to><row>5</row></to></anchor></controlPr>",
    ],
)
def test_what_stands_behind_the_cells(element: str) -> None:
    frame = '<extLst xmlns:x14="a" xmlns:xm="b">{0}</extLst>'
    old, new = both(frame.format(element))
    assert after(behind=old) == new


def test_merged_areas_are_repeated_in_new_rows() -> None:
    merges = '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>'
    new = ("A2:B2", "A3:B3", "A4:B4")
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in new)
    assert after(behind=merges) == f'<mergeCells count="3">{cells}</mergeCells>'


def test_joined_areas_take_the_place_of_those_they_cover() -> None:
    moves = Moves((Insertion(2, 2),), (Area(1, 1, 4, 1),))
    merges = '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    new = '<mergeCells count="2"><mergeCell ref="B1:C1"/><mergeCell ref="A1:A4"/></mergeCells>'
    assert after(behind=merges, moves=moves) == new
    protection = '<sheetProtection sheet="1"/>'
    assert after(behind=protection + "<pageMargins/>", moves=moves) == (
        protection + '<mergeCells count="1"><mergeCell ref="A1:A4"/></mergeCells><pageMargins/>'
    )


DRAWING = (
    '<xdr:wsDr xmlns:xdr="x"><xdr:twoCellAnchor editAs="{how}"><xdr:from><xdr:row>{top}</xdr:row></xdr:from>'
    "<xdr:to><xdr:row>{bottom}</xdr:row></xdr:to>"
    '<xdr:sp textlink="自评表!A3→5"/></xdr:twoCellAnchor></xdr:wsDr>'
)
NOTE = (
    "<xml><br><v:shape><x:ClientData ObjectType='Note'><x:Anchor>1, 2, {0}, 4, 5, 6, {1}, 8</x:Anchor>"
    "<x:Row>{0}</x:Row></x:ClientData></v:shape></xml>"
)


def test_parts_that_speak_of_the_sheet() -> None:
    own = ["comments", "vmlDrawing", "drawing", "table", "pivotTable", "ctrlProp"]
    texts = {
        "comments": '<comments><comment ref="A2"/><comment ref="A3→5"/></comments>',
        "vmlDrawing": NOTE.format("2→4", "5→7"),
        "drawing": DRAWING.format(how="oneCell", top="2→4", bottom="9→11"),
        "table": '<table ref="A1:B3→5"><autoFilter ref="A1:B3→5"/>'
        "<calculatedColumnFormula>A3→5+表2!A3</calculatedColumnFormula></table>",
        "pivotTable": '<pivotTableDefinition><location ref="D3→5:E4→6"/></pivotTableDefinition>',
        "ctrlProp": '<formControlPr fmlaLink="$A$3→5" fmlaRange="表2!$A$3"/>',
        "other": DRAWING.format(how="oneCell", top=2, bottom=9),
        "chart": "<c:chart xmlns:c='c'><c:f>自评表!$A$1:$A$3→5</c:f><c:f>表2!$A$3</c:f></c:chart>",
        "pivotCacheDefinition": '<x><worksheetSource ref="A1:B3→5" sheet="自评表"/></x>',
    }
    extra: dict[str, str | bytes] = {f"xl/{kind}.xml": both(content)[0] for kind, content in texts.items()}
    extra["xl/worksheets/_rels/sheet1.xml.rels"] = relationships([(kind, f"../{kind}.xml") for kind in own])
    extra["xl/worksheets/_rels/sheet2.xml.rels"] = relationships([("drawing", "../other.xml")])
    extra["xl/_rels/other.xml.rels"] = relationships([("chart", "chart.xml")])
    other = worksheet("<row r='1'><c><f>自评表!A3</f></c></row>")
    made = parts(worksheet('<row r="2"/>'), other, extra=extra)
    book = [("worksheet", f"worksheets/sheet{number}.xml") for number in (1, 2)]
    made["xl/_rels/workbook.xml.rels"] = relationships(
        [*book, ("pivotCacheDefinition", "pivotCacheDefinition.xml")]
    )
    found = grown(package(made))
    assert {kind: found[f"xl/{kind}.xml"] for kind in texts} == {
        kind: both(content)[1] for kind, content in texts.items()
    }
    assert "<f>自评表!A5</f>" in found["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize(
    ("how", "top", "bottom"),
    [
        ("twoCell", "2→4", "9→11"),
        ("twoCell", "1", "9→11"),
        ("oneCell", "1", "9"),
        ("absolute", "2", "9"),
        ("twoCell", "0", "1"),
    ],
)
def test_a_shape_moves_and_grows_as_it_says(how: str, top: object, bottom: object) -> None:
    old, new = both(DRAWING.format(how=how, top=top, bottom=bottom))
    extra: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships([("drawing", "../drawing1.xml")]),
        "xl/drawing1.xml": old,
    }
    assert grown(package(parts(worksheet('<row r="2"/>'), extra=extra)))["xl/drawing1.xml"] == new


def test_names_move_and_the_calculation_chain_goes() -> None:
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets><definedNames>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">自评表!$A$1:$B$3</definedName>'
        '<definedName name="_xlnm.Print_Titles" localSheetId="0">自评表!$1:$2,自评表!$A:$B</definedName>'
        '<definedName name="常数">3</definedName></definedNames></workbook>'
    )
    made = parts(worksheet('<row r="2"><c r="A2"><f>1</f></c></row>'), workbook=book)
    made["xl/_rels/workbook.xml.rels"] = relationships(
        [("worksheet", "worksheets/sheet1.xml"), ("calcChain", "calcChain.xml")]
    )
    made["xl/calcChain.xml"] = "<calcChain/>"
    types = str(made["[Content_Types].xml"])
    chain = '<Override PartName="/xl/calcChain.xml" ContentType="x"/>'
    made["[Content_Types].xml"] = types.replace("</Types>", chain + "</Types>")
    found = grown(package(made), Moves((Insertion(2, 2, since=1),)))
    assert ">自评表!$A$1:$B$5<" in found["xl/workbook.xml"]
    assert ">自评表!$1:$4,自评表!$A:$B<" in found["xl/workbook.xml"]
    assert 'fullCalcOnLoad="1"' in found["xl/workbook.xml"]
    assert "xl/calcChain.xml" not in found
    assert "calcChain" not in found["xl/_rels/workbook.xml.rels"] + found["[Content_Types].xml"]


def test_what_is_not_concerned_keeps_its_bytes() -> None:
    rows = '<row r="1"><c r="A1"><f>A1+1</f></c></row><row r="2"/><row r="3"/>'
    other = worksheet('<row r="3"><c r="A3"><f>A2+别的!A3</f></c></row>')
    before = members(data := package(parts(worksheet(rows), other, strings="<si><t>自评表</t></si>")))
    book = Workbook.from_bytes(data, "甲.xlsx").with_rows(SHEET, TWO_BEHIND_2)
    after_it = members(book.fill({}))
    changed = {part for part in before if before[part] != after_it[part]}
    assert changed == {SHEET_PART, "xl/workbook.xml"}
    cut = before[SHEET_PART][1].index(b'<row r="2"/>')
    assert after_it[SHEET_PART][1][:cut] == before[SHEET_PART][1][:cut]


@needs_office
def test_values_stay_the_same_when_everything_has_moved() -> None:
    """A hundred random sheets: what LibreOffice calculates is the same before and after, wherever it went."""
    picks = random.Random(7)  # noqa: S311 - the same sheets every time
    books, originals, growths = list[bytes](), list[bytes](), list[Moves]()
    for _ in range(100):
        data = random_book(picks)
        insertions = [
            Insertion(picks.randint(1, 12), picks.randint(1, 4)) for _ in range(picks.randint(1, 3))
        ]
        moves = Moves(tuple(insertions))
        book = Workbook.from_bytes(data, "甲.xlsx").with_rows("自评表", moves)
        # The pattern's formulas in the new rows would add to the sums: here the new rows are to be blank.
        books.append(_cleared(book.fill({}), moves))
        originals.append(data)
        growths.append(moves)
    results = recalculated_all([*originals, *books])
    for old, new, moves in zip(results[:100], results[100:], growths, strict=True):
        before, now = (Workbook.from_bytes(one, "甲.xlsx") for one in (old, new))
        for sheet in before.sheets:
            cells = now.grid(sheet).cells
            for (row, column), cell in before.grid(sheet).cells.items():
                place = moves.row(row) if sheet == SHEET else row, column
                assert cells[place].value == cell.value, (sheet, row, column, cell.formula, moves)


def _cleared(data: bytes, moves: Moves) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for after_row in {one.after for one in moves.insertions}:
        for row in moves.new_rows(after_row):
            book["自评表"].delete_rows(row)
            book["自评表"].insert_rows(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
