"""Members of a zip as they are written (写入压缩包): moved with their bytes as they were, or packed anew."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

from perf_excel.books.xlsx.zip_directory import CENTRAL, LOCAL, UTF8, Member

DEFLATED = 8

Content = bytes | Sequence[bytes | memoryview]
"""A part's new content, whole or in pieces."""


def moved_record(member: Member, position: int) -> bytes:
    """Return the directory record of a member whose bytes lie elsewhere now."""
    at, code = member.offset_field
    size = struct.calcsize(code)
    return b"".join((member.record[:at], struct.pack(code, position), member.record[at + size :]))


def new_member(name: str) -> Member:
    """Return a member that is not there yet, for :func:`packed_anew`."""
    raw = name.encode()
    flags = 0 if name.isascii() else UTF8
    # 1980-01-01, the zip's first day: the same input gives the same bytes.
    record = CENTRAL.pack(b"PK\1\2", 20, 20, flags, 0, 0, 0x21, 0, 0, 0, len(raw), 0, 0, 0, 0, 0, 0) + raw
    return Member(name, record, flags, DEFLATED, 0, 0, 0, 0, (42, "<L"))


def packed_anew(member: Member, content: Content, position: int) -> tuple[bytes, list[bytes], bytes]:
    """Return local header, compressed body and directory record of a changed member."""
    # The fast level: a third larger than the default and three times as quick.
    stream = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = size = 0
    body: list[bytes] = []
    for piece in (content,) if isinstance(content, bytes) else content:
        crc = zlib.crc32(piece, crc)
        size += len(piece)
        body.append(stream.compress(piece))
    body.append(stream.flush())
    packed = sum(map(len, body))
    old = CENTRAL.unpack_from(member.record)
    name = member.record[CENTRAL.size : CENTRAL.size + old[10]]
    comment = member.record[CENTRAL.size + old[10] + old[11] :]
    flags = member.flags & UTF8
    head = (20, flags, DEFLATED, old[5], old[6], crc, packed, size, len(name))
    local = LOCAL.pack(b"PK\3\4", *head, 0) + name
    record = CENTRAL.pack(b"PK\1\2", old[1], *head, 0, len(comment), 0, old[14], old[15], position)
    return local, body, record + name + comment
