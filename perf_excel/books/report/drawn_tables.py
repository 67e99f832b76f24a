"""A table of a report in Word's markup (表格): ruled, its head repeated on every page, its figures fields."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from perf_excel.books.report.figure_fields import MARK, PlacedFigures
from perf_excel.books.report.word_file import WORD
from perf_excel.words.writing.report_figures import Figure, one_line
from perf_excel.words.writing.report_tables import Cell, ReportTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

LATIN, TEXT_FONT, HEAD_FONT = "Times New Roman", "仿宋_GB2312", "黑体"
_SIZE = 21
"""Half points: 五号."""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def run_properties(font: str, size: int) -> str:
    """Return what makes a run look: fonts by name, that of Chinese signs too; size in half points."""
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}"/>'
        f'<w:spacing w:val="0"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def drawn_table(table: ReportTable, placed: PlacedFigures, width: int) -> list[Element]:
    """Return a table's title as a paragraph, and the table.

    Args:
        table: what is in it.
        placed: keeps its figures, of which the marks stand in the cells.
        width: of the page's text, in twips.
    """
    from docx.oxml import parse_xml

    whole = sum(table.widths)
    widths = [width * one // whole for one in table.widths]
    centred = ["center"] * len(widths)
    sides = ["left" if at in table.texts else "center" for at in range(len(widths))]
    rows = [
        _row(table.heads, widths, centred, HEAD_FONT, placed, head=True),
        *(_row(row, widths, sides, TEXT_FONT, placed) for row in table.rows),
    ]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    space = f'xmlns:w="{WORD}"'
    title = _paragraph(_run(table.title, HEAD_FONT, placed), "center", HEAD_FONT, before=160, together=True)
    drawn = (
        f'<w:tbl {space}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
    return [parse_xml(title.replace("<w:p>", f"<w:p {space}>", 1)), parse_xml(drawn)]


def _row(
    cells: Sequence[Cell],
    widths: Sequence[int],
    sides: Sequence[str],
    font: str,
    placed: PlacedFigures,
    *,
    head: bool = False,
) -> str:
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(_run(cell, font, placed), side, font)}</w:tc>"
        for cell, width, side in zip(cells, widths, sides, strict=True)
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{drawn}</w:tr>"


def _paragraph(run: str, side: str, font: str, *, before: int = 0, together: bool = False) -> str:
    keep = "<w:keepNext/>" if together else ""
    return (
        f'<w:p><w:pPr>{keep}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{before}" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:left="0" w:right="0" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="{side}"/>'
        # An empty cell is as high as the sign with which its paragraph ends.
        f"{run_properties(font, _SIZE)}</w:pPr>{run}</w:p>"
    )


def _run(cell: Cell, font: str, placed: PlacedFigures) -> str:
    text = MARK.format(placed.keep(cell)) if isinstance(cell, Figure) else one_line(cell)
    if not text:
        return ""
    return f'<w:r>{run_properties(font, _SIZE)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
