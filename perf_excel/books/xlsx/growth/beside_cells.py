"""What stands around a sheet's cells (views, merges, rules, breaks …), moved by rows that are put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from perf_excel.books.xlsx.growth.anchors import anchor_splices
from perf_excel.books.xlsx.growth.merging import merge_splices
from perf_excel.books.xlsx.growth.shifting import Anchor, Shift
from perf_excel.books.xlsx.markup import Markup, attributes, text
from perf_excel.books.xlsx.sheetxml import sheet_data
from perf_excel.books.xlsx.splicing import (
    Splice,
    any_prefix,
    attribute_splices,
    text_between,
    text_splices,
)

_ADDRESSES: dict[bytes, bytes] = {
    b"sheetView": b"topLeftCell", b"customSheetView": b"topLeftCell", b"pane": b"topLeftCell",
    b"selection": b"activeCell", b"hyperlink": b"ref", b"autoFilter": b"ref", b"sortState": b"ref",
    b"sortCondition": b"ref", b"cellWatch": b"r", b"inputCells": b"r", b"cellSmartTags": b"r",
}  # fmt: skip
"""Elements of a sheet with an address of their own."""
_AREAS: dict[bytes, bytes] = {
    b"dimension": b"ref", b"selection": b"sqref", b"protectedRange": b"sqref", b"ignoredError": b"sqref",
}  # fmt: skip
"""Elements with areas that take in new rows at their end."""
_FORMULAS: dict[bytes, bytes] = {
    b"hyperlink": b"location", b"cfvo": b"val", b"controlPr": b"linkedCell|listFillRange",
}  # fmt: skip
"""Elements with a reference in an attribute, which may name any sheet."""

_TAGS = re.compile(any_prefix(b"|".join({**_ADDRESSES, **_AREAS, **_FORMULAS})))
_ROW_BREAKS = re.compile(rb"<((?:[^\s/>:!?]++:)?rowBreaks)(?=[\s>])[^>]*>(?<!/>).*?</\1\s*>", re.DOTALL)
_BREAK = re.compile(any_prefix(b"brk"))
_VIEWS = re.compile(any_prefix(b"sheetView|customSheetView|pane"))
_RULE = re.compile(
    rb"<((?:[^\s/>:!?]++:)?(?:conditionalFormatting|dataValidation))(?=[\s/>])"
    rb"""((?:[^>"']++|"[^"]*+"|'[^']*')*+)>(?:(?<=/>)|(?<!/>)(.*?)</\1\s*>)""",
    re.DOTALL,
)
_TEXT = re.compile(any_prefix(b"f|formula[12]?|sqref") + rb"(?<!/>)([^<]*)</")
_ROWS = re.compile(r"[0-9]+")


def surround_splices(markup: Markup, shift: Shift, *, own: bool) -> Iterator[Splice]:
    """Yield what changes around the cells of a sheet.

    Args:
        markup: the sheet part.
        shift: the new rows.
        own: whether the rows are put into this sheet; else only its formulas may speak of them.
    """
    mask = markup.mask()
    place = sheet_data(mask, markup.prefix)
    if place is None:
        return
    start, _, end = place
    for region in ((0, start), (end, len(mask))):
        inside = _rules(markup, mask, region, shift, own=own)
        spans: list[tuple[int, int]] = []
        for span, splices in inside:
            spans.append(span)
            yield from splices
        yield from _free_texts(markup, mask, (region, spans), shift, own=own)
        for match in _TAGS.finditer(mask, *region):
            yield from _tag(mask, match, shift, own=own)
        if own:
            yield from anchor_splices(mask, region, shift.growth)
            yield from _frozen(mask, region, shift)
            yield from _breaks(mask, region, shift)
    if own:
        yield from merge_splices(mask, end, markup.prefix, shift.growth)


def _tag(mask: bytes, match: re.Match[bytes], shift: Shift, *, own: bool) -> Iterator[Splice]:
    name, span = match[1], match.span(2)
    if own:
        if name in _ADDRESSES:
            yield from attribute_splices(mask, span, _ADDRESSES[name], shift.address)
        if name in _AREAS:
            change = partial(shift.areas, grow=name != b"selection")
            yield from attribute_splices(mask, span, _AREAS[name], change)
    if name in _FORMULAS:
        yield from attribute_splices(mask, span, _FORMULAS[name], partial(shift.formula, own=own))


def _number(old: str, change: Callable[[int], int]) -> str:
    return str(change(int(old))) if old.isdecimal() and len(old) < 8 else old


def _frozen(mask: bytes, region: tuple[int, int], shift: Shift) -> Iterator[Splice]:
    """Yield the change of frozen panes: the rows above the line stay above it."""
    growth, top = shift.growth, 1
    for match in _VIEWS.finditer(mask, *region):
        found = attributes(match[2])
        if match[1] != b"pane":
            digits = _ROWS.search(text(found.get(b"topLeftCell", b"")))
            top = int(digits[0]) if digits else 1
        elif found.get(b"state", b"").startswith(b"frozen"):

            def change(rows: int, top: int = top) -> int:
                return growth.row(top + rows) - growth.row(top)

            yield from attribute_splices(mask, match.span(2), b"ySplit", lambda old: _number(old, change))


def _breaks(mask: bytes, region: tuple[int, int], shift: Shift) -> Iterator[Splice]:
    """Yield the changes of page breaks: one behind a row goes with the row that follows."""

    def change(row: int) -> int:
        return shift.growth.row(row + 1) - 1

    for breaks in _ROW_BREAKS.finditer(mask, *region):
        for match in _BREAK.finditer(mask, *breaks.span()):
            yield from attribute_splices(mask, match.span(2), b"id", lambda old: _number(old, change))


def _rules(
    markup: Markup, mask: bytes, region: tuple[int, int], shift: Shift, *, own: bool
) -> Iterator[tuple[tuple[int, int], list[Splice]]]:
    """Yield where each rule on cells stands (条件格式, 数据有效性), and how it changes."""
    for match in _RULE.finditer(mask, *region):
        texts = list(_TEXT.finditer(mask, match.start(3), match.end(3))) if match[3] else []
        lists = [text(attributes(match[2]).get(b"sqref", b""))]
        lists += (text_between(markup, *one.span(3)) for one in texts if one[1] == b"sqref")
        anchor = _anchor(" ".join(lists)) if own else None
        splices: list[Splice] = []
        if own:
            splices += attribute_splices(mask, match.span(2), b"sqref", shift.areas)
        for one in texts:
            if one[1] != b"sqref":
                change = partial(shift.formula, own=own, anchor=anchor)
                splices += text_splices(markup, *one.span(3), change)
            elif own:
                splices += text_splices(markup, *one.span(3), shift.areas)
        yield match.span(), splices


def _anchor(areas: str) -> Anchor | None:
    rows = [int(digits) for area in areas.split() for digits in _ROWS.findall(area)]
    return Anchor(min(rows), rows=min(rows) != max(rows)) if rows else None


def _free_texts(
    markup: Markup,
    mask: bytes,
    where: tuple[tuple[int, int], list[tuple[int, int]]],
    shift: Shift,
    *,
    own: bool,
) -> Iterator[Splice]:
    """Yield the changes of formulas and areas outside rules, such as those of sparklines (迷你图)."""
    (start, end), rules = where
    for stop, further in [*rules, (end, end)]:
        for match in _TEXT.finditer(mask, start, stop):
            if match[1] != b"sqref":
                yield from text_splices(markup, *match.span(3), partial(shift.formula, own=own))
            elif own:
                yield from text_splices(markup, *match.span(3), shift.areas)
        start = further
