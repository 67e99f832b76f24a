"""The buttons (按钮) on the form's sheet: a drawing of shapes that are never printed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from perf_excel.books.vba.button_words import MODULE, Button

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_POINT = 12700
"""English metric units, in which drawings measure."""
_GAP, _TOP, _HEIGHT = 6 * _POINT, 5 * _POINT, 22 * _POINT
_CHARACTER = 11 * _POINT
_SIDES = 26 * _POINT
_COLUMN_CHARACTER = 7 * 9525
"""The width of a digit in the usual type is seven pixels: column widths count in it."""
_FILL, _LINE, _INK = "DDEBF7", "5B9BD5", "1F3864"

_DRAWING = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{shapes}</xdr:wsDr>'
)
_SHAPE = (
    "<xdr:oneCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>{offset}</xdr:colOff>"
    "<xdr:row>0</xdr:row><xdr:rowOff>{top}</xdr:rowOff></xdr:from>"
    '<xdr:ext cx="{width}" cy="{height}"/>'
    '<xdr:sp macro={macro} textlink=""><xdr:nvSpPr>'
    "<xdr:cNvPr id={id} name={name} descr={about}/><xdr:cNvSpPr/></xdr:nvSpPr>"
    '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
    '<a:ln w="9525"><a:solidFill><a:srgbClr val="{line}"/></a:solidFill></a:ln></xdr:spPr>'
    '<xdr:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
    '<a:p><a:pPr algn="ctr"/><a:r><a:rPr lang="zh-CN" sz="1050"><a:solidFill><a:srgbClr val="{ink}"/>'
    "</a:solidFill></a:rPr><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    '<xdr:clientData fPrintsWithSheet="0"/></xdr:oneCellAnchor>'
)


def drawing(buttons: Sequence[Button], first: int, widths: Sequence[float]) -> bytes:
    """Return the drawing part: the buttons side by side at the top of the sheet.

    Args:
        buttons: what to draw.
        first: the column to begin in, counted from 1.
        widths: the widths of that column and those behind it, in characters; beyond them, in the last one.
    """
    left = _GAP
    shapes: list[str] = []
    for number, button in zip(count(2), buttons, strict=False):
        column, offset = _place(left, widths)
        width = _SIDES + len(button.text) * _CHARACTER
        shapes.append(
            _SHAPE.format(
                column=first - 1 + column, offset=offset, top=_TOP, width=width, height=_HEIGHT,
                macro=quoteattr(button.macro), id=quoteattr(str(number)), name=quoteattr(button.shape),
                about=quoteattr(button.about), text=escape(button.text), fill=_FILL, line=_LINE, ink=_INK,
            )
        )  # fmt: skip
        left += width + _GAP
    return _DRAWING.format(shapes="".join(shapes)).encode()


def is_ours(shape: Element) -> bool:
    """Tell whether an element of a drawing names a button of ours. LibreOffice keeps no shape's macro."""
    return shape.get("name", "").startswith(f"{MODULE}.")


def _place(left: int, widths: Sequence[float]) -> tuple[int, int]:
    """Return the column (from 0) and the offset in it: an offset beyond its column would be cut off."""
    for column, width in enumerate(widths[:-1]):
        units = round(width * _COLUMN_CHARACTER)
        if left < units:
            return column, left
        left -= units
    return max(len(widths) - 1, 0), left
