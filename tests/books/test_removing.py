"""Rows taken out of a sheet of a workbook file: what goes, what closes up, and what is refused."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from books_at_random import random_book
from moved_sheets import around_rows, moved_parts, rows_of, written_out
from office import needs_office, recalculated_all
from workbooks import SHEET, SHEET_PART, members, package, parts, relationships, workbook, worksheet

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.errors import UserError
from perf_excel.live.libreoffice.engine import register
from perf_excel.sheets.grid import Area, Grid
from perf_excel.sheets.writing.moved_rows import Moves, moved_merge

ROW_3 = Moves(removed=frozenset({3}))
ROWS_3_TO_4 = Moves(removed=frozenset({3, 4}))


def shrunk(data: bytes, moves: Moves = ROW_3) -> dict[str, str]:
    """Return the parts after rows were taken out."""
    return moved_parts(data, SHEET, moves)


def rows_after(rows: str, moves: Moves = ROW_3, behind: str = "") -> str:
    sheet = shrunk(workbook(rows, after=behind), moves)[SHEET_PART]
    return rows_of(sheet)


def after(before: str = "", behind: str = "", moves: Moves = ROW_3) -> str:
    """Return what stands around the cells afterwards."""
    rows = '<row r="2"/><row r="3"/><row r="4"/>'
    sheet = shrunk(workbook(rows, before=before, after=behind), moves)[SHEET_PART]
    return around_rows(sheet)


def both(text: str) -> tuple[str, str]:
    """Return what is written as A5→4 or as [what goes], before and after."""
    text = written_out(text)
    old = re.sub(r"(\d+)→\d+", r"\1", text).translate({ord("["): None, ord("]"): None})
    return old, re.sub(r"\d+→(\d+)", r"\1", re.sub(r"\[[^]]*\]", "", text))


def refused(data: bytes, moves: Moves = ROW_3) -> str:
    with pytest.raises(UserError) as error:
        shrunk(data, moves)
    return str(error.value)


# -- cells


def test_a_row_goes_and_those_below_close_up() -> None:
    row = '<row r="{0}" ht="30"><c r="A{0}" s="5"><v>{1}</v></c></row>'
    assert rows_after("".join(row.format(number, number) for number in range(1, 6))) == "".join(
        row.format(now, was) for now, was in ((1, 1), (2, 2), (3, 4), (4, 5))
    )


def test_rows_without_numbers_keep_theirs() -> None:
    rows = '<row r="3"/><row><c><v>4</v></c></row><row/><row r="9"/>'
    assert rows_after(rows) == '<row r="3"><c><v>4</v></c></row><row r="4"/><row r="8"/>'


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(A1:A4)", "SUM(A1:A3)"),
        ("SUM(A3:A4)*$A$5", "SUM(A3:A3)*$A$4"),
        ("SUM(A1:A3)", "SUM(A1:A2)"),
        ("SUM(A4:A2)", "SUM(A3:A2)"),
        ("SUM(3:4)+SUM(A:A)", "SUM(3:3)+SUM(A:A)"),
        ("A2+A3+A4", "A2+A3"),
        ("ROUND(A2+$A$3+A4,2)", "ROUND(A2+A3,2)"),
        ("SUM(A2,A3,A5)", "SUM(A2,A4)"),
        ("SUM(A3:A3,A5)+A3", "SUM(A4)"),
        ("A3+自评表!A3+A5", "A4"),
        ('"A3"&amp;A5', '"A3"&A4'),
    ],
)
def test_formulas_close_up(formula: str, expected: str) -> None:
    rows = f'<row r="3"/><row r="6"><c r="A6"><f>{formula}</f></c></row>'
    found = rows_after(rows)
    assert re.findall(r"<f>(.*?)</f>", found.replace("&amp;", "&")) == [expected]


@pytest.mark.parametrize(
    "formula", ["A3", "A3*2+A4", "A2-A3", "IF(A3&gt;1,1,0)", "SUM(A3)", "MAX(A3,A4)", "A4+A3*2", "A3+1"]
)
def test_a_formula_that_needs_a_cell_keeps_its_row(formula: str) -> None:
    rows = f'<row r="3"/><row r="6"><c r="B6"><f>{formula}</f></c></row>'
    assert refused(workbook(rows)) == (
        f"甲.xlsx：工作表“自评表”的 B6 的公式“={formula.replace('&gt;', '>')}”要用到工作表“自评表”"
        "将删除的单元格（第 3 行），没有删除，请先修改这一处后重试。"
    )


def test_formulas_of_rows_that_go_need_nothing() -> None:
    rows = '<row r="3"><c r="A3"><f>A4</f></c></row><row r="4"><c r="A4"><f>A3</f></c></row><row r="5"/>'
    assert rows_after(rows, ROWS_3_TO_4) == '<row r="3"/>'


def test_an_error_that_was_there_before_is_not_ours() -> None:
    rows = '<row r="3"/><row r="6"><c r="B6"><f>#REF!+A7</f></c></row>'
    assert "<f>#REF!+A6</f>" in rows_after(rows)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (('<f t="shared" ref="A2:A5" si="0">B2</f>', *['<f t="shared" si="0"/>'] * 3),
         ['<f t="shared" ref="A2:A4" si="0">B2</f>', *['<f t="shared" si="0"/>'] * 2]),
        (("", '<f t="shared" ref="A3:A5" si="0">B3+1</f>', *['<f t="shared" si="0"/>'] * 2),
         ["", '<f t="shared" ref="A3:A4" si="0">B3+1</f>', '<f t="shared" si="0"/>']),
        (('<f t="shared" ref="A2:A5" si="0">SUM(B$2:B2)</f>', *['<f t="shared" si="0"/>'] * 3),
         ['<f t="shared" ref="A2:A4" si="0">SUM(B$2:B2)</f>', *['<f t="shared" si="0"/>'] * 2]),
        (('<f t="shared" ref="A2:A5" si="0">SUM(B2:B$5)</f>', *['<f t="shared" si="0"/>'] * 3),
         ['<f t="shared" ref="A2:A4" si="0">SUM(B2:B$4)</f>', *['<f t="shared" si="0"/>'] * 2]),
    ],
    ids=["stays", "its first goes", "running", "to a fixed end"],
)  # fmt: skip
def test_shared_formulas(cells: tuple[str, ...], expected: list[str]) -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}">{one}</c></row>' for row, one in enumerate(cells, 2))
    assert re.findall(r"<c [^>]*>(.*?)</c>", rows_after(rows)) == expected


def test_an_array_formula_goes_as_a_whole_or_not_at_all() -> None:
    rows = '<row r="3"><c r="A3"><f t="array" ref="A3:A{0}">B3:B4</f></c></row><row r="6"/>'
    assert rows_after(rows.format(4), ROWS_3_TO_4) == '<row r="4"/>'
    assert "A3:A5 是一个数组公式，不能在其中删除行" in refused(workbook(rows.format(5)))


# -- merged areas


def test_a_merged_area_that_loses_its_first_row_keeps_what_that_says() -> None:
    rows = (
        '<row r="3"><c r="A3" s="7" t="s"><v>4</v></c><c r="B3" s="8"/><c r="C3"><v>1</v></c></row>'
        '<row r="4"><c r="A4" s="1"/><c r="C4"><v>2</v></c></row><row r="5"/>'
    )
    merges = '<mergeCells count="1"><mergeCell ref="A3:B5"/></mergeCells>'
    assert rows_after(rows, behind=merges) == (
        '<row r="3"><c r="A3" s="7" t="s"><v>4</v></c><c r="B3" s="8"/><c r="C3"><v>2</v></c></row>'
        '<row r="4"/>'
    )
    assert rows_after('<row r="3"><c r="A3"><v>1</v></c></row><row r="4"/>', behind=merges) == (
        '<row r="3"><c r="A3"><v>1</v></c></row>'
    )


def test_what_refers_to_the_merged_area_still_does() -> None:
    rows = (
        '<row r="3"><c r="A3"><f>SUM(C3:C5)</f><v>6</v></c></row><row r="4"/>'
        '<row r="5"/><row r="6"><c r="A6"><f>A3+A2</f></c></row>'
    )
    merges = '<mergeCells count="1"><mergeCell ref="A3:A5"/></mergeCells>'
    assert rows_after(rows, behind=merges) == (
        '<row r="3"><c r="A3"><f>SUM(C3:C4)</f><v>6</v></c></row><row r="4"/>'
        '<row r="5"><c r="A5"><f>A3+A2</f></c></row>'
    )


@pytest.mark.parametrize(
    ("merge", "expected"),
    [
        (Area(2, 1, 4, 1), Area(2, 1, 3, 1)),
        (Area(3, 1, 4, 2), Area(3, 1, 3, 2)),
        (Area(2, 1, 3, 1), None),
        (Area(3, 1, 3, 4), None),
        (Area(5, 1, 6, 1), Area(4, 1, 5, 1)),
        (Area(1, 1, 2, 2), Area(1, 1, 2, 2)),
    ],
)
def test_merged_areas_close_up(merge: Area, expected: Area | None) -> None:
    assert moved_merge(merge, ROW_3) == expected


# -- around the cells


@pytest.mark.parametrize(
    "element",
    [
        '<dimension ref="A1:C9→8"/>',
        '<sheetViews><V topLeftCell="A3"><pane ySplit="900" topLeftCell="A7→6"/></V></sheetViews>',
        '<sheetViews><V><pane ySplit="3→2" state="frozen"/></V></sheetViews>',
        '<sheetViews><V><selection activeCell="B3" sqref="B3:C3→B3"/></V></sheetViews>',
        '<sheetViews><V><selection activeCell="B5→4" sqref="B5→4"/></V></sheetViews>',
    ],
)
def test_what_stands_before_the_cells(element: str) -> None:
    old, new = both(element)
    old, new = old.replace("→B3", ""), new.replace("B3:C3→B3", "B3").replace("B3:CB3", "B3")
    assert after(before=old) == new


@pytest.mark.parametrize(
    "element",
    [
        '<autoFilter ref="A1:C9→8"><sortCondition ref="A2:A9→8"/></autoFilter>',
        '<mergeCells count="2→1">[<mergeCell ref="A3:B3"/>]<mergeCell ref="A4→3:B4→3"/></mergeCells>',
        '[<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>]',
        '<CF sqref="A1:A3→2"><cfRule><formula>$B1&gt;$C$9→8</formula></cfRule></CF>',
        '<CF sqref="A3:A9→8"><cfRule><formula>$B3&gt;$B2</formula></cfRule></CF>',
        '[<CF sqref="A3"><cfRule><formula>$B$3</formula><cfvo val="$B$3"/></cfRule></CF>]',
        '<DVs count="2→1">[<DV sqref="B3"><formula1>$D$3</formula1></DV>]<DV sqref="B4→3"/></DVs>',
        '<DVs count="1"><DV sqref="A2[ A3]"/></DVs>',
        '[<DVs count="1"><DV sqref="A3"/></DVs>]<pageMargins/>',
        '<hyperlinks>[<hyperlink ref="A3"/>]<hyperlink ref="A5→4" location="自评表!A3"/></hyperlinks>',
        '<rowBreaks count="2→1"><brk id="2"/>[<brk id="3"/>]</rowBreaks>',
        '[<ignoredErrors><ignoredError sqref="A3"/></ignoredErrors>]',
        "[<extLst><ext><x14:CFs><x14:CF><xm:sqref>A3</xm:sqref></x14:CF></x14:CFs></ext></extLst>]",
        "<x14:sparkline><xm:f>自评表!A4→3:F4→3</xm:f><xm:sqref>G4→3</xm:sqref></x14:sparkline>",
        '<anchor moveWithCells="1"><from><row>2</row><rowOff>90→0</rowOff></from></anchor>',
    ],
)
def test_what_stands_behind_the_cells(element: str) -> None:
    frame = (
        '<x:x xmlns:x="c" xmlns:x14="a" xmlns:xm="b">{0}</x:x>'
        if "x14" in element or "anchor" in element
        else "{0}"
    )
    old, new = both(frame.format(element))
    assert after(behind=old) == new


def test_a_rule_that_needs_a_cell_keeps_its_row() -> None:
    rule, _ = both('<CF sqref="A5:A9"><cfRule><formula>$B$3&gt;1</formula></cfRule></CF>')
    assert refused(workbook('<row r="3"/>', after=rule)).startswith(
        "甲.xlsx：工作表“自评表”的条件格式（A5:A9）的公式“=$B$3>1”要用到工作表“自评表”将删除的单元格"
    )


# -- other parts

NOTE = (
    "<v:shape id='a'><x:ClientData ObjectType='Note'><x:Anchor>1, 2, {0}, 4, 5, 6, {0}, 8</x:Anchor>"
    "<x:Row>{0}</x:Row></x:ClientData></v:shape>"
)


def test_parts_that_speak_of_the_sheet() -> None:
    drawing = (
        '<w xmlns:x="x"><x:twoCellAnchor><x:from><x:row>2</x:row><x:rowOff>9→0</x:rowOff></x:from>'
        "<x:to><x:row>9→8</x:row><x:rowOff>5</x:rowOff></x:to></x:twoCellAnchor></w>"
    )
    texts = {
        "comments": '<comments>[<comment ref="A3"><t/></comment>]<comment ref="A4→3"/></comments>',
        "vmlDrawing": f"<xml><br>[{NOTE.format(2)}]{NOTE.format('3→2')}</xml>",
        "drawing": drawing,
        "table": '<table ref="A1:B9→8"><autoFilter ref="A1:B9→8"/></table>',
        "chart": "<c:chart xmlns:c='c'><c:f>自评表!$A$1:$A$9→8</c:f><c:f>表2!$A$3</c:f></c:chart>",
    }
    own = ["comments", "vmlDrawing", "drawing", "table"]
    extra: dict[str, str | bytes] = {f"xl/{kind}.xml": both(content)[0] for kind, content in texts.items()}
    extra["xl/worksheets/_rels/sheet1.xml.rels"] = relationships([(kind, f"../{kind}.xml") for kind in own])
    extra["xl/_rels/drawing.xml.rels"] = relationships([("chart", "chart.xml")])
    other = worksheet("<row r='1'><c r='A1'><f>SUM(自评表!A2:A4)+自评表!A5</f></c></row>")
    found = shrunk(package(parts(worksheet('<row r="3"/>'), other, extra=extra)))
    assert {kind: found[f"xl/{kind}.xml"] for kind in texts} == {
        kind: both(content)[1] for kind, content in texts.items()
    }
    assert "<f>SUM(自评表!A2:A3)+自评表!A4</f>" in found["xl/worksheets/sheet2.xml"]


@pytest.mark.parametrize(
    ("kind", "content", "what"),
    [
        ("chart", "<x><f>自评表!$A$3</f></x>", "图表的公式“=自评表!$A$3”"),
        ("table", '<table displayName="表1" ref="A3:B9"/>', "表格“表1”"),
        ("table", '<table displayName="表1" ref="A2:B3"/>', "表格“表1”"),
        ("table", '<table displayName="表1" ref="A1:B3" totalsRowCount="1"/>', "表格“表1”"),
        ("pivotTable", '<x><location ref="D2:E5"/></x>', "数据透视表"),
        ("ctrlProp", '<formControlPr fmlaLink="$A$3"/>', "控件的公式“=$A$3”"),
    ],
)
def test_what_cannot_do_without_the_row(kind: str, content: str, what: str) -> None:
    extra: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": relationships([(kind, f"../{kind}.xml")]),
        f"xl/{kind}.xml": content,
    }
    assert refused(package(parts(worksheet('<row r="3"/>'), extra=extra))).startswith(
        f"甲.xlsx：{what}要用到"
    )


def test_names_close_up_or_hold_their_row() -> None:
    name = '<definedNames><definedName name="{0}">自评表!{1}</definedName></definedNames></workbook>'
    made = parts(worksheet('<row r="3"/>'))
    plain = str(made["xl/workbook.xml"])
    made["xl/workbook.xml"] = plain.replace("</workbook>", name.format("_xlnm.Print_Area", "$A$1:$B$9"))
    assert ">自评表!$A$1:$B$8<" in shrunk(package(made))["xl/workbook.xml"]
    made["xl/workbook.xml"] = plain.replace("</workbook>", name.format("得分", "$A$3"))
    assert refused(package(made)).startswith("甲.xlsx：名称“得分”的公式“=自评表!$A$3”要用到")


def test_a_sheet_may_be_told_to_forget() -> None:
    other = worksheet("<row r='1'><c r='A1'><f>自评表!A3</f></c></row>")
    book = Workbook.from_bytes(package(parts(worksheet('<row r="3"/>'), other)), "甲.xlsx")
    now = book.with_rows(SHEET, ROW_3, forgetful=["表2"])
    assert now.grid("表2").cells[1, 1].formula == "自评表!#REF!"


def test_what_is_not_concerned_keeps_its_bytes() -> None:
    rows = '<row r="1"><c r="A1"><f>A1+1</f></c></row><row r="2"/><row r="3"/>'
    other = worksheet('<row r="3"><c r="A3"><f>A2+别的!A3</f></c></row>')
    before = members(data := package(parts(worksheet(rows), other, strings="<si><t>自评表</t></si>")))
    now = members(Workbook.from_bytes(data, "甲.xlsx").with_rows(SHEET, ROW_3).fill({}))
    changed = {part for part in before if before[part] != now[part]}
    assert changed == {SHEET_PART, "xl/workbook.xml"}
    cut = before[SHEET_PART][1].index(b'<row r="3"/>')
    assert now[SHEET_PART][1][:cut] == before[SHEET_PART][1][:cut]
    assert b'fullCalcOnLoad="1"' in now["xl/workbook.xml"][1]


# -- beside LibreOffice


@needs_office
def test_what_libreoffice_makes_of_it(tmp_path: Path) -> None:
    """Random books: what is left calculates as after LibreOffice's own deletion; what that breaks is refused.

    A sum that goes on without a cell, where LibreOffice says #REF!, is worth what it is with a blank cell.
    """
    picks = random.Random(11)  # noqa: S311 - the same books every time
    names, wanted, blanked, ours = list[tuple[int, Moves]](), list[bytes](), list[bytes](), list[bytes]()
    refusals = 0
    for number, (data, moves, deleted) in enumerate(_deleted_by_libreoffice(picks, tmp_path)):
        try:
            ours.append(Workbook.from_bytes(data, "甲.xlsx").with_rows(SHEET, moves).fill({}))
        except UserError:
            refusals += 1
            assert any(_is_error(cell.value) for grid in grids(deleted) for cell in grid.cells.values())
            continue
        names.append((number, moves))
        wanted.append(deleted)
        blanked.append(_blanked(data, moves))
    assert 10 < refusals < 90
    found = recalculated_all([*ours, *blanked])
    for now, blank, deleted, (number, moves) in zip(found, found[len(ours) :], wanted, names, strict=False):
        for grid, theirs, before in zip(grids(now), grids(deleted), grids(blank), strict=True):
            own = grid.sheet == SHEET
            for (row, column), cell in grid.cells.items():
                that = theirs.cells[row, column].value
                where = number, grid.sheet, row, column, cell.formula
                assert cell.value == that or _is_error(that), where
                old = next(
                    one for one in range(row, 30) if moves.row(one) == row and one not in moves.removed
                )
                assert cell.value == before.cells[old if own else row, column].value, where


def grids(data: bytes) -> list[Grid]:
    book = Workbook.from_bytes(data, "甲.xlsx")
    return [book.grid(sheet) for sheet in book.sheets]


def _is_error(value: object) -> bool:
    return isinstance(value, str) and value.startswith("#")


def _deleted_by_libreoffice(picks: random.Random, folder: Path) -> Iterator[tuple[bytes, Moves, bytes]]:
    """Yield books, the rows that go, and what LibreOffice makes of it."""
    app = register().apps.add()
    try:
        for number in range(100):
            data = random_book(picks, formulas=2)
            removed = set(picks.sample(range(1, 13), picks.randint(1, 3)))
            path = folder / f"{number}.xlsx"
            path.write_bytes(data)
            book = app.books.open(path)
            for row in sorted(removed, reverse=True):
                book.sheets[SHEET].range(f"{row}:{row}").delete()
            book.save()
            book.close()
            yield data, Moves(removed=frozenset(removed)), path.read_bytes()
    finally:
        app.quit()


def _blanked(data: bytes, moves: Moves) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in moves.removed:
        book[SHEET].delete_rows(row)
        book[SHEET].insert_rows(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
