"""A message filter that refuses calls (拒绝调用的消息筛选器), as Excel's does while a dialogue is open.

COM asks it before each call from outside; made with ctypes, since pywin32 has none.
"""

from __future__ import annotations

import ctypes
from typing import Any

_WINFUNCTYPE: Any = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
_HANDLED, _REJECTED, _LATER = 0, 1, 2
_WAIT = 2
"""PENDINGMSG_WAITDEFPROCESS."""


class RefusingFilter:
    """Refuses so many calls, then lets all pass. It must be kept as long as its thread runs."""

    def __init__(self) -> None:
        self._left = 0
        self.refused = 0
        handle = ctypes.c_void_p
        kinds: list[tuple[Any, Any]] = [
            (_WINFUNCTYPE(ctypes.c_long, handle, handle, ctypes.POINTER(handle)), self._query),
            (_WINFUNCTYPE(ctypes.c_ulong, handle), lambda _: 1),
            (_WINFUNCTYPE(ctypes.c_ulong, handle), lambda _: 1),
            (_WINFUNCTYPE(ctypes.c_ulong, handle, ctypes.c_ulong, handle, ctypes.c_ulong, handle), self._incoming),
            (_WINFUNCTYPE(ctypes.c_ulong, handle, handle, ctypes.c_ulong, ctypes.c_ulong), lambda *_: 0xFFFFFFFF),
            (_WINFUNCTYPE(ctypes.c_ulong, handle, handle, ctypes.c_ulong, ctypes.c_ulong), lambda *_: _WAIT),
        ]
        self._functions = [kind(function) for kind, function in kinds]
        self._table = (handle * len(kinds))(*(ctypes.cast(one, handle) for one in self._functions))
        self._object = handle(ctypes.addressof(self._table))
        library: Any = getattr(ctypes, "oledll").ole32  # noqa: B009  (only there on Windows)
        library.CoRegisterMessageFilter(ctypes.byref(self._object), ctypes.byref(handle()))

    def refuse(self, times: int) -> None:
        """Refuse the next calls."""
        self._left = times

    def _query(self, this: int, _: int, found: Any) -> int:
        found[0] = this
        return 0

    def _incoming(self, *_: object) -> int:
        if self._left == 0:
            return _HANDLED
        self._left -= 1
        self.refused += 1
        return _LATER
