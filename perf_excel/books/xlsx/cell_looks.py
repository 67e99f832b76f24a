"""How the cells of a workbook look as far as it decides what of their text shows: type, wrapping, indent."""

from __future__ import annotations

import re
from typing import NamedTuple

from perf_excel.books.text_lines import digit_width
from perf_excel.books.xlsx.markup import Markup, attributes, elements, integer, tags, text
from perf_excel.books.xlsx.splicing import encoded

_USUAL_SIZE = 11.0
_NUMBER = re.compile(rb"[0-9]{1,3}(?:\.[0-9]{1,4})?")
_COUNT = re.compile(rb"""(\scount\s*=\s*["'])[0-9]+""")
_TRUE = frozenset({b"1", b"true"})
_CHINESE_FACES = ("simsun", "simhei", "fangsong", "kaiti", "dengxian", "yahei")


class Look(NamedTuple):
    """A cell's looks."""

    size: float = _USUAL_SIZE
    """Of the type, in points."""
    wraps: bool = False
    shrinks: bool = False
    indent: int = 0
    turned: bool = False
    """Whether its text stands on end."""
    boxed: bool = False
    """Whether a line ends the cell on its right: no text is meant to run over it."""


class Looks:
    """The looks of a workbook's cell styles."""

    def __init__(self, markup: Markup | None) -> None:
        self.markup = markup
        """The styles part."""
        self.formats: list[tuple[bytes, bytes]] = []
        """Of each style its attributes and its content."""
        self.digit = digit_width(_USUAL_SIZE, latin=True)
        """Pixels of one unit of a column's width."""
        self._looks: list[Look] = []
        if markup is not None:
            self._read(markup)

    def _read(self, markup: Markup) -> None:
        data, x = markup.plain(), markup.prefix
        fonts = [_font(font, x) for font in _inside(data, x, b"fonts", b"font")]
        boxed = [_ends_right(border, x) for border in _inside(data, x, b"borders", b"border")]
        usual = _formats(data, x, b"cellStyleXfs")
        number = integer(attributes(usual[0][0]).get(b"fontId")) or 0 if usual else 0
        if number < len(fonts):
            self.digit = digit_width(fonts[number][0], latin=fonts[number][1])
        self.formats = _formats(data, x, b"cellXfs")
        self._looks = [_look(raw, inner, x, fonts, boxed) for raw, inner in self.formats]

    def __getitem__(self, style: int) -> Look:
        """Return the looks of a style by its number."""
        return self._looks[style] if style < len(self._looks) else Look()


class Wrapping:
    """Styles that are as others, but wrap; those that a workbook lacks are added to it."""

    def __init__(self, looks: Looks) -> None:
        self.looks = looks
        self._added: list[bytes] = []
        self._twins: dict[int, int] = {}

    def twin(self, style: int) -> int | None:
        """Return the number of the style that is another one, but wraps; None where there cannot be one."""
        markup, formats = self.looks.markup, self.looks.formats
        if markup is None or style >= len(formats):
            return None
        if style not in self._twins:
            twin = _wrapped(*formats[style], markup.prefix)
            there = [_element(*one, markup.prefix) for one in formats] + self._added
            if twin not in there:
                self._added.append(twin)
                there.append(twin)
            self._twins[style] = there.index(twin)
        return self._twins[style]

    def styles(self) -> bytes | None:
        """Return the styles part with what was added; None where nothing was."""
        markup = self.looks.markup
        section = elements(markup.prefix, b"cellXfs").search(markup.mask()) if markup else None
        if markup is None or section is None or not self._added:
            return None
        data, total = markup.data, len(self.looks.formats) + len(self._added)
        head = _COUNT.sub(rb"\g<1>%d" % total, data[section.start() : section.start(2)], count=1)
        kept = data[section.start(2) : section.end(2)]
        pieces = (data[: section.start()], head, kept, *self._added, data[section.end(2) :])
        return encoded(pieces, markup.encoding)


def _inside(data: bytes, prefix: bytes, section: bytes, name: bytes) -> list[bytes]:
    found = elements(prefix, section).search(data)
    return [content or b"" for _, content in elements(prefix, name).findall(found[2] or b"")] if found else []


def _formats(data: bytes, prefix: bytes, section: bytes) -> list[tuple[bytes, bytes]]:
    found = elements(prefix, section).search(data)
    if found is None:
        return []
    return [(raw, inner or b"") for raw, inner in elements(prefix, b"xf").findall(found[2] or b"")]


def _font(font: bytes, prefix: bytes) -> tuple[float, bool]:
    """Return a font's size, and whether its digits are narrow as those of Western typefaces."""
    size, name = tags(prefix, b"sz").search(font), tags(prefix, b"name").search(font)
    written = attributes(size[1]).get(b"val", b"") if size else b""
    face = text(attributes(name[1]).get(b"val", b"")).casefold() if name else ""
    chinese = not face.isascii() or any(one in face for one in _CHINESE_FACES)
    return (float(written) if _NUMBER.fullmatch(written) else _USUAL_SIZE) or _USUAL_SIZE, not chinese


def _ends_right(border: bytes, prefix: bytes) -> bool:
    edge = tags(prefix, b"right|" + prefix + b"end").search(border)
    return edge is not None and attributes(edge[1]).get(b"style", b"none") != b"none"


def _look(
    raw: bytes, inner: bytes, prefix: bytes, fonts: list[tuple[float, bool]], boxed: list[bool]
) -> Look:
    values = attributes(raw)
    alignment = tags(prefix, b"alignment").search(inner)
    placed = attributes(alignment[1]) if alignment else {}
    font, border = integer(values.get(b"fontId")) or 0, integer(values.get(b"borderId")) or 0
    spread = placed.get(b"horizontal") in (b"justify", b"distributed")  # these wrap by themselves
    return Look(
        size=fonts[font][0] if font < len(fonts) else _USUAL_SIZE,
        wraps=spread or placed.get(b"vertical") in (b"justify", b"distributed") or _is(placed, b"wrapText"),
        shrinks=_is(placed, b"shrinkToFit"),
        indent=min(integer(placed.get(b"indent")) or 0, 15),
        turned=placed.get(b"textRotation", b"0") != b"0",
        boxed=border < len(boxed) and boxed[border],
    )


def _is(values: dict[bytes, bytes], name: bytes) -> bool:
    return values.get(name) in _TRUE


def _element(raw: bytes, inner: bytes, prefix: bytes) -> bytes:
    start = raw.removesuffix(b"/")
    return b"<%bxf%b>%b</%bxf>" % (prefix, start, inner, prefix) if inner else b"<%bxf%b/>" % (prefix, start)


def _wrapped(raw: bytes, inner: bytes, prefix: bytes) -> bytes:
    """Return a style as another one, but wrapping."""
    alignment = tags(prefix, b"alignment").search(inner)
    if alignment is None:
        inner = b'<%balignment wrapText="1"/>%b' % (prefix, inner)
    else:
        kept = re.sub(rb"""\s(?:wrapText|shrinkToFit)\s*=\s*(?:"[^"]*"|'[^']*')""", b"", alignment[1])
        inner = inner[: alignment.start(1)] + b' wrapText="1"' + kept + inner[alignment.end(1) :]
    start = re.sub(rb"""\sapplyAlignment\s*=\s*(?:"[^"]*"|'[^']*')""", b"", raw.removesuffix(b"/").rstrip())
    return _element(start + b' applyAlignment="1"', inner, prefix)
