"""A reply to a unit in Word (退回函), ready to be mailed, and the list of whom to phone (催报名单)."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_FONT, _TITLE_FONT = "仿宋", "黑体"
SOMETHING_CAME = "你单位报送的绩效自评表已核对，需要处理的如下。"
NOTHING_CAME = "你单位的绩效自评表还没有收到。"
SEND_AGAIN = "请改好后重新报送，文件名请保留，不要另换表样。"
SEND = "请填好后报送，文件名请保留，不要另换表样。"
_SIZE = 10.0
"""Points of the letters of a table."""
_POINT = 2.54 / 72
_PADDING = 0.45
"""Centimetres beside the text of a cell."""
_MOST_ROWS = 300
"""Rows of a part: a letter with more is read by nobody, and says where the rest stands."""
_TEXT_WIDTH = 16.2
"""Centimetres between the margins."""
_WIDE = 36.0
_NARROW = 14.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a letter: what it is about, what to do, and a table."""

    title: str
    lead: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """What a unit is told."""

    unit: str
    lead: str
    parts: tuple[Part, ...]
    closing: str = SEND_AGAIN


def letter_file(letter: Letter, day: date) -> bytes:
    """Return a letter as a Word document."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    _fonts(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("绩效自评表退回修改通知")
    run.font.size = Pt(18)
    _font(run, _TITLE_FONT)
    document.add_paragraph(f"{letter.unit}：")
    document.add_paragraph(letter.lead)
    for number, part in enumerate(letter.parts, 1):
        head = document.add_paragraph()
        head.paragraph_format.space_before = Pt(12)
        _font(head.add_run(f"{number}．{part.title}（{len(part.rows)} 项）"), _TITLE_FONT)
        document.add_paragraph(part.lead)
        _table(document, part)
        if len(part.rows) > _MOST_ROWS:
            document.add_paragraph(f"其余 {len(part.rows) - _MOST_ROWS} 项见汇总表。")
    document.add_paragraph(letter.closing)
    end = document.add_paragraph(f"{day.year}年{day.month}月{day.day}日")
    end.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(document: Document, part: Part) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(rows=1, cols=len(part.heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, part.heads, strict=True):
        cell.text = text
    repeated: Any = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row: Any = table.rows[0]
    row._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001  (the library has no name for it)
    for texts in part.rows[:_MOST_ROWS]:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    table.autofit = False
    widths = _widths(part)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for line in table.rows:
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(0)
                for run in paragraph.runs:
                    run.font.size = Pt(_SIZE)


def _widths(part: Part) -> list[float]:
    """Return how wide columns are, in centimetres: the short ones as their texts are, the others by need."""
    lines = (part.heads, *part.rows[:_MOST_ROWS])
    needs = [
        max(_length(line[at]) for line in lines) * _SIZE * _POINT + _PADDING for at in range(len(part.heads))
    ]
    widths = [0.0] * len(needs)
    left, wide = _TEXT_WIDTH, set(range(len(needs)))
    # What needs no more than its share takes what it needs; the others divide what it leaves.
    while narrow := [at for at in wide if needs[at] <= left / len(wide)]:
        for at in narrow:
            widths[at] = needs[at]
        left -= sum(needs[at] for at in narrow)
        wide -= set(narrow)
        if not wide:
            return widths
    roots = {at: math.sqrt(needs[at]) for at in wide}
    return [left * roots[at] / sum(roots.values()) if at in wide else widths[at] for at in range(len(needs))]


def _length(text: str) -> float:
    """How many Chinese characters a text is long; a Latin one is half of one."""
    return max(
        (sum(1 if ord(sign) > 0x2E7F else 0.55 for sign in line) for line in text.split("\n")), default=0
    )


def _fonts(document: Document) -> None:
    from docx.shared import Pt

    style: Any = document.styles["Normal"]
    style.font.size = Pt(14)
    _font(style, _FONT)


def _font(styled: Any, name: str) -> None:  # noqa: ANN401  (a run or a style)
    """Set a font, for Chinese too: the name alone is that of Latin letters."""
    from docx.oxml.ns import qn

    styled.font.name = name
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def phone_list(rows: Sequence[Mapping[str, str]], day: date) -> bytes:
    """Return the list of units that sent nothing usable, with whom to ask, as a workbook."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    heads = [*rows[0], "联系结果"]
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "催报名单"
    sheet.append([f"催报名单（{day.isoformat()}，{len(rows)} 项）"])
    sheet["A1"].font = Font(name="黑体", size=16)
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head, "") for head in heads])
    side = Side(style="thin", color="FFBFBFBF")
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.data_type = "s"  # a name is a name, whatever it begins with
            cell.font = Font(name="宋体", size=11, bold=cell.row == 2)
            cell.border = Border(side, side, side, side)
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if cell.row == 2:
                cell.fill = PatternFill("solid", "FFDDEBF7")
    for number, head in enumerate(heads, 1):
        narrow = head in ("序号", "年度")
        wide = _WIDE if head in ("单位", "说明") else 8.0 if narrow else _NARROW
        sheet.column_dimensions[get_column_letter(number)].width = wide
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(heads))}{len(rows) + 2}"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
