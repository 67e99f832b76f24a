"""What stands around a sheet's cells (views, merges, rules, breaks …) when rows are put in or taken out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from perf_excel.books.xlsx.markup import Markup, attributes, integer, text
from perf_excel.books.xlsx.moving.anchors import anchor_splices
from perf_excel.books.xlsx.moving.merging import merge_splices
from perf_excel.books.xlsx.moving.shifting import Anchor, Shift
from perf_excel.books.xlsx.sheet_places import sheet_data
from perf_excel.books.xlsx.splicing import (
    Splice,
    any_prefix,
    attribute_splices,
    element_end,
    text_between,
    text_splices,
)

_VIEWED: dict[bytes, bytes] = {
    b"sheetView": b"topLeftCell", b"customSheetView": b"topLeftCell", b"pane": b"topLeftCell",
    b"selection": b"activeCell",
}  # fmt: skip
"""Elements that name the cell at which a view stands."""
_ADDRESSES: dict[bytes, bytes] = {
    b"hyperlink": b"ref", b"autoFilter": b"ref", b"sortState": b"ref", b"sortCondition": b"ref",
    b"cellWatch": b"r", b"inputCells": b"r", b"cellSmartTags": b"r",
}  # fmt: skip
"""Elements of a sheet with an address of their own: where that is gone, they go, too."""
_AREAS: dict[bytes, bytes] = {
    b"dimension": b"ref", b"protectedRange": b"sqref", b"ignoredError": b"sqref",
}  # fmt: skip
"""Elements with areas that take in new rows at their end."""
_FORMULAS: dict[bytes, bytes] = {
    b"cfvo": b"val", b"controlPr": b"linkedCell|listFillRange",
}  # fmt: skip
"""Elements with a reference in an attribute, which may name any sheet."""

_TAGS = re.compile(any_prefix(b"|".join({**_VIEWED, **_ADDRESSES, **_AREAS, **_FORMULAS})))
_ROW_BREAKS = re.compile(rb"<((?:[^\s/>:!?]++:)?rowBreaks)(?=[\s>])[^>]*>(?<!/>).*?</\1\s*>", re.DOTALL)
_BREAK = re.compile(any_prefix(b"brk"))
_VIEWS = re.compile(any_prefix(b"sheetView|customSheetView|pane"))
_RULE = re.compile(
    rb"<((?:[^\s/>:!?]++:)?(?:conditionalFormatting|dataValidation|sparkline))(?=[\s/>])"
    rb"""((?:[^>"']++|"[^"]*+"|'[^']*')*+)>(?:(?<=/>)|(?<!/>)(.*?)</\1\s*>)""",
    re.DOTALL,
)
_TEXT = re.compile(any_prefix(b"f|formula[12]?|sqref") + rb"(?<!/>)([^<]*)</")
_ROWS = re.compile(r"[0-9]+")
_NAMES = {"conditionalFormatting": "条件格式", "dataValidation": "数据有效性", "sparkline": "迷你图"}
_SHOWN = 40


class _Sheet(NamedTuple):
    """A sheet part whose surroundings change."""

    markup: Markup
    mask: bytes
    shift: Shift
    own: bool
    label: str

    def formula(self, old: str, where: str = "一处设置", anchor: Anchor | None = None) -> str:
        """Return a formula of a rule or the like moved."""
        return self.shift.formula(old, own=self.own, where=f"{self.label}的{where}", anchor=anchor)


def surround_splices(markup: Markup, shift: Shift, *, own: bool, label: str) -> Iterator[Splice]:
    """Yield what changes around the cells of a sheet.

    Args:
        markup: the sheet part.
        shift: the rows that come or go.
        own: whether they are those of this sheet; else only its formulas may speak of them.
        label: what the sheet is called, for messages.

    Raises:
        UserError: a rule, a chart or the like needs a cell that is gone.
    """
    mask = markup.mask()
    place = sheet_data(mask, markup.prefix)
    if place is None:
        return
    start, _, end = place
    for region in ((0, start), (end, len(mask))):
        yield from _region(_Sheet(markup, mask, shift, own, label), region)
    if own:
        yield from merge_splices(mask, end, markup.prefix, shift.moves)


_Span = tuple[int, int]


def _region(sheet: _Sheet, region: _Span) -> Iterator[Splice]:
    """Yield what changes before the cells, or behind them."""
    mask, shift, rules = sheet.mask, sheet.shift, list[_Span]()
    gone = list[_Span]()
    for span, splices in _rules(sheet, region):
        rules.append(span)
        if splices is None:
            gone.append(span)
        else:
            yield from splices
    for match in _TAGS.finditer(mask, *region):
        if any(start <= match.start() < end for start, end in gone):
            continue
        if sheet.own and _is_gone(match, shift):
            gone.append((match.start(), element_end(mask, match)))
        else:
            yield from _tag(sheet, match)
    yield from ((start, end, b"") for start, end in gone)
    yield from _free_texts(sheet, region, rules)
    if sheet.own:
        yield from anchor_splices(mask, region, shift.moves)
        yield from _frozen(mask, region, shift)
        yield from _breaks(mask, region, shift)


def _is_gone(match: re.Match[bytes], shift: Shift) -> bool:
    """Whether an element only speaks of cells that are gone."""
    name = _ADDRESSES.get(match[1], b"") or _AREAS.get(match[1], b"")
    old = text(attributes(match[2]).get(name, b"")) if name else ""
    return bool(old) and not shift.areas(old)


def _tag(sheet: _Sheet, match: re.Match[bytes]) -> Iterator[Splice]:
    name, span, shift = match[1], match.span(2), sheet.shift
    if sheet.own:
        if name in _VIEWED:
            yield from attribute_splices(sheet.mask, span, _VIEWED[name], shift.nearest)
        if name == b"selection":
            active = text(attributes(match[2]).get(b"activeCell", b""))
            yield from attribute_splices(sheet.mask, span, b"sqref", partial(_selected, shift, active))
        if name in _ADDRESSES:
            yield from attribute_splices(sheet.mask, span, _ADDRESSES[name], shift.address)
        if name in _AREAS:
            yield from attribute_splices(sheet.mask, span, _AREAS[name], shift.areas)
    if name == b"hyperlink":
        yield from attribute_splices(sheet.mask, span, b"location", partial(shift.jump, own=sheet.own))
    if name in _FORMULAS:
        yield from attribute_splices(sheet.mask, span, _FORMULAS[name], sheet.formula)


def _selected(shift: Shift, active: str, areas: str) -> str:
    """Return the areas of a selection moved; the active cell lies in one of them."""
    return shift.nearest(active) if active and not shift.address(active) else shift.areas(areas, grow=False)


def _number(old: str, change: Callable[[int], int]) -> str:
    return str(change(int(old))) if old.isdecimal() and len(old) < 8 else old


def _frozen(mask: bytes, region: _Span, shift: Shift) -> Iterator[Splice]:
    """Yield the change of frozen panes: the rows above the line stay above it."""
    moves, top = shift.moves, 1
    for match in _VIEWS.finditer(mask, *region):
        found = attributes(match[2])
        if match[1] != b"pane":
            digits = _ROWS.search(text(found.get(b"topLeftCell", b"")))
            top = int(digits[0]) if digits else 1
        elif found.get(b"state", b"").startswith(b"frozen"):

            def change(rows: int, top: int = top) -> int:
                return moves.row(top + rows) - moves.row(top)

            yield from attribute_splices(mask, match.span(2), b"ySplit", lambda old: _number(old, change))


def _breaks(mask: bytes, region: _Span, shift: Shift) -> Iterator[Splice]:
    """Yield the changes of page breaks: one behind a row goes with the row that follows."""

    def change(row: int) -> int:
        return shift.moves.row(row + 1) - 1

    for breaks in _ROW_BREAKS.finditer(mask, *region):
        seen = {0}
        for match in _BREAK.finditer(mask, *breaks.span()):
            old = integer(attributes(match[2]).get(b"id"))
            if old is not None and shift.moves.removed and change(old) in seen:
                yield match.start(), element_end(mask, match), b""
                continue
            seen.update(() if old is None else (change(old),))
            yield from attribute_splices(mask, match.span(2), b"id", lambda old: _number(old, change))


def _rules(sheet: _Sheet, region: _Span) -> Iterator[tuple[_Span, list[Splice] | None]]:
    """Yield where each rule on cells stands (条件格式, 数据有效性, 迷你图), and how it changes.

    None where no cell that it is for is left.
    """
    mask, markup, shift = sheet.mask, sheet.markup, sheet.shift
    for match in _RULE.finditer(mask, *region):
        texts = list(_TEXT.finditer(mask, match.start(3), match.end(3))) if match[3] else []
        lists = [text(attributes(match[2]).get(b"sqref", b""))]
        lists += (text_between(markup, *one.span(3)) for one in texts if one[1] == b"sqref")
        old = " ".join(lists)
        new = shift.areas(old) if sheet.own else old
        if old.strip() and not new:
            yield match.span(), None
            continue
        anchor = _anchor(old, new) if sheet.own else None
        where = f"{_NAMES[match[1].decode().rpartition(':')[2]]}（{old.strip()[:_SHOWN]}）"
        splices: list[Splice] = []
        if sheet.own:
            splices += attribute_splices(mask, match.span(2), b"sqref", shift.areas)
        for one in texts:
            if one[1] != b"sqref":
                change = partial(sheet.formula, where=where, anchor=anchor)
                splices += text_splices(markup, *one.span(3), change)
            elif sheet.own:
                splices += text_splices(markup, *one.span(3), shift.areas)
        yield match.span(), splices


def _anchor(old: str, new: str) -> Anchor | None:
    rows = [int(digits) for area in old.split() for digits in _ROWS.findall(area)]
    now = [int(digits) for area in new.split() for digits in _ROWS.findall(area)]
    return Anchor(min(rows), rows=min(rows) != max(rows), now=min(now)) if rows and now else None


def _free_texts(sheet: _Sheet, region: _Span, rules: list[_Span]) -> Iterator[Splice]:
    """Yield the changes of formulas and areas outside rules."""
    start, end = region
    for stop, further in [*rules, (end, end)]:
        for match in _TEXT.finditer(sheet.mask, start, stop):
            if match[1] != b"sqref":
                yield from text_splices(sheet.markup, *match.span(3), sheet.formula)
            elif sheet.own:
                yield from text_splices(sheet.markup, *match.span(3), sheet.shift.areas)
        start = further
