"""A finished form leads to nothing that is gone, and carries nothing of the sheets that are."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from bulky import BOOK, FORM, OTHER, PRIVATE, Kind, made
from finished_kinds import CHART, DRAWN, DRAWN_RELS, KINDS
from packages_whole import leads_nowhere
from workbooks import package

from perf_excel.books.xlsx.workbook import Workbook
from perf_excel.faces.cli import run

ALWAYS = {"[Content_Types].xml", BOOK, FORM}


def exported(kind: Kind, folder: Path) -> dict[str, bytes]:
    source = folder / ("表.xlsm" if "macro" in kind.main else "表.xlsx")
    source.write_bytes(made(kind))
    assert run(["export", str(source), "-o", str(folder / "完成表.xlsx")]) == 0
    return unpacked((folder / "完成表.xlsx").read_bytes())


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", KINDS)
def test_what_is_exported_is_whole_and_holds_nothing_else(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kind = KINDS[name]
    assert PRIVATE.encode() in b"".join(unpacked(made(kind)).values()), "there is something to leave behind"
    left = exported(kind, tmp_path)
    assert leads_nowhere((tmp_path / "完成表.xlsx").read_bytes()) == []
    assert [part for part, content in left.items() if PRIVATE.encode() in content] == []
    assert [part for part, content in left.items() if "去年".encode() in content] == []
    assert {part for part in left if not part.endswith(".rels")} == ALWAYS | kind.stays
    said = capsys.readouterr().out
    assert kind.said in said
    assert ("请注意" in said) == bool(kind.said)


@pytest.mark.parametrize("name", KINDS)
def test_the_form_still_says_the_same(name: str, tmp_path: Path) -> None:
    exported(KINDS[name], tmp_path)
    before = Workbook.from_bytes(made(KINDS[name]), "表.xlsx").grid("自评表")
    after = Workbook.from_bytes((tmp_path / "完成表.xlsx").read_bytes(), "表.xlsx").grid("自评表")
    values = {place: cell.value for place, cell in after.cells.items()}
    assert values == {
        place: cell.value for place, cell in before.cells.items() if cell.value is not None or place in values
    }


def test_a_macro_workbook_becomes_a_plain_one(tmp_path: Path) -> None:
    types = exported(KINDS["macros"], tmp_path)["[Content_Types].xml"]
    assert b"spreadsheetml.sheet.main+xml" in types
    assert b"macroEnabled" not in types


def test_a_chart_shows_what_it_took_from_the_other_sheet(tmp_path: Path) -> None:
    chart = exported(KINDS["chart of the other sheet on the form"], tmp_path)[CHART]
    assert chart.count(b"<c:numLit>") == 2
    assert chart.count(b"<c:v>7</c:v>") == 2, (
        "as kept in the chart, and where nothing was kept, as on the sheet"
    )
    assert "自评表!$F$6:$F$8".encode() in chart, "and stays tied to the form"


def test_a_picture_keeps_its_link_to_a_place_on_the_form(tmp_path: Path) -> None:
    left = exported(KINDS["links"], tmp_path)
    assert left[DRAWN].count(b"hlinkClick") == 1
    assert "#自评表!A1".encode() in left[DRAWN_RELS]
    assert left[FORM].count(b"<hyperlink ") == 2


def test_names_that_say_how_to_print_stay(tmp_path: Path) -> None:
    book = exported(KINDS["names"], tmp_path)[BOOK].decode()
    assert book.count("<definedName ") == 3
    assert "Print_Titles" in book


WHOLE = made(Kind(other_cells='<c r="A1"><f>自评表!A1</f></c>'))


def test_a_whole_workbook_is_whole() -> None:
    assert leads_nowhere(WHOLE) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (OTHER, "自评表!A1", "前年!A1", "refers to 前年!A1"),
        (OTHER, "自评表!A1", "[1]自评表!A1", "refers to"),
        (OTHER, "自评表!A1", "SUM(某名称)", "refers to"),
        (OTHER, "自评表!A1", "SUM(#REF!)", "refers to"),
        (OTHER, '<c r="A1">', '<c r="A1" s="9">', "style that is not there"),
        (OTHER, "</sheetData>", '</sheetData><drawing r:id="rId1"/>', "names rId1 on drawing"),
        (FORM, '<row r="20">', '<row r="20"><c r="A20" t="s"><v>0</v></c>', "shared string 0"),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", "worksheets/sheet3.xml", "leads to"),
        ("xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", "worksheets/sheet1.xml", "nothing leads to"),
        ("[Content_Types].xml", "/xl/worksheets/sheet2.xml", "/xl/worksheets/sheet3.xml", "content type"),
        ("[Content_Types].xml", "</Types>", '<Default Extension="bin"/></Types>', ".bin, and no part is"),
        (
            BOOK,
            "</sheets>",
            '</sheets><definedNames><definedName name="a">b!C1</definedName></definedNames>',
            "b!",
        ),
        (
            BOOK,
            "</sheets>",
            '</sheets><definedNames><definedName name="a" localSheetId="2">1</definedName></definedNames>',
            "name a belongs",
        ),
    ],
)
def test_what_leads_to_nothing_is_told(part: str, old: str, new: str, said: str) -> None:
    parts = unpacked(WHOLE)
    text = parts[part].decode()
    assert old in text
    found = leads_nowhere(package({**parts, part: text.replace(old, new, 1)}))
    assert [one for one in found if said in one], found
