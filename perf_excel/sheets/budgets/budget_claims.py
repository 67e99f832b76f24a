"""What the figures of budget tables claim of one another (勾稽关系), and whether it holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from perf_excel.sheets.budgets.budget_figures import Figure, room, total
from perf_excel.sheets.budgets.budget_heads import Table
from perf_excel.sheets.budgets.budget_lines import Line, lines
from perf_excel.sheets.budgets.budget_panels import Panel, panels
from perf_excel.sheets.budgets.budget_tree import Sum, Tree, trees_of
from perf_excel.sheets.budgets.head_sums import column_sums
from perf_excel.sheets.budgets.row_sums import row_sums
from perf_excel.sheets.grid import Place, address
from perf_excel.words.intervals import NOUGHT

Severity = Literal["error", "warning", "info"]
Check = Literal["B1", "B2", "B3", "B4"]
_PARTLY = 3
"""So many 类 and 款, none of which is the sum of its parts, show that only some parts are listed."""
_SIDES = ("收入", "支出")
"""Over the whole of a half of a table, and said again by its rows."""
_SHOWN = 8
"""So many parts of a sum are written out."""


class Spot(NamedTuple):
    """A figure's place: its table, and row and column of the sheet."""

    table: Table
    place: Place

    @property
    def cell(self) -> str:
        """Where it really stands: A1 address on its sheet."""
        _, row, column = self.table.grid.locate(*self.place)
        return address(row, column)


@dataclass(frozen=True)
class Claim:
    """That a figure is what others make it."""

    check: Check
    spot: Spot
    label: str
    """What the figure is of."""
    arithmetic: str
    printed: str
    expected: str
    agrees: bool
    exact: bool
    severity: Severity = "error"
    why: str = ""
    """The likely reason."""
    others: tuple[Spot, ...] = ()
    """The figures that it was held against."""


@dataclass(frozen=True)
class Sheet:
    """A panel of a table as it was understood."""

    panel: Panel
    tree: Tree

    @property
    def table(self) -> Table:
        """Its table."""
        return self.panel.table

    @property
    def lines(self) -> Sequence[Line]:
        """Its rows."""
        return self.tree.lines

    def figure(self, line: int, column: int) -> Figure | None:
        """Return the figure of a line in one of the panel's amount columns, by their numbers."""
        found = self.table.figures.get(self.spot(line, column).place)
        # What is counted is a whole number and was not rounded.
        return found if found is None or self.panel.amounts[column].money else found._replace(step=Decimal(0))

    def spot(self, line: int, column: int) -> Spot:
        """Return where that figure stands."""
        return Spot(self.table, (self.lines[line].row, self.lines[line].columns[column]))

    def name(self, line: int, column: int) -> str:
        """Say what a figure is of."""
        head = "".join((*self.panel.amounts[column].path, self.panel.amounts[column].basis))
        head = "" if head in _SIDES else head
        label = self.lines[line].label
        return f"“{label}”的“{head}”" if label and head else f"“{label or head}”"


def read_sheets(table: Table) -> list[Sheet]:
    """Return the panels of a table with their rows in place."""
    return [_read(panel) for panel in panels(table)]


def _read(panel: Panel) -> Sheet:
    """Return a panel with its rows in the places in which most of them add up."""
    tried = [Sheet(panel, tree) for tree in trees_of(lines(panel))]
    if len(tried) == 1:
        return tried[0]
    return max(tried, key=lambda sheet: sum(claim.agrees for claim in inner_claims(sheet)))


def inner_claims(sheet: Sheet) -> Iterator[Claim]:
    """Yield what holds inside of one panel: down its rows (B1) and across its columns (B2)."""
    yield from _all_down(sheet)
    for one in column_sums(sheet.panel.amounts, three_public=sheet.table.title.three_public):
        yield from _across(sheet, one)


def _all_down(sheet: Sheet) -> Iterator[Claim]:
    """Yield the sums of rows; none of 类 or 款 that fails where it is plain that only some are listed."""
    sums = [(one, list(_down(sheet, one))) for one in row_sums(sheet.tree)]
    coded = [claim for one, claims in sums if sheet.lines[one.whole].code for claim in claims]
    less = [one for one in coded if not one.agrees and Decimal(one.printed) > Decimal(one.expected)]
    agreeing = any(one.agrees and Decimal(one.printed) for one in coded)
    partly = len({one.spot.place[0] for one in less}) >= _PARTLY and not agreeing
    for one, claims in sums:
        for claim in claims:
            if claim.agrees or not (partly and sheet.lines[one.whole].code):
                yield claim


class _Cell(NamedTuple):
    """A figure that takes part in a sum, with its name; the figure may be blank."""

    spot: Spot
    name: str
    figure: Figure | None


def _down(sheet: Sheet, one: Sum) -> Iterator[Claim]:
    found: list[Claim] = []
    for column in range(len(sheet.panel.amounts)):
        whole = _Cell(
            sheet.spot(one.whole, column), sheet.name(one.whole, column), sheet.figure(one.whole, column)
        )
        readings = [
            [cell for part in parts for cell in _filled(sheet, part, column)] for parts in one.readings
        ]
        claim = sum_claim("B1", whole, readings, open_=one.open)
        if claim and (claim.agrees or not (one.flat and _is_nested(readings[0]))):
            found.append(claim)
    # What is not certain to be a sum is one where it adds up in another column.
    yield from _believed(found, one)


def _is_nested(parts: Sequence[_Cell]) -> bool:
    """Whether some figure of a list is the sum of those that follow it: 类, 款 told apart by blanks only."""
    figures = [part.figure for part in parts]
    for at, one in enumerate(figures):
        held = NOUGHT
        for further in figures[at + 1 :]:
            held = held.plus(further.interval if further else NOUGHT)
            if one is None or not one.value or held.low > one.interval.high:
                break
            if held.meets(one.interval):
                return True
    return False


def _believed(found: Sequence[Claim], one: Sum) -> Iterator[Claim]:
    agreeing = sum(claim.agrees and bool(Decimal(claim.printed)) for claim in found)
    failing = sum(not claim.agrees for claim in found)
    for claim in found:
        if claim.agrees or one.certain or agreeing > failing:
            yield claim


def _filled(sheet: Sheet, part: int, column: int) -> list[_Cell]:
    """Return a part of a sum; for one that is left blank its own parts."""
    own = sheet.figure(part, column)
    below = sheet.tree.children.get(part, [])
    if own is None and below:
        return [cell for child in below for cell in _filled(sheet, child, column)]
    return [_Cell(sheet.spot(part, column), sheet.lines[part].label, own)]


def _across(sheet: Sheet, one: Sum) -> Iterator[Claim]:
    found: list[Claim] = []
    for at in range(len(sheet.lines)):
        if sheet.lines[at].counts:
            continue
        whole = _Cell(sheet.spot(at, one.whole), sheet.name(at, one.whole), sheet.figure(at, one.whole))
        heads = ["".join(amount.path) for amount in sheet.panel.amounts]
        readings = [
            [_Cell(sheet.spot(at, part), heads[part], sheet.figure(at, part)) for part in parts]
            for parts in one.readings
        ]
        if claim := sum_claim("B2", whole, readings, open_=one.open):
            found.append(claim)
    yield from _believed(found, one)


def sum_claim(
    check: Check, whole: _Cell, readings: Iterable[Sequence[_Cell]], *, open_: bool
) -> Claim | None:
    """Hold a figure against the sum of others; None where it or all of them are blank."""
    tried = [parts for parts in readings if any(part.figure is not None for part in parts)]
    if whole.figure is None or not tried or any(map(_is_unknown, tried[0])):
        return None
    fits = next((parts for parts in tried if _fits(whole.figure, parts, open_=open_)), None)
    return _claim(check, whole, tried[0] if fits is None else fits, agrees=fits is not None, open_=open_)


def _is_unknown(part: _Cell) -> bool:
    """Whether a cell has something in it that is no figure, so that no sum with it says anything."""
    return part.spot.place in part.spot.table.unknown


def _fits(whole: Figure, parts: Sequence[_Cell], *, open_: bool) -> bool:
    held = room(part.figure for part in parts)
    return held.meets(whole.interval) or (open_ and held.low <= whole.interval.high)


def _claim(check: Check, whole: _Cell, parts: Sequence[_Cell], *, agrees: bool, open_: bool) -> Claim:
    figure = whole.figure or Figure(Decimal(0), Decimal(1))
    due = total(part.figure for part in parts) or figure
    there = [part for part in parts if part.figure is not None and part.figure.value]
    written = " + ".join(f"{part.name} {part.figure.value}" for part in there[:_SHOWN] if part.figure)
    more = f" + …（共 {len(there)} 项）" if len(there) > _SHOWN else ""
    unsure = any(part.spot.place in part.spot.table.grid.unsure for part in (whole, *parts))
    return Claim(
        check, whole.spot, whole.name, f"{'其中 ' if open_ else ''}{written or '0'}{more} = {due.value}",
        f"{figure.value}", f"{due.value}", agrees, figure.value == due.value,
        "warning" if unsure else "error",
        "",
        tuple(part.spot for part in parts if part.figure is not None),
    )  # fmt: skip
