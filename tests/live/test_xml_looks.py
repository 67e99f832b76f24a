"""What cells look like is read from Excel's XML Spreadsheet, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest
from fake_cells import Held, Page
from fake_excel import open_in_excel, open_pages
from fake_spreadsheet import spreadsheet

from perf_excel.books.opening import open_book
from perf_excel.live.xml_looks import NotUnderstoodError, looks
from perf_excel.rules.rulesets.library import templates_folder
from perf_excel.sheets.grid import Area, Place

TEMPLATES = sorted(templates_folder().rglob("*.xlsx"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_looks_as_its_file(path: Path) -> None:
    file, book = open_book(path), open_in_excel(path)
    for name in file.visible:
        impl: Any = cast("Any", book.sheets[name]).impl
        bottom, right = impl.used_range.area[2:]
        grid, page = file.grid(name), impl.page
        assert grid
        held = [
            place
            for place, one in page.cells.items()
            if one.formula is not None or one.value not in (None, "")
        ]
        told = looks(spreadsheet(impl.range((1, 1), (bottom, right))), held)
        assert {place: told.formats[place] for place in grid.cells} == {
            place: cell.format for place, cell in grid.cells.items()
        }
        assert set(told.merges) == set(grid.merges)


def table(rows: str, styles: str = "") -> str:
    ss = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{ss}" xmlns:ss="{ss}"><Styles>'
        '<Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style>'
        '<Style ss:ID="p" ss:Name="Percent"><NumberFormat ss:Format="0%"/></Style>'
        f'{styles}</Styles><Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet></Workbook>'
    )


ONE = '<Data ss:Type="Number">1</Data></Cell>'
SAID: list[tuple[str, str, dict[Place, str]]] = [
    # styles, rows, the number formats
    ("", f"<Row><Cell>{ONE}</Row>", {(1, 1): "General"}),
    ("", f'<Row ss:Index="3"><Cell ss:Index="2" ss:StyleID="p">{ONE}<Cell>{ONE}</Row>',
     {(3, 2): "0%", (3, 3): "General"}),
    ('<Style ss:ID="s" ss:Parent="p"/>', f'<Row><Cell ss:StyleID="s">{ONE}</Row>', {(1, 1): "0%"}),
    ('<Style ss:ID="s" ss:Parent="p"><NumberFormat/></Style>',
     f'<Row><Cell ss:StyleID="s">{ONE}</Row>', {(1, 1): "General"}),
    ('<Style ss:ID="s"><NumberFormat ss:Format="Percent"/></Style>',
     f'<Row><Cell ss:StyleID="s">{ONE}</Row>', {(1, 1): "0.00%"}),
    ('<Style ss:ID="s"><NumberFormat ss:Format="Short Date"/></Style>',
     f'<Row ss:StyleID="s"><Cell>{ONE}</Row>', {(1, 1): "yyyy/m/d"}),
    ("", f'<Column ss:Index="2" ss:StyleID="p" ss:Span="1"/><Row><Cell>{ONE}<Cell>{ONE}<Cell>{ONE}</Row>',
     {(1, 1): "General", (1, 2): "0%", (1, 3): "0%"}),
    ("", f'<Row ss:Span="1"/><Row><Cell ss:StyleID="p">{ONE}</Row>', {(3, 1): "0%"}),
]  # fmt: skip


@pytest.mark.parametrize(("styles", "rows", "formats"), SAID)
def test_what_is_said_of_formats(styles: str, rows: str, formats: dict[Place, str]) -> None:
    assert looks(table(rows, styles), formats).formats == formats


def test_merged_cells_are_counted_on() -> None:
    rows = f'<Row><Cell ss:MergeAcross="1" ss:MergeDown="2">{ONE}<Cell ss:StyleID="p">{ONE}</Row>'
    told = looks(table(rows), {(1, 1), (1, 3)})
    assert told.merges == [Area(1, 1, 3, 2)]
    assert told.formats[1, 3] == "0%"


REFUSED: list[tuple[object, set[Place]]] = [
    # what an application gives, where something was found
    ((("甲", None),), {(1, 1)}),
    (None, set()),
    ("甲", {(1, 1)}),
    ("<Workbook/>", set()),
    (table(f"<Row><Cell>{ONE}</Row>"), {(1, 2)}),
    (table(f"<Row><Cell>{ONE}<Cell>{ONE}</Row>"), {(1, 1)}),
    (table(f'<Row><Cell ss:StyleID="没有">{ONE}</Row>'), {(1, 1)}),
    (table(f'<Row ss:Index="一"><Cell>{ONE}</Row>'), {(1, 1)}),
    (table(f"<Row><Cell>{ONE}</Row>", '<Style ss:ID="a" ss:Parent="b"/><Style ss:ID="b" ss:Parent="a"/>'),
     {(1, 1)}),
    ('<!DOCTYPE a [<!ENTITY b "c">]>' + table(f"<Row><Cell>{ONE}</Row>"), {(1, 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), REFUSED)
def test_what_does_not_fit_is_not_believed(text: object, found: set[Place]) -> None:
    with pytest.raises(NotUnderstoodError):
        looks(text, found)


def test_an_address_of_whole_rows_or_columns() -> None:
    from perf_excel.live.asking import area_of

    assert area_of("$B$2:$K$60") == Area(2, 2, 60, 11)
    assert area_of("$A$1") == Area(1, 1, 1, 1)
    assert area_of("$2:$60") == Area(2, 1, 60, 16_384)
    assert area_of("$B:$C") == Area(1, 2, 1_048_576, 3)
    with pytest.raises(ValueError, match="A1:B2,C3"):
        area_of("A1:B2,C3")


def test_a_made_up_excel_counts_as_microsoft_does() -> None:
    cells = {(2, 2): Held(0.5, format="0%"), (2, 4): Held("甲"), (4, 1): Held(1.0, format="0.00")}
    book = open_pages([Page("表", cells, [Area(2, 2, 3, 3)])])
    impl: Any = cast("Any", book.sheets["表"]).impl
    told = looks(spreadsheet(impl.range((1, 1), (4, 4))), set(cells))
    assert told.formats == {
        (2, 2): "0%", (2, 3): "0%", (3, 2): "0%", (3, 3): "0%", (2, 4): "General", (4, 1): "0.00",
    }  # fmt: skip
