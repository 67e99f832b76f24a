"""xlwings (Excel 自动化库), imported without what it would drag in.

It looks for pandas, numpy and others and takes them where it finds them, half a second that no macro needs;
and for xlwings.pro, whose licence this program has no use for. All are hidden from it while it is imported.
On Windows it is kept from two things more: from stopping, at its end, each Excel that has no window, and from
asking a busy one without end.
"""

from __future__ import annotations

import atexit
import sys
from types import ModuleType
from typing import Any

_ATTEMPTS = 10_000
"""How often a busy program is asked again: some seconds."""

_HIDDEN = ("pandas", "numpy", "polars", "matplotlib", "PIL", "xlwings.pro")


def _import_xlwings() -> ModuleType:
    if "xlwings" in sys.modules:
        return sys.modules["xlwings"]
    modules: dict[str, Any] = sys.modules
    absent = [name for name in _HIDDEN if name not in modules]
    modules.update(dict.fromkeys(absent))  # None: importing it raises ImportError
    try:
        import xlwings
    finally:
        for name in absent:
            modules.pop(name, None)
    return xlwings


def _restrain() -> None:
    windows: Any = sys.modules.get("xlwings._xlwindows")
    if windows is not None:  # a part of xlwings on Windows alone
        atexit.unregister(windows.cleanup)
        windows.N_COM_ATTEMPTS = _ATTEMPTS


_import_xlwings()
_restrain()

import xlwings as xw  # noqa: E402
from xlwings import base_classes  # noqa: E402

__all__ = ["base_classes", "xw"]
