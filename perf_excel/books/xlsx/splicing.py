"""Splices: pieces of a part's bytes that are replaced, while all between them stay as they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from perf_excel.books.xlsx.markup import ATTRIBUTES, Markup, text

Piece = bytes | memoryview
Splice = tuple[int, int, bytes]
"""Start and end of the bytes that go, and what comes in their place."""


def spliced(data: bytes, splices: Sequence[Splice]) -> list[Piece]:
    """Return the bytes with splices made, in pieces."""
    # Views and not copies: of a large sheet there is never a second one in memory.
    view = memoryview(data)
    pieces: list[Piece] = []
    position = 0
    # A cell put in front of another one that changes begins where that one does, and comes first.
    for start, end, new in sorted(splices):
        pieces += (view[position:start], new)
        position = end
    pieces.append(view[position:])
    return pieces


@cache
def _attribute(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"""\s(?:%b)\s*=\s*("[^"]*"|'[^']*')""" % name)


def any_prefix(names: bytes) -> bytes:
    """Return the pattern of a start tag of any namespace: groups for its name and its attributes."""
    return rb"<(?:[^\s/>:!?]++:)?(" + names + rb")(?=[\s/>])(" + ATTRIBUTES + rb")>"


def attribute_splices(
    mask: bytes, span: tuple[int, int], name: bytes, change: Callable[[str], str]
) -> Iterator[Splice]:
    """Yield the splice that changes an attribute, if the tag has it and it becomes another.

    Args:
        mask: the part, see :meth:`Markup.mask`.
        span: where the tag's attributes stand.
        name: the attribute's name with its prefix, as a pattern.
        change: returns the new value of an old one.
    """
    found = _attribute(name).search(mask, *span)
    if found:
        old = text(found[1][1:-1])
        if (new := change(old)) != old:
            quoted = character_data(new).replace(b'"', b"&quot;").replace(b"'", b"&apos;")
            yield found.start(1) + 1, found.end(1) - 1, quoted


def element_end(mask: bytes, start: re.Match[bytes]) -> int:
    """Return where an element ends whose start tag :func:`any_prefix` matched; it holds none of its name."""
    if start[0].endswith(b"/>"):
        return start.end()
    name = start[0][1:].split(None, 1)[0].rstrip(b">")
    return mask.index(b">", mask.index(b"</" + name, start.end())) + 1


def text_splices(markup: Markup, start: int, end: int, change: Callable[[str], str]) -> Iterator[Splice]:
    """Yield the splice that changes the text between two places, if it becomes another."""
    old = text_between(markup, start, end)
    if (new := change(old)) != old:
        yield start, end, character_data(new)


def text_between(markup: Markup, start: int, end: int) -> str:
    """Return the text between two places: of comments nothing, of CDATA what it holds."""
    raw = markup.data[start:end]
    return text(replace(markup, data=raw, start=0).plain() if b"<" in raw else raw)


def character_data(value: str) -> bytes:
    """Return a text as XML."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()


def encoded(pieces: Sequence[Piece], encoding: str) -> bytes:
    """Return a part's pieces as it is stored."""
    whole = b"".join(pieces)
    return whole if encoding == "utf-8" else whole.decode().encode(encoding)
