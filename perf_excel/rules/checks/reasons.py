"""What is a reason (偏差原因), and what only fills its cell."""

from __future__ import annotations

from perf_excel.forms.text import plain

NO_REASONS = frozenset({"", "无", "0", "/", "-", "—", "——", "--", "\\", "没有", "无偏差", "不适用", "无无"})
"""What stands in the reason column without being a reason."""


def is_reason(text: str) -> bool:
    """Return whether a text gives a reason (偏差原因), rather than filling the cell."""
    return plain(text).rstrip("。.;") not in NO_REASONS
