"""A message filter that refuses calls (拒绝调用的消息筛选器), as Excel's does while a dialogue is open.

COM asks it before each call from outside; made with ctypes, since pywin32 has none.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from typing import Any

_CTYPES: Any = importlib.import_module("ctypes")  # what it has depends on the system
_HANDLED, _REJECTED = 0, 1
_GIVE_UP, _WAIT = 0xFFFFFFFF, 2
"""What it answers about calls of its own, of which there are none; PENDINGMSG_WAITDEFPROCESS."""


class RefusingFilter:
    """Refuses so many calls, then lets all pass. It must be kept as long as its thread runs."""

    def __init__(self) -> None:
        self._left = 0
        self._passing = 0
        self.ends_after: int | None = None
        handle, number, function = _CTYPES.c_void_p, _CTYPES.c_ulong, _CTYPES.WINFUNCTYPE
        kinds: list[tuple[Any, Callable[..., int]]] = [
            (function(_CTYPES.c_long, handle, handle, _CTYPES.POINTER(handle)), self._query),
            (function(number, handle), self._count),
            (function(number, handle), self._count),
            (function(number, handle, number, handle, number, handle), self._incoming),
            (function(number, handle, handle, number, number), self._refused),
            (function(number, handle, handle, number, number), self._pending),
        ]
        self._functions = [kind(own) for kind, own in kinds]
        self._table = (handle * len(kinds))(*(_CTYPES.cast(one, handle) for one in self._functions))
        self._object = handle(_CTYPES.addressof(self._table))
        library = _CTYPES.oledll.ole32
        library.CoRegisterMessageFilter(_CTYPES.byref(self._object), _CTYPES.byref(handle()))

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

    @staticmethod
    def _count(*_: object) -> int:
        return 1

    @staticmethod
    def _refused(*_: object) -> int:
        return _GIVE_UP

    @staticmethod
    def _pending(*_: object) -> int:
        return _WAIT
