"""The picture of the levels' shares (得分率图): a chart of Word's own, which WPS and LibreOffice draw, too.

Its numbers stand in the chart itself, without a workbook behind it: it is drawn anew when the report is
refreshed.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast
from xml.sax.saxutils import escape, quoteattr

from perf_excel.books.report.word_file import WORD, package_of, parent_of, put_bytes
from perf_excel.forms.measure import parse
from perf_excel.words.writing.report_facts import Bar, Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document
    from docx.opc.part import Part
    from docx.package import Package
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_WORD_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_KIND = f"{_RELATIONS}/chart"
_EMU = 635
"""Of Word's units of length, in a twip."""
_BAR, _AROUND = 500, 800
"""Height of a bar with its gap, and of what stands around the bars, in twips."""
_TALLEST = 8000
_ROOM = Decimal("1.15")
"""How much longer the axis is than the longest bar, whose number stands behind it."""
_INK = "4472C4"
_FONT = (
    '<a:defRPr sz="1050" b="0"><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
    '<a:latin typeface="Times New Roman"/><a:ea typeface="仿宋_GB2312"/></a:defRPr>'
)
_TEXT = (
    f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{_FONT}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
)


def chart_paragraph(document: Document, block: Block, width: int) -> Element:
    """Return a paragraph with the picture in it, whose part is added to the document.

    Args:
        document: where it is going to stand.
        block: a picture with at least one bar.
        width: of the page's text, in twips.
    """
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    package = package_of(document)
    name = package.next_partname("/word/charts/chart%d.xml")
    part = Part(PackURI(name), _TYPE, chart_xml(block.title, block.bars), cast("Package", package))
    relation = document.part.relate_to(part, _KIND)
    height = min(_AROUND + _BAR * len(block.bars), _TALLEST)
    numbers = [int(node.get("id", "0")) for node in _shapes(document) if node.get("id", "0").isdecimal()]
    return parse_xml(
        f'<w:p xmlns:w="{WORD}"><w:pPr><w:spacing w:before="80" w:after="80" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline xmlns:wp="{_WORD_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width * _EMU}" cy="{height * _EMU}"/>'
        f'<wp:docPr id="{max(numbers, default=0) + 1}" name={quoteattr(f"pe:{block.key}")}'
        f" descr={quoteattr(_described(block))}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{_DRAWING}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATIONS}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _shapes(document: Document) -> Iterator[Element]:
    return document.element.iter(f"{{{_WORD_DRAWING}}}docPr")


def charts_of(document: Document) -> Iterator[tuple[str, Part, Element]]:
    """Yield the pictures that this program drew: the key, the chart's part, and what describes it."""
    for shape in _shapes(document):
        name = shape.get("name", "")
        chart = next(parent_of(shape).iter(f"{{{_CHART}}}chart"), None)
        if name.startswith("pe:") and chart is not None:
            relation = document.part.rels.get(chart.get(f"{{{_RELATIONS}}}id", ""))
            if relation is not None and not relation.is_external:
                yield name[3:], relation.target_part, shape


def redrawn(part: Part, shape: Element, block: Block) -> bool:
    """Draw a picture anew where its numbers have changed, and tell whether they had."""
    if shape.get("descr") == _described(block):
        return False
    put_bytes(part, chart_xml(block.title, block.bars))
    shape.set("descr", _described(block))
    return True


def _described(block: Block) -> str:
    """Say what a picture shows: its alternative text, by which it is known whether it is up to date."""
    return f"{block.title}：{'；'.join(f'{bar.name}{bar.share.text}' for bar in block.bars)}"


def chart_xml(title: str, bars: Sequence[Bar]) -> bytes:
    """Return the part of a chart: bars from left to right, the first at the top, with their numbers."""
    names = "".join(f'<c:pt idx="{at}"><c:v>{escape(bar.name)}</c:v></c:pt>' for at, bar in enumerate(bars))
    numbers = "".join(
        f'<c:pt idx="{at}"><c:v>{_number(bar):f}</c:v></c:pt>' for at, bar in enumerate(bars) if bar.share
    )
    count = f'<c:ptCount val="{len(bars)}"/>'
    most = _ROOM * max(Decimal(100), *(_number(bar) for bar in bars))
    parts = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace xmlns:c="{_CHART}" '
        f'xmlns:a="{_DRAWING}"><c:roundedCorners val="0"/><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p>'
        f'<a:pPr>{_FONT}</a:pPr><a:r><a:rPr lang="zh-CN" sz="1200"/><a:t>{escape(title)}</a:t></a:r></a:p>'
        "</c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        '<c:ser><c:idx val="0"/><c:order val="0"/>'
        '<c:tx><c:strRef><c:f>得分率!$B$1</c:f><c:strCache><c:ptCount val="1"/>'
        '<c:pt idx="0"><c:v>得分率</c:v></c:pt>'
        "</c:strCache></c:strRef></c:tx>"
        f'<c:spPr><a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls><c:numFmt formatCode="General" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{_TEXT}'
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>得分率!$A$2:$A${len(bars) + 1}</c:f><c:strCache>{count}{names}"
        "</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>得分率!$B$2:$B${len(bars) + 1}</c:f><c:numCache>"
        "<c:formatCode>General</c:formatCode>"
        f"{count}{numbers}</c:numCache></c:numRef></c:val></c:ser>"
        '<c:gapWidth val="60"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        '<c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_TEXT}<c:crossAx val="1002"/>'
        '<c:crosses val="autoZero"/></c:catAx>'
        f'<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:max val="{most:f}"/><c:min val="0"/>'
        '</c:scaling><c:delete val="1"/><c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_TEXT}'
        '<c:crossAx val="1001"/><c:crosses val="max"/></c:valAx></c:plotArea>'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
    )
    return "".join(parts).encode()


def _number(bar: Bar) -> Decimal:
    return parse(bar.share.text).number or Decimal(0)
