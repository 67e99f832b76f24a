"""Texts of cells: the shared strings (共享文本), and rich text as plain text."""

from __future__ import annotations

import re
from functools import cache
from typing import NoReturn

from perf_excel.books.xlsx.markup import Markup, cell_text, element, elements
from perf_excel.errors import UserError

STRING_LIMIT = 1_000_000
"""Strings of a workbook: each takes some hundred bytes to find."""


def run_text(content: bytes, prefix: bytes) -> str:
    """Return the text of an <si> or <is>: its runs joined, without the phonetic guide (拼音)."""
    if b"rPh" in content:
        content = elements(prefix, b"rPh").sub(b"", content)
    # Runs are joined before their escapes are read: half a character may stand at the end of one.
    return cell_text(b"".join(run for _, run in elements(prefix, b"t").findall(content)))


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
        self._label = label
        self._prefix = markup.prefix if markup else b""
        plain = markup.plain() if markup else b""
        if plain.count(b"<" + self._prefix + b"si") > STRING_LIMIT:
            raise UserError(f"{label}：共享文本超过 {STRING_LIMIT} 条，请删去与绩效表无关的工作表后重试。")
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
        self[index] = text = run_text(content, self._prefix) if content else cell_text(simple)
        return text

    def _refuse(self, index: bytes) -> NoReturn:
        shown = index[:20].decode("utf-8", "replace")
        raise UserError(
            f"{self._label}：单元格引用了不存在的共享文本（{shown}），文件已损坏，"
            "请用 Excel 或 WPS 修复并另存后重试。"
        )
