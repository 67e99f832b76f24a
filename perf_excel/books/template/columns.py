"""Which column is what: the printed form, its margin on the screen, and the hidden helper cells behind."""

from __future__ import annotations

from dataclasses import dataclass

from perf_excel.rules.rulesets.layouts import USUAL_COLUMNS, Layout
from perf_excel.rules.rulesets.parameters import RuleSet
from perf_excel.sheets.grid import address, column_letters

_VALUE = (
    "text", "lead", "prefix", "core", "suffix", "body", "shape", "end", "digits", "rest", "unit", "number",
    "scale", "measure", "sign", "d_body", "d_mode", "d_rest", "d_quarter", "d_length", "d_month", "d_tail",
    "d_days", "d_end", "d_part", "d_number", "d_left", "day", "kind",
)  # fmt: skip
"""Helper cells of one printed value (年度指标值, 实际完成值): what its text says."""

_ROW = (
    "level1", "level2", "cost", "name", "special", "w", "direction", "months", "like", "t", "a", "met",
    "part", "whole", "rule", "level", "quantity", "equal", "band", "auto", "full", "low", "high", "points",
    "open", "deviation", "reason", "t_own", "before", "behind", "raw", "reached", "hint",
)  # fmt: skip
"""Helper cells of an indicator row: what its values are worth."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of the form's sheet, counted from 1.

    Those after ``last`` are not printed, those from ``check`` on are hidden: every row carries its own helper
    cells, so that rows can be copied, inserted and deleted as they are.
    """

    roles: tuple[str, ...]
    """What each printed column holds, from the left: block for the labels of blocks, then those of the
    indicators (rules/rulesets/layouts.py), with bound1, bound2 … for the bounds, cause1 … and
    sure, maybe, never for what is ticked; one that takes two stands twice."""

    def __contains__(self, role: str) -> bool:
        """Whether the form has such a column."""
        return role in self.roles

    def __getitem__(self, role: str) -> int:
        """Return the (first) column that holds something."""
        return self.roles.index(role) + 1

    def end(self, role: str) -> int:
        """Return the last column that holds something."""
        return self[role] + self.roles.count(role) - 1

    @property
    def compared(self) -> bool:
        """Whether a row says what was wanted, and what was reached or is going to be."""
        return "target" in self.roles and self.answer in self.roles

    @property
    def answer(self) -> str:
        """What is held against the target: what was reached, or on a monitoring form is expected."""
        return "actual" if "actual" in self.roles or "expected" not in self.roles else "expected"

    @property
    def scored(self) -> bool:
        """Whether a row's points follow from what stands in it; else the score is the clerk's."""
        return self.compared and {"weight", "score"} <= set(self.roles)

    @property
    def bounds(self) -> tuple[str, ...]:
        """The columns of level bounds, from the best level down."""
        return tuple(role for role in self.roles if role.startswith("bound"))

    @property
    def causes(self) -> tuple[str, ...]:
        """The columns of kinds of reasons to be ticked."""
        return tuple(role for role in self.roles if role.startswith("cause"))

    @property
    def likely(self) -> tuple[str, ...]:
        """The columns of likelihoods, of which one is to be ticked."""
        return tuple(role for role in ("sure", "maybe", "never") if role in self.roles)

    @property
    def first(self) -> int:
        """The first column of the indicators, behind the labels of blocks."""
        return self["block"] + 1 if "block" in self else 1

    @property
    def last(self) -> int:
        """The last printed column."""
        return len(self.roles)

    @property
    def hint(self) -> int:
        """填报提示: what is still missing in the row, or what a check found there."""
        return self.last + 1

    @property
    def manual(self) -> int:
        """人工评分: the points of a row that the rule leaves to judgement."""
        return self.last + 2

    @property
    def official(self) -> int:
        """规则分值: the last column of the small table of first-level sums, and the last that is shown."""
        return self.last + 4

    @property
    def check(self) -> int:
        """校验提示: hidden, what the program found; 填报提示 shows it."""
        return self.last + 5

    @property
    def helpers(self) -> int:
        """The first column of helper cells."""
        return self.last + 6


def columns(layout: Layout, rules: RuleSet) -> Columns:
    """Return the columns of a printed form."""
    usual = (role for role in USUAL_COLUMNS if role != "deviation" or rules.deviation.present)
    parted = {role: [part for part, _ in parts] for role, parts in layout.parted.items()}
    roles = [one for role in layout.columns or usual for one in parted.get(role, [role])]
    blocks = (
        layout.indicator_block, layout.goal_block, layout.task_block,
        layout.budget_columns and layout.budget_block,
    )  # fmt: skip
    if any(blocks):
        roles.insert(0, "block")
    if len(roles) < _FEW and any(len(labels) > 1 for labels in layout.head):
        roles.insert(roles.index("level3"), "level3")
    return Columns(tuple(roles))


_FEW = 7
"""With fewer columns two labels and two values beside each other find no columns of fitting widths."""


def helper_names(bounds: int) -> list[str]:
    """Return every helper cell's name, in the order of the columns.

    The target's begin with t_, the actual's with a_; ``bounds`` is the longest list of level bounds.
    """
    values = [f"{side}_{key}" for side in "ta" for key in _VALUE]
    return [*values, *_ROW, *(f"bound{place}" for place in range(1, bounds + 1))]


@dataclass(frozen=True, slots=True)
class Helpers:
    """The columns of helper cells, and the rows between which indicators come and go.

    Ranges go from the header to the row below the indicators: none of both is an indicator, so that a row
    may be inserted before the first and behind the last, and any may be deleted.
    """

    top: int
    bottom: int
    places: dict[str, int]
    """The column of every helper cell, by its name."""

    def down(self, column: int) -> str:
        """Return the range down a column of the form that holds all its indicators, wherever it is asked."""
        letters = column_letters(column)
        return f"${letters}${self.top}:${letters}${self.bottom}"

    def all(self, helper: str) -> str:
        """Return the range of a helper cell of all indicators."""
        return self.down(self.places[helper])


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator row, as formulas speak of its cells."""

    row: int
    columns: Columns
    helpers: Helpers

    def __call__(self, helper: str) -> str:
        """Return the address of a helper cell."""
        return address(self.row, self.helpers.places[helper])

    @property
    def bounds(self) -> list[str]:
        """The names of the helper cells of level bounds, from the best level down."""
        return [key for key in self.helpers.places if key.startswith("bound")]

    def here(self, role: str) -> str:
        """Return the address of a cell of the form; "" as formulas write it for no column."""
        return address(self.row, self.columns[role]) if role in self.columns else '""'

    @property
    def joined(self) -> bool:
        """Whether the target's sign or unit have columns of their own."""
        return bool({"sign", "unit"} & set(self.columns.roles))

    @property
    def manual(self) -> str:
        """The address of the clerk's own points."""
        return address(self.row, self.columns.manual)


def across(rows: tuple[int, int], column: int) -> str:
    """Return a range down one column, from the first to the last of two rows."""
    letters = column_letters(column)
    return f"{letters}{rows[0]}:{letters}{rows[1]}"
