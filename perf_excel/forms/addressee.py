"""Whose a form is that is sent out and comes back (谁的表): the unit, and what tells its forms apart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addressee:
    """A unit that has a form to fill in: for which year, which project, and who is above it (上级单位)."""

    unit: str
    code: str = ""
    year: int | None = None
    project: str = ""
    superior: str = ""
