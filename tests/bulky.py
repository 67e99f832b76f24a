"""Workbooks in full (带各种部件的工作簿): a form, last year's sheet, and whatever a test puts beside them.

What belongs to the sheet 去年 alone bears the word PRIVATE: no finished form may hold it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from workbooks import MAIN, RELATIONS, package

PRIVATE = "机密"
FORM, OTHER = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK = "xl/workbook.xml"
Lead = tuple[str, str, str]
"""Id, last word of the type, target (http…: outside)."""

_ROWS = """
    项目支出绩效自评表
    项目名称 | 培训
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    年度资金总额 | 100 | 100 | 100 | 10 | 100% | 10
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
    产出指标 | 数量指标 | 培训场次 | ≥10场 | 10场 | 50 | 50
    效益指标 | 社会效益指标 | 知晓率 | ≥90% | 92% | 30 | 30
    满意度指标 | 服务对象满意度 | 满意度 | ≥90% | 95% | 10 | 10
    总分 | | | | | 100 | 100
"""
_SPACES = (
    f'xmlns="{MAIN}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
SHAPES = (
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    f'xmlns:r="{RELATIONS}"'
)
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = {"xml": "application/xml", "rels": "application/vnd.openxmlformats-package.relationships+xml"}
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Kind:
    """What a workbook holds besides the form and last year's sheet."""

    cells: str = ""
    """Cells of row 20 of the form."""
    form: str = ""
    """What stands behind the form's cells."""
    other: str = ""
    other_cells: str = f'<c r="A1" t="inlineStr"><is><t>{PRIVATE}</t></is></c>'
    book: str = ""
    """What stands behind the list of sheets."""
    sheets: str = ""
    """Further sheets."""
    leads: Mapping[str, tuple[Lead, ...]] = field(default_factory=dict[str, tuple[Lead, ...]])
    parts: Mapping[str, str | bytes] = field(default_factory=dict[str, str | bytes])
    stays: frozenset[str] = frozenset()
    """The parts that the finished form still needs, besides its own."""
    said: str = ""
    """What the clerk is told."""
    main: str = f"{_SHEET_TYPE}.sheet.main+xml"


def made(kind: Kind) -> bytes:
    """Return the workbook."""
    leads: dict[str, tuple[Lead, ...]] = {
        "": (("rId1", "officeDocument", BOOK),),
        BOOK: (
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
        ),
    }
    for part, more in kind.leads.items():
        leads[part] = (*leads.get(part, ()), *more)
    listed = '<sheet name="自评表" sheetId="1" r:id="rId1"/><sheet name="去年" sheetId="2" r:id="rId2"/>'
    extra = f'<row r="20">{kind.cells}</row>'
    others = f'<row r="1">{kind.other_cells}</row>'
    parts: dict[str, str | bytes] = {
        BOOK: f"<workbook {_SPACES}><sheets>{listed}{kind.sheets}</sheets>{kind.book}</workbook>",
        FORM: f"<worksheet {_SPACES}><sheetData>{_typed(_ROWS)}{extra}</sheetData>{kind.form}</worksheet>",
        OTHER: f"<worksheet {_SPACES}><sheetData>{others}</sheetData>{kind.other}</worksheet>",
        **kind.parts,
        **{_listed(part): _relations(some) for part, some in leads.items()},
    }
    return package({"[Content_Types].xml": _types(parts, kind.main), **parts})


def _typed(text: str) -> str:
    rows = [[one.strip() for one in line.split("|")] for line in text.strip().splitlines()]
    return "".join(
        f'<row r="{row}">'
        + "".join(_cell("ABCDEFGH"[at], row, one) for at, one in enumerate(cells) if one)
        + "</row>"
        for row, cells in enumerate(rows, 1)
    )


def _cell(column: str, row: int, text: str) -> str:
    if text.isdigit():
        return f'<c r="{column}{row}"><v>{text}</v></c>'
    return f'<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>'


def _listed(part: str) -> str:
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _relations(leads: tuple[Lead, ...]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for key, kind, target in leads
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _types(parts: Mapping[str, str | bytes], main: str) -> str:
    known = {BOOK: main, FORM: f"{_SHEET_TYPE}.worksheet+xml", OTHER: f"{_SHEET_TYPE}.worksheet+xml"}
    endings = {part.rpartition(".")[2] for part in parts} - _TYPES.keys()
    defaults = {**_TYPES, **{ending: f"application/x-{ending}" for ending in endings}}
    overrides = {
        part: known.get(part, "application/vnd.x+xml")
        for part in parts
        if part.endswith(".xml") and "/_rels/" not in part
    }
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        + "".join(f'<Default Extension="{end}" ContentType="{one}"/>' for end, one in defaults.items())
        + "".join(f'<Override PartName="/{part}" ContentType="{one}"/>' for part, one in overrides.items())
        + "</Types>"
    )


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def drawing(*inside: str) -> str:
    """A drawing of some shapes, each on an anchor of its own."""
    anchors = "".join(f"<xdr:twoCellAnchor>{one}<xdr:clientData/></xdr:twoCellAnchor>" for one in inside)
    return f"<xdr:wsDr {SHAPES}>{anchors}</xdr:wsDr>"


def picture(relation: str, name: str = "印章", more: str = "") -> str:
    return (
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="{name}">{more}</xdr:cNvPr><xdr:cNvPicPr/>'
        "</xdr:nvPicPr>"
        f'<xdr:blipFill><a:blip r:embed="{relation}"/></xdr:blipFill><xdr:spPr/></xdr:pic>'
    )


def shape(name: str, attributes: str = "") -> str:
    return (
        f'<xdr:sp {attributes}><xdr:nvSpPr><xdr:cNvPr id="3" name="{name}"/><xdr:cNvSpPr/></xdr:nvSpPr>'
        f"<xdr:spPr/><xdr:txBody><a:p><a:r><a:t>{name}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


def frame(relation: str, name: str = "图表") -> str:
    return (
        f'<xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="4" name="{name}"/></xdr:nvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="c"><c:chart r:id="{relation}"/></a:graphicData></a:graphic>'
        "</xdr:graphicFrame>"
    )


def chart(*series: str, more: str = "") -> str:
    plotted = "".join(f"<c:ser>{one}</c:ser>" for one in series)
    return (
        f"<c:chartSpace {SHAPES}>{more}<c:chart><c:plotArea><c:barChart>{plotted}</c:barChart></c:plotArea>"
        "</c:chart></c:chartSpace>"
    )


def values(formula: str, cached: str = "") -> str:
    points = f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{cached}</c:v></c:pt>'
    cache = f"<c:numCache>{points}</c:numCache>" if cached else ""
    return f"<c:val><c:numRef><c:f>{formula}</c:f>{cache}</c:numRef></c:val>"


def table(number: int, more: str = "", column: str = "") -> str:
    return (
        f'<table xmlns="{MAIN}" id="{number}" name="表{number}" displayName="表{number}" ref="A20:A21"'
        f" {more}>"
        f'<tableColumns count="1"><tableColumn id="1" name="列1">{column}</tableColumn></tableColumns>'
        "</table>"
    )


def note(text: str) -> str:
    shown = f'<comment ref="A1" authorId="0"><text><t>{text}</t></text></comment>'
    return (
        f'<comments xmlns="{MAIN}"><authors><author>{text}</author></authors>'
        f"<commentList>{shown}</commentList></comments>"
    )


def vml(*shapes: str) -> str:
    return f"<xml {_VML}>{''.join(shapes)}</xml>"


def noting(number: int, text: str) -> dict[str, str | bytes]:
    """The parts of the notes of a sheet: old ones, the threads that newer versions show, who spoke."""
    return {
        f"xl/comments{number}.xml": note(text),
        f"xl/threadedComments/threadedComment{number}.xml": f"<ThreadedComments>{text}</ThreadedComments>",
        f"xl/drawings/vmlDrawing{number}.vml": vml(f'<v:shape id="s{number}"/>'),
    }


def noted(number: int) -> tuple[Lead, ...]:
    return (
        ("rId1", "comments", f"../comments{number}.xml"),
        ("rId2", "threadedComment", f"../threadedComments/threadedComment{number}.xml"),
        ("rId3", "vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
    )
