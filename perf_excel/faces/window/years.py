"""A year as it is typed in the window (年度)."""

from __future__ import annotations

import re

from perf_excel.errors import UserError


def year_of(text: str) -> int | None:
    """Return the year that was typed; None where nothing was.

    Raises:
        UserError: it is no year of four digits.
    """
    text = text.strip()
    if text and not re.fullmatch(r"(?:19|20)[0-9]{2}", text):
        raise UserError(f"年度应为四位年份，如 2024，现为“{text}”。")
    return int(text) if text else None
