"""Budget tables found on a sheet (找表): title, unit, the heads of the columns, the rows below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from perf_excel.forms.text import plain
from perf_excel.sheets.budgets.budget_figures import Figure, figure, is_nothing
from perf_excel.sheets.budgets.budget_titles import Title, is_above, is_form, is_title, title_of, unit_in
from perf_excel.sheets.finding.lines import MAX_COLUMNS, text_at
from perf_excel.sheets.grid import Grid, Place
from perf_excel.sheets.shown_text import printed

MOST_ROWS = 5_000
"""Rows of a budget table; a department's whole list of projects is far shorter."""
_CODE = re.compile(r"[\d\s.-]{1,20}")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[、.．]|\(\d{1,2}\)|其中[:：])"
)
_BEGINS = re.compile(_NUMBERED.pattern + r"|(?:本年|本期)?(?:收入|支出)?[合总小]计$")
_COUNTED = re.compile(r"(?:栏次|行次|栏目|序号|\*{1,4}|\d{1,2}(?:=[\d+\-*/()]{1,30})?)")
_FIRST_NUMBER = re.compile(r"\d{1,2}")
_MOST_ABOVE = 4
_LONGEST_LABEL = 60
_NOTE = re.compile(r"(?:注|备注|说明|填表说明)\d{0,2}[:：]|[*＊※]")


@dataclass(frozen=True)
class Table:
    """A table: where its rows are, and what stands over each of its columns, from the top."""

    grid: Grid
    source: str
    """The name of its file."""
    over: tuple[str, ...]
    """The lines above it."""
    head_rows: tuple[int, ...]
    title: Title
    yuan: Decimal | None
    """How many 元 one of its numbers is; None where nothing says so."""
    rows: tuple[int, ...]
    """Empty of a table that a department has nothing for (空表)."""
    heads: Mapping[int, tuple[str, ...]]
    figures: dict[tuple[int, int], Figure] = field(default_factory=dict[tuple[int, int], Figure])

    def text(self, row: int, column: int) -> str:
        """Return what a place shows; a place that a merge covers shows nothing."""
        return "" if self.grid.covered(row, column) else text_at(self.grid, row, column).strip()

    @cached_property
    def unknown(self) -> frozenset[Place]:
        """Places that hold something other than a figure: words, an error, a formula never calculated."""
        return frozenset(
            place
            for row in self.rows
            for column in self.heads
            if (place := (row, column)) not in self.figures and _is_unknown(self.grid, place)
        )

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """Its columns from left to right."""
        return tuple(sorted(self.heads))


@dataclass
class _Draft:
    """What was found of a table so far."""

    over: list[str] = field(default_factory=list[str])
    heads: list[int] = field(default_factory=list[int])
    rows: list[int] = field(default_factory=list[int])


def budget_tables(grid: Grid, source: str) -> Iterator[Table]:
    """Yield the budget tables of a sheet, from top to bottom; performance forms are none.

    Args:
        grid: the sheet.
        source: the name of its file.
    """
    for draft in _drafts(grid):
        titles = [text for text in draft.over if is_title(text)] or [grid.sheet]
        title = title_of(max(titles, key=lambda text: (title_of(text).known, len(text))))
        heads = _heads(grid, draft)
        said = [*draft.over, *(text for path in heads.values() for text in path)]
        yuan = next((unit for text in said if (unit := unit_in(text)) is not None), None)
        if is_form(title.text) or not heads or not (title.known or (yuan is not None and draft.rows)):
            continue
        figures = {
            (row, column): found
            for row in draft.rows
            for column in heads
            if not grid.covered(row, column)
            and (found := figure(text_at(grid, row, column), yuan)) is not None
        }
        yield Table(
            grid,
            source,
            tuple(draft.over),
            tuple(draft.heads),
            title,
            yuan,
            tuple(draft.rows),
            heads,
            figures,
        )


def _is_unknown(grid: Grid, place: Place) -> bool:
    cell = grid.cells.get(place)
    if cell is None or grid.covered(*place):
        return False
    return cell.value is None if cell.formula is not None else not is_nothing(printed(cell))


def _drafts(grid: Grid) -> Iterator[_Draft]:
    """Cut a sheet into tables: each begins with the lines above its head."""
    draft = _Draft()
    for row in range(1, min(grid.bottom, MOST_ROWS) + 1):
        texts = _texts(grid, row)
        if not texts:
            continue
        kind = _kind(texts, grid, row, draft)
        if kind == "above" and draft.rows:
            yield draft
            draft = _Draft()
        if kind == "above":
            draft.over += texts
        elif kind == "head":
            draft.heads.append(row)
        elif kind == "row":
            draft.rows.append(row)
    yield draft


def _texts(grid: Grid, row: int) -> list[str]:
    """What begins in a row, from left to right."""
    return [
        text
        for column, _ in grid.row(row)
        if column <= MAX_COLUMNS and (text := text_at(grid, row, column).strip())
    ]


def _kind(texts: list[str], grid: Grid, row: int, draft: _Draft) -> str:
    """Return what a row is: above a table, of its head, one of its rows, or neither."""
    first = plain(texts[0])
    numbers = sum(figure(text) is not None for text in texts)
    if _NOTE.match(first) or _is_again(texts, grid, draft) or (draft.heads and _counts(texts)):
        return "neither"
    if not numbers and any(map(is_above, texts)) and len(texts) <= _MOST_ABOVE and not _in_head(texts):
        return "above"
    if numbers and (numbers < len(texts) or draft.heads):
        return "row"
    if draft.rows:
        return "row" if len(first) <= _LONGEST_LABEL else "neither"
    inside = _is_merged_from_above(grid, row)
    begins = _BEGINS.match(first) if len(texts) == 1 else _NUMBERED.match(first)
    if draft.heads and not inside and (begins or _CODE.fullmatch(first)):
        return "row"
    alone = len(texts) == 1 and not draft.heads and not inside
    return "above" if alone else "head"


def _counts(texts: list[str]) -> bool:
    """Whether a row numbers the columns (栏次 1 2 3=1+2)."""
    said = [plain(text) for text in texts]
    numbers = [int(found[0]) for text in said if (found := _FIRST_NUMBER.match(text))]
    rising = all(one < other for one, other in pairwise(numbers))
    return all(map(_COUNTED.fullmatch, said)) and rising and numbers[:1] in ([], [1])


def _in_head(texts: list[str]) -> bool:
    """Whether a row of labels with a unit among them (预算数（万元）) is one of the head."""
    said = [plain(text) for text in texts]
    return len(texts) > 1 and not any("单位:" in text.replace("：", ":") or is_title(text) for text in said)


def _is_merged_from_above(grid: Grid, row: int) -> bool:
    """Whether labels above a row are merged down into it, so that it is a row of the head too."""
    return any(grid.area(row, column).top < row for column in range(1, min(grid.right, MAX_COLUMNS) + 1))


def _is_again(texts: list[str], grid: Grid, draft: _Draft) -> bool:
    """Whether a row is one of the head printed again (at the top of a page)."""
    return bool(draft.rows) and any(texts == _texts(grid, head) for head in draft.heads)


def _heads(grid: Grid, draft: _Draft) -> dict[int, tuple[str, ...]]:
    """Return the labels over each column, from the top; one over several columns belongs to each."""
    right = min(max([grid.right, *(area.right for area in grid.merges)], default=0), MAX_COLUMNS)
    lines = [[_over(grid, row, column) for column in range(1, right + 1)] for row in draft.heads]
    for upper, lower in pairwise(lines):
        _spread(upper, lower)
    found: dict[int, tuple[str, ...]] = {}
    for column in range(1, right + 1):
        said = [line[column - 1] for line in lines]
        path = tuple(text for at, text in enumerate(said) if text and text not in said[:at])
        if path or any(text_at(grid, row, column) for row in draft.rows):
            found[column] = path
    return found


def _over(grid: Grid, row: int, column: int) -> str:
    return plain(text_at(grid, row, column))


def _spread(upper: list[str], lower: list[str]) -> None:
    """Spread a label that is not merged over the blank places right of it that have a label below."""
    for at in range(1, len(upper)):
        if not upper[at] and lower[at] and upper[at - 1] and lower[at - 1] and lower[at - 1] != upper[at - 1]:
            upper[at] = upper[at - 1]
