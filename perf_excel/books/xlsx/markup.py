"""XML parts as checked bytes: well-formed, without a DTD, in UTF-8; and the small patterns to read them by.

Parts are read by regular expressions and not as a tree, because an edit has to leave every other byte as it
was. What makes that safe: expat has said the bytes are well-formed, so outside comments, CDATA and
processing instructions a ``<`` always begins a tag, and those three are taken out of the way first.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from typing import NoReturn
from xml.parsers import expat

from perf_excel.errors import UserError

ATTRIBUTES = rb"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+"""
"""All of a tag behind its name, the slash of an empty element included; a quoted '>' does not end it."""

_ATTRIBUTE = re.compile(rb"""(?<!\S)(?:[^\s=/"':]++:)?([^\s=/"':]++)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# An unclosed one runs to the end: such a part is refused by expat, but must not cost quadratic time before.
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_CDATA = b"<![CDATA["
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""\sencoding\s*=\s*["']([^"']+)["']""")
# Besides the two of the standard. Python knows many more, some of them slow or no encodings at all.
_ENCODINGS = frozenset({"iso8859-1", "cp1252", "gb2312", "gbk", "gb18030"})
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?.*?\?>|<!--.*?-->)*+<([^\s/>:!?]+:)?([^\s/>:!?]+)(?=[\s/>])", re.DOTALL
)
_ENTITY = re.compile(r"&(?:#(?:x([0-9A-Fa-f]+)|0*+([0-9]+))|(?:amp|lt|gt|quot|apos));")
_NAMED = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
"""The ampersand last: what it makes together with the text behind it is none of the others."""
_HEX = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What XML cannot hold, a carriage return (XML reads it as a line feed), and what looks like an escape.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")

_LONG = 16
_CHUNK = 1 << 20
# Each open tag costs the parser some 150 bytes: real parts are a dozen deep.
_DEPTH_LIMIT = 500_000
# CDATA grows up to five times when it is made ordinary text; hardly any program writes it.
_CDATA_LIMIT = 16 << 20


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked XML part."""

    data: bytes
    """The part in UTF-8, otherwise as found."""
    prefix: bytes
    """Prefix of the root's namespace with its colon (``x:``), or nothing."""
    root: bytes
    """Local name of the root element."""
    encoding: str
    """The encoding to write the part back in."""
    start: int
    """Where the XML declaration ends."""

    def plain(self) -> bytes:
        """Return the bytes to read values from: comments and instructions gone, CDATA as ordinary text."""
        return _ASIDE.sub(_as_text, self.data) if _has_asides(self.data, self.start) else self.data

    def mask(self) -> bytes:
        """Return the bytes to find places by: same length, but comments and the like hold no markup."""
        if not _has_asides(self.data, self.start):
            return self.data
        return _ASIDE.sub(_blank, self.data)


def _has_asides(data: bytes, start: int) -> bool:
    # One character is found several times faster than two, and forms hardly hold either.
    return any(data.find(mark[1:], start) >= 0 and data.find(mark, start) >= 0 for mark in (b"<!", b"<?"))


def _as_text(match: re.Match[bytes]) -> bytes:
    if not match[0].startswith(_CDATA):
        return b""
    text = match[0][len(_CDATA) : -3]
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def check(raw: bytes, name: str, part: str) -> Markup:
    """Return an XML part that is safe to read; ``name`` and ``part`` are for messages.

    Raises:
        UserError: not well-formed, a DTD, an unusual encoding or absurd nesting.

    """
    damaged = UserError(f"{name}：部件 {part} 的内容已损坏，请用 Excel 或 WPS 打开并另存后重试。")
    absurd = UserError(f"{name}：部件 {part} 含有异常长的文字，请用 Excel 或 WPS 打开检查并另存后重试。")
    try:
        data, encoding = _utf8(raw)
    except (LookupError, ValueError):
        raise damaged from None
    parser = expat.ParserCreate("UTF-8")

    def refuse(*_: object) -> NoReturn:
        raise UserError(f"{name}：部件 {part} 含有 DOCTYPE 声明（可能引用外部内容），已拒绝打开。")

    parser.StartDoctypeDeclHandler = refuse
    try:
        if len(data) <= _CHUNK:
            parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position only
        else:
            _parse_large(parser, data, damaged, absurd)
    except expat.ExpatError:
        raise damaged from None
    root = _ROOT.match(data)
    if root is None:
        raise damaged
    return Markup(data, root[1] or b"", root[2], encoding, _after_declaration(data))


def _after_declaration(data: bytes) -> int:
    declaration = _DECLARATION.match(data)
    return declaration.end() if declaration else 0


def _utf8(raw: bytes) -> tuple[bytes, str]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16").encode(), "utf-16"
    if raw.startswith((b"<\0", b"\0<")):
        encoding = "utf-16-le" if raw.startswith(b"<") else "utf-16-be"
        return raw.decode(encoding).encode(), encoding
    declaration = _DECLARATION.match(raw)
    declared = _ENCODING.search(declaration[0]) if declaration else None
    encoding = codecs.lookup(declared[1].decode("ascii")).name if declared else "utf-8"
    if encoding in {"utf-8", "ascii"}:
        return raw, "utf-8"
    if encoding not in _ENCODINGS:
        raise LookupError(encoding)
    return raw.decode(encoding).encode(), encoding


def _parse_large(parser: expat.XMLParserType, data: bytes, damaged: UserError, absurd: UserError) -> None:
    # Outside comments and CDATA every tag has one '>', an end tag also '</', an empty element '/>': what
    # remains is how deep the parser stands, or more.
    start = _after_declaration(data)
    aside = _has_asides(data, start)
    if aside and len(data) > _CDATA_LIMIT and _CDATA in data:
        raise absurd
    masked = _ASIDE.sub(_blank, data) if aside else data
    depth = 0
    for at in range(0, len(data), _CHUNK):
        chunk = masked[at : at + _CHUNK]
        # A cell holds 32,767 characters, and a tag a dozen attributes: a megabyte without a tag is neither.
        if len(chunk) == _CHUNK and b"<" not in chunk:
            raise absurd
        depth += chunk.count(b">") - 2 * chunk.count(b"</") - chunk.count(b"/>")
        if depth > _DEPTH_LIMIT:
            raise damaged
        parser.Parse(data[at : at + _CHUNK], at + _CHUNK >= len(data))


def _blank(match: re.Match[bytes]) -> bytes:
    return b" " * len(match[0])


def tag(prefix: bytes, names: bytes) -> bytes:
    """Return the pattern of a start tag; its one group holds the attributes, a final slash included."""
    return b"<" + re.escape(prefix) + b"(?:" + names + rb")(?=[\s/>])(" + ATTRIBUTES + b")>"


def element(prefix: bytes, name: bytes) -> bytes:
    """Return the pattern of an element: groups for attributes and content (None if empty by a slash)."""
    return tag(prefix, name) + rb"(?:(?<=/>)|(?<!/>)(.*?)</" + re.escape(prefix) + name + rb"\s*>)"


@cache
def tags(prefix: bytes, names: bytes) -> re.Pattern[bytes]:
    """Return :func:`tag` as a compiled pattern."""
    return re.compile(tag(prefix, names))


@cache
def elements(prefix: bytes, name: bytes) -> re.Pattern[bytes]:
    """Return :func:`element` as a compiled pattern."""
    return re.compile(element(prefix, name), re.DOTALL)


def attributes(raw: bytes) -> dict[bytes, bytes]:
    """Return the attributes of a tag by local name, their values as found (see :func:`text`)."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(raw)}


def integer(raw: bytes | None) -> int | None:
    """Return the number that an attribute holds; None if it holds none, or an absurdly long one."""
    return int(raw) if raw and raw.isdigit() and len(raw) < _LONG else None


def text(raw: bytes) -> str:
    """Return character data or an attribute value as text."""
    result = raw.decode("utf-8", "replace")
    if "\r" in result:
        result = result.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in result:
        return result
    if "&#" in result:
        return _ENTITY.sub(_entity, result)
    for entity, sign in _NAMED.items():
        result = result.replace(entity, sign)
    return result


def _entity(match: re.Match[str]) -> str:
    hexadecimal, decimal = match.groups()
    if not (hexadecimal or decimal):
        return _NAMED[match[0]]
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))


def cell_text(raw: bytes) -> str:
    """Return the text of a cell, where ``_x000D_`` stands for a character that XML cannot hold."""
    result = text(raw)
    if "_x" not in result:
        return result
    result = _HEX.sub(lambda match: chr(int(match[1], 16)), result)
    # Two escaped halves make one character; half of one makes none.
    return result.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escape(value: str) -> bytes:
    """Return cell text as XML character data, with escapes for what XML cannot hold."""
    value = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", value)
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
