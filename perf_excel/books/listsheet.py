"""A table on a sheet of its own (校验结果, 识别结果) drawn as a worksheet part: to read, to print, to mark.

It brings no cell styles of its own: it borrows a bordered one where there is one, and is readable without.
Only the looks of its conditional formatting are added to the workbook's styles.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perf_excel.books.text_lines import LARGEST_ROW, digit_width, room, text_height
from perf_excel.books.xlsx.adding import Host, Sheet
from perf_excel.books.xlsx.markup import escape
from perf_excel.sheets.grid import address, column_letters

_LINE = 15.0
_SIZE = 11
_DIGIT = digit_width(_SIZE, latin=True)
_FACE = b'<sz val="11"/>%b<rFont val="' + "宋体".encode() + b'"/><family val="3"/><charset val="134"/>'
_BOLD = b"<b/>" + _FACE % b""
_LINK = b"<u/>" + _FACE % b'<color rgb="FF0563C1"/>'


@dataclass(frozen=True, slots=True)
class Choice:
    """A column to choose from a list: which, the one value besides nothing, and what to do."""

    column: int
    value: str
    prompt: str


@dataclass(frozen=True, slots=True)
class Colours:
    """How the cells of a column are coloured: the type and the ground (RRGGBB) by the text they hold.

    ``rows`` colours the whole rows.
    """

    column: int
    by_text: Mapping[str, tuple[str, str]]
    rows: bool = False

    @property
    def looks(self) -> tuple[bytes, ...]:
        """What conditional formatting needs, one after the other."""
        return tuple(
            b'<{x}font><{x}b/><{x}color rgb="FF%b"/></{x}font>'
            b'<{x}fill><{x}patternFill patternType="solid"><{x}fgColor rgb="FF%b"/><{x}bgColor rgb="FF%b"/>'
            b"</{x}patternFill></{x}fill>" % (ink.encode(), ground.encode(), ground.encode())
            for ink, ground in self.by_text.values()
        )


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula, without its equals sign, and what it gives as far as is known."""

    text: str
    result: Decimal | str


@dataclass(frozen=True, slots=True)
class Table:
    """What is drawn: title, lines, heads with the widths of their columns, and rows of text.

    ``link`` is the number of the column that shows a cell's address; ``links`` holds for each row the sheet
    and cell that it leads to, or None. ``figures`` are the cells that are numbers or formulas, by the place
    of their text in ``rows``, which is what they show. ``below`` are the rows that belong to the one above
    them and can be folded away.
    """

    title: str
    lines: Sequence[str]
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    link: int
    links: Sequence[tuple[str, str] | None]
    choice: Choice | None = None
    colours: Colours | None = None
    figures: Mapping[tuple[int, int], Decimal | Formula] = field(
        default_factory=dict[tuple[int, int], Decimal | Formula]
    )
    below: Collection[int] = ()
    filtered: bool = True
    """Whether its heads offer to show only some of the rows."""

    @property
    def head(self) -> int:
        """The row of the heads, which every printed page repeats."""
        return len(self.lines) + 2


def sheet_of(name: str, table: Table, *, stowed: bool = False) -> Sheet:
    """Return a table as a sheet to add to a workbook, ``stowed`` away from those who look at it."""

    def drawn(host: Host) -> bytes:
        return draw(host, table)

    looks = table.colours.looks if table.colours else ()
    return Sheet(name, drawn, (table.head, table.head), looks, stowed)


def draw(host: Host, table: Table) -> bytes:
    """Return the worksheet part (UTF-8), fitted to the workbook that it goes into."""
    head = table.head
    rows = [
        _text_row(1, table.title, _BOLD),
        *(_text_row(row, line) for row, line in enumerate(table.lines, 2)),
        _row(head, table.heads, table, host.style),
        *(_row(row, texts, table, host.style) for row, texts in enumerate(table.rows, head + 1)),
    ]
    last = head + max(len(table.rows), 1)
    links = [
        _link(f"{column_letters(table.link)}{row}", *target)
        for row, target in enumerate(table.links, head + 1)
        if target
    ]
    return b"".join(
        (
            b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="',
            host.namespace,
            b'"><sheetPr>%b<pageSetUpPr fitToPage="1"/></sheetPr>'
            % (b'<outlinePr summaryBelow="0"/>' if table.below else b""),
            b'<sheetViews><sheetView workbookViewId="0"',
            b' showGridLines="%d">' % (not host.style),
            b'<pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/>'
            % (head, head + 1),
            b"</sheetView></sheetViews>",
            b'<sheetFormatPr defaultRowHeight="%g"%b/>'
            % (_LINE, b' outlineLevelRow="1"' if table.below else b""),
            _columns(table.widths),
            b"<sheetData>",
            *rows,
            b"</sheetData>",
            b'<autoFilter ref="A%d:%b%d"/>' % (head, column_letters(len(table.heads)).encode(), last)
            if table.filtered
            else b"",
            _rules(table, host.looks, last) if table.colours else b"",
            _validation(table.choice, (head + 1, last)) if table.choice else b"",
            b"<hyperlinks>%b</hyperlinks>" % b"".join(links) if links else b"",
            b'<printOptions horizontalCentered="1"/>',
            b'<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
            b'<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
            b"<headerFooter><oddFooter>&amp;C%b</oddFooter></headerFooter>" % escape("第 &P 页，共 &N 页"),
            b"</worksheet>",
        )
    )


def _rules(table: Table, looks: Sequence[int], last: int) -> bytes:
    """Conditional formatting, which goes with a cell that is sorted or typed anew."""
    colours = table.colours
    if not looks or colours is None:
        return b""
    column = column_letters(colours.column)
    kind, asked = b'cellIs" operator="equal', ""
    if colours.rows:
        kind, asked = b"expression", f"${column}{table.head + 1}="
    rules = (
        b'<cfRule type="%b" dxfId="%d" priority="%d"><formula>%b</formula></cfRule>'
        % (kind, look, rank, escape(f'{asked}"{text}"'))
        for rank, (look, text) in enumerate(zip(looks, colours.by_text, strict=True), 1)
    )
    left, right = ("A", column_letters(len(table.heads))) if colours.rows else (column, column)
    area = f"{left}{table.head + 1}:{right}{last}".encode()
    return b'<conditionalFormatting sqref="%b">%b</conditionalFormatting>' % (area, b"".join(rules))


def _validation(choice: Choice, rows: tuple[int, int]) -> bytes:
    column = column_letters(choice.column)
    words = (f"只能留空，或选“{choice.value}”。", choice.prompt, f"{column}{rows[0]}:{column}{rows[1]}")
    return (
        b'<dataValidations count="1"><dataValidation type="list" allowBlank="1" showInputMessage="1"'
        b' showErrorMessage="1" error="%b" prompt="%b" sqref="%b"><formula1>%b</formula1>'
        b"</dataValidation></dataValidations>" % (*map(_attribute, words), escape(f'"{choice.value}"'))
    )


def _columns(widths: Sequence[float]) -> bytes:
    entries = (
        b'<col min="%d" max="%d" width="%g" customWidth="1"/>' % (column, column, width)
        for column, width in enumerate(widths, 1)
    )
    return b"<cols>%b</cols>" % b"".join(entries)


def _text_row(row: int, text: str, look: bytes = b"") -> bytes:
    return b'<row r="%d">%b</row>' % (row, _cell(row, 1, text, 0, look))


def _row(row: int, texts: Sequence[str], table: Table, style: int) -> bytes:
    cells: list[bytes] = []
    number = row - table.head - 1
    for column, text in enumerate(texts, 1):
        figure = table.figures.get((number, column - 1))
        if figure is not None:
            cells.append(_figure(row, column, figure, style))
            continue
        linked = number >= 0 and column == table.link and table.links[number]
        look = _BOLD if row == table.head else _LINK if linked else b""
        cells.append(_cell(row, column, text, style, look))
    # Without a style that wraps, tall rows would hold one line each.
    height = b' ht="%g" customHeight="1"' % _height(texts, table.widths) if style else b""
    level = b' outlineLevel="1"' if number in table.below else b""
    return b'<row r="%d"%b%b>%b</row>' % (row, height, level, b"".join(cells))


def _cell(row: int, column: int, text: str, style: int, look: bytes) -> bytes:
    place = address(row, column).encode()
    kept = b' s="%d"' % style if style else b""
    if not text:
        return b'<c r="%b"%b/>' % (place, kept)
    body = b'<t xml:space="preserve">%b</t>' % escape(text)
    if look:
        body = b"<r><rPr>%b</rPr>%b</r>" % (look, body)
    return b'<c r="%b"%b t="inlineStr"><is>%b</is></c>' % (place, kept, body)


def _figure(row: int, column: int, figure: Decimal | Formula, style: int) -> bytes:
    """A cell that is counted with: a number, or a formula with its result."""
    formula, result = (figure.text, figure.result) if isinstance(figure, Formula) else ("", figure)
    kind = b' t="str"' if isinstance(result, str) else b""
    kept = b' s="%d"' % style if style else b""
    content = b"<f>%b</f>" % escape(formula) if formula else b""
    value = escape(result if isinstance(result, str) else f"{result:f}")
    return b'<c r="%b"%b%b>%b<v>%b</v></c>' % (address(row, column).encode(), kept, kind, content, value)


def _link(place: str, sheet: str, cell: str) -> bytes:
    target = f"'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
    return b'<hyperlink ref="%b" location="%b" display="%b"/>' % tuple(map(_attribute, (place, target, cell)))


def _attribute(value: str) -> bytes:
    return escape(value).replace(b'"', b"&quot;")


def _height(texts: Sequence[str], widths: Sequence[float]) -> float:
    heights = (
        text_height(text, room(width * _DIGIT), _SIZE) for text, width in zip(texts, widths, strict=True)
    )
    return min(LARGEST_ROW, max(_LINE, *heights) + 3)
