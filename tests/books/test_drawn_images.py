"""Pictures in cells on paper: drawn over their cells, for programs that print an error in their place."""

import base64
import re

import pytest
from workbooks import MAIN, RELATIONS, SHEET_PART, members, package, parts, relationships, worksheet

from perf_excel.books.finishing.drawn_images import size_of, with_images_drawn

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC"
)
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def form(formula: str, *, merged: str = "", extra: dict[str, str | bytes] | None = None) -> bytes:
    """A sheet whose B2 shows a picture as WPS writes it."""
    rows = f'<row r="2" ht="30"><c r="B2" t="str"><f>{formula}</f><v>={formula}</v></c></row>'
    merges = f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    found = parts(worksheet(rows, after=merges))
    related = relationships([("worksheet", "worksheets/sheet1.xml"), ("cellImage", "cellimages.xml")])
    found["xl/_rels/workbook.xml.rels"] = related
    found["xl/cellimages.xml"] = (
        f'<c:cellImages xmlns:c="wps" xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}"><c:cellImage>'
        '<c:cNvPr name="ID_1"/><a:blip r:embed="rId1"/></c:cellImage></c:cellImages>'
    )
    found["xl/_rels/cellimages.xml.rels"] = relationships([("image", "media/image1.png")])
    found["xl/media/image1.png"] = PNG
    return package({**found, **(extra or {})})


def test_a_picture_lies_over_its_cell() -> None:
    drawn = with_images_drawn(form('_xlfn.DISPIMG("ID_1",1)'), "表.xlsx")
    found = members(drawn.data)
    assert b'<c r="B2"/>' in found[SHEET_PART][1]
    assert b"<drawing " in found[SHEET_PART][1]
    anchor = found["xl/drawings/cells0.xml"][1].decode()
    assert "<xdr:col>1</xdr:col>" in anchor
    assert "<xdr:row>1</xdr:row>" in anchor
    size = re.search(r'<xdr:ext cx="(\d+)" cy="(\d+)"/>', anchor)
    assert size
    assert abs(int(size[1]) / int(size[2]) - 2) < 0.01  # as wide as the picture is
    assert b"/xl/media/image1.png" in found["xl/drawings/_rels/cells0.xml.rels"][1]
    assert not drawn.missing


def test_it_lies_in_the_middle_of_a_merged_area() -> None:
    drawn = with_images_drawn(form('DISPIMG("ID_1",1)', merged="B2:B9"), "表.xlsx")
    anchor = members(drawn.data)["xl/drawings/cells0.xml"][1].decode()
    assert [int(found) for found in re.findall(r"<xdr:(?:col|row)>(\d+)<", anchor)] == [1, 3]


def test_the_sheet_s_own_drawings_stay() -> None:
    data = form('DISPIMG("ID_1",1)')
    sheet = members(data)[SHEET_PART][1].decode()
    own = f'<drawing xmlns:r="{RELATIONS}" r:id="rId1"/></worksheet>'
    extra: dict[str, str | bytes] = {
        SHEET_PART: sheet.replace("</worksheet>", own),
        "xl/worksheets/_rels/sheet1.xml.rels": relationships([("drawing", "../drawings/drawing1.xml")]),
        "xl/drawings/drawing1.xml": '<d:wsDr xmlns:d="x"><d:oneCellAnchor/></d:wsDr>',
    }
    found = members(with_images_drawn(form('DISPIMG("ID_1",1)', extra=extra), "表.xlsx").data)
    assert found["xl/drawings/drawing1.xml"][1].count(b"oneCellAnchor") == 3
    assert "xl/drawings/cells0.xml" not in found
    assert found[SHEET_PART][1].count(b"<drawing ") == 1


@pytest.mark.parametrize("formula", ['DISPIMG("ID_2",1)', '_xlfn.IMAGE("a.png")'])
def test_a_picture_that_is_not_there_is_named(formula: str) -> None:
    drawn = with_images_drawn(form(formula), "表.xlsx")
    assert drawn.missing == ("B2",)
    assert b'<c r="B2"/>' in members(drawn.data)[SHEET_PART][1]


def test_excel_s_own_pictures_are_drawn_too() -> None:
    rows = '<row r="3"><c r="C3" t="e" vm="1"><v>#VALUE!</v></c><c r="D3" vm="2"><v>5</v></c></row>'
    found = parts(worksheet(rows))
    kinds = ("sheetMetadata", "rdRichValue", "rdRichValueStructure", "richValueRel")
    entries = [("worksheet", "worksheets/sheet1.xml"), *((kind, f"rich/{kind}.xml") for kind in kinds)]
    binding = '<bk><extLst><ext><x:rvb i="0"/></ext></extLst></bk>'
    data = package(
        {
            **found,
            "xl/_rels/workbook.xml.rels": relationships(entries),
            "xl/rich/sheetMetadata.xml": f'<metadata xmlns="{MAIN}" xmlns:x="rich"><metadataTypes>'
            '<metadataType name="XLRICHVALUE"/></metadataTypes><futureMetadata name="XLRICHVALUE">'
            f"{binding}</futureMetadata><valueMetadata>"
            '<bk><rc t="1" v="0"/></bk></valueMetadata></metadata>',
            "xl/rich/rdRichValue.xml": '<rvData xmlns="rich"><rv s="0"><v>0</v><v>5</v></rv></rvData>',
            "xl/rich/rdRichValueStructure.xml": '<rvStructures xmlns="rich"><s t="_localImage">'
            '<k n="_rvRel:LocalImageIdentifier"/><k n="CalcOrigin"/></s></rvStructures>',
            "xl/rich/richValueRel.xml": f'<r:rels xmlns:r="{RELATIONS}"><r:rel r:id="rId1"/></r:rels>',
            "xl/rich/_rels/richValueRel.xml.rels": relationships([("image", "../media/image1.png")]),
            "xl/media/image1.png": PNG,
        }
    )
    drawn = members(with_images_drawn(data, "表.xlsx").data)
    assert b'<c r="C3"/>' in drawn[SHEET_PART][1]
    assert b'<c r="D3" vm="2">' in drawn[SHEET_PART][1]  # no picture
    assert b"<xdr:row>2</xdr:row>" in drawn["xl/drawings/cells0.xml"][1]


def test_other_workbooks_keep_their_bytes() -> None:
    data = package(parts(f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'))
    assert with_images_drawn(data, "表.xlsx") == (data, ())


@pytest.mark.parametrize(
    ("image", "size"),
    [
        (PNG, (2, 1)),
        (bytes.fromhex("ffd8ffe000040000ffc0000b080010002001"), (32, 16)),
        (b"GIF89a", None),
        (b"\xff\xd8", None),
        (PNG[:20], None),
    ],
)
def test_the_size_of_a_picture(image: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(image) == size
