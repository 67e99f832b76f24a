"""Text as openpyxl takes it into a cell (能写进单元格的文字): without the signs that no workbook may hold."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """Return a text without control characters; nobody sees them, and openpyxl refuses or spoils them."""
    return _UNWRITABLE.sub("", text)


def has_unwritable(text: str) -> bool:
    """Whether a text holds such signs."""
    return _UNWRITABLE.search(text) is not None
