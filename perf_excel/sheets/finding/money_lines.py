"""What a form says of its money, line by line, whatever shape the block has (资金情况)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from perf_excel.forms.measure import parse
from perf_excel.forms.text import plain, remembered
from perf_excel.sheets.amounts import amount
from perf_excel.sheets.finding.lines import Lines
from perf_excel.sheets.grid import Place

SPENDING = ("initial", "change", "annual", "executed", "so_far", "expected")
"""The amounts that head a block of money by themselves."""
AMOUNTS = (*SPENDING, "left")
SUMS = frozenset({*SPENDING, "arrived"})
_NOTHING = re.compile(r"[-—–/\\*○]+|无|没有|不适用")


@dataclass(frozen=True, slots=True)
class Line:
    """A source of money: its name, and the places of its fields (Funding)."""

    item: str
    places: Mapping[str, Place]
    frames: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """What stands before and behind a field's text in its own cell (年初预算数：25万元)."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The budget block: its rows, its lines, and the places of the labels that belong to it."""

    top: int
    bottom: int
    lines: tuple[Line, ...]
    claimed: frozenset[Place] = field(default_factory=frozenset[Place])


@remembered
def is_amount(text: str) -> bool:
    """Whether a text is a number, an amount, or what stands where there is none (—, 无)."""
    return is_nothing(text) or parse(text).number is not None or amount(text) is not None


def is_nothing(text: str) -> bool:
    """Whether a text says that there is none (—, 无)."""
    return _NOTHING.fullmatch(plain(text)) is not None


def item_of(text: str) -> str:
    """A line's name as it is kept: without white space and the colon behind it."""
    return "".join(text.split()).strip(":：")


def settled(columns: Mapping[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    """Give what is something else only where there is nothing better: 到位数 the budget, 1—7月 the year's."""
    found = dict(columns)
    arrived = found.pop("arrived", None)
    if arrived and not {"initial", "annual"} & found.keys():
        found["annual"] = arrived
    so_far = "so_far" in found and not {"executed", "expected"} & found.keys()
    if so_far and {"weight", "score"} & found.keys():
        found["executed"] = found.pop("so_far")  # scored halfway through the year
    return found


def claimed(lines: Lines, top: int, bottom: int, right: int) -> frozenset[Place]:
    """The places of the labels of a block from the first column to its last."""
    return frozenset(
        (row, label.left)
        for row in range(top, bottom + 1)
        for label in lines.labels(row)
        if label.left <= right
    )
