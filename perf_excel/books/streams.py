"""What stands at the top of a compound file (复合文件的顶层): names of its root's streams and storages.

A Word document may hold a workbook as an embedded object, and a workbook a document: only the top tells.
"""

from __future__ import annotations

import struct

_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, such as the end of a chain."""
_ENTRY = 128
_MOST = 100_000


def root_streams(data: bytes) -> frozenset[str] | None:
    """Return the names at the top of a compound file in lower case; None where its structure is damaged."""
    try:
        return frozenset(_names(_directory(data)))
    except (struct.error, IndexError, ValueError):
        return None


def _directory(data: bytes) -> bytes:
    """The sectors of the directory, in order: [MS-CFB] 2.2 to 2.6."""
    size = 1 << _number(data, 30, "<H")
    if size not in (512, 4096):
        raise ValueError(size)
    tables = [number for number in struct.unpack_from("<109L", data, 76) if number < _END]
    further, per_table = _number(data, 68), size // 4
    while further < _END and len(tables) < _MOST:
        *more, further = struct.unpack_from(f"<{per_table}L", data, (further + 1) * size)
        tables += [number for number in more if number < _END]
    parts: list[bytes] = []
    sector = _number(data, 48)
    while sector < _END:
        if len(parts) * size > _MOST * _ENTRY:  # it goes round in a circle
            raise ValueError(sector)
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        table = tables[sector // per_table]
        sector = _number(data, (table + 1) * size + sector % per_table * 4)
    return b"".join(parts)


def _names(directory: bytes) -> list[str]:
    """The names of the root's children, which stand in a tree."""
    found: list[str] = []
    seen: set[int] = set()
    open_ = [_number(directory, 76)]
    while open_:
        entry = open_.pop()
        if entry >= _END or entry in seen:
            continue
        seen.add(entry)
        start = entry * _ENTRY
        length = _number(directory, start + 64, "<H")
        found.append(directory[start : start + max(length - 2, 0)].decode("utf-16-le", "replace").lower())
        open_ += [_number(directory, start + 68), _number(directory, start + 72)]
    return found


def _number(data: bytes, at: int, code: str = "<L") -> int:
    return struct.unpack_from(code, data, at)[0]
