"""A form read off a sheet (Grid → Form), with the place of everything that was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from perf_excel.forms.measure import Measure, exact, parse, plain
from perf_excel.forms.model import FIELDS, Form, Funding, Goal, Indicator, Task
from perf_excel.forms.spot import Spot
from perf_excel.forms.units import base_unit
from perf_excel.sheets.grid import EMPTY, Cell, Grid, Place
from perf_excel.sheets.labels import TOTAL, bare
from perf_excel.sheets.layout import FormLayout
from perf_excel.sheets.lines import MAX_COLUMNS, label_of, text_at, value_place
from perf_excel.sheets.printing import is_date, is_percent, printed
from perf_excel.sheets.surroundings import Block

_OF_YEAR = re.compile(r"(20\d\d)年度")
_BARE_YEAR = re.compile(r"^(20\d\d)年?$")
_YEAR = re.compile(r"(20\d\d)年(?!\d*月)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "000" + "123456789" + "0123456789")
_SEAL = re.compile(r"[(（](?:盖章|公章|签章)[)）]$")
_MONEY = re.compile(r"单位[:：](?:人民币)?(万?元)")
_YUAN = re.compile(r"(?:[(:：]|人民币)元[)]?")
_WAN = Decimal(10_000)
_GRADED = re.compile(r"(\d+(?:\.\d+)?)分?[(,、，]?([优良中差合一较不][^)]{0,3})?[)]?")
"""A total with its grade in one cell: 99（优）."""
_SUMMANDS = frozenset({"initial", "annual", "executed", "weight"})
_COUNTED = frozenset({"weight", "score", "judged"})
"""Points merged down over several rows count once, in the first."""
_BREAKS = re.compile(r"\s*[\r\n\u3000]+\s*")


@dataclass(frozen=True)
class Reading:
    """A form, the sheet it stands on, and the place of each field: also of those that are still empty."""

    form: Form
    grid: Grid
    layout: FormLayout
    places: dict[Spot, Place]
    free: dict[int, tuple[str, str]]
    """Indicator rows still blank, with the first and second level they belong to."""
    per_wan: Decimal = Decimal(1)
    """How many of the sheet's units of money are one 万元."""

    def place(self, spot: Spot) -> Place:
        """Return the place of a spot, or the nearest there is: its row's first, else the form's first."""
        if spot in self.places:
            return self.places[spot]
        row = (place for other, place in self.places.items() if other[:2] == spot[:2])
        return next(row, next(iter(self.places.values()), (1, 1)))


def read_form(grid: Grid, layout: FormLayout) -> Reading:
    """Read a form. Money is converted to 万元 where the budget block says that it is in 元."""
    reader = _Reader(grid, layout)
    form = reader.form()
    return Reading(form, grid, layout, reader.places, reader.free, reader.per_wan)


def measure_of(cell: Cell) -> Measure:
    """Read a cell as a printed value: a number keeps its exact value, 0.99 shown as 99% is 99%."""
    text = printed(cell).strip()
    if isinstance(cell.value, Decimal) and not is_date(cell.format):
        return exact(text, cell.value, percent=is_percent(cell.format))
    return parse(text)


def number_of(cell: Cell) -> Decimal | None:
    """Return the number in a cell, also one written as text (1,812.92, 10分); None for anything else.

    A percentage is its number of percent, as in text: a weight of 0.1 shown as 10% is 10.
    """
    if isinstance(cell.value, Decimal):
        if is_date(cell.format):
            return None
        return cell.value * 100 if is_percent(cell.format) else cell.value
    return parse(cell.value).number if isinstance(cell.value, str) else None


def _inputs(cells: dict[str, Cell]) -> list[Cell]:
    """The cells of an indicator row that say something of it, beside its place in the levels."""
    return [cells[field] for field in ("target", "actual", "weight", "score", "reason", "judged")]


def _money(cell: Cell, scale: Decimal) -> Decimal | None:
    """Return an amount in 万元; a unit of its own (880元) goes before the block's."""
    value = number_of(cell)
    own = parse(cell.value).unit if isinstance(cell.value, str) else ""
    if value is None or not own.endswith("元"):
        return None if value is None else value / scale
    return value * base_unit(own)[0] / _WAN


def _name(cell: Cell) -> str:
    """Return a name as one line: forms break names where their column ends."""
    return _BREAKS.sub("", printed(cell)).strip()


class _Reader:
    """Reads one form, and notes each place it looked at."""

    def __init__(self, grid: Grid, layout: FormLayout) -> None:
        self.grid, self.layout = grid, layout
        self.places: dict[Spot, Place] = {}
        self.free: dict[int, tuple[str, str]] = {}
        self.shared: set[int] = set()
        self.calculated = True
        self.per_wan = self._money_scale(layout.budget) if layout.budget else Decimal(1)

    def form(self) -> Form:
        layout = self.layout
        funding = self._funding_rows(layout.budget) if layout.budget else ()
        goal = self._goal()
        tasks = self._tasks(layout.tasks) if layout.tasks else ()
        indicators = self._indicators()
        fields = FIELDS & layout.indicators.columns.keys()
        if layout.total_row:
            fields |= {"total"}
        return Form(
            form=layout.title,
            unit=self._unit(),
            year=self._year(),
            funding=funding,
            goal=goal,
            tasks=tasks,
            indicators=indicators,
            total_weight=self._total("weight"),
            total=self._total("score"),
            grade=self._grade(),
            columns=frozenset(fields),
            shared=frozenset(self.shared),
            text_numbers=frozenset(self._text_numbers()),
            calculated=self.calculated,
        )

    def _cell(self, spot: Spot, block: Block, row: int) -> Cell:
        """The cell of a row's field; the place is noted if the row owns it."""
        if spot.field not in block.columns:
            return EMPTY
        place = value_place(self.grid, row, block.columns[spot.field])
        if place[0] == row:
            self.places[spot] = place
        elif spot.field in _COUNTED:
            if spot.part == "indicator" and spot.field == "score":
                self.shared.add(spot.row)
            return EMPTY
        return self.grid.cells.get(place, EMPTY)

    def _expect(self, result: Cell) -> None:
        """Remember a result whose formula was never calculated."""
        if result.formula is not None and result.value is None:
            self.calculated = False

    def _unit(self) -> str:
        place = self.layout.unit
        if place is None:
            return ""
        return self._named(Spot("head", 0, "unit"), place)

    def _named(self, spot: Spot, place: Place) -> str:
        """What a label names; in the label's own cell (部门名称：某某局) it has no place to write to."""
        text = text_at(self.grid, *place)
        _, colon, behind = text.replace("：", ":").partition(":")
        if colon:
            return _SEAL.sub("", behind.strip())
        self.places[spot] = place
        return _SEAL.sub("", text)

    def _year(self) -> int | None:
        """The year in the title or just below, else above it."""
        title = self.layout.title_row
        below = min(title + 5, self.layout.indicators.header)
        texts = [
            "".join(text_at(self.grid, row, column).split()).translate(_DIGITS)
            for row in (*range(title, below), *range(1, title))
            for column in range(1, min(self.grid.right, MAX_COLUMNS) + 1)
        ]
        # A year after the word 年度 or before it is the form's; any other may be the day it was filled in.
        behind = (other for text, other in pairwise(filter(None, texts)) if text.endswith("年度"))
        for pattern, among in ((_OF_YEAR, texts), (_BARE_YEAR, behind), (_YEAR, texts)):
            for text in among:
                if found := pattern.search(text):
                    return int(found[1])
        return None

    def _funding_rows(self, block: Block) -> tuple[Funding, ...]:
        left = min(span[0] for span in block.columns.values())
        rows: list[Funding] = []
        for index, row in enumerate(block.rows):
            cells = {
                field: self._cell(Spot("funding", index, field), block, row)
                for field in ("initial", "annual", "executed", "weight", "rate", "score")
            }
            if index == 0:
                self._expect(cells["score"])
            rows.append(
                Funding(
                    item=label_of(self.grid, row, left),
                    initial=_money(cells["initial"], self.per_wan),
                    annual=_money(cells["annual"], self.per_wan),
                    executed=_money(cells["executed"], self.per_wan),
                    weight=number_of(cells["weight"]),
                    rate=measure_of(cells["rate"]),
                    score=number_of(cells["score"]),
                )
            )
        return tuple(rows)

    def _money_scale(self, block: Block) -> Decimal:
        """How many of the form's money units are one 万元: by what stands in and above the budget block."""
        last = block.rows[-1] if block.rows else block.header
        texts = [
            "".join(text_at(self.grid, row, column).translate(str.maketrans("（）", "()")).split())
            for row in range(1, last + 1)
            for column in range(1, max(span[1] for span in block.columns.values()) + 1)
        ]
        if stated := next((found[1] for text in texts if (found := _MONEY.search(text))), ""):
            return Decimal(1) if stated == "万元" else _WAN
        if any("万元" in text for text in texts):
            return Decimal(1)
        return _WAN if any(_YUAN.search(text) for text in texts) else Decimal(1)

    def _goal(self) -> Goal:
        if self.layout.goal is None:
            return Goal()
        expected, achieved = self.layout.goal
        self.places[Spot("goal", 0, "expected")] = expected
        self.places[Spot("goal", 0, "achieved")] = achieved
        return Goal(text_at(self.grid, *expected), text_at(self.grid, *achieved))

    def _tasks(self, block: Block) -> tuple[Task, ...]:
        """The tasks with a name; rows still blank only get their places."""
        tasks: list[Task] = []
        for index, row in enumerate(block.rows):
            name, content, achieved = (
                printed(self._cell(Spot("task", index, field), block, row)).strip()
                for field in ("name", "content", "achieved")
            )
            tasks.append(Task(name, content, achieved))
        while tasks and tasks[-1] == Task(""):
            tasks.pop()
        return tuple(tasks)

    def _indicators(self) -> tuple[Indicator, ...]:
        block, rows = self.layout.indicators, list[Indicator]()
        level1 = level2 = ""
        for row in block.rows:
            cells = {
                field: self._cell(Spot("indicator", len(rows), field), block, row)
                for field in ("level1", "level2", "level3", *sorted(FIELDS), "hint", "judged")
            }
            own1, own2, level3 = (_name(cells[level]) for level in ("level1", "level2", "level3"))
            if "level3" not in block.columns:
                own2, level3 = "", own2
            level2 = own2 or ("" if own1 and own1 != level1 else level2)
            level1 = own1 or level1
            if not level3 and all(cell.formula or cell.value is None for cell in _inputs(cells)):
                self.free[row] = (level1, level2)
                continue
            score = cells["score"]
            self._expect(score)
            rows.append(
                Indicator(
                    level1,
                    level2,
                    level3,
                    target=measure_of(cells["target"]),
                    actual=measure_of(cells["actual"]),
                    weight=number_of(cells["weight"]),
                    # A formula never calculated: what the clerk gave by hand is all there is.
                    score=number_of(cells["judged"] if score.formula and score.value is None else score),
                    deviation=measure_of(cells["deviation"]),
                    reason=printed(cells["reason"]).strip(),
                )
            )
        return tuple(rows)

    def _text_numbers(self) -> Iterator[Spot]:
        """Numbers typed as text (1,812.92万元) in a form that calculates: its formulas do not see them."""
        cells = {spot: self.grid.cells.get(place, EMPTY) for spot, place in self.places.items()}
        if any(cell.formula for spot, cell in cells.items() if spot.field == "score"):
            for spot, cell in cells.items():
                typed = isinstance(cell.value, str) and cell.formula is None
                if spot.field in _SUMMANDS and typed and number_of(cell) is not None:
                    yield spot

    def _total(self, field: str) -> Decimal | None:
        row, columns = self.layout.total_row, self.layout.indicators.columns
        if row is None:
            return None
        if field not in columns:
            return self._number_behind(row) if field == "score" else None
        place = value_place(self.grid, row, columns[field])
        self.places[Spot("total", 0, field)] = place
        cell = self.grid.cells.get(place, EMPTY)
        self._expect(cell)
        number = number_of(cell)
        if number is None and isinstance(cell.value, str) and (found := _GRADED.fullmatch(bare(cell.value))):
            return Decimal(found[1])
        return self._behind_label(row) if number is None and field == "score" else number

    def _behind_label(self, row: int) -> Decimal | None:
        """The total in its label's own cell (总分：95.81)."""
        texts = (printed(cell).replace("：", ":").partition(":") for _, cell in self.grid.row(row))
        return next(
            (parse(behind).number for label, _, behind in texts if TOTAL.fullmatch(bare(label))), None
        )

    def _number_behind(self, row: int) -> Decimal | None:
        numbers = [number_of(cell) for _, cell in self.grid.row(row)]
        return next((number for number in reversed(numbers) if number is not None), None)

    def _grade(self) -> str:
        place = self.layout.grade
        if place is None:
            score = self.grid.cells.get(self.places.get(Spot("total", 0, "score"), (0, 0)), EMPTY)
            found = _GRADED.fullmatch(plain(printed(score)))
            return found[2] or "" if found else ""
        return bare(self._named(Spot("total", 0, "grade"), place))
