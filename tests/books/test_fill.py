from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import MAIN, RELATIONS, SHEET, SHEET_PART, members, package, parts, workbook, worksheet

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.sheets.grid import Edit, Value


def filled(data: bytes, *edits: Edit) -> bytes:
    return Workbook.from_bytes(data, "甲.xlsx").fill({SHEET: edits})


def rows_after(rows: str, *edits: Edit, before: str = "") -> str:
    """Return what stands in sheetData after edits of these rows."""
    sheet = members(filled(workbook(rows, before=before), *edits))[SHEET_PART][1].decode()
    return sheet.partition("<sheetData>")[2].partition("</sheetData>")[0]


def cell_after(cell: str, value: Value) -> str:
    """Return what becomes of the cell A1."""
    row = rows_after(f'<row r="1">{cell}</row>', Edit(1, 1, value))
    return row.removeprefix('<row r="1">').removesuffix("</row>")


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ('<c r="A1" s="5"/>', Decimal("95.81"), '<c r="A1" s="5"><v>95.81</v></c>'),
        ('<c r="A1" s="5"/>', Decimal("1E+3"), '<c r="A1" s="5"><v>1E+3</v></c>'),
        (
            '<c r="A1" s="5"/>',
            Decimal("0.3333333333333333333333"),
            '<c r="A1" s="5"><v>0.3333333333333333</v></c>',
        ),
        ('<c r="A1" s="5"/>', Decimal("-0.0"), '<c r="A1" s="5"><v>0</v></c>'),
        ('<c r="A1" s="5"/>', True, '<c r="A1" s="5" t="b"><v>1</v></c>'),
        ('<c r="A1" s="5"/>', "达标", '<c r="A1" s="5" t="inlineStr"><is><t>达标</t></is></c>'),
        ('<c r="A1" s="5" t="s"><v>3</v></c>', Decimal(9), '<c r="A1" s="5"><v>9</v></c>'),
        ('<c r="A1" s="5" t="s"><v>3</v></c>', None, '<c r="A1" s="5"/>'),
        ('<c r="A1" s="5" t="s"><v>3</v></c>', "", '<c r="A1" s="5"/>'),
        (
            "<c t='b' r='A1' s='5' ><v>1</v></c >",
            "是",
            "<c r='A1' s='5' t=\"inlineStr\"><is><t>是</t></is></c>",
        ),
        (
            '<c r="A1" t="e" vm="1" cm="2" x="t=1"><v>#VALUE!</v></c>',
            Decimal(1),
            '<c r="A1" cm="2" x="t=1"><v>1</v></c>',
        ),
        (
            '<c r="A1"><v>1</v><extLst><ext/></extLst></c>',
            Decimal(2),
            '<c r="A1"><v>2</v><extLst><ext/></extLst></c>',
        ),
    ],
)
def test_a_cell_takes_the_value_and_keeps_the_rest(cell: str, value: Value, expected: str) -> None:
    assert cell_after(cell, value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("87.5"), '<c r="A1" s="1"><f>SUM(B1:B9)</f><v>87.5</v></c>'),
        ("优", '<c r="A1" s="1" t="str"><f>SUM(B1:B9)</f><v>优</v></c>'),
        ("", '<c r="A1" s="1" t="str"><f>SUM(B1:B9)</f><v></v></c>'),
        ("#DIV/0!", '<c r="A1" s="1" t="e"><f>SUM(B1:B9)</f><v>#DIV/0!</v></c>'),
        (False, '<c r="A1" s="1" t="b"><f>SUM(B1:B9)</f><v>0</v></c>'),
        (None, '<c r="A1" s="1"><f>SUM(B1:B9)</f></c>'),
    ],
)
def test_a_formula_stays_and_gets_a_new_cached_value(value: Value, expected: str) -> None:
    assert cell_after('<c r="A1" s="1" t="str"><f>SUM(B1:B9)</f><v>旧</v></c>', value) == expected


@pytest.mark.parametrize(
    "formula", ['<f t="shared" si="0"/>', '<f t="array" ref="A1:A9">B1:B9</f>', "<f><![CDATA[A1<B1]]></f>"]
)
def test_every_kind_of_formula_stays_as_written(formula: str) -> None:
    assert cell_after(f'<c r="A1">{formula}<v>1</v></c>', Decimal(2)) == f'<c r="A1">{formula}<v>2</v></c>'


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A0"])
def test_text_never_becomes_a_formula(text: str) -> None:
    out = filled(workbook('<row r="1"><c r="A1"/></row>'), Edit(1, 1, text))
    cell = Workbook.from_bytes(out, "甲.xlsx").grid(SHEET).cells[1, 1]
    assert (cell.value, cell.formula) == (text, None)
    assert b"<f" not in members(out)[SHEET_PART][1]


@pytest.mark.parametrize(
    "text",
    [
        " 前后 ",
        "两行\n文字\t表",
        "回车\r",
        "a < b & c > d \"'",
        "_x000D_ 是转义",
        "控\x01制\x00符",
        "半个\ud83d字",
        "😀",
        "]]>",
        "\ufffe",
    ],
)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    out = filled(workbook('<row r="1"><c r="A1"/></row>'), Edit(1, 1, text))
    readable = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert Workbook.from_bytes(out, "甲.xlsx").grid(SHEET).cells[1, 1].value == readable


def test_what_no_cell_can_hold_is_refused() -> None:
    book = Workbook.from_bytes(workbook('<row r="1"><c r="A1"/></row>'), "甲.xlsx")
    with pytest.raises(
        UserError, match=rf"^甲\.xlsx，{SHEET}，A1：文本有 32768 字，超过单元格的上限 32767 字"
    ):
        book.fill({SHEET: [Edit(1, 1, "长" * 32_768)]})
    for edit in (
        Edit(0, 1, None),
        Edit(1, 16_385, None),
        Edit(1_048_577, 1, None),
        Edit(1, 1, Decimal("NaN")),
    ):
        with pytest.raises(ValueError, match=r"no such cell|not a number"):
            book.fill({SHEET: [edit]})
    with pytest.raises(UserError, match="没有名为“别的”的工作表"):
        book.fill({"别的": [Edit(1, 1, "x")]})


def test_missing_cells_and_rows_are_put_in_their_places() -> None:
    rows = '<row r="2" ht="20"><c r="B2" s="1"/><c r="D2" s="1"/></row><row r="5"/>'
    edits = [Edit(row, column, Decimal(row * 10 + column)) for row in (6, 5, 3, 2, 1) for column in (5, 3, 1)]
    assert rows_after(rows, *edits) == (
        '<row r="1"><c r="A1"><v>11</v></c><c r="C1"><v>13</v></c><c r="E1"><v>15</v></c></row>'
        '<row r="2" ht="20"><c r="A2"><v>21</v></c><c r="B2" s="1"/><c r="C2"><v>23</v></c><c r="D2" s="1"/>'
        '<c r="E2"><v>25</v></c></row>'
        '<row r="3"><c r="A3"><v>31</v></c><c r="C3"><v>33</v></c><c r="E3"><v>35</v></c></row>'
        '<row r="5"><c r="A5"><v>51</v></c><c r="C5"><v>53</v></c><c r="E5"><v>55</v></c></row>'
        '<row r="6"><c r="A6"><v>61</v></c><c r="C6"><v>63</v></c><c r="E6"><v>65</v></c></row>'
    )


def test_a_new_cell_and_row_go_in_front_of_one_that_changes() -> None:
    rows = '<row r="2"><c r="B2"><v>0</v></c></row>'
    edits = [Edit(1, 1, Decimal(1)), Edit(2, 1, Decimal(2)), Edit(2, 2, Decimal(3))]
    assert rows_after(rows, *edits) == (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="B2"><v>3</v></c></row>'
    )


def test_a_new_cell_has_the_style_of_its_row_or_column() -> None:
    columns = '<cols><col min="1" max="2" width="9" style="4"/><col min="3" max="3" width="9"/></cols>'
    rows = '<row r="1" s="7" customFormat="1"/><row r="2" s="7"></row>'
    edits = [Edit(1, 1, Decimal(1)), Edit(2, 2, Decimal(2)), Edit(2, 3, Decimal(3)), Edit(4, 1, Decimal(4))]
    assert rows_after(rows, *edits, before=columns) == (
        '<row r="1" s="7" customFormat="1"><c r="A1" s="7"><v>1</v></c></row>'
        '<row r="2" s="7"><c r="B2" s="4"><v>2</v></c><c r="C2"><v>3</v></c></row>'
        '<row r="4"><c r="A4" s="4"><v>4</v></c></row>'
    )


def test_clearing_what_is_not_there_changes_nothing() -> None:
    rows = '<row r="2"><c r="B2" s="1"/></row><row r="3"/>'
    assert rows_after(rows, Edit(1, 1, None), Edit(2, 1, None), Edit(3, 1, "")) == rows


def test_cells_without_addresses_are_counted() -> None:
    rows = "<row><c s='1'/><c s='2'><v>1</v></c></row><row><c/></row>"
    assert rows_after(rows, Edit(1, 2, Decimal(5)), Edit(2, 1, Decimal(6)), Edit(2, 2, Decimal(7))) == (
        "<row><c s='1'/><c s='2'><v>5</v></c></row><row><c><v>6</v></c><c r=\"B2\"><v>7</v></c></row>"
    )


def test_comments_and_cdata_that_look_like_cells_are_not_edited() -> None:
    rows = (
        '<!-- <row r="1"><c r="A1"/></row> --><row r="1">'
        '<c r="A1" t="str"><v><![CDATA[</c><c r="B1"/>]]></v></c>'
        '<?x <c r="B1"/>?><c r="B1"/></row>'
    )
    expected = rows.removesuffix('<c r="B1"/></row>') + '<c r="B1"><v>2</v></c></row>'
    assert rows_after(rows, Edit(1, 2, Decimal(2))) == expected


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (
            f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
            '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>',
        ),
        (
            (
                f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
                '<x:row r="2"><x:c r="B2" s="1"/></x:row></x:sheetData></x:worksheet>'
            ),
            '<x:sheetData><x:row r="2"><x:c r="B2" s="1"><x:v>1</x:v></x:c></x:row></x:sheetData>',
        ),
    ],
)
def test_empty_and_prefixed_sheets_are_filled(sheet: str, expected: str) -> None:
    out = filled(package(parts(sheet)), Edit(2, 2, Decimal(1)))
    assert expected in members(out)[SHEET_PART][1].decode()


def test_a_sheet_in_utf_16_stays_in_utf_16() -> None:
    sheet = worksheet('<row r="1"><c r="A1"/></row>').replace("UTF-8", "UTF-16").encode("utf-16")
    out = filled(package(parts(sheet)), Edit(1, 1, "中文"))
    assert "中文" in members(out)[SHEET_PART][1].decode("utf-16")
    assert Workbook.from_bytes(out, "甲.xlsx").grid(SHEET).cells[1, 1].value == "中文"


def test_no_edits_give_the_original_bytes() -> None:
    data = workbook('<row r="1"><c r="A1"/></row>')
    book = Workbook.from_bytes(data, "甲.xlsx")
    assert book.fill({}) is data
    assert book.fill({SHEET: []}) is data


def _book(inside: str) -> str:
    sheets = f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets>'
    return f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{sheets}{inside}</workbook>'


FORMULA = worksheet('<row r="1"><c r="A1"/><c r="B1"><f>A1*2</f><v>0</v></c></row>')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ('<calcPr calcId="191029"/>', '<calcPr fullCalcOnLoad="1" calcId="191029"/>'),
        (
            '<calcPr fullCalcOnLoad="0" calcId="1"></calcPr>',
            '<calcPr fullCalcOnLoad="1" calcId="1"></calcPr>',
        ),
        ('<calcPr fullCalcOnLoad="true"/>', '<calcPr fullCalcOnLoad="true"/>'),
        (
            '<definedNames><definedName name="a">1</definedName></definedNames><pivotCaches/>',
            (
                '<definedNames><definedName name="a">1</definedName></definedNames>'
                '<calcPr fullCalcOnLoad="1"/><pivotCaches/>'
            ),
        ),
    ],
)
def test_a_workbook_with_formulas_is_calculated_when_opened(before: str, after: str) -> None:
    out = filled(package(parts(FORMULA, workbook=_book(before))), Edit(1, 1, Decimal(1)))
    assert members(out)["xl/workbook.xml"][1].decode() == _book(after)


def test_formulas_of_another_sheet_count_too() -> None:
    plain = worksheet('<row r="1"><c r="A1"/></row>')
    for sheets, calculated in (((plain, FORMULA), True), ((plain, plain), False), ((plain, "<broken"), True)):
        out = filled(package(parts(*sheets)), Edit(1, 1, Decimal(1)))
        assert (b"fullCalcOnLoad" in members(out)["xl/workbook.xml"][1]) == calculated


def test_two_sheets_are_filled_at_once() -> None:
    sheet = worksheet('<row r="1"><c r="A1"/></row>')
    book = Workbook.from_bytes(package(parts(sheet, sheet)), "甲.xlsx")
    out = Workbook.from_bytes(book.fill({SHEET: [Edit(1, 1, "一")], "表2": [Edit(1, 1, "二")]}), "甲.xlsx")
    assert [out.grid(name).cells[1, 1].value for name in out.sheets] == ["一", "二"]


PRECIOUS: dict[str, str | bytes] = {
    "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 8,
    "xl/media/image1.png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "xl/drawings/drawing1.xml": "<xdr:wsDr xmlns:xdr='d'><xdr:sp macro='[0]!Run'/><!-- shapes --></xdr:wsDr>",
    "xl/charts/chart1.xml": "<c:chartSpace xmlns:c='c'/>",
    "xl/threadedComments/threadedComment1.xml": "<ThreadedComments/>",
    "xl/persons/person.xml": "<personList/>",
    "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="B1" i="1"/></calcChain>',
    "xl/theme/theme1.xml": "<not-even",
    "customXml/item1.xml": "<x/>",
}
X14 = (
    '<extLst><ext xmlns:x14="x14" uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations>'
    "<x14:dataValidation type='list'><x14:formula1><xm:f xmlns:xm='xm'>选项!$A$1</xm:f></x14:formula1>"
    "</x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def test_everything_a_form_is_made_of_survives_byte_for_byte() -> None:
    sheet = worksheet(
        '<row r="1"><c r="A1"/></row>', after='<drawing r:id="rId1" xmlns:r="r"/><legacyDrawing/>' + X14
    )
    data = package(parts(sheet, FORMULA, workbook=None, extra=PRECIOUS))
    out = filled(data, Edit(1, 1, "新"))
    before, after = members(data), members(out)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["xl/workbook.xml", SHEET_PART]
    assert after[SHEET_PART][1].decode() == sheet.replace(
        '<c r="A1"/>', '<c r="A1" t="inlineStr"><is><t>新</t></is></c>'
    )


texts = st.text(max_size=12)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
contents = st.one_of(st.none(), texts, decimals, st.booleans())
places = st.tuples(st.integers(1, 12), st.integers(1, 12))


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(
        places, st.one_of(st.text("预算执行率 =+-@", min_size=1), decimals, st.booleans()), max_size=20
    ),
    st.dictionaries(places, contents, max_size=20),
)
def test_edits_come_back_and_nothing_else_changes(
    before: dict[tuple[int, int], str | Decimal | bool], edits: dict[tuple[int, int], Value]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for (row, column), content in before.items():
        cell = sheet.cell(row, column, content)
        if isinstance(content, str):
            # Or else openpyxl makes a formula of what begins with =.
            cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    opened = Workbook.from_bytes(stream.getvalue(), "甲.xlsx")
    out = opened.fill({SHEET: [Edit(*place, content) for place, content in edits.items()]})
    expected: dict[tuple[int, int], Value] = {
        place: cell.value for place, cell in opened.grid(SHEET).cells.items()
    }
    expected.update(edits)
    found = Workbook.from_bytes(out, "甲.xlsx").grid(SHEET)
    assert {place: cell.value for place, cell in found.cells.items()} == {
        place: content for place, content in expected.items() if content is not None and content != ""
    }
    again = openpyxl.load_workbook(io.BytesIO(out))[SHEET]
    for (row, column), content in edits.items():
        if isinstance(content, Decimal):
            assert again.cell(row, column).value == pytest.approx(float(content))
        elif isinstance(content, bool):
            assert again.cell(row, column).value is content


def test_blank_cells_that_show_percentages_are_known() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["C5"] = "标题", 0.5
    for place, shown in (("B2", "0%"), ("C3", "0.00%"), ("D4", "0.00"), ("C5", "0%")):
        sheet[place].number_format = shown
    data = io.BytesIO()
    book.save(data)
    grid = Workbook.from_bytes(data.getvalue(), "表.xlsx").grid("Sheet")
    assert dict(grid.blanks) == {(2, 2): "0%", (3, 3): "0.00%"}
    assert grid.own((2, 2)).format == "0%"
    assert grid.own((4, 4)).format == "General"
