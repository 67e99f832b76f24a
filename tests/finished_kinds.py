"""All that bureaus leave in a workbook, each kind in a few lines, and what of it a finished form keeps."""

from __future__ import annotations

from bulky import (
    BOOK,
    FORM,
    OTHER,
    PNG,
    PRIVATE,
    SHAPES,
    Kind,
    chart,
    drawing,
    frame,
    noted,
    noting,
    picture,
    shape,
    table,
    text_cell,
    values,
    vml,
)
from workbooks import MAIN, RELATIONS

DRAWN = "xl/drawings/drawing1.xml"
DRAWN_RELS = "xl/drawings/_rels/drawing1.xml.rels"
IMAGE = "xl/media/image1.png"
_DRAW = '<drawing r:id="rId1"/>'
_TO_DRAWING = (("rId1", "drawing", "../drawings/drawing1.xml"),)
_TO_OTHER_DRAWING = (("rId1", "drawing", "../drawings/drawing2.xml"),)
CHART = "xl/charts/chart1.xml"

_PIVOT = {
    "xl/pivotTables/pivotTable1.xml": f'<pivotTableDefinition xmlns="{MAIN}" name="{PRIVATE}" cacheId="1"/>',
    "xl/pivotCache/pivotCacheDefinition1.xml": (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{RELATIONS}" r:id="rId1">'
        '<cacheSource type="worksheet">'
        f'<worksheetSource ref="A1:B2" sheet="去年"/></cacheSource></pivotCacheDefinition>'
    ),
    "xl/pivotCache/pivotCacheRecords1.xml": f"<pivotCacheRecords><r>{PRIVATE}</r></pivotCacheRecords>",
}
_TO_PIVOT = ("rId8", "pivotTable", "../pivotTables/pivotTable1.xml")
_PIVOT_LEADS = {
    BOOK: (("rId9", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),),
    "xl/pivotTables/pivotTable1.xml": (
        ("rId1", "pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml"),
    ),
    "xl/pivotCache/pivotCacheDefinition1.xml": (("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml"),),
}
_PIVOT_BOOK = '<pivotCaches><pivotCache cacheId="1" r:id="rId9"/></pivotCaches>'

_RICH = {
    "xl/metadata.xml": (
        f'<metadata xmlns="{MAIN}" xmlns:xlrd="x"><metadataTypes count="1"><metadataType name="XLRICHVALUE"/>'
        '</metadataTypes><futureMetadata name="XLRICHVALUE" count="2"><bk><extLst><ext><xlrd:rvb i="0"/>'
        "</ext>"
        '</extLst></bk><bk><extLst><ext><xlrd:rvb i="1"/></ext></extLst></bk></futureMetadata>'
        '<valueMetadata count="2"><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata>'
        "</metadata>"
    ),
    "xl/richData/rdrichvalue.xml": (
        '<rvData xmlns="x"><rv s="0"><v>0</v></rv><rv s="0"><v>1</v></rv></rvData>'
    ),
    "xl/richData/rdrichvaluestructure.xml": (
        '<rvStructures xmlns="x"><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/></s>'
        "</rvStructures>"
    ),
    "xl/richData/richValueRel.xml": (
        f'<richValueRels xmlns="x" xmlns:r="{RELATIONS}"><rel r:id="rId1"/><rel r:id="rId2"/></richValueRels>'
    ),
    IMAGE: PNG,
    "xl/media/image2.png": PNG + PRIVATE.encode(),
}
_RICH_LEADS = {
    BOOK: (
        ("rId5", "sheetMetadata", "metadata.xml"),
        ("rId6", "rdRichValue", "richData/rdrichvalue.xml"),
        ("rId7", "rdRichValueStructure", "richData/rdrichvaluestructure.xml"),
        ("rId8", "richValueRel", "richData/richValueRel.xml"),
    ),
    "xl/richData/richValueRel.xml": (
        ("rId1", "image", "../media/image1.png"),
        ("rId2", "image", "../media/image2.png"),
    ),
}


def wps_picture(name: str, relation: str) -> str:
    return f"<etc:cellImage>{picture(relation, name)}</etc:cellImage>"


KINDS: dict[str, Kind] = {
    "nothing but another sheet": Kind(),
    "pivot table on the form": Kind(
        book=_PIVOT_BOOK,
        leads={**_PIVOT_LEADS, FORM: (_TO_PIVOT,)},
        parts=_PIVOT,
        said="数据透视表在完成表中只保留数值",
    ),
    "pivot table on the other sheet": Kind(
        book=_PIVOT_BOOK, leads={**_PIVOT_LEADS, OTHER: (_TO_PIVOT,)}, parts=_PIVOT
    ),
    "external links": Kind(
        cells='<c r="A20"><f>[1]去年!A1</f><v>5</v></c><c r="B20"><f>[1]去年!A1+去年!A1</f></c>',
        book='<externalReferences><externalReference r:id="rId9"/></externalReferences>',
        leads={
            BOOK: (("rId9", "externalLink", "externalLinks/externalLink1.xml"),),
            "xl/externalLinks/externalLink1.xml": (("rId1", "externalLinkPath", f"file:///{PRIVATE}.xlsx"),),
        },
        parts={
            "xl/externalLinks/externalLink1.xml": (
                f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"/>'
                '</externalLink>'
            )
        },
        said="B20 的公式从未计算",
    ),
    "names": Kind(
        cells=f'<c r="A20"><f>{PRIVATE}名称*2</f><v>5</v></c><c r="B20"><f>SUM(F6:F8)</f></c>',
        form='<autoFilter ref="A5:H8"/><printOptions horizontalCentered="1"/>',
        book=(
            "<definedNames>"
            '<definedName name="_xlnm.Print_Area" localSheetId="0">自评表!$A$1:$H$9</definedName>'
            '<definedName name="_xlnm.Print_Titles" localSheetId="0">自评表!$5:$5</definedName>'
            '<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
            "自评表!$A$5:$H$8</definedName>"
            '<definedName name="_xlnm.Print_Area" localSheetId="1">去年!$A$1:$B$2</definedName>'
            f'<definedName name="{PRIVATE}名称">去年!$A$1</definedName>'
            f'<definedName name="{PRIVATE}" hidden="1">#REF!</definedName>'
            f'<definedName name="{PRIVATE}2" localSheetId="0">[2]表!$A$1</definedName>'
            f'<definedName name="{PRIVATE}3">OFFSET(自评表!$A$1,0,0,COUNTA(去年!$A:$A),1)</definedName>'
            "</definedNames>"
        ),
    ),
    "chart of the other sheet on the form": Kind(
        form=_DRAW,
        leads={FORM: _TO_DRAWING, DRAWN: (("rId1", "chart", "../charts/chart1.xml"),)},
        parts={
            DRAWN: drawing(frame("rId1")),
            CHART: chart(values("去年!$B$1:$B$1", "7"), values("自评表!$F$6:$F$8"), values("去年!$B$1:$B$1")),
        },
        other_cells=f'{text_cell("A1", PRIVATE)}<c r="B1"><v>7</v></c>',
        stays=frozenset({DRAWN, CHART}),
    ),
    "chart that cannot stand alone": Kind(
        form=_DRAW,
        leads={FORM: _TO_DRAWING, DRAWN: (("rId1", "chart", "../charts/chart1.xml"),)},
        parts={DRAWN: drawing(frame("rId1", "走势")), CHART: chart(values(f"{PRIVATE}动态区域"))},
        stays=frozenset({DRAWN}),
        said="图形“走势”离不开别的工作表或外部文件",
    ),
    "chart with another workbook's data": Kind(
        form=_DRAW,
        leads={
            FORM: _TO_DRAWING,
            DRAWN: (("rId1", "chart", "../charts/chart1.xml"),),
            CHART: (("rId1", "package", "../embeddings/book1.xlsx"), ("rId2", "chartStyle", "style1.xml")),
        },
        parts={
            DRAWN: drawing(frame("rId1")),
            CHART: chart(values("自评表!$F$6:$F$8", "1"), more='<c:externalData r:id="rId1"/>'),
            "xl/charts/style1.xml": "<chartStyle/>",
            "xl/embeddings/book1.xlsx": PRIVATE.encode(),
        },
        stays=frozenset({DRAWN, CHART, "xl/charts/style1.xml"}),
    ),
    "charts on the other sheet and on one of their own": Kind(
        sheets='<sheet name="图表1" sheetId="3" r:id="rId3"/>',
        other=_DRAW,
        leads={
            BOOK: (("rId3", "chartsheet", "chartsheets/sheet1.xml"),),
            OTHER: _TO_DRAWING,
            DRAWN: (("rId1", "chart", "../charts/chart1.xml"),),
            "xl/chartsheets/sheet1.xml": _TO_OTHER_DRAWING,
            "xl/drawings/drawing2.xml": (("rId1", "chart", "../charts/chart1.xml"),),
        },
        parts={
            DRAWN: drawing(frame("rId1")),
            "xl/drawings/drawing2.xml": drawing(frame("rId1")),
            "xl/chartsheets/sheet1.xml": (
                f'<chartsheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{_DRAW}</chartsheet>'
            ),
            CHART: chart(values("自评表!$F$6:$F$8", "1")),
        },
    ),
    "notes and threads": Kind(
        form='<legacyDrawing r:id="rId3"/>',
        other='<legacyDrawing r:id="rId3"/>',
        leads={BOOK: (("rId9", "person", "persons/person.xml"),), FORM: noted(1), OTHER: noted(2)},
        parts={
            "xl/persons/person.xml": f"<personList>{PRIVATE}</personList>",
            **noting(1, PRIVATE),
            **noting(2, PRIVATE),
        },
        said="批注 1 处没有带入完成表",
    ),
    "shared strings": Kind(
        cells='<c r="A20" t="s"><v>2</v></c><c r="B20" t="s"><v>0</v></c>',
        other_cells='<c r="A1" t="s"><v>1</v></c>',
        leads={BOOK: (("rId9", "sharedStrings", "sharedStrings.xml"),)},
        parts={
            "xl/sharedStrings.xml": (
                f'<sst xmlns="{MAIN}" count="4" uniqueCount="4"><si><t>甲</t></si><si><t>{PRIVATE}</t></si>'
                f"<si><r><t>乙</t></r><r><t>丙</t></r></si><si><t>{PRIVATE}没有人用</t></si></sst>"
            )
        },
        stays=frozenset({"xl/sharedStrings.xml"}),
    ),
    "thumbnail and properties": Kind(
        leads={
            "": (
                ("rId2", "thumbnail", "docProps/thumbnail.jpeg"),
                ("rId3", "core-properties", "docProps/core.xml"),
                ("rId4", "extended-properties", "docProps/app.xml"),
                ("rId5", "custom-properties", "docProps/custom.xml"),
            )
        },
        parts={
            "docProps/thumbnail.jpeg": PRIVATE.encode(),
            **{f"docProps/{name}.xml": f"<p>{PRIVATE}</p>" for name in ("core", "app", "custom")},
        },
    ),
    "printer settings": Kind(
        form='<pageSetup paperSize="9" orientation="landscape" r:id="rId1"/>',
        other='<pageSetup r:id="rId1"/>',
        leads={
            FORM: (("rId1", "printerSettings", "../printerSettings/printerSettings1.bin"),),
            OTHER: (("rId1", "printerSettings", "../printerSettings/printerSettings2.bin"),),
        },
        parts={f"xl/printerSettings/printerSettings{one}.bin": PRIVATE.encode() for one in (1, 2)},
    ),
    "tables": Kind(
        cells=f'{text_cell("A20", "列1")}<c r="B20"><f>SUM(表1[列1])</f></c>',
        form='<tableParts count="2"><tablePart r:id="rId1"/><tablePart r:id="rId2"/></tableParts>',
        other='<tableParts count="1"><tablePart r:id="rId1"/></tableParts>',
        leads={
            BOOK: (("rId9", "connections", "connections.xml"),),
            FORM: (("rId1", "table", "../tables/table1.xml"), ("rId2", "table", "../tables/table2.xml")),
            OTHER: (("rId1", "table", "../tables/table3.xml"),),
            "xl/tables/table2.xml": (("rId1", "queryTable", "../queryTables/queryTable1.xml"),),
        },
        parts={
            "xl/tables/table1.xml": table(
                1, column="<calculatedColumnFormula>去年!A1</calculatedColumnFormula>"
            ),
            "xl/tables/table2.xml": table(2, more='tableType="queryTable" connectionId="1"'),
            "xl/tables/table3.xml": table(3, more=f'comment="{PRIVATE}"'),
            "xl/queryTables/queryTable1.xml": (
                f'<queryTable xmlns="{MAIN}" name="{PRIVATE}" connectionId="1"/>'
            ),
            "xl/connections.xml": (
                f'<connections xmlns="{MAIN}"><connection id="1" name="{PRIVATE}"/></connections>'
            ),
        },
        stays=frozenset({"xl/tables/table1.xml", "xl/tables/table2.xml"}),
        said="B20 的公式从未计算",
    ),
    "form controls": Kind(
        form=(
            f'{_DRAW}<legacyDrawing r:id="rId2"/><mc:AlternateContent><mc:Choice Requires="x14"><controls>'
            '<control shapeId="1" r:id="rId3" name="复选框 1"/></controls></mc:Choice></mc:AlternateContent>'
        ),
        leads={
            FORM: (
                *_TO_DRAWING,
                ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
                ("rId3", "ctrlProp", "../ctrlProps/ctrlProp1.xml"),
            ),
        },
        parts={
            DRAWN: drawing(
                '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="1" name="复选框 1"><a:extLst><a:ext>'
                '<a14:compatExt xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" spid="s1"/>'
                "</a:ext></a:extLst></xdr:cNvPr></xdr:nvSpPr><xdr:spPr/></xdr:sp>"
            ),
            "xl/drawings/vmlDrawing1.vml": vml('<v:shape id="s1"/>'),
            "xl/ctrlProps/ctrlProp1.xml": f'<formControlPr fmlaLink="去年!$A$1" fmlaRange="{PRIVATE}"/>',
        },
        stays=frozenset({DRAWN}),
        said="控件和嵌入的文档 1 个没有带入完成表",
    ),
    "controls of old versions": Kind(
        form='<legacyDrawing r:id="rId2"/>',
        leads={FORM: (("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),)},
        parts={
            "xl/drawings/vmlDrawing1.vml": vml(
                f'<v:shape id="s1"><v:textbox>{PRIVATE}</v:textbox>'
                '<x:ClientData xmlns:x="urn:schemas-microsoft-com:office:excel" ObjectType="Checkbox"/>'
                '</v:shape>',
            )
        },
        said="控件和嵌入的文档 1 个没有带入完成表",
    ),
    "embedded documents and controls of other programs": Kind(
        form=(
            '<oleObjects><oleObject progId="Word.Document.12" shapeId="1" r:id="rId3"/></oleObjects>'
            '<controls><control shapeId="2" r:id="rId4" name="按钮"/></controls>'
        ),
        leads={
            FORM: (
                ("rId3", "package", "../embeddings/document1.docx"),
                ("rId4", "control", "../activeX/activeX1.xml"),
            ),
            "xl/activeX/activeX1.xml": (("rId1", "activeXControlBinary", "activeX1.bin"),),
        },
        parts={
            "xl/embeddings/document1.docx": PRIVATE.encode(),
            "xl/activeX/activeX1.xml": f'<ocx xmlns:r="{RELATIONS}" r:id="rId1"/>',
            "xl/activeX/activeX1.bin": PRIVATE.encode(),
        },
        said="控件和嵌入的文档 2 个没有带入完成表",
    ),
    "pictures in cells (WPS)": Kind(
        cells='<c r="A20" t="str"><f>_xlfn.DISPIMG("ID_A",1)</f><v>=DISPIMG("ID_A",1)</v></c>',
        other_cells=f'{text_cell("A1", PRIVATE)}<c r="B1" t="str"><f>_xlfn.DISPIMG("ID_B",1)</f></c>',
        leads={
            BOOK: (("rId9", "cellImage", "cellimages.xml"),),
            "xl/cellimages.xml": (
                ("rId1", "image", "media/image1.png"),
                ("rId2", "image", "media/image2.png"),
            ),
        },
        parts={
            "xl/cellimages.xml": (
                f'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" {SHAPES}>'
                f"{wps_picture('ID_A', 'rId1')}{wps_picture('ID_B', 'rId2')}</etc:cellImages>"
            ),
            IMAGE: PNG,
            "xl/media/image2.png": PNG + PRIVATE.encode(),
        },
        stays=frozenset({"xl/cellimages.xml", IMAGE}),
    ),
    "pictures in cells (Excel)": Kind(
        cells='<c r="A20" t="e" vm="1"><v>#VALUE!</v></c>',
        other_cells=f'{text_cell("A1", PRIVATE)}<c r="B1" t="e" vm="2"><v>#VALUE!</v></c>',
        leads=_RICH_LEADS,
        parts=_RICH,
        stays=frozenset({*_RICH} - {"xl/media/image2.png"}),
    ),
    "pictures in cells of the other sheet": Kind(
        other_cells=f'{text_cell("A1", PRIVATE)}<c r="B1" t="e" vm="2"><v>#VALUE!</v></c>',
        leads=_RICH_LEADS,
        parts=_RICH,
    ),
    "macros": Kind(
        main="application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        form=_DRAW,
        sheets='<sheet name="宏表" sheetId="3" state="veryHidden" r:id="rId3"/>',
        leads={
            "": (("rId2", "extensibility", "customUI/customUI.xml"),),
            BOOK: (
                ("rId3", "xlMacrosheet", "macrosheets/sheet1.xml"),
                ("rId9", "vbaProject", "vbaProject.bin"),
                ("rId10", "attachedToolbars", "attachedToolbars.bin"),
            ),
            "xl/vbaProject.bin": (("rId1", "vbaProjectSignature", "vbaProjectSignature.bin"),),
            FORM: _TO_DRAWING,
        },
        parts={
            DRAWN: drawing(shape("提交", 'macro="[0]!Submit" textlink=""')),
            "customUI/customUI.xml": f"<customUI>{PRIVATE}</customUI>",
            "xl/macrosheets/sheet1.xml": f'<macrosheet xmlns="{MAIN}"><sheetData/></macrosheet>',
            "xl/vbaProject.bin": PRIVATE.encode(),
            "xl/vbaProjectSignature.bin": PRIVATE.encode(),
            "xl/attachedToolbars.bin": PRIVATE.encode(),
        },
        stays=frozenset({DRAWN}),
    ),
    "links": Kind(
        form=(
            '<hyperlinks><hyperlink ref="A1" location="自评表!A9"/><hyperlink ref="A2" location="去年!A1"/>'
            f'<hyperlink ref="A3" r:id="rId2"/><hyperlink ref="A4" location="{PRIVATE}名称"/>'
            f'</hyperlinks>{_DRAW}'
        ),
        leads={
            FORM: (*_TO_DRAWING, ("rId2", "hyperlink", "https://example.org/")),
            DRAWN: (
                ("rId1", "image", "../media/image1.png"),
                ("rId2", "hyperlink", "#去年!A1"),
                ("rId3", "hyperlink", "#自评表!A1"),
            ),
        },
        parts={
            DRAWN: drawing(
                picture("rId1", more='<a:hlinkClick r:id="rId2"/>'),
                picture("rId1", more='<a:hlinkClick r:id="rId3"/>'),
            ),
            IMAGE: PNG,
        },
        stays=frozenset({DRAWN, IMAGE}),
    ),
    "pictures": Kind(
        form=f'{_DRAW}<legacyDrawingHF r:id="rId2"/><picture r:id="rId3"/>',
        other=_DRAW,
        leads={
            FORM: (
                *_TO_DRAWING,
                ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
                ("rId3", "image", "../media/image1.png"),
            ),
            DRAWN: (("rId1", "image", "../media/image1.png"), ("rId2", "image", "file:///D:/印章.png")),
            "xl/drawings/vmlDrawing1.vml": (("rId1", "image", "../media/image1.png"),),
            OTHER: _TO_OTHER_DRAWING,
            "xl/drawings/drawing2.xml": (("rId1", "image", "../media/image2.png"),),
        },
        parts={
            DRAWN: drawing(picture("rId1"), picture("rId2", "外部印章")),
            "xl/drawings/drawing2.xml": drawing(picture("rId1", PRIVATE)),
            "xl/drawings/vmlDrawing1.vml": vml('<v:shape id="LH"><v:imagedata o:relid="rId1"/></v:shape>'),
            IMAGE: PNG,
            "xl/media/image2.png": PNG + PRIVATE.encode(),
        },
        stays=frozenset({DRAWN, IMAGE, "xl/drawings/vmlDrawing1.vml"}),
        said="图形“外部印章”离不开别的工作表或外部文件",
    ),
    "shapes that show cells": Kind(
        form=_DRAW,
        leads={FORM: _TO_DRAWING},
        parts={
            DRAWN: drawing(shape("甲", 'textlink="去年!$A$1"'), shape("乙", 'textlink="自评表!$A$1"')),
        },
        stays=frozenset({DRAWN}),
    ),
    "rules and lists of another sheet": Kind(
        form=(
            '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
            '<formula>去年!A1=1</formula>'
            '</cfRule></conditionalFormatting><dataValidations count="1">'
            '<dataValidation type="list" sqref="H6">'
            f"<formula1>{PRIVATE}名称</formula1></dataValidation></dataValidations>"
            '<extLst><ext uri="x"><x14:dataValidations><x14:dataValidation><x14:formula1>'
            '<xm:f>去年!$A$1:$A$3</xm:f>'
            "</x14:formula1></x14:dataValidation></x14:dataValidations></ext></extLst>"
        ),
    ),
    "slicers, maps, queries and the rest": Kind(
        cells='<c r="A20" cm="1"><f t="array" ref="A20">SUM(F6:F8)</f><v>90</v></c>',
        form=(
            '<customProperties><customPr name="x" r:id="rId5"/></customProperties><extLst><ext uri="s"/>'
            '</extLst>'
        ),
        book=(
            '<extLst><ext uri="x"><x14:slicerCaches><x14:slicerCache r:id="rId9"/></x14:slicerCaches></ext>'
            '</extLst>'
        ),
        leads={
            "": (
                ("rId7", "customXml", "customXml/item1.xml"),
                ("rId8", "webextensiontaskpanes", "xl/panes.xml"),
            ),
            BOOK: (
                ("rId5", "sheetMetadata", "metadata.xml"),
                ("rId6", "calcChain", "calcChain.xml"),
                ("rId7", "xmlMaps", "xmlMaps.xml"),
                ("rId8", "volatileDependencies", "volatileDependencies.xml"),
                ("rId9", "slicerCache", "slicerCaches/slicerCache1.xml"),
                ("rId10", "customXml", "../customXml/item1.xml"),
            ),
            FORM: (
                ("rId4", "slicer", "slicers/slicer1.xml"),
                ("rId5", "customProperty", "customProperty1.bin"),
            ),
            "customXml/item1.xml": (("rId1", "customXmlProps", "itemProps1.xml"),),
        },
        parts={
            "xl/metadata.xml": f'<metadata xmlns="{MAIN}"><cellMetadata count="1"/></metadata>',
            "xl/calcChain.xml": f'<calcChain xmlns="{MAIN}"><c r="A20" i="1"/></calcChain>',
            "xl/worksheets/customProperty1.bin": PRIVATE.encode(),
            **{
                f"{name}.xml": f"<x>{PRIVATE}</x>"
                for name in (
                    "xl/xmlMaps", "xl/volatileDependencies", "xl/slicerCaches/slicerCache1", "xl/panes",
                    "xl/worksheets/slicers/slicer1", "customXml/item1", "customXml/itemProps1",
                )
            },
        },
    ),
    "a digital signature": Kind(
        leads={
            "": (("rId9", "origin", "_xmlsignatures/origin.sigs"),),
            "_xmlsignatures/origin.sigs": (("rId1", "signature", "sig1.xml"),),
        },
        parts={
            "_xmlsignatures/origin.sigs": b"",
            "_xmlsignatures/sig1.xml": f"<Signature>{PRIVATE}</Signature>",
        },
        said="数字签名没有带入完成表",
    ),
    "parts that nobody leads to": Kind(
        parts={"xl/worksheets/sheet9.xml": f"<worksheet>{PRIVATE}</worksheet>", "备份.bin": PRIVATE.encode()},
    ),
}  # fmt: skip
