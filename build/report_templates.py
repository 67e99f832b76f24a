"""Report templates (报告模板) in the style of 公文 (GB/T 9704—2012), each from the outline of its rule set.

An outline (报告.toml) is text, a line a paragraph: ``#`` ``##`` ``###`` begin headings, ``>`` the signature,
``@`` the note of the annex, ``==`` the annex's title, ``|`` a row of a table; tags are those of docxtpl.
The document is written as markup: the same outline gives the same bytes.
"""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

OUTLINE, TEMPLATE = "报告.toml", "报告.docx"
LATIN = "Times New Roman"
TITLE, HEI, KAI, FANG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
SIZES = {"二号": 44, "三号": 32, "四号": 28}
"""Half points."""
MM = Decimal(1440) / Decimal("25.4")
"""Twips."""
WIDTH, HEIGHT, TOP, LEFT = 210, 297, 37, 28
TEXT_WIDTH, TEXT_HEIGHT = 156, 225
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

INDENT, NO_INDENT = 'w:firstLineChars="200" w:firstLine="640"', 'w:firstLineChars="0" w:firstLine="0"'
STYLES = {
    "BodyText1": ("报告正文", FANG, "三号", INDENT, "both", None),
    "Title1": ("报告标题", TITLE, "二号", NO_INDENT, "center", None),
    "Level1": ("报告一级标题", HEI, "三号", INDENT, "both", 0),
    "Level2": ("报告二级标题", KAI, "三号", INDENT, "both", 1),
    "Level3": ("报告三级标题", FANG, "三号", INDENT, "both", 2),
    "Signature1": ("报告落款", FANG, "三号", f'{NO_INDENT} w:rightChars="400" w:right="1280"', "right", None),
    "Plain1": ("报告表文", FANG, "三号", NO_INDENT, "left", None),
}  # fmt: skip
MARKS = (
    ("###", "Level3"),
    ("##", "Level2"),
    ("#", "Level1"),
    ("==", "Title1"),
    (">", "Signature1"),
    ("@", "BodyText1"),
)
_TAG = re.compile(r"\{%p .*%\}")


def report_templates(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield the place and the content of the template of every outline."""
    for path in sorted(folder.glob(f"*/{OUTLINE}")):
        yield (
            path.with_name(TEMPLATE),
            template_of(tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)),
        )


def template_of(outline: dict[str, Any]) -> bytes:
    """Return the template that an outline describes."""
    lines = int(outline["lines"] * 20)
    body = "".join(
        [
            _paragraph(outline["title"], "Title1"),
            _paragraph("", "BodyText1"),
            *_paragraphs(outline["body"]),
            f"<w:p><w:pPr>{_section(lines, landscape=False)}</w:pPr></w:p>",
            *_paragraphs(outline["annex"], first="Plain1"),
            _section(lines, landscape=True),
        ]
    )
    return _zipped(
        {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
            "word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": _relations(
                ("styles", "styles.xml"),
                ("settings", "settings.xml"),
                ("footer", "footer1.xml"),
                ("footer", "footer2.xml"),
            ),
            "word/styles.xml": _styles(lines),
            "word/settings.xml": f'<w:settings {W}><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/>'
            '<w:characterSpacingControl w:val="compressPunctuation"/></w:settings>',
            "word/footer1.xml": _footer("right"),
            "word/footer2.xml": _footer("left"),
        }
    )


def _paragraphs(text: str, first: str = "") -> Iterator[str]:
    rows: list[list[str]] = []
    for line in text.strip("\n").splitlines():
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield _table(rows)
            rows = []
        style = first or "BodyText1"
        first = ""
        for mark, of in MARKS:
            if line.startswith(mark):
                line, style = line.removeprefix(mark).strip(), of  # noqa: PLW2901  (the mark is no text)
                break
        yield _paragraph(line, "BodyText1" if _TAG.fullmatch(line) else style)
    if rows:
        yield _table(rows)


def _paragraph(text: str, style: str) -> str:
    run = f'<w:r>{_look(style)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _look(style: str) -> str:
    """The fonts of a run, said in every run as well: Word would guess that of Chinese signs."""
    return f"<w:rPr>{_fonts(STYLES[style][1])}</w:rPr>"


def _fonts(font: str) -> str:
    latin = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}"'
    return f'<w:rFonts w:hint="eastAsia" {latin} w:eastAsia="{font}"/>'


def _table(rows: list[list[str]]) -> str:
    columns = max(map(len, rows))
    width = _twips(TEXT_WIDTH) // columns
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{{}}</w:tc>'
    drawn = "".join(
        "<w:tr>"
        + "".join(cell.format(_paragraph(text, "Plain1")) for text in row + [""] * (columns - len(row)))
        + "</w:tr>"
        for row in rows
    )
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width * columns}" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{drawn}</w:tbl>'
    )


def _section(lines: int, *, landscape: bool) -> str:
    """The page: A4, 版心 156×225 mm, 天头 37, 订口 28; the annex on its side, its head to the binding."""
    right, bottom = WIDTH - LEFT - TEXT_WIDTH, HEIGHT - TOP - TEXT_HEIGHT
    width, height, margins = WIDTH, HEIGHT, (TOP, right, bottom, LEFT)
    orient = ""
    if landscape:
        width, height, margins, orient = HEIGHT, WIDTH, (LEFT, TOP, right, bottom), ' w:orient="landscape"'
    top, right, bottom, left = (_twips(one) for one in margins)
    # 一字线 is 7 mm below the text; the number is 四号, some 5 mm high.
    footer = bottom - _twips(7) - SIZES["四号"] * 10
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        '<w:footerReference w:type="even" r:id="rId4"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{_twips(width)}" w:h="{_twips(height)}"{orient}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" '
        f'w:footer="{max(footer, 400)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{lines}"/></w:sectPr>'
    )


def _styles(lines: int) -> str:
    default = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}<w:kern w:val="2"/>'
        '<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/></w:style>'
    )
    own = "".join(_style(key, lines) for key in STYLES)
    return f"<w:styles {W}>{default}{own}</w:styles>"


def _style(key: str, lines: int) -> str:
    name, font, size, indent, side, level = STYLES[key]
    outline = "" if level is None else f'<w:keepNext/><w:outlineLvl w:val="{level}"/>'
    keep, outline = ("<w:keepNext/>", outline.removeprefix("<w:keepNext/>")) if outline else ("", "")
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}<w:spacing w:before="0" w:after="0" '
        f'w:line="{lines}" w:lineRule="exact"/><w:ind {indent}/><w:jc w:val="{side}"/>{outline}</w:pPr>'
        # 28 signs a line: 156 mm hold 27.6 of 16 points.
        f'<w:rPr>{_fonts(font)}<w:spacing w:val="-4"/><w:sz w:val="{SIZES[size]}"/>'
        f'<w:szCs w:val="{SIZES[size]}"/></w:rPr>'
        "</w:style>"
    )


def _footer(side: str) -> str:
    """The page number with 一字线, 四号 宋体: one sign from the outer edge."""
    look = f'<w:rPr>{_fonts("宋体").replace(LATIN, "宋体")}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'

    def run(inner: str) -> str:
        return f"<w:r>{look}{inner}</w:r>"

    number = "".join(
        run(inner)
        for inner in (
            "<w:t>— </w:t>".replace("<w:t>", '<w:t xml:space="preserve">'),
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    edge = f'<w:ind w:{side}Chars="100" w:{side}="280"/>'
    return f'<w:ftr {W} {R}><w:p><w:pPr>{edge}<w:jc w:val="{side}"/></w:pPr>{number}</w:p></w:ftr>'


def _types() -> str:
    kinds = {
        "document": "document.main",
        "styles": "styles",
        "settings": "settings",
        "footer1": "footer",
        "footer2": "footer",
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006"
    return (
        f'<Types xmlns="{space}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{overrides}</Types>"
    )


def _relations(*targets: tuple[str, str]) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}/{name}" Target="{target}"/>'
        for number, (name, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def _twips(millimetres: int) -> int:
    return int((millimetres * MM).to_integral_value())


def _zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name)  # of 1980: the same outline gives the same bytes
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, HEADER + text)
    return out.getvalue()
