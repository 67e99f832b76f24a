"""A made-up Excel's cells as XML Spreadsheet, Range.Value(11), written as Microsoft's reference has it.

Cells and rows are counted on from the last, a style is that of its parent where it says nothing, columns and
rows have styles of their own, some number formats go by a name.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from fake_cells import Held, shown, written

from perf_excel.sheets.grid import Area

_HEAD = (
    '<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n'
)
_NAMES = {"0.00": "Fixed", "#,##0.00": "Standard", "0.00%": "Percent", "yyyy/m/d": "Short Date"}


def spreadsheet(cells: Any) -> str:
    """Return a range as XML Spreadsheet."""
    page, (top, left, bottom, right) = cells.page, cells.area
    merges = {area[:2]: area for area in page.merges}
    covered = {
        (row, column)
        for area in page.merges
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    } - set(merges)
    styles: dict[str, str] = {"General": "Default"}
    lines: list[str] = []
    for row in range(top, bottom + 1):
        parts: list[str] = []
        after = left
        for column in range(left, right + 1):
            held = page.cells.get((row, column), Held())
            if (row, column) in covered or (held == Held() and (row, column) not in merges):
                continue
            index = f' ss:Index="{column - left + 1}"' if column != after else ""
            style = styles.setdefault(held.format, f"s{len(styles) + 61}")
            parts.append(f"<Cell{index}{_spans(merges.get((row, column)))}{_style(style)}{_content(held)}")
            after = merges.get((row, column), Area(row, column, row, column)).right + 1
        if parts:
            lines.append(f'<Row ss:Index="{row - top + 1}">{"".join(parts)}</Row>\r\n')
    known = "".join(_described(code, name) for code, name in styles.items() if name != "Default")
    return (
        f'{_HEAD}<Styles><Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style>'
        '<Style ss:ID="s16" ss:Name="Percent"><NumberFormat ss:Format="0%"/></Style>'
        f"{known}</Styles>\r\n<Worksheet ss:Name={quoteattr(page.name)}><Table>\r\n{''.join(lines)}"
        "</Table></Worksheet></Workbook>"
    )


def _described(code: str, name: str) -> str:
    if code == "0%":
        return f'<Style ss:ID="{name}" ss:Parent="s16"><Alignment ss:Vertical="Center"/></Style>'
    return f'<Style ss:ID="{name}"><NumberFormat ss:Format={quoteattr(_NAMES.get(code, code))}/></Style>'


def _style(name: str) -> str:
    return "" if name == "Default" else f' ss:StyleID="{name}"'


def _spans(area: Area | None) -> str:
    if area is None:
        return ""
    across, down = area.right - area.left, area.bottom - area.top
    return (f' ss:MergeAcross="{across}"' if across else "") + (f' ss:MergeDown="{down}"' if down else "")


def _content(held: Held) -> str:
    formula = "" if held.formula is None else f" ss:Formula={quoteattr(written(held))}"
    value = shown(held)
    if value is None:
        return f"{formula}/>"
    kind = {"bool": "Boolean", "float": "Number", "int": "Error"}.get(type(value).__name__, "String")
    return f'{formula}><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'
