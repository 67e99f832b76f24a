"""Many names in a sentence (列名): the first few, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence

_SHOWN = 5


def named(names: Sequence[str]) -> str:
    """Return names for a sentence: 甲、乙, or 甲、乙、丙、丁、戊等 30 家."""
    text = "、".join(names[:_SHOWN])
    return f"{text}等 {len(names)} 家" if len(names) > _SHOWN else text
