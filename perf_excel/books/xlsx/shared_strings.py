"""Texts of cells: the shared strings (共享文本), and rich text as plain text."""

from __future__ import annotations

import re
from functools import cache
from typing import NoReturn, Self

from perf_excel.books.xlsx.markup import Markup, attributes, cell_text, element, elements, tags
from perf_excel.errors import UserError

_SIGNS = {b"superscript": "^", b"subscript": "_"}
STRING_LIMIT = 1_000_000
"""Strings of a workbook: each takes some hundred bytes to find."""


class Struck(str):
    """A text without what was struck out of it (删除线), and that besides."""

    __slots__ = ("struck",)

    def __new__(cls, text: str, struck: str) -> Self:
        """Keep both."""
        made = super().__new__(cls, text)
        made.struck = struck
        return made

    def __bool__(self) -> bool:
        """Even where nothing else is left there is something to say of the cell."""
        return True


def run_text(content: bytes, prefix: bytes) -> str:
    """Return the text of an <si> or <is>: its runs joined, without the phonetic guide (拼音).

    What is struck out is no longer said: the text is then a :class:`Struck`.
    """
    if b"rPh" in content:
        content = elements(prefix, b"rPh").sub(b"", content)
    if b"vertAlign" in content or b"strike" in content:
        return _rich_text(content, prefix)
    # Runs are joined before their escapes are read: half a character may stand at the end of one.
    return cell_text(b"".join(run for _, run in elements(prefix, b"t").findall(content)))


def _rich_text(content: bytes, prefix: bytes) -> str:
    """A text whose runs differ in what they mean: 10 with a raised 2 is 10^2 and not 102."""
    text, struck = "", ""
    for _, run in elements(prefix, b"r").findall(content):
        own = cell_text(b"".join(part for _, part in elements(prefix, b"t").findall(run)))
        if _is_on(run, prefix, b"strike"):
            struck += own
            continue
        found = tags(prefix, b"vertAlign").search(run)
        sign = _SIGNS.get(attributes(found[1]).get(b"val", b""), "") if found else ""
        joins = own[:1].isalnum() and text and not text[-1].isalpha()
        text += (sign if joins else "") + own
    return Struck(text, struck) if struck else text


def _is_on(run: bytes, prefix: bytes, name: bytes) -> bool:
    found = tags(prefix, name).search(run)
    return bool(found) and attributes(found[1]).get(b"val", b"1") not in {b"0", b"false"}


@cache
def _item(prefix: bytes) -> re.Pattern[bytes]:
    # Nearly every string is one plain <t>: group 1. Group 3 is the content of any other.
    x = re.escape(prefix)
    simple = rb'<%bsi><%bt(?: xml:space="preserve")?>([^<]*+)</%bt></%bsi>' % (x, x, x, x)
    return re.compile(simple + b"|" + element(prefix, b"si"), re.DOTALL)


class SharedStrings(dict[bytes, str]):
    """The shared strings by their index as it is written in a cell; each is decoded when it is first used."""

    def __init__(self, markup: Markup | None, label: str) -> None:
        """Find the strings of the part, if the workbook has one; ``label`` is for messages.

        Raises:
            UserError: there are too many.

        """
        super().__init__()
        self.struck = False
        """Whether something is struck out in any text used so far."""
        self._label = label
        self._prefix = markup.prefix if markup else b""
        plain = markup.plain() if markup else b""
        if plain.count(b"<" + self._prefix + b"si") > STRING_LIMIT:
            raise UserError(f"{label}：共享文本超过 {STRING_LIMIT} 条，请删去与绩效表无关的工作表后重试。")
        # Of a part without escapes every string is its own text.
        self._unescaped = not any(mark in plain for mark in (b"&", b"_x", b"\r"))
        self._items: list[tuple[bytes, bytes, bytes]] = _item(self._prefix).findall(plain)

    def __missing__(self, index: bytes) -> str:
        """Decode a string.

        Raises:
            UserError: there is no string of this index.

        """
        try:
            place = int(index)
        except ValueError:
            self._refuse(index)
        if not 0 <= place < len(self._items):
            self._refuse(index)
        simple, _, content = self._items[place]
        if content:
            text = run_text(content, self._prefix)
            self.struck |= isinstance(text, Struck)
        else:
            text = simple.decode() if self._unescaped else cell_text(simple)
        self[index] = text
        return text

    def _refuse(self, index: bytes) -> NoReturn:
        shown = index[:20].decode("utf-8", "replace")
        raise UserError(
            f"{self._label}：单元格引用了不存在的共享文本（{shown}），文件已损坏，"
            "请用 Excel 或 WPS 修复并另存后重试。"
        )
