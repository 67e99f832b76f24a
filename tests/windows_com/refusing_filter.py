"""A message filter that refuses calls (拒绝调用的消息筛选器), as Excel's does while a dialogue is open.

COM asks it before each call from outside; made with ctypes, since pywin32 has none.
"""

from __future__ import annotations

import ctypes
import os
from typing import Any

_WINFUNCTYPE: Any = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
_HANDLED, _REJECTED = 0, 1
_WAIT = 2
"""PENDINGMSG_WAITDEFPROCESS."""


class RefusingFilter:
    """Refuses so many calls, then lets all pass. It must be kept as long as its thread runs."""

    def __init__(self) -> None:
        self._left = 0
        self._passing = 0
        self.ends_after: int | None = None
        handle = ctypes.c_void_p
        kinds: list[tuple[Any, Any]] = [
            (_WINFUNCTYPE(ctypes.c_long, handle, handle, ctypes.POINTER(handle)), self._query),
            (_WINFUNCTYPE(ctypes.c_ulong, handle), lambda _: 1),
            (_WINFUNCTYPE(ctypes.c_ulong, handle), lambda _: 1),
            (
                _WINFUNCTYPE(ctypes.c_ulong, handle, ctypes.c_ulong, handle, ctypes.c_ulong, handle),
                self._incoming,
            ),
            (
                _WINFUNCTYPE(ctypes.c_ulong, handle, handle, ctypes.c_ulong, ctypes.c_ulong),
                lambda *_: 0xFFFFFFFF,
            ),
            (_WINFUNCTYPE(ctypes.c_ulong, handle, handle, ctypes.c_ulong, ctypes.c_ulong), lambda *_: _WAIT),
        ]
        self._functions = [kind(function) for kind, function in kinds]
        self._table = (handle * len(kinds))(*(ctypes.cast(one, handle) for one in self._functions))
        self._object = handle(ctypes.addressof(self._table))
        library: Any = getattr(ctypes, "oledll").ole32  # noqa: B009  (only there on Windows)
        library.CoRegisterMessageFilter(ctypes.byref(self._object), ctypes.byref(handle()))

    def refuse(self, times: int, *, after: int = 0) -> None:
        """Refuse so many calls, after others that pass."""
        self._left, self._passing = times, after

    def _query(self, this: int, _: int, found: Any) -> int:
        found[0] = this
        return 0

    def _incoming(self, *_: object) -> int:
        if self.ends_after is not None:
            self.ends_after -= 1
            if self.ends_after < 0:
                os._exit(1)
        if self._passing or not self._left:
            self._passing = max(self._passing - 1, 0)
            return _HANDLED
        self._left -= 1
        return _REJECTED
