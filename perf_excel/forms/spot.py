"""A place in the form (位置), said without cells: which part, which row, which field."""

from __future__ import annotations

from typing import Literal, NamedTuple

Part = Literal["head", "funding", "goal", "task", "indicator", "total", "detail", "unread", "free"]


class Spot(NamedTuple):
    """A field of the head, a detail of it, a funding row, the goal, a task, an indicator or the total row.

    ``row`` counts the rows of the part from 0 (free rows are numbered as the sheet's); ``field`` is the
    field's name in forms/model.py, for the total row one of weight, score, grade.
    """

    part: Part
    row: int = 0
    field: str = ""
