"""The sheet 校验结果 drawn as a worksheet part: a table to read, to print, and to mark what is left as it is.

It brings no styles of its own (the workbook's stay byte for byte): it borrows a bordered style where there
is one, and is readable without.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from perf_excel.books.xlsx.adding import Host
from perf_excel.books.xlsx.markup import escape
from perf_excel.sheets.grid import address, column_letters
from perf_excel.sheets.verdicts import COLUMNS, WAIVE, Verdict

HEADS = ("序号", *COLUMNS)
HEAD_ROW = 4
TITLES = (HEAD_ROW, HEAD_ROW)
"""The rows that every printed page repeats."""
_WIDTHS = (5.5, 7.0, 6.0, 15.0, 8.0, 20.0, 52.0, 13.0, 13.0, 7.0, 26.0, 20.0)
_LINE = 15.0
_TALLEST = 400.0
_FACE = b'<sz val="11"/>%b<rFont val="' + "宋体".encode() + b'"/><family val="3"/><charset val="134"/>'
_BOLD = b"<b/>" + _FACE % b""
_LINK = b"<u/>" + _FACE % b'<color rgb="FF0563C1"/>'


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands above the table: the title and two lines under it."""

    title: str
    lines: tuple[str, str]


def draw(host: Host, letter: Letter, verdicts: Sequence[Verdict]) -> bytes:
    """Return the worksheet part (UTF-8).

    Args:
        host: what the workbook has to offer.
        letter: title, and the lines on file, rule set, date and on what to do.
        verdicts: the rows; each cell links to the cell it speaks of.
    """
    rows = [
        _text_row(1, letter.title, _BOLD),
        *(_text_row(row, line) for row, line in enumerate(letter.lines, 2)),
    ]
    rows.append(_row(HEAD_ROW, HEADS, host.style, head=True))
    links: list[bytes] = []
    for number, verdict in enumerate(verdicts, 1):
        row = HEAD_ROW + number
        rows.append(_row(row, (str(number), *verdict), host.style))
        if verdict.sheet and verdict.cell:
            links.append(_link(row, verdict))
    last = HEAD_ROW + max(len(verdicts), 1)
    action = column_letters(HEADS.index("处理") + 1)
    return b"".join(
        (
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="',
            host.namespace,
            b'"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"',
            b' showGridLines="%d">' % (not host.style),
            b'<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>'
            % (HEAD_ROW, HEAD_ROW + 1),
            b"</sheetView></sheetViews>",
            b'<sheetFormatPr defaultRowHeight="%g"/>' % _LINE,
            _columns(),
            b"<sheetData>",
            *rows,
            b"</sheetData>",
            b'<dataValidations count="1"><dataValidation type="list" allowBlank="1" showInputMessage="1"',
            b' showErrorMessage="1" errorTitle="%b" error="%b" promptTitle="%b" prompt="%b" sqref="%b">'
            % tuple(map(_attribute, (*_WORDS, f"{action}{HEAD_ROW + 1}:{action}{last}"))),
            b"<formula1>%b</formula1></dataValidation></dataValidations>" % escape(f'"{WAIVE}"'),
            b"<hyperlinks>%b</hyperlinks>" % b"".join(links) if links else b"",
            b'<printOptions horizontalCentered="1"/>',
            b'<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
            b'<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
            b"<headerFooter><oddFooter>&amp;C%b</oddFooter></headerFooter>" % escape("第 &P 页，共 &N 页"),
            b"</worksheet>",
        )
    )


_WORDS = (
    "处理",
    f"只能留空，或选“{WAIVE}”。",
    "处理",
    f"不改的选“{WAIVE}”，并在右边写明理由；要改的留空。",
)


def _columns() -> bytes:
    entries = (
        b'<col min="%d" max="%d" width="%g" customWidth="1"/>' % (column, column, width)
        for column, width in enumerate(_WIDTHS, 1)
    )
    return b"<cols>%b</cols>" % b"".join(entries)


def _text_row(row: int, text: str, look: bytes = b"") -> bytes:
    return b'<row r="%d">%b</row>' % (row, _cell(row, 1, text, 0, look))


def _row(row: int, texts: Sequence[str], style: int, *, head: bool = False) -> bytes:
    linked = HEADS.index("单元格")
    cells = (
        _cell(row, column + 1, text, style, _BOLD if head else _LINK if column == linked and text else b"")
        for column, text in enumerate(texts)
    )
    # Without a style that wraps, tall rows would hold one line each.
    height = b' ht="%g" customHeight="1"' % _height(texts) if style else b""
    return b'<row r="%d"%b>%b</row>' % (row, height, b"".join(cells))


def _cell(row: int, column: int, text: str, style: int, look: bytes) -> bytes:
    place = address(row, column).encode()
    kept = b' s="%d"' % style if style else b""
    if not text:
        return b'<c r="%b"%b/>' % (place, kept)
    body = b'<t xml:space="preserve">%b</t>' % escape(text)
    if look:
        body = b"<r><rPr>%b</rPr>%b</r>" % (look, body)
    return b'<c r="%b"%b t="inlineStr"><is>%b</is></c>' % (place, kept, body)


def _link(row: int, verdict: Verdict) -> bytes:
    place = f"{column_letters(HEADS.index('单元格') + 1)}{row}"
    target = f"'{verdict.sheet.replace(chr(39), chr(39) * 2)}'!{verdict.cell}"
    return b'<hyperlink ref="%b" location="%b" display="%b"/>' % tuple(
        map(_attribute, (place, target, verdict.cell))
    )


def _attribute(value: str) -> bytes:
    return escape(value).replace(b'"', b"&quot;")


def _height(texts: Sequence[str]) -> float:
    lines = max(
        sum(max(1, -(-_wide(line) // (width - 1))) for line in text.split("\n"))
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return min(_TALLEST, _LINE * lines + 3)


def _wide(text: str) -> int:
    """How many places of half width a text takes."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
