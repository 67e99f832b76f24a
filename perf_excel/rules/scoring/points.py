"""What a row earns (应得分), with the arithmetic that a clerk can repeat."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from perf_excel.forms.spot import Spot
from perf_excel.rules.rulesets.parameters import Band


class Points(NamedTuple):
    """What a row earns.

    ``points`` is None where the form gives too little to score; ``met`` whether the target was met, None
    where that is judgement; ``band`` the bounds of a row that the rule leaves to judgement, as shares of its
    weight; ``words`` makes the arithmetic in words.
    """

    points: Decimal | None
    words: Callable[[], str]
    met: bool | None = None
    band: Band | None = None


class RowScore(NamedTuple):
    """A row with what it is worth.

    ``at`` counts the rows of the budget block or the indicators from 0; ``printed`` is the score that
    stands in the form; ``deviation`` is percent as a number (-1.01), None where there is none.
    """

    kind: Literal["budget", "indicator"]
    at: int
    label: str
    level1: str
    weight: Decimal | None
    printed: Decimal | None
    earned: Points
    deviation: Decimal | None = None
    alone: RowScore | None = None
    """The row by itself, where its score stands in one cell with those of other rows."""

    @property
    def points(self) -> Decimal | None:
        """The points that count."""
        return self.earned.points

    @property
    def met(self) -> bool | None:
        """Whether the target was met; None where that is judgement."""
        return self.earned.met

    def spot(self, field: str) -> Spot:
        """Return the spot of one of the row's fields."""
        return Spot("funding" if self.kind == "budget" else "indicator", self.at, field)

    @property
    def judged(self) -> bool:
        """Whether the rule leaves the points to the clerk."""
        return self.earned.band is not None

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """The least and the most points of a row that is judged."""
        band = self.earned.band
        return None if band is None or self.weight is None else bounds_of(band, self.weight)

    @property
    def why(self) -> str:
        """The arithmetic in words."""
        return self.earned.words()


def bounds_of(band: Band, weight: Decimal) -> tuple[Decimal, Decimal]:
    """Return the least and the most points of a row of ``weight`` points that is judged."""
    return band.lower * weight, band.upper * weight
