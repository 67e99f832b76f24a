"""Shared strings (共享文本) of a finished form: those alone that its cells use."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from perf_excel.books.xlsx.markup import Markup, elements, tags
from perf_excel.books.xlsx.trees import children, find

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # pyright: ignore[reportPrivateUsage]

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_COUNT = re.compile(rb"""\s(?:count|uniqueCount)\s*=\s*(?:"[^"]*"|'[^']*')""")
"""The numbers of strings in the root's tag, which need not be told."""


def only_used(markup: Markup, sheets: Iterable[Element]) -> bytes:
    """Return the part with the strings that the sheets' cells use; the cells are given their new places."""
    data = markup.plain()
    items: list[bytes] = [found[0] for found in elements(markup.prefix, b"si").finditer(data)]
    places: dict[int, int] = {}
    for sheet in sheets:
        for row in children(sheet, "sheetData", "row"):
            for cell in row:
                value = find(cell, "v") if cell.get("t") == "s" else None
                text = (value.text or "").strip() if value is not None else ""
                if value is not None and text.isdigit() and int(text) < len(items):
                    value.text = str(places.setdefault(int(text), len(places)))
    root = tags(markup.prefix, markup.root).search(data)
    head = _COUNT.sub(b"", root[0]).removesuffix(b">").removesuffix(b"/") if root else b"<sst"
    strings = b"".join(items[old] for old in places)
    return b"%b%b>%b</%b%b>" % (_DECLARATION, head, strings, markup.prefix, markup.root)
