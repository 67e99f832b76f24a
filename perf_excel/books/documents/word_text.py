"""What a paragraph or cell of a Word document shows (段落文字): its text, what is struck out, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of a document's elements; those of the strict kind are brought into it."""
_OFF = ("0", "false", "off", "none")
_NOT_SHOWN = frozenset(
    # Properties; what was deleted under revision (修订); field codes; the reading above a character;
    # what older programs see in place of the choice before it.
    ("rPr", "pPr", "sdtPr", "sdtEndPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "rt")
) | {"Fallback", "tbl"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {
    "wingdings": {0xFE: "☑", 0xFD: "☒", 0xFC: "√", 0xFB: "×", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x6C: "●"},
    "wingdings 2": {0x52: "☑", 0x54: "☒", 0x50: "√", 0x4F: "×", 0xA3: "□", 0x2A: "□"},
    "symbol": {0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xD7: "×", 0xB4: "×"},
}
"""Signs that are typed by the number of a character in a font of signs (插入符号)."""


@dataclass
class Shown:
    """What was gathered from a part of a document."""

    pieces: list[str] = field(default_factory=list[str])
    struck: list[str] = field(default_factory=list[str])
    doubts: list[str] = field(default_factory=list[str])
    """What stands there and is no text, in words."""
    new_page: bool = False
    """Whether a page break stands in it."""

    @property
    def text(self) -> str:
        """The text, without the blanks around it."""
        return "".join(self.pieces).strip()

    def doubt(self, what: str) -> None:
        """Note once what cannot be read."""
        if what not in self.doubts:
            self.doubts.append(what)


def local(element: Element) -> str:
    """Return an element's name without its namespace; nothing for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element, *path: str) -> Element | None:
    """Return the first descendant along a path of names; None where one is missing."""
    found: Element | None = element
    for name in path:
        found = None if found is None else found.find(W + name)
    return found


def value(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute of an element; None where there is no such element or attribute."""
    return None if element is None else element.get(W + name)


def is_on(element: Element | None) -> bool:
    """Whether a property that needs no value (<w:strike/>) is there and not switched off."""
    return element is not None and (value(element) or "1").lower() not in _OFF


def gather(element: Element, shown: Shown, *, struck: bool = False) -> None:
    """Add what an element shows, from its first run to its last; tables in it are no part of it."""
    for part in element:
        name = local(part)
        if name == "t":
            (shown.struck if struck else shown.pieces).append(part.text or "")
        elif name in _SIGNS:
            shown.pieces.append(_SIGNS[name])
            shown.new_page |= name == "br" and value(part, "type") == "page"
        elif name == "sym":
            _add_symbol(part, shown)
        elif name in ("drawing", "pict", "object"):
            _add_drawn(part, shown)
        elif name == "r":
            if not is_on(child(part, "rPr", "vanish")):
                out = any(is_on(child(part, "rPr", kind)) for kind in ("strike", "dstrike"))
                gather(part, shown, struck=out)
        elif name and name not in _NOT_SHOWN:
            gather(part, shown, struck=struck)


def _add_symbol(part: Element, shown: Shown) -> None:
    font = (value(part, "font") or "").lower()
    try:
        code = int(value(part, "char") or "", 16)
    except ValueError:
        code = 0
    sign = _SYMBOLS.get(font, {}).get(code & 0xFF)
    if sign is None:
        shown.doubt(f"有一个“{value(part, 'font') or '特殊'}”字体的符号，认不出是什么")
    shown.pieces.append(sign or "")


def _add_drawn(part: Element, shown: Shown) -> None:
    """Add the text of a text box (文本框); anything else that is drawn cannot be read."""
    boxes = list(part.iter(f"{W}txbxContent"))
    for box in boxes[:1]:  # the same box may stand there twice, for older programs
        for paragraph in box.iter(f"{W}p"):
            gather(paragraph, shown)
            shown.pieces.append("\n")
    if not boxes:
        shown.doubt("有图片或对象，里面的内容没有读")
